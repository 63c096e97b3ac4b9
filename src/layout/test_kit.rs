//! A small line with small kinds of equipment, in a folder of its own, for the tests of whole files.

use super::*;
use crate::units::Duration;
use serde::Deserialize;
use std::fs;
use tempfile::TempDir;

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) enum Kind {
    Source(Nothing),
    Machine(KitMachine),
    Buffer(KitBuffer),
    Sink(Nothing),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KitMachine {
    pub(crate) cycle: Law,
    #[serde(default)]
    pub(crate) breakdowns: Vec<KitBreakdown>,
    pub(crate) clock: Option<KitClock>,
    #[serde(default)]
    pub(crate) table: IndexMap<String, Duration>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KitBreakdown {
    pub(crate) after: Law,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KitBuffer {
    pub(crate) capacity: u32,
    pub(crate) note: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) enum KitClock {
    Working,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Law {
    Constant(Duration),
    Exponential(Duration),
    Gamma { mean: Duration, cv: f64 },
}

pub(crate) const LINE: &str = r#"Line(
    name: "Hoods",
    run: (start: "2026-03-02 08:00", warm_up: "8 h", length: "10 d", replications: 20, seed: 7),
    products: { "hood": (material: "410 CNY") },
    elements: {
        "panels": Source(),
        "bend": Machine(
            cycle: Gamma(mean: "62 s", cv: 0.25), // as measured
            breakdowns: [(after: Exponential("2 h"))],
            table: { "rack": "3 s" },
        ),
        "rack": Buffer(capacity: 12),
        "weld": Machine(cycle: Constant("55 s")),
        "shop": Sink(),
    },
    flow: ["panels -> bend -> rack", "rack -> weld by loader", "weld -> shop"],
    expect: [AtLeast("throughput", "35 /h")],
)
"#;

pub(crate) struct LayoutFolder(TempDir);

impl LayoutFolder {
    pub(crate) fn new() -> LayoutFolder {
        let folder = LayoutFolder(tempfile::tempdir().expect("a folder"));
        folder.write("line.ron", LINE);
        folder
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("written");
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str, sets: &[&str]) -> Reading<Kind> {
        let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
        read_line_layout(&self.0.path().join(name), &sets, |text, options| options.from_str(text))
    }

    pub(crate) fn good(&self, name: &str, sets: &[&str]) -> LineLayout<Kind> {
        let reading = self.read(name, sets);
        assert!(reading.faults.is_empty(), "{}", reading.faults.render(&reading.sources, false));
        reading.layout.expect("a line")
    }

    /// Each fault as `file: message | underlined text | first help`.
    pub(crate) fn wrong(&self, name: &str, sets: &[&str]) -> Vec<String> {
        let reading = self.read(name, sets);
        let shown = |fault: &&Fault| {
            let at = fault.place.map_or(String::new(), |place| {
                let file = Path::new(reading.sources.name(place.file)).file_name().expect("a name").display();
                format!("{file}: {} | {}", fault.message, reading.sources.text(place))
            });
            let help = fault.help.first().map_or(String::new(), |help| format!(" | {help}"));
            format!("{at}{help}")
        };
        reading.faults.sorted().iter().map(shown).collect()
    }

    /// The faults of an upgrade of the line with one change.
    pub(crate) fn change(&self, change: &str) -> Vec<String> {
        self.write("up.ron", &upgrade(change));
        self.wrong("up.ron", &[])
    }
}

pub(crate) fn upgrade(change: &str) -> String {
    format!("Upgrade(\n  name: \"Up\",\n  base: \"line.ron\",\n  changes: [(name: \"one\", {change})],\n)")
}

pub(crate) fn machine<'a>(line: &'a LineLayout<Kind>, name: &str) -> &'a KitMachine {
    match &line.elements[name].value {
        Kind::Machine(machine) => machine,
        other => panic!("{name} is {other:?}"),
    }
}

pub(crate) fn ways(line: &LineLayout<Kind>) -> Vec<String> {
    line.flow.iter().map(|arrow| format!("{} > {}", arrow.from.name, arrow.to.name)).collect()
}

/// Texts that differ from a good one in one to four letters, the same in every run.
pub(crate) fn mutations(seed: &str, count: usize) -> impl Iterator<Item = String> {
    let letters: Vec<char> = "()[]{}:,\"'\\/*#rb \n-.=%>1aä\u{200e}".chars().collect();
    let seed: Vec<char> = seed.chars().collect();
    let mut state = 7_u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    (0..count).map(move |_| {
        let mut text = seed.clone();
        for _ in 0..1 + next(4) {
            let at = next(text.len());
            match next(3) {
                0 => drop(text.remove(at)),
                1 => text.insert(at, letters[next(letters.len())]),
                _ => text[at] = letters[next(letters.len())],
            }
        }
        text.into_iter().collect()
    })
}
