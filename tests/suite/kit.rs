//! What all proofs share: layouts from text, runs with every fact written down, and theory judged by the product's own
//! intervals.
//!
//! Read [`layout`] and [`read`] first, then [`agrees`].

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;
use taktwin::event::{LineEvent, Listener, Slot, What};
use taktwin::flow::Stuck;
use taktwin::kernel::Time;
use taktwin::kpi;
use taktwin::line::{self, Line};
use taktwin::sim::Replication;
use taktwin::stats::Interval;
use taktwin::study::{self, Overrides, Study, StudyPlan, Watch};
use tempfile::TempDir;

/// A nanosecond is the unit of every exact proof.
pub const SECOND: u64 = 1_000_000_000;

/// A layout from the text of its parts; `run` may be empty.
pub fn layout(run: &str, elements: &[(&str, &str)], flow: &[&str]) -> String {
    layout_of("\"part\": ()", run, elements, flow)
}

/// A layout of a line that makes these products.
pub fn layout_of(products: &str, run: &str, elements: &[(&str, &str)], flow: &[&str]) -> String {
    layout_by("", products, run, elements, flow)
}

/// A layout of a line that has these calendars and makes these products.
pub fn layout_by(
    calendars: &str,
    products: &str,
    run: &str,
    elements: &[(&str, &str)],
    flow: &[&str],
) -> String {
    let elements: String =
        elements.iter().map(|(name, written)| format!("        {name:?}: {written},\n")).collect();
    let flow: String = flow.iter().map(|arrows| format!("        {arrows:?},\n")).collect();
    let calendars = match calendars {
        "" => String::new(),
        calendars => format!("    calendars: {{ {calendars} }},\n"),
    };
    format!(
        "Line(\n    name: \"proof\",\n    run: ({run}),\n{calendars}    products: {{ {products} }},\n    \
         elements: {{\n{elements}    }},\n    flow: [\n{flow}    ],\n)\n"
    )
}

/// The line in a text, by way of a file.
pub fn read(text: &str) -> Line {
    Folder::with(&[("line.ron", text)]).read("line.ron")
}

/// A line from the text of its parts.
pub fn line(run: &str, elements: &[(&str, &str)], flow: &[&str]) -> Line {
    read(&layout(run, elements, flow))
}

/// A line that makes these products, from the text of its parts.
pub fn line_of(products: &str, run: &str, elements: &[(&str, &str)], flow: &[&str]) -> Line {
    read(&layout_of(products, run, elements, flow))
}

/// A line of elements one after the other, named by their place: "0", "1" and so on.
pub fn serial(run: &str, elements: &[&str]) -> Line {
    let names: Vec<String> = (0..elements.len()).map(|i| i.to_string()).collect();
    let named: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(elements.iter().copied()).collect();
    line(run, &named, &[&names.join(" -> ")])
}

/// A folder of files that is gone when the proof is over.
pub struct Folder(TempDir);

impl Folder {
    /// A folder with these files in it.
    pub fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (name, text) in files {
            std::fs::write(folder.at(name), text).unwrap();
        }
        folder
    }

    /// Where a file of that name is or would be.
    pub fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The names of all files in it, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The text of one of the files.
    pub fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.at(name)).unwrap()
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.at(name), text).unwrap();
    }

    /// The line in one of the files.
    pub fn read(&self, name: &str) -> Line {
        line::read(&self.at(name), &[]).unwrap_or_else(|rejected| panic!("{}", rejected.render(false)))
    }
}

/// Runs a line as its file says.
pub fn study(line: &Line) -> Study<'_> {
    let plan = StudyPlan::of(line, &Overrides::default());
    study::run(line, &plan, &Watch::nobody()).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The interval of a KPI.
pub fn kpi(study: &Study<'_>, name: &str) -> Interval {
    study.interval(kpi::named(name).expect("the name of a KPI")).expect("a KPI that some replication tells")
}

/// The confidence at which theory is judged: z = 3.9 for many replications, and wider by Student's t for few. All seeds
/// are fixed, so a proof that holds once holds always; a wrong model is off by far more than such an interval.
pub const SURE: &str = "confidence: 0.9999";

/// Theory lies in the product's own interval, and the interval is no wider than this share of it on either side, so that
/// a wrong formula would fall out.
pub fn agrees(found: Interval, theory: f64, width: f64) {
    let half_width = found.half_width.expect("several replications");
    assert!(found.contains(theory), "theory says {theory}, the run {} ± {half_width}", found.mean);
    assert!(half_width <= width * theory.abs(), "± {half_width} around {theory} proves little");
}

/// Everything that was told, in order.
#[derive(Debug, Default)]
pub struct Recording(pub Vec<LineEvent>);

impl Listener for Recording {
    fn on_event(&mut self, event: LineEvent) {
        self.0.push(event);
    }
}

/// All facts of replication 0 of seed 1 up to a time; or why it could not go on.
pub fn try_record(line: &Line, until: Time) -> (Recording, Result<(), Stuck>) {
    let (mut world, mut recorded) = (Replication::new(line, 1, 0), Recording::default());
    let result = world.advance(until, &mut recorded);
    (recorded, result)
}

/// All facts of replication 0 of seed 1, for so many seconds.
pub fn record(line: &Line, secs: u64) -> Recording {
    let (recorded, result) = try_record(line, Time(secs * SECOND));
    result.unwrap_or_else(|stuck| panic!("{stuck:?}"));
    recorded
}

impl Recording {
    /// The instants, in nanoseconds, of what happened at an element and is looked for.
    pub fn times(&self, at: Slot, wanted: impl Fn(What) -> bool) -> Vec<u64> {
        let there = self.0.iter().filter(|event| event.element == at && wanted(event.what));
        there.map(|event| event.time.0).collect()
    }

    /// When good parts left the line.
    pub fn deliveries(&self) -> Vec<u64> {
        let good = self.0.iter().filter(|event| matches!(event.what, What::Delivered(_)));
        good.map(|event| event.time.0).collect()
    }
}

/// The slot of an element.
pub fn slot(line: &Line, name: &str) -> Slot {
    let place = line.elements.iter().position(|element| element.name == name);
    Slot(place.expect("the name of an element") as u32)
}

/// Does something that must not take long: a proof that hangs would say nothing.
pub fn in_time<T: Send + 'static>(secs: u64, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, wait) = mpsc::channel();
    std::thread::spawn(move || done.send(work()));
    wait.recv_timeout(Duration::from_secs(secs)).expect("an end in time")
}
