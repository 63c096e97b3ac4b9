//! A kind of equipment of another crate, the dryer of `examples/foreign_kind`, against a machine that does the same: it is
//! read, checked, explained, run, changed and found to stand still like a kind of the list.

#[path = "../../examples/foreign_kind/dryer.rs"]
mod dryer;

use super::kit::{self, Folder, Recording, SECOND, try_record};
use dryer::Dryer;
use serde::Deserialize;
use std::sync::Arc;
use taktwin::checking::Check;
use taktwin::context::{COMPLETION, EventOutcome};
use taktwin::equipment::Datasheet;
use taktwin::equipment::appearance::{Appearance, Stand, Symbol};
use taktwin::equipment::foreign::{self, ForeignKind, ForeignUnit, RegisterError, Turn};
use taktwin::event::{ResourcePurpose, Slot, State};
use taktwin::explain::Explanation;
use taktwin::flow::Stuck;
use taktwin::kernel::{Event, Time};
use taktwin::line::{self, Line};
use taktwin::material::{PartId, Place, PlaceSpec};
use taktwin::resource::{Grant, Request, Token};
use taktwin::sim::Replication;

const PRODUCTS: &str = "\"tray\": (mass: \"0.5 kg\"), \"pot\": (mass: \"2 kg\")";
const POWER: &str = "power: (working: \"12 kW\", idle: \"2 kW\")";

/// The same work: a minute for a kilogram.
fn dryer(places: u32) -> String {
    format!("Dryer(places: {places}, per_kg: \"1 min\", {POWER})")
}

fn machine(places: u32) -> String {
    format!("Machine(places: {places}, cycles: {{ \"tray\": \"30 s\", \"pot\": \"120 s\" }}, {POWER})")
}

fn known() {
    foreign::register::<Dryer>().expect("a name that nobody else has");
}

/// Two products by chance, a store that may fill, and a way back for some, with this in the middle.
fn layout(middle: &str, rack: u32) -> String {
    kit::layout_of(
        PRODUCTS,
        "length: \"2 d\", replications: 3, seed: 5",
        &[
            ("trays", "Source(product: \"tray\", interarrival: Exponential(\"60 s\"))"),
            ("pots", "Source(product: \"pot\", interarrival: Exponential(\"120 s\"))"),
            ("dry", middle),
            ("rack", &format!("Buffer(capacity: {rack})")),
            ("pack", "Machine(cycle: Gamma(mean: \"35 s\", cv: 0.8))"),
            ("out", "Sink()"),
        ],
        &["trays -> dry", "pots -> dry -> rack -> pack -> out"],
    )
}

fn line(middle: &str, rack: u32) -> Line {
    known();
    kit::read(&layout(middle, rack))
}

#[test]
fn a_kind_of_another_crate_makes_the_journal_of_a_machine_that_does_the_same() {
    for (places, rack) in [(1, 4), (3, 1), (4, 50)] {
        let [own, built_in] = [dryer(places), machine(places)].map(|middle| line(&middle, rack));
        let [recorded, wanted] = [&own, &built_in].map(|line| kit::record(line, 2 * 86_400).0);
        assert!(wanted.len() > 10_000, "{}", wanted.len());
        assert_eq!(recorded, wanted, "{places} places");
        // Not only the facts: every figure that is made of them, of the line and of its elements.
        let [found, wanted] = [&own, &built_in].map(|line| {
            let study = kit::study(line);
            let mut all: Vec<String> = taktwin::kpi::ALL
                .iter()
                .map(|kpi| format!("{} {:?}", kpi.name, study.interval(kpi)))
                .collect();
            for element in study.elements() {
                let figures = element.figures.iter();
                all.extend(figures.map(|it| format!("{} {} {:?}", element.name, it.name(), it.interval)));
            }
            all
        });
        assert_eq!(found, wanted, "{places} places");
    }
}

#[test]
fn it_is_explained_like_a_machine_that_does_the_same() {
    let [own, built_in] = [dryer(3), machine(3)].map(|middle| line(&middle, 9));
    let [found, wanted] = [&own, &built_in].map(|line| {
        let whole = Explanation::of(line);
        format!("{:?} {:?} {:?}", whole.loads, whole.capacity, whole.divisions)
    });
    assert_eq!(found, wanted);
    assert_eq!(own.elements[2].kind, "Dryer");
}

/// What a faulty dryer is told, without colours.
fn faults(middle: &str, sets: &[&str]) -> String {
    known();
    let folder = Folder::with(&[("line.ron", &layout(middle, 5))]);
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    line::read(&folder.at("line.ron"), &sets).expect_err("it is wrong").render(false)
}

