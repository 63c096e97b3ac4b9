//! Random sequences of what a user does at the desk, against a run of the listed changes that knows nothing of the sequence.

use super::tests::{File, HOUR, LINE, TwinAlone, file, first_split, go};
use super::*;
use crate::event::Listener;
use crate::study::Divergence;
use proptest::prelude::*;

/// Changes that a running line can make, and some that hold from the beginning; values come back, so that a change can be
/// set back, overridden and overtaken.
const CHANGES: &[(&str, &[&str])] = &[
    ("cut.cycle.mean", &["62 s", "20 s", "120 s"]),
    ("weld.cycle", &["Exponential(\"50 s\")", "30 s", "Exponential(\"90 s\")"]),
    ("weld.breakdowns[0].after", &["Exponential(\"40 min\")", "Exponential(\"5 min\")"]),
    ("weld.breakdowns[0].repair", &["Exponential(\"4 min\")", "10 min"]),
    ("rack.capacity", &["4", "1", "9"]),
    ("rack", &["Buffer(capacity: 4)", "Buffer(capacity: 2, order: Lifo)"]),
    ("rack.order", &["Fifo", "Lifo"]),
    ("arm.load", &["3 s", "9 s"]),
    ("cut.power.working", &["3 kW", "7 kW"]),
];

/// What a user does.
#[derive(Clone, Debug)]
enum Deed {
    Set(usize, usize),
    Undo,
    Redo,
    Switch(usize),
    /// To one of a few instants, so that several changes are made at the same one.
    Jump(u64),
    Play(u64),
    Next(SearchTarget),
    Last(SearchTarget),
    /// The line as it is goes on beside the one that is changed.
    Branch,
}

fn deed() -> impl Strategy<Value = Deed> {
    let change = (0..CHANGES.len(), 0..3_usize);
    let wanted = prop_oneof![
        Just(SearchTarget::Anything),
        Just(SearchTarget::Trouble(Trouble::Any, None)),
        Just(SearchTarget::Trouble(Trouble::Breakdown, None)),
    ];
    prop_oneof![
        8 => change.prop_map(|(way, value)| Deed::Set(way, value % CHANGES[way].1.len())),
        3 => Just(Deed::Undo),
        2 => Just(Deed::Redo),
        2 => (0..4_usize).prop_map(Deed::Switch),
        3 => prop_oneof![Just(0), Just(20), Just(45), Just(60), Just(61), Just(90)].prop_map(Deed::Jump),
        2 => (1..2_000_u64).prop_map(Deed::Play),
        1 => wanted.clone().prop_map(Deed::Next),
        1 => wanted.prop_map(Deed::Last),
        1 => Just(Deed::Branch),
    ]
}

/// A line with its changes, as the desk has it on each side.
struct Side {
    edits: Edits,
    twin: TwinAlone,
    tape: Vec<LineEvent>,
}

impl Side {
    fn of(mut edits: Edits) -> Side {
        let mut twin = TwinAlone::new(phases(&mut edits));
        twin.keep_tape();
        Side { edits, twin, tape: Vec::new() }
    }

    /// Goes where it is going, and writes down what it hears.
    fn arrive(&mut self) {
        assert!(self.twin.pursue(&mut || true));
        let (facts, from_zero) = self.twin.take_tape();
        if from_zero {
            self.tape.clear();
        }
        self.tape.extend(facts);
    }

    fn take_over(&mut self) {
        let phases = phases(&mut self.edits);
        self.twin.change_phases(phases);
    }
}

fn phases(edits: &mut Edits) -> Vec<LinePhase> {
    edits.phases().map_err(|rejected| rejected.render(false)).expect("a line")
}

fn act(deed: &Deed, sides: &mut Vec<Side>) {
    let last = sides.len() - 1;
    let side = &mut sides[last];
    let now = side.twin.now();
    match *deed {
        Deed::Set(way, value) => {
            let (way, written) = (CHANGES[way].0.to_owned(), CHANGES[way].1[value].to_owned());
            let edit = Edit { at: now, name: way.clone(), way, before: String::new(), written, on: true };
            // A mean of a cycle that has none is refused, and then nothing has changed.
            if side.edits.add(edit).is_ok() {
                side.take_over();
            }
        }
        Deed::Undo => {
            side.edits.undo();
            side.take_over();
        }
        Deed::Redo => {
            side.edits.redo();
            side.take_over();
        }
        Deed::Switch(nth) => {
            if side.edits.switch(nth).is_ok() {
                side.take_over();
            }
        }
        Deed::Jump(minute) => side.twin.go_to(Time(minute * HOUR / 60)),
        Deed::Play(secs) => side.twin.go_to(now + Time(secs * 1_000_000_000)),
        Deed::Next(wanted) => side.twin.go_to_next(wanted),
        Deed::Last(wanted) => side.twin.go_to_last(wanted),
        Deed::Branch if last == 0 => {
            let mut before = Side::of(side.edits.clone());
            before.twin.go_to(now);
            before.arrive();
            sides.insert(0, before);
        }
        Deed::Branch => {}
    }
    sides.iter_mut().for_each(Side::arrive);
}

