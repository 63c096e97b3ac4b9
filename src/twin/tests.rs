//! The twin compared with the run of the command line, and with itself.

use super::*;
use crate::event::{State, What};
use crate::kernel::Stream;
use crate::kpi;
use crate::line;
use crate::study::{self, Overrides, Split, StudyPlan};
use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut};
use std::path::Path;

pub(super) const LINE: &str = r#"Line(
    name: "two stations and a robot",
    run: (warm_up: "30 min", length: "8 h", replications: 2, seed: 11),
    products: { "panel": () },
    elements: {
        "sheets": Source(),
        "cut": Machine(cycle: Gamma(mean: "62 s", cv: 0.25), power: (working: "3 kW", idle: "1 kW")),
        "rack": Buffer(capacity: 4),
        "arm": Robot(load: "3 s", unload: "2 s", travel: { "rack -> weld": "4 s" }),
        "weld": Machine(
            cycle: Exponential("50 s"),
            breakdowns: [(after: Exponential("40 min"), repair: Exponential("4 min"))],
            power: (working: "18 kW", idle: "5 kW", failed: "5 kW"),
        ),
        "shop": Sink(),
    },
    flow: ["sheets -> cut -> rack", "rack -> weld by arm", "weld -> shop"],
)"#;

pub(super) const HOUR: u64 = 3_600_000_000_000;
pub(super) const CUT: Slot = Slot(1);
pub(super) const RACK: Slot = Slot(2);
pub(super) const WELD: Slot = Slot(4);

pub(super) struct File {
    _folder: tempfile::TempDir,
    pub(super) path: std::path::PathBuf,
}

pub(super) fn file(text: &str) -> File {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("line.ron");
    std::fs::write(&path, text).expect("a file");
    File { _folder: folder, path }
}

pub(super) fn read(path: &Path, sets: &[&str]) -> Arc<Line> {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    Arc::new(line::read(path, &sets).map_err(|rejected| rejected.render(false)).expect("a line"))
}

/// A twin in a world of its own.
pub(super) struct TwinAlone {
    pub(super) world: World,
    pub(super) twin: Twin,
}

impl TwinAlone {
    pub(super) fn new(phases: Vec<LinePhase>) -> TwinAlone {
        let mut world = World::new();
        let twin = Twin::new(&mut world, phases);
        TwinAlone { world, twin }
    }

    pub(super) fn go_to(&mut self, time: Time) {
        self.twin.go_to(time);
    }

    pub(super) fn pursue(&mut self, patience: &mut dyn FnMut() -> bool) -> bool {
        self.twin.pursue(&mut self.world, patience)
    }

    pub(super) fn change_phases(&mut self, phases: Vec<LinePhase>) {
        self.twin.change_phases(&mut self.world, phases);
    }

    pub(super) fn keep_tape(&mut self) {
        self.twin.keep_tape(&mut self.world);
    }

    pub(super) fn picture(&mut self, scenery: &Scenery, glide: Time) -> Picture {
        self.twin.picture(&mut self.world, scenery, glide)
    }

    pub(super) fn figures(&mut self) -> Vec<(&'static kpi::Kpi, Option<f64>)> {
        self.twin.figures(&mut self.world)
    }

    fn standstills(&self) -> Vec<String> {
        self.twin.standstills(&self.world)
    }
}

impl Deref for TwinAlone {
    type Target = Twin;

    fn deref(&self) -> &Twin {
        &self.twin
    }
}

impl DerefMut for TwinAlone {
    fn deref_mut(&mut self) -> &mut Twin {
        &mut self.twin
    }
}

fn twin(text: &str) -> TwinAlone {
    let file = file(text);
    TwinAlone::new(vec![LinePhase { from: Time::ZERO, line: read(&file.path, &[]) }])
}

pub(super) fn go(twin: &mut TwinAlone, time: u64) {
    twin.go_to(Time(time));
    assert!(twin.pursue(&mut || true));
}