#[test]
fn its_faults_are_told_with_place_and_remedy() {
    let unknown = faults("Dryer(places: 3, per_kilo: \"1 min\")", &[]);
    assert!(unknown.contains("unknown field `per_kilo`") && unknown.contains("per_kg"), "{unknown}");
    let missing = faults("Dryer(places: 3)", &[]);
    assert!(missing.contains("missing field `per_kg` in Dryer"), "{missing}");
    let unit = faults("Dryer(places: 3, per_kg: \"1 kW\")", &[]);
    assert!(unit.contains("\"1 kW\" is not a duration"), "{unit}");
    let own = faults("Dryer(places: 0, per_kg: \"1 min\")", &[]);
    assert!(own.contains("a dryer without places dries nothing") && own.contains("places: 0"), "{own}");
    let set = faults(&dryer(3), &["dry.places=none"]);
    assert!(set.contains("--set") && set.contains("dry.places=none"), "{set}");
    let misspelt = faults("Drier(places: 3)", &[]);
    assert!(misspelt.contains("`Dryer`"), "{misspelt}");
    // No name of our own making is ever offered.
    assert!(!misspelt.contains("Foreign"), "{misspelt}");
    assert!(faults("Foreign(places: 3)", &[]).contains("unknown name `Foreign`"));
}

#[test]
fn it_is_changed_from_the_command_line_and_by_an_upgrade() {
    known();
    let upgrade = "Upgrade(name: \"more places\", base: \"line.ron\", changes: [(name: \"more\", set: { \"dry.places\": 4 })])";
    let folder = Folder::with(&[("line.ron", &layout(&dryer(1), 9)), ("upgrade.ron", upgrade)]);
    let set = line::read(&folder.at("line.ron"), &["dry.places=4".to_owned()]).expect("a good value");
    let wanted = kit::record(&line(&machine(4), 9), 86_400).0;
    assert_eq!(kit::record(&set, 86_400).0, wanted);
    assert_eq!(kit::record(&folder.read("upgrade.ron"), 86_400).0, wanted);
}

#[test]
fn a_loop_through_it_is_found_to_stand_still() {
    let stuck = |middle: &str| {
        known();
        let elements = [
            ("in", "Source(product: \"tray\")"),
            ("mill", "Machine(cycle: \"20 s\")"),
            ("dry", middle),
            ("test", "Machine(cycle: \"30 s\")"),
            ("out", "Sink()"),
        ];
        let flow = ["in -> mill -> dry -> test", "test -> mill 10 %", "test -> out 90 %"];
        let line = kit::line_of(PRODUCTS, "", &elements, &flow);
        match try_record(&line, Time(10 * 86_400 * SECOND)) {
            (recorded, Err(Stuck::Deadlock(circle))) => (recorded.0, circle),
            (_, other) => panic!("{other:?}"),
        }
    };
    let (own, built_in) = (stuck(&dryer(2)), stuck(&machine(2)));
    assert_eq!(own.1.len(), 3);
    assert_eq!(own, built_in);
}

#[test]
fn a_running_one_takes_what_it_can_become() {
    let [before, slower, wider] =
        [dryer(3), dryer(3).replace("1 min", "2 min"), dryer(4)].map(|middle| line(&middle, 9));
    let takes = |after: &Line| before.elements[2].prototype.can_become(&after.elements[2].prototype);
    assert_eq!((takes(&slower), takes(&wider)), (true, false));
    let mut run = Replication::new(&before, 1, 0);
    let mut recorded = Recording::default();
    run.advance(Time(3600 * SECOND), &mut recorded).expect("it goes on");
    run.alter(&before, &slower, &mut recorded).expect("it goes on");
    run.advance(Time(7200 * SECOND), &mut recorded).expect("it goes on");
    let [unchanged, from_the_start] = [&before, &slower].map(|line| kit::record(line, 7200).0);
    let first_hour = unchanged.iter().take_while(|event| event.time <= Time(3600 * SECOND)).count();
    assert_eq!(recorded.0[..first_hour], unchanged[..first_hour]);
    assert!(recorded.0 != unchanged && recorded.0 != from_the_start);
}

/// A name that the list of kinds has.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Machine {
    cycle: u32,
}

/// No name at all.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Nameless(u32);

impl ForeignKind for Machine {
    type Unit = dryer::Drying;

    fn checked(&self, _: &mut Check<'_>) -> Option<dryer::Drying> {
        None
    }
}

impl ForeignKind for Nameless {
    type Unit = dryer::Drying;

    fn checked(&self, _: &mut Check<'_>) -> Option<dryer::Drying> {
        None
    }
}

/// A name that no layout can write.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename = "my dryer")]
struct TwoWords {
    cycle: u32,
}

impl ForeignKind for TwoWords {
    type Unit = dryer::Drying;

    fn checked(&self, _: &mut Check<'_>) -> Option<dryer::Drying> {
        None
    }
}