#[derive(Default)]
struct Tape(Vec<LineEvent>);

impl Listener for Tape {
    fn on_event(&mut self, event: LineEvent) {
        self.0.push(event);
    }
}

/// The listed changes, read from the list alone.
fn listed(file: &File, edits: &Edits) -> Vec<LinePhase> {
    let mut read = Edits::of(&file.path);
    let off = edits.list().iter().zip(0..).filter(|(edit, _)| !edit.on).map(|(_, nth)| nth);
    for edit in edits.list() {
        read.add(edit.clone()).map_err(|rejected| rejected.render(false)).expect("a change");
    }
    assert!(off.clone().all(|nth: usize| !read.list()[nth].on));
    phases(&mut read)
}

/// The events up to an instant, of a world that is advanced and altered by hand.
fn told(phases: &[LinePhase], until: Time) -> Vec<LineEvent> {
    let line = &phases[0].line;
    let (mut tape, mut world) = (Tape::default(), Replication::new(line, line.run.seed, 0));
    for pair in phases.windows(2).filter(|pair| pair[1].from <= until) {
        world.advance(pair[1].from, &mut tape).expect("a run");
        world.alter(&pair[0].line, &pair[1].line, &mut tape).expect("a change");
    }
    world.advance(until, &mut tape).expect("a run");
    tape.0
}

/// One side shows what a run of its list shows, now and at the end.
fn check(side: &mut Side, file: &File) -> Vec<LineEvent> {
    let phases = listed(file, &side.edits);
    let now = side.twin.now();
    assert!(side.tape == told(&phases, now), "up to now");
    let mut fresh = TwinAlone::new(phases.clone());
    go(&mut fresh, now.0);
    assert_eq!(side.twin.records(), fresh.records());
    assert_eq!(side.twin.history(), fresh.history());
    let scenery = Scenery::of(fresh.line());
    assert_eq!(side.twin.picture(&scenery, Time::ZERO), fresh.picture(&scenery, Time::ZERO));
    side.twin.go_to(side.twin.end());
    side.arrive();
    let all = told(&phases, side.twin.end());
    assert!(side.tape == all, "up to the end");
    all
}

fn whatever_was_done_the_run_is_that_of_the_list(deeds: &[Deed]) {
    let text = LINE.replace("length: \"8 h\"", "length: \"1.5 h\"").replace("30 min", "15 min");
    let file = file(&text);
    let mut sides = vec![Side::of(Edits::of(&file.path))];
    sides[0].arrive();
    for deed in deeds {
        act(deed, &mut sides);
    }
    let tapes: Vec<Vec<LineEvent>> = sides.iter_mut().map(|side| check(side, &file)).collect();
    let [first, second] = &tapes[..] else { return };
    let [end, _] = [0, 1].map(|nth: usize| sides[nth].twin.end());
    let [before, after] = [0, 1].map(|nth: usize| listed(&file, &sides[nth].edits));
    let mut divergence = Divergence::new(before, after, end);
    while !divergence.pursue(&mut || true) {}
    assert_eq!(divergence.found(), first_split(first, second));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_run_is_a_function_of_the_list_of_changes(deeds in prop::collection::vec(deed(), 1..14)) {
        whatever_was_done_the_run_is_that_of_the_list(&deeds);
    }
}

#[test]
fn two_changes_at_one_instant_are_both_simulated() {
    use Deed::{Jump, Set, Undo};
    for deeds in [
        vec![Jump(45), Set(0, 1), Set(4, 2)],
        // A value that is set back runs as before.
        vec![Jump(45), Set(0, 1), Set(0, 0)],
        vec![Jump(45), Set(0, 1), Undo],
        vec![Jump(45), Set(0, 1), Set(4, 2), Undo, Undo, Set(7, 1)],
        // After a change of the past, and before it.
        vec![Jump(60), Set(0, 1), Jump(20), Set(0, 2), Set(4, 1), Undo],
    ] {
        whatever_was_done_the_run_is_that_of_the_list(&deeds);
    }
}
