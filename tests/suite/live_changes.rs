//! A change of a running line does something: whichever setting of whichever scene is changed from an instant on, the journal
//! becomes another, unless the same change does nothing from the beginning either.

use super::kit::{self, Folder, Recording, SECOND};
use super::scenes::{layouts, scenes};
use rayon::prelude::*;
use std::path::Path;
use taktwin::event::{Incident, What};
use taktwin::kernel::Time;
use taktwin::line::{self, Line};
use taktwin::sim::{LinePhase, Replication};
use taktwin::twin::{Edit, Edits};

const HOUR: Time = Time(3_600_000_000_000);
/// When the changes are made: at the second instant if nothing comes of the first, as some matter only while a line fills up.
const CHANGED: [Time; 2] = [HOUR, Time(60_000_000_000)];
/// So much is heard of a run, and at most so many hours of it.
const ENOUGH: usize = 10_000;
const HOURS: u64 = 96;

/// What matters only at the first instant: both lathes ask the robot of `robot_gripper.ron` for a part, which they never do again
/// at one time.
const AT_FIRST: [&str; 1] = ["arm.order=Shortest"];

/// Words that stand for one another.
const WORDS: [&[&str]; 6] = [
    &[
        "FirstCome",
        "Shortest",
        "EarliestDue",
        "Priority",
        "LongestQueue",
        "Nearest",
        "LeastChangeover",
        "CriticalRatio",
        "FillTheBatch",
    ],
    &["AtOnce", "AfterPart", "WhenEmpty"],
    &["Age", "Block"],
    &["Resume", "Restart", "Scrap"],
    &["true", "false"],
    &["Every(5)", "Share(0.4)", "All"],
];

/// Settings that an element may have and does not write.
const UNWRITTEN: [(&str, &str); 9] = [
    ("order", "Shortest"),
    ("order", "LongestQueue"),
    ("order", "Priority"),
    ("sample", "Every(3)"),
    ("rework_limit", "1"),
    ("scrap", "true"),
    ("defects", "0.3"),
    ("false_calls", "0.3"),
    ("escapes", "0.3"),
];

/// What no scene has: waste after a changeover, and a robot with much to choose from.
const MORE: &str = r#"Line(
    name: "more",
    run: (length: "8 h", warm_up: "0 s"),
    products: { "red": (priority: 2), "blue": () },
    elements: {
        "reds": Source(product: "red", interarrival: Exponential("130 s")),
        "blues": Source(product: "blue", interarrival: Exponential("140 s")),
        "left": Buffer(capacity: 20),
        "right": Buffer(capacity: 20),
        "arm": Robot(load: "10 s", unload: "8 s", travel: {
            "left -> mill": "30 s", "right -> mill": "5 s", "mill -> shop": "4 s",
            "left -> right": "20 s", "left -> shop": "40 s", "right -> shop": "20 s",
        }, order: Nearest, tools: (time: "15 s", initial: "red")),
        "mill": Machine(cycle: "20 s", cycles: { "blue": "35 s" }, setup: (time: "20 s", scrap: 1, initial: "blue")),
        "shop": Buffer(capacity: 9, order: Picked),
        "oven": Batch(cycle: "7 min", max: "4 parts", together: Product, order: FirstCome),
        "bin": Sink(scrap: true),
        "out": Sink(),
    },
    flow: ["reds -> left", "blues -> right", "left -> mill by arm", "right -> mill by arm",
        "mill -> shop by arm", "mill.scrap -> bin", "shop -> oven -> out"],
)"#;

/// Other values in place of one, which may be the name of a product.
fn others(written: &str, products: &[&str]) -> Vec<String> {
    if products.contains(&written) {
        return products.iter().filter(|name| **name != written).map(|name| (*name).to_owned()).collect();
    }
    if let Some(words) = WORDS.iter().find(|words| words.contains(&written)) {
        return words.iter().filter(|word| **word != written).map(|word| (*word).to_owned()).collect();
    }
    let Some(from) = written.find(|letter: char| letter.is_ascii_digit()) else { return Vec::new() };
    let length = written[from..]
        .find(|letter: char| !(letter.is_ascii_digit() || letter == '.'))
        .unwrap_or(written.len() - from);
    let (before, number, behind) =
        (&written[..from], &written[from..from + length], &written[from + length..]);
    let number: f64 = number.parse().unwrap_or(1.0);
    let whole = !written.contains('.');
    [3.0, 0.4]
        .map(|factor| if whole { (number * factor).ceil() } else { number * factor })
        .map(|number| format!("{before}{number}{behind}"))
        .into()
}

/// Ways and other values of all that an element says, and of some that it does not.
fn changes(path: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let line = line::read(path, &[]).map_err(|rejected| rejected.render(false)).unwrap();
    let products: Vec<&str> = line.products.iter().map(|product| product.name.as_str()).collect();
    for element in &line.elements {
        let settings =
            line::settings(path, &[], &element.name).map_err(|rejected| rejected.render(false)).unwrap();
        for setting in settings {
            let way = format!("{}.{}", element.name, setting.way);
            all.extend(others(&setting.written, &products).into_iter().map(|written| (way.clone(), written)));
        }
        let unwritten = UNWRITTEN.iter();
        all.extend(
            unwritten.map(|(way, written)| (format!("{}.{way}", element.name), (*written).to_owned())),
        );
    }
    all
}