#[test]
fn a_product_that_never_comes_there_needs_no_mass() {
    known();
    let elements = [
        ("trays", "Source(product: \"tray\", interarrival: \"60 s\")"),
        ("boxes", "Source(product: \"box\", interarrival: \"60 s\")"),
        ("dry", &*dryer(1)),
        ("out", "Sink()"),
    ];
    let products = format!("{PRODUCTS}, \"box\": ()");
    let line = kit::line_of(&products, "", &elements, &["trays -> dry -> out", "boxes -> out"]);
    assert!(!kit::record(&line, 3600).deliveries().is_empty());
    let both = kit::layout_of(&products, "", &elements, &["trays -> dry -> out", "boxes -> dry"]);
    let folder = Folder::with(&[("line.ron", &both)]);
    let told = line::read(&folder.at("line.ron"), &[]).expect_err("it has no mass").render(false);
    assert!(told.contains("nobody knows how long \"box\" dries"), "{told}");
}

#[test]
fn two_kinds_of_one_name_are_refused() {
    known();
    known();
    let taken = foreign::register::<Machine>().expect_err("there is one in the list");
    assert_eq!(taken, RegisterError::Taken("Machine".to_owned()));
    assert!(taken.to_string().contains("serde(rename"));
    assert_eq!(foreign::register::<Nameless>(), Err(RegisterError::NoStruct));
    assert_eq!(foreign::register::<TwoWords>(), Err(RegisterError::NoStruct));
}

/// A station that prepares a part for ten seconds, calls a person, and works for a minute once the person is there.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Attended {
    skill: String,
}

#[derive(Clone, Debug, PartialEq)]
struct Attending {
    crews: Arc<[Slot]>,
    part: Option<PartId>,
    person: Option<Token>,
}

impl ForeignKind for Attended {
    type Unit = Attending;

    fn needs(&self) -> Vec<&str> {
        vec![&self.skill]
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<Attending> {
        Some(Attending { crews: check.crews_with("skill", &self.skill)?, part: None, person: None })
    }
}

impl ForeignUnit for Attending {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: PlaceSpec {
                capacity: Some(1),
                idle: Some(State::Starved),
                notify_arrival: true,
                ..PlaceSpec::default()
            },
            ..Datasheet::of(Appearance {
                footprint: [1.0, 1.0],
                height: 1.0,
                symbol: Symbol::Work,
                pieces: Vec::new(),
                stand: Stand::Spot([0.0, 1.0, 0.0]),
                lamp: None,
                arm: None,
            })
        }
    }

    fn work(&mut self, part: PartId, turn: &mut Turn<'_, '_>) {
        self.part = Some(part);
        turn.place.enter(State::Working);
        turn.ctx.schedule(Time(10 * SECOND), COMPLETION, turn.me);
    }

    fn on_event(&mut self, _: Event, turn: &mut Turn<'_, '_>) -> EventOutcome {
        let Some(person) = self.person.take() else {
            let from = Arc::clone(&self.crews);
            turn.ctx.request(turn.me, Request::one(ResourcePurpose::Repair, from));
            // It has nothing to say to its neighbours, and yet the crew must hear of it.
            return EventOutcome::Nothing;
        };
        turn.ctx.give_back(person);
        let Some(part) = self.part.take() else { return EventOutcome::Nothing };
        turn.ctx.complete(turn.me, part, Time(60 * SECOND));
        turn.place.finish(part, turn.ctx.parts);
        turn.place.enter(State::Blocked);
        EventOutcome::Settle
    }

    fn granted(&mut self, grant: Grant, turn: &mut Turn<'_, '_>) {
        self.person = Some(grant.token);
        turn.ctx.schedule(Time(60 * SECOND), COMPLETION, turn.me);
    }

    fn has_pending_event(&self, place: &Place) -> bool {
        self.part.is_some() || place.is_pledged()
    }
}

#[test]
fn it_calls_people_at_once_however_often_somebody_looks() {
    foreign::register::<Attended>().expect("a name that nobody else has");
    let elements = [
        ("in", "Source()"),
        ("one", "Attended(skill: \"press\")"),
        ("two", "Attended(skill: \"press\")"),
        ("out", "Sink()"),
        ("crew", "Crew(size: 1, skills: [\"press\"])"),
    ];
    let line = kit::line("", &elements, &["in -> one -> two -> out"]);
    let whole = kit::record(&line, 3600);
    // By hand: both prepare a part at once, ten seconds; then the person is a minute at the second and a minute at the first.
    let by_hand: Vec<u64> = (0..27).map(|nth| (140 + 130 * nth) * SECOND).collect();
    assert_eq!(whole.deliveries(), by_hand);
    let (mut run, mut parts) = (Replication::new(&line, 1, 0), Recording::default());
    for second in (7..3600).step_by(7).chain([3600]) {
        run.advance(Time(second * SECOND), &mut parts).expect("it goes on");
    }
    assert_eq!(parts.0, whole.0);
}
