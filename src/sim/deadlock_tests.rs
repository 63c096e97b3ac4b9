//! A deadlock among those who hold one resource and wait for another, as a run finds it. No kind of equipment does that yet,
//! so the tests make the requests.

use super::Replication;
use crate::event::{LineEvent, Listener, ResourcePurpose, Slot};
use crate::flow::Stuck;
use crate::kernel::Time;
use crate::line::{self, Line};
use crate::resource::{Request, Token};

struct Deaf;

impl Listener for Deaf {
    fn on_event(&mut self, _: LineEvent) {}
}

/// Two machines beside each other and a third, and two crews of so many.
fn hall(people: [u32; 2], third: &str) -> Line {
    let machine = |skill: &str| {
        format!(
            "Machine(cycle: \"10 s\", breakdowns: [(after: \"900 d\", repair: \"1 s\", skill: \"{skill}\")])"
        )
    };
    let bin = if third == "bin" { "\"bin\": Sink(scrap: true)" } else { "" };
    let text =
        format!(
        "Line(name: \"l\", run: (warm_up: \"0 s\", length: \"1 d\"), products: {{ \"p\": () }}, elements: {{
            \"in\": Source(), \"a\": {}, \"b\": {}, \"c\": Machine(cycle: \"10 s\"), \"out\": Sink(),
            \"east\": Crew(size: {}, skills: [\"east\"]), \"west\": Crew(size: {}, skills: [\"west\"]), {bin}
        }}, flow: [\"in -> a -> out\", \"in -> b -> out\", \"in -> c -> {third}\"])",
        machine("east"), machine("west"), people[0], people[1],
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("line.ron");
    std::fs::write(&path, text).expect("a file");
    line::read(&path, &[]).map_err(|rejected| rejected.render(false)).expect("a line")
}

const A: Slot = Slot(1);
const B: Slot = Slot(2);
const EAST: Slot = Slot(5);
const WEST: Slot = Slot(6);

/// Lets elements request one person each of a crew.
fn request(run: &mut Replication, requests: &[(Slot, Slot)]) -> Vec<Token> {
    run.with_floor::<_, _, false>(&mut Deaf, |floor, _| {
        let tokens = requests.iter().map(|(element, crew)| {
            floor.ctx.request(*element, Request::one(ResourcePurpose::Repair, [*crew]))
        });
        let tokens = tokens.collect();
        assert_eq!(floor.alter(std::iter::empty()), Ok(()));
        tokens
    })
}

fn advance(run: &mut Replication, secs: u64) -> Result<(), Stuck> {
    run.advance(Time(secs * 1_000_000_000), &mut Deaf)
}

/// A run in which each machine has a person of its crew since 5 s and requests one of the other crew from 8 s on.
fn crossed(line: &Line) -> Replication {
    let mut run = Replication::new(line, 1, 0);
    assert_eq!(advance(&mut run, 5), Ok(()));
    request(&mut run, &[(A, EAST), (B, WEST)]);
    assert_eq!(advance(&mut run, 8), Ok(()));
    let held: Vec<(Slot, Slot, Time)> =
        run.holdings().map(|one| (one.holder, one.lender, one.since)).collect();
    assert_eq!(held, [(A, EAST, Time(5_000_000_000)), (B, WEST, Time(5_000_000_000))]);
    request(&mut run, &[(A, WEST), (B, EAST)]);
    run
}

#[test]
fn two_machines_that_hold_one_each_and_want_the_others_are_a_deadlock_with_both_named() {
    let line = hall([1, 1], "bin");
    let mut run = crossed(&line);
    assert_eq!(advance(&mut run, 100), Err(Stuck::Deadlock(vec![A, B])));
    assert_eq!(run.now(), Time(8_000_000_000));
}

#[test]
fn a_line_that_delivers_past_them_goes_on_and_tells_who_stands() {
    let line = hall([1, 1], "out");
    let mut run = crossed(&line);
    assert_eq!(advance(&mut run, 100), Ok(()));
    let [found] = run.standstills() else { panic!("{:?}", run.standstills()) };
    assert_eq!((&found.chain, found.is_circle, found.is_shortage), (&vec![A, B], true, false));
    assert_eq!((&found.elements, found.since), (&vec![A, B], Some(Time(8_000_000_000))));
}

#[test]
fn with_one_more_person_there_is_no_deadlock() {
    let line = hall([1, 2], "bin");
    let mut run = crossed(&line);
    assert_eq!(advance(&mut run, 100), Ok(()));
    assert!(run.standstills().is_empty());
    assert_eq!(run.holdings().filter(|one| one.holder == A).count(), 2);
}