#[derive(Default)]
struct Tape(Vec<LineEvent>);

impl crate::event::Listener for Tape {
    fn on_event(&mut self, event: LineEvent) {
        self.0.push(event);
    }
}

pub(super) fn told_by_the_terminal(line: &Line) -> Vec<LineEvent> {
    let plan = StudyPlan::of(line, &Overrides::default());
    let mut tape = Tape::default();
    study::narrate(line, &plan, 0, warm_up(line), &mut tape).expect("a run");
    tape.0
}

#[test]
fn what_stands_still_while_the_rest_goes_on_is_told_with_who_waits_for_whom() {
    let mut twin = twin(
        r#"Line(
        name: "half dead",
        run: (length: "2 h", replications: 1),
        products: { "a": (), "b": () },
        elements: {
            "ia": Source(product: "a"),
            "m": Machine(cycle: "5 s"),
            "turn": Machine(cycle: "10 s"),
            "oa": Sink(),
            "ib": Source(product: "b"),
            "n": Machine(cycle: "20 s"),
            "ob": Sink(),
        },
        flow: ["ia -> m -> turn", "turn -> m 50 %", "turn -> oa 50 %", "ib -> n -> ob"],
    )"#,
    );
    assert!(twin.standstills().is_empty());
    go(&mut twin, HOUR);
    let told = twin.standstills();
    assert!(
        told[0].starts_with("a part of the line stands still for ever: ") && told[0].contains(", since "),
        "{told:?}"
    );
    assert_eq!((told.len(), twin.stuck()), (1, None));
    go(&mut twin, 0);
    assert!(twin.standstills().is_empty(), "time was taken back to before it");
}

#[test]
fn the_journal_of_a_twin_is_that_of_the_terminal_whatever_the_frame_rate() {
    let mut twin = twin(LINE);
    let expected = told_by_the_terminal(twin.line());
    for seed in 0..4 {
        let (mut random, mut heard) =
            (Stream::new(seed, 0, "frames", crate::kernel::Purpose::Cycle, 0), Vec::new());
        twin.keep_tape();
        go(&mut twin, 0);
        let (mut impatient, mut frames) = (0, 0);
        while twin.now() < twin.end() {
            frames += 1;
            // Frames of any length; at times a user steps, searches, drags the time back, or is impatient.
            match random.next() % 20 {
                _ if frames > 150 => twin.go_to(twin.end()),
                0 => twin.go_to(Time(random.next() % twin.now().0.max(1))),
                1 => twin.go_to_last(SearchTarget::Trouble(Trouble::Any, None)),
                2 => twin.go_to_next(SearchTarget::Anything),
                3 => twin.go_to_next(SearchTarget::Trouble(Trouble::Breakdown, Some(WELD))),
                _ => twin.go_to(twin.now() + Time(random.next() % (HOUR / 4))),
            }
            let mut there = false;
            while !there {
                let tired = random.next() % 400;
                there = twin.pursue(&mut || {
                    impatient += 1;
                    impatient % 400 != tired
                }) || tired < 40;
                let (facts, from_zero) = twin.take_tape();
                if from_zero {
                    heard.clear();
                }
                heard.extend(facts);
            }
        }
        assert_eq!(heard.len(), expected.len());
        assert!(heard == expected, "seed {seed}");
    }
}

#[test]
fn at_the_end_the_figures_are_those_of_the_first_replication_of_the_report() {
    let mut twin = twin(LINE);
    let line = Arc::clone(twin.line());
    let end = twin.end().0;
    go(&mut twin, end / 3);
    go(&mut twin, end);
    let plan = StudyPlan::of(&line, &Overrides::default());
    let stop = std::sync::atomic::AtomicBool::new(false);
    let outcome = study::replicate(&line, &plan, 0, warm_up(&line), &stop).expect("an outcome");
    let figures: Vec<Option<f64>> = twin.figures().into_iter().map(|(_, value)| value).collect();
    assert_eq!(figures, outcome.kpis);
    assert!(figures[0].is_some_and(|throughput| throughput > 30.0));
}