/// What is heard of a run in these phases.
fn told(phases: &[LinePhase], until: Time) -> Recording {
    let (mut world, mut recorded) = (Replication::new(&phases[0].line, 1, 0), Recording::default());
    for pair in phases.windows(2) {
        world.advance(pair[1].from, &mut recorded).expect("a run");
        world.alter(&pair[0].line, &pair[1].line, &mut recorded).expect("a change");
    }
    // A change may lead to a deadlock; the journal ends there.
    let _ = world.advance(until, &mut recorded);
    recorded
}

/// As long as enough is heard.
fn until(line: &Line) -> Time {
    let (mut world, mut recorded) = (Replication::new(line, 1, 0), Recording::default());
    let hours = (1..=HOURS).map(|hour| Time(hour * HOUR.0));
    hours
        .take_while(|hour| world.advance(*hour, &mut recorded).is_ok() && recorded.0.len() < ENOUGH)
        .last()
        .unwrap_or(HOUR)
}

/// What a change does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Effect {
    /// The journal of a run that is changed is another.
    Live,
    /// It is the same, and so it is if the change holds from the beginning.
    Never,
    /// Only if the change holds from the beginning, the journal is another.
    Lost,
}

/// What a change does that a running line can make; none if it cannot, or if nothing is changed.
fn effect(path: &Path, way: &str, written: &str, plain: &Line, end: Time) -> Option<Effect> {
    let as_it_is = [LinePhase { from: Time::ZERO, line: plain.clone().into() }];
    let later = Time(end.0 + HOUR.0);
    let mut changed = None;
    for at in CHANGED {
        let [before, after] = phases(path, way, written, at)?;
        let pairs = before.line.elements.iter().zip(&after.line.elements);
        if pairs.clone().all(|(before, after)| before.prototype == after.prototype) {
            return None;
        }
        let line = after.line.clone();
        if told(&[before, after], later).0 != told(&as_it_is, later).0 {
            return Some(Effect::Live);
        }
        changed = Some(line);
    }
    let from_the_beginning = [LinePhase { from: Time::ZERO, line: changed? }];
    let same = told(&from_the_beginning, end).0 == told(&as_it_is, end).0;
    Some(if same { Effect::Never } else { Effect::Lost })
}

/// The line before a change and after it, if a running line can make it.
fn phases(path: &Path, way: &str, written: &str, at: Time) -> Option<[LinePhase; 2]> {
    let mut edits = Edits::of(path);
    let (way, written) = (way.to_owned(), written.to_owned());
    edits.add(Edit { at, name: way.clone(), way, before: String::new(), written, on: true }).ok()?;
    edits.phases().map_err(|rejected| rejected.render(false)).expect("a line").try_into().ok()
}

#[test]
fn every_change_of_a_running_line_does_what_it_does_from_the_beginning() {
    let folder = Folder::with(&[("more.ron", MORE)]);
    let paths = [layouts(&scenes()), vec![folder.at("more.ron")]].concat();
    let bases = paths.iter().filter(|path| !path.ends_with("upgrade.ron"));
    let all: Vec<_> = bases
        .flat_map(|path| {
            let plain = line::read(path, &[]).map_err(|rejected| rejected.render(false)).unwrap();
            let end = until(&plain);
            changes(path).into_iter().map(move |change| (path, change, plain.clone(), end))
        })
        .collect();
    let effects: Vec<(String, Option<Effect>)> = all
        .par_iter()
        .map(|(path, (way, written), plain, end)| {
            (format!("{way}={written}"), effect(path, way, written, plain, *end))
        })
        .collect();
    let with = |wanted: Effect| -> Vec<&str> {
        effects.iter().filter(|(_, effect)| *effect == Some(wanted)).map(|(set, _)| set.as_str()).collect()
    };
    assert_eq!(with(Effect::Lost), AT_FIRST);
    let did = with(Effect::Live);
    assert!(did.len() > 400, "{} of {} changes", did.len(), effects.len());
    for way in
        ["arm.order", "oven.order", "mill.setup.scrap", "out.scrap", "test.sample", "camera.rework_limit"]
    {
        assert!(did.iter().any(|set| set.starts_with(&format!("{way}="))), "{way}");
    }
}

#[test]
fn another_interval_by_the_calendar_counts_from_the_change_for_what_is_left() {
    let line = |after: &str| {
        let press = format!(
            "Machine(cycle: \"1 s\", breakdowns: [(after: \"{after}\", clock: Calendar, repair: \"10 s\")])"
        );
        kit::line("", &[("in", "Source()"), ("press", &press), ("out", "Sink()")], &["in -> press -> out"])
    };
    let [before, after] = ["100 s", "200 s"].map(line);
    let stops = |changed: u64| -> Vec<u64> {
        let phases = [(0, &before), (changed, &after)]
            .map(|(from, line)| LinePhase { from: Time(from * SECOND), line: line.clone().into() });
        let recorded = told(&phases, Time(500 * SECOND));
        let breaks = |what| matches!(what, What::Happened(Incident::Breakdown));
        recorded.times(kit::slot(&before, "press"), breaks).iter().map(|time| time / SECOND).collect()
    };
    // Up again at 110 s: at 160 s half of the life is left, so 100 s of the longer one. During the repair nothing is.
    assert_eq!(stops(160), [100, 260, 470]);
    assert_eq!(stops(105), [100, 310]);
}