#[test]
fn going_back_shows_the_same_as_never_having_gone_on() {
    let (mut one, mut other) = (twin(LINE), twin(LINE));
    let scenery = Scenery::of(one.line());
    go(&mut one, 5 * HOUR);
    go(&mut one, 2 * HOUR + 17);
    go(&mut other, 2 * HOUR + 17);
    assert_eq!(one.picture(&scenery, Time(2_000_000_000)), other.picture(&scenery, Time(2_000_000_000)));
    assert_eq!(one.records(), other.records());
    assert_eq!(one.history(), other.history());
    assert_eq!(one.timeline(WELD), other.timeline(WELD));
}

#[test]
fn steps_lead_from_event_to_event_and_back_again() {
    let mut twin = twin(LINE);
    let mut times: Vec<Time> = told_by_the_terminal(twin.line()).iter().map(|event| event.time).collect();
    times.dedup();
    go(&mut twin, 1);
    for time in &times[1..60] {
        twin.go_to_next(SearchTarget::Anything);
        assert!(twin.pursue(&mut || true));
        assert_eq!(twin.now(), *time);
    }
    for time in times[1..59].iter().rev() {
        twin.go_to_last(SearchTarget::Anything);
        assert!(twin.pursue(&mut || true));
        assert_eq!(twin.now(), *time);
    }
}

#[test]
fn a_jump_to_a_breakdown_ends_where_the_journal_has_one() {
    let mut twin = twin(LINE);
    let failed = |event: &&LineEvent| event.what == What::Became(State::Failed);
    let told = told_by_the_terminal(twin.line());
    let times: Vec<Time> = told.iter().filter(failed).map(|event| event.time).collect();
    assert!(times.len() > 5);
    for time in &times[..5] {
        twin.go_to_next(SearchTarget::Trouble(Trouble::Breakdown, None));
        assert!(twin.pursue(&mut || true));
        assert_eq!((twin.now(), twin.timeline(WELD).at(twin.now())), (*time, Some(State::Failed)));
    }
    twin.go_to_last(SearchTarget::Trouble(Trouble::Breakdown, Some(WELD)));
    assert!(twin.pursue(&mut || true));
    assert_eq!(twin.now(), times[3]);
    twin.go_to_next(SearchTarget::Trouble(Trouble::Breakdown, Some(CUT)));
    assert!(twin.pursue(&mut || true));
    assert_eq!(twin.now(), twin.end(), "what never happens is searched up to the end");
}

#[test]
fn a_timeline_tells_the_same_times_as_the_records() {
    let mut twin = twin(&LINE.replace("30 min", "0 s"));
    go(&mut twin, 3 * HOUR);
    let mut times = [0; State::ALL.len()];
    for (from, until, state) in twin.timeline(WELD).between(Time::ZERO, twin.now()) {
        times[state as usize] += (until - from).0;
    }
    let mut records = twin.records().clone();
    records.settle(twin.now());
    assert_eq!(times, records.clock(WELD.index()).times);
}

#[test]
fn the_courses_agree_with_the_key_figures() {
    let mut twin = twin(&LINE.replace("30 min", "0 s"));
    go(&mut twin, 3 * HOUR);
    let figures = twin.figures();
    let last = |course| twin.history().course(course).last().map(|point| point[1]);
    let figure = |name: &str| {
        let found = figures.iter().find(|(kpi, _)| kpi.name == name);
        found.and_then(|(_, value)| *value).expect("a figure")
    };
    assert_eq!(last(HistoryCourse::Delivered), Some(figure("finished")));
    let peak = last(HistoryCourse::PeakPower).expect("a peak");
    let exact = figure("peak_power_15min");
    assert!(peak <= exact + 1e-9 && peak > 0.95 * exact, "steps of 14 s see the peak nearly: {peak} {exact}");
    let power = twin.history().course(HistoryCourse::Power);
    let mean = power.iter().map(|point| point[1]).sum::<f64>() / power.len() as f64;
    assert!((mean - figure("mean_power")).abs() < 0.01 * mean, "{mean}");
    assert!(kpi::named("mean_power").is_some());
}

#[test]
fn the_history_stays_small_however_long_the_run() {
    let mut twin = twin(&LINE.replace("\"8 h\"", "\"40 d\""));
    let end = twin.end().0;
    go(&mut twin, end);
    let course = twin.history().course(HistoryCourse::Wip);
    assert!((400..=1024).contains(&course.len()), "{}", course.len());
    let step = twin.history().step().secs() / 3600.0;
    assert!(course.windows(2).all(|pair| (pair[1][0] - pair[0][0] - step).abs() < 1e-6));
}

#[test]
fn a_twin_that_gets_stuck_says_why_and_can_be_taken_back() {
    let circle = r#"Line(name: "circle", products: { "p": () }, run: (length: "1 d", warm_up: "0 s"),
        elements: { "in": Source(), "a": Machine(cycle: "10 s"), "b": Machine(cycle: "10 s"), "out": Sink() },
        flow: ["in -> a", "a -> b", "b -> a 99 %", "b -> out 1 %"])"#;
    let mut twin = twin(circle);
    let end = twin.end().0;
    go(&mut twin, end);
    let reason = twin.stuck().expect("a circle").to_owned();
    assert!(reason.contains('a') && reason.contains('b') && twin.now().0 < end, "{reason}");
    let stuck_at = twin.now().0;
    go(&mut twin, stuck_at / 2);
    assert_eq!((twin.stuck(), twin.now()), (None, Time(stuck_at / 2)));
}

#[test]
fn energy_that_nobody_states_has_no_course() {
    let of = |power: &str| {
        let mut twin = twin(&format!(
            "Line(name: \"l\", run: (length: \"2 h\"), products: {{ \"p\": () }}, elements: {{ \"in\": Source(), \
             \"m\": Machine(cycle: \"60 s\"{power}), \"out\": Sink() }}, flow: [\"in -> m -> out\"])"
        ));
        go(&mut twin, HOUR);
        [
            HistoryCourse::Power,
            HistoryCourse::PowerOf15Min,
            HistoryCourse::PeakPower,
            HistoryCourse::EnergyPerPart,
        ]
        .map(|course| twin.history().course(course).last().map(|point| point[1]))
    };
    assert_eq!(of(""), [None; 4]);
    assert_eq!(of(", power: (working: \"0 W\")"), [Some(0.0); 4]);
    assert!(of(", power: (working: \"6 kW\")").iter().all(|found| found.is_some_and(|power| power > 0.0)));
}

/// Where two tapes part, found event by event in each element at each instant.
pub(super) fn first_split(first: &[LineEvent], second: &[LineEvent]) -> Option<Split> {
    let at = |tape: &[LineEvent], time: Time| -> Vec<LineEvent> {
        tape.iter().filter(|event| event.time == time).copied().collect()
    };
    let of = |events: &[LineEvent], element: Slot| -> Vec<LineEvent> {
        events.iter().filter(|event| event.element == element).copied().collect()
    };
    let times: BTreeSet<Time> = first.iter().chain(second).map(|event| event.time).collect();
    times.into_iter().find_map(|time| {
        let (one, other) = (at(first, time), at(second, time));
        let elements: BTreeSet<Slot> = one.iter().chain(&other).map(|event| event.element).collect();
        let differs = elements.into_iter().any(|element| of(&one, element) != of(&other, element));
        let only =
            |one: &[LineEvent], other: &[LineEvent]| one.iter().find(|event| !other.contains(event)).copied();
        differs.then(|| Split { time, first: only(&one, &other), second: only(&other, &one) })
    })
}
