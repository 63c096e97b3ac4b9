//! People at robots, by hand to the nanosecond: drivers of vehicles, who walk, are called away and go home, and zones.

use super::kit::{Recording, SECOND, kpi, line, record, slot, study, try_record};
use super::people::states;
use super::shifts::{self, MINUTE};
use taktwin::event::{ResourcePurpose, State, What};
use taktwin::flow::Stuck;
use taktwin::kernel::Time;
use taktwin::line::Line;

/// Two vehicles that carry parts from racks of their own to one shop: 20 s each way, 5 s to take up and 5 s to put down.
fn vehicles(people: &str, more: &str, crew: &str) -> Line {
    let fork = |rack: &str| {
        format!(
            "Robot(load: \"5 s\", unload: \"5 s\", travel: {{ \"{rack} -> shop\": \"20 s\" }}, people: [{people}], {more})"
        )
    };
    let [one, two] = ["rack 1", "rack 2"].map(fork);
    let elements = [
        ("in", "Source()"),
        ("rack 1", "Buffer(capacity: 1)"),
        ("rack 2", "Buffer(capacity: 1)"),
        ("shop", "Sink()"),
        ("fork 1", one.as_str()),
        ("fork 2", two.as_str()),
        ("drivers", crew),
    ];
    let flow = ["in -> rack 1", "in -> rack 2", "rack 1 -> shop by fork 1", "rack 2 -> shop by fork 2"];
    line("", &elements, &flow)
}

const ONE: &str = "Crew(size: 1, skills: [\"drive\"])";

/// When a part came to the shop, in seconds.
pub fn came(line: &Line, recorded: &Recording) -> Vec<u64> {
    recorded
        .times(slot(line, "shop"), |what| matches!(what, What::Delivered(_)))
        .iter()
        .map(|time| time / SECOND)
        .collect()
}

/// From when on a crew did what for whom, in seconds.
fn at_work(line: &Line, recorded: &Recording, crew: &str) -> Vec<(u64, u32, ResourcePurpose, String)> {
    let told = recorded.0.iter().filter(|event| event.element == slot(line, crew));
    told.filter_map(|event| match event.what {
        What::AtWork { busy, purpose, holder } => {
            Some((event.time.0 / SECOND, busy, purpose, line.elements[holder.index()].name.clone()))
        }
        _ => None,
    })
    .collect()
}

#[test]
fn one_driver_carries_for_two_vehicles_in_turn() {
    let line = vehicles("(skill: \"drive\")", "", ONE);
    let recorded = record(&line, 200);
    // The first way takes no time, each later one begins with 20 s back to the rack.
    assert_eq!(came(&line, &recorded), [30, 60, 110, 160]);
    let [moving, hold, wait] = [State::Moving, State::Holding, State::WaitingForPeople];
    assert_eq!(
        states(&line, &recorded, "fork 1"),
        [
            (0, hold),
            (5, moving),
            (25, hold),
            (30, wait),
            (60, moving),
            (80, hold),
            (85, moving),
            (105, hold),
            (110, wait),
            (160, moving),
            (180, hold),
            (185, moving)
        ]
    );
    let [load, work, unload] = [ResourcePurpose::Loading, ResourcePurpose::Work, ResourcePurpose::Unloading];
    let fork = "fork 1".to_owned();
    // The first way takes no time.
    assert_eq!(
        at_work(&line, &recorded, "drivers")[2..8],
        [
            (0, 1, load, fork.clone()),
            (5, 0, load, fork.clone()),
            (5, 1, work, fork.clone()),
            (25, 0, work, fork.clone()),
            (25, 1, unload, fork.clone()),
            (30, 0, unload, fork)
        ]
    );
    let calls = recorded.times(slot(&line, "drivers"), |what| matches!(what, What::Answered { .. }));
    assert_eq!(calls.iter().map(|time| time / SECOND).collect::<Vec<_>>(), [0, 30, 60, 110, 160]);
}

#[test]
fn a_helper_is_there_only_while_the_vehicle_is_loaded() {
    let line = vehicles("(skill: \"drive\", for: [Load])", "", ONE);
    let recorded = record(&line, 100);
    // fork 2 waits 5 s for the first loading; from then on they do not meet.
    assert_eq!(came(&line, &recorded), [30, 35, 80, 85]);
    assert_eq!(
        states(&line, &recorded, "fork 2")[..3],
        [(0, State::WaitingForPeople), (5, State::Holding), (10, State::Moving)]
    );
}

#[test]
fn a_vehicle_without_times_to_load_keeps_its_driver_for_the_whole_transport() {
    let fork = "Robot(travel: { \"rack -> shop\": \"20 s\" }, people: [(skill: \"drive\")])";
    let elements = [
        ("in", "Source()"),
        ("rack", "Buffer(capacity: 1)"),
        ("shop", "Sink()"),
        ("fork", fork),
        ("drivers", ONE),
    ];
    let line = line("", &elements, &["in -> rack", "rack -> shop by fork"]);
    let recorded = record(&line, 150);
    assert_eq!(came(&line, &recorded), [20, 60, 100, 140]);
    let calls = recorded.times(slot(&line, "drivers"), |what| matches!(what, What::Answered { .. }));
    assert_eq!(calls.len(), 5, "one for each transport");
}

#[test]
fn a_driver_who_is_called_away_leaves_the_vehicle_where_it_is_and_it_goes_on_from_there() {
    let fork = "Robot(load: \"5 s\", unload: \"5 s\", travel: { \"rack -> shop\": \"20 s\" }, \
                people: [(skill: \"drive\", may_leave: true)])";
    let press = "Machine(cycle: \"1000 s\", breakdowns: [(after: \"10 s\", repair: \"7 s\", clock: Calendar, \
                 skill: \"drive\", priority: 1)])";
    let elements = [
        ("in", "Source()"),
        ("rack", "Buffer(capacity: 1)"),
        ("press", press),
        ("shop", "Sink()"),
        ("fork", fork),
        ("drivers", ONE),
    ];
    let line = line("", &elements, &["in -> rack", "rack -> shop by fork", "in -> press -> shop"]);
    let recorded = record(&line, 40);
    // 5 s of the way are done at 10; the repair lasts until 17, and the rest of the way until 32. The next failure, by the calendar
    // 10 s after the repair, comes at 27 and lasts until 34: 10 more seconds of the way are done by then, and 5 are left.
    assert_eq!(
        states(&line, &recorded, "fork"),
        [
            (0, State::Holding),
            (5, State::Moving),
            (10, State::WaitingForPeople),
            (17, State::Moving),
            (27, State::WaitingForPeople),
            (34, State::Moving),
            (39, State::Holding)
        ]
    );
}

#[test]
fn a_driver_finishes_the_transport_and_a_vehicle_that_waits_rests_outside_its_hours() {
    // From one to three o'clock; a transport takes 25 min each way with the driver, and the next call comes at the end of the hours.
    let fork = "Robot(travel: { \"rack -> shop\": \"25 min\" }, people: [(skill: \"drive\")])";
    let elements = [
        ("in", "Source(calendar: \"always\")"),
        ("rack", "Buffer(capacity: 1)"),
        ("shop", "Sink()"),
        ("fork", fork),
        ("drivers", ONE),
    ];
    let flow = ["in -> rack", "rack -> shop by fork"];
    let line = shifts::line_by(shifts::ONE_TO_THREE, "", &elements, &flow);
    let recorded = record(&line, 2 * 86_400);
    let came: Vec<u64> = recorded
        .times(slot(&line, "shop"), |what| matches!(what, What::Delivered(_)))
        .iter()
        .map(|time| time / MINUTE)
        .collect();
    // 60 + 25, then 50 each; the third begins at 135 and ends at 185, 5 min of overtime. The same the next day, with the way back.
    assert_eq!(came, [85, 135, 185, 1550, 1600, 1650]);
    assert_eq!(
        states(&line, &recorded, "fork").iter().map(|(time, state)| (time / 60, *state)).collect::<Vec<_>>(),
        [
            (0, State::Paused),
            (60, State::Moving),
            (185, State::Paused),
            (1500, State::Moving),
            (1650, State::Paused)
        ]
    );
    let always = "calendar: \"always\", ";
    let fork = fork.replace("Robot(", &format!("Robot({always}"));
    let elements: Vec<(&str, &str)> = elements
        .iter()
        .map(|(name, written)| (*name, if *name == "fork" { fork.as_str() } else { written }))
        .collect();
    let line = shifts::line_by(shifts::ONE_TO_THREE, "", &elements, &flow);
    let recorded = record(&line, 86_400);
    // It waits for its driver around the clock.
    assert_eq!(
        states(&line, &recorded, "fork").iter().map(|(time, state)| (time / 60, *state)).collect::<Vec<_>>(),
        [(0, State::WaitingForPeople), (60, State::Moving), (185, State::WaitingForPeople)]
    );
}

#[test]
fn drivers_walk_to_their_vehicle_and_what_is_asked_of_them_is_told() {
    let fork = "Robot(load: \"5 s\", unload: \"5 s\", speed: \"1 m/s\", at: (10.0, 0.0), people: [(skill: \"drive\")])";
    let crew = "Crew(size: 1, skills: [\"drive\"], speed: \"2 m/s\", at: (0.0, 0.0))";
    let elements = [
        ("in", "Source()"),
        ("rack", "Buffer(capacity: 1, at: (10.0, 0.0))"),
        ("shop", "Sink(at: (30.0, 0.0))"),
        ("fork", fork),
        ("drivers", crew),
    ];
    let run = "warm_up: \"100 s\", length: \"1100 s\", replications: 1";
    let line = line(run, &elements, &["in -> rack", "rack -> shop by fork"]);
    let recorded = record(&line, 90);
    // 10 m at 2 m/s; then the driver is there, also for the transports after.
    assert_eq!(came(&line, &recorded), [35, 85]);
    let study = study(&line);
    let drivers = study.elements().pop().expect("the crew");
    assert_eq!(drivers.one("utilisation").expect("people").mean, 1.0);
    assert_eq!(kpi(&study, "throughput").mean, 72.0);
}

pub const SINK: &str = "Sink()";

/// Two robots that meet at a rack in a zone for one, one person, whom they need for this.
fn meeting_at_a_rack(people: &str) -> Line {
    let robot = |way: &str| {
        format!(
            "Robot(load: \"5 s\", unload: \"5 s\", travel: {{ \"{way}\": \"5 s\" }}, people: [(skill: \"d\"{people})])"
        )
    };
    let [bring, fetch] = ["s -> rack", "rack -> o"].map(robot);
    let elements = [
        ("s", "Source(interarrival: \"20 s\")"),
        ("rack", "Buffer(capacity: 2)"),
        ("o", SINK),
        ("bring", bring.as_str()),
        ("fetch", fetch.as_str()),
        ("z", "Zone(around: [\"rack\"])"),
        ("k", "Crew(size: 1, skills: [\"d\"])"),
    ];
    line(
        "warm_up: \"1 h\", length: \"5 h\", replications: 1",
        &elements,
        &["s -> rack by bring", "rack -> o by fetch"],
    )
}

#[test]
fn who_waits_for_a_zone_keeps_nobody_from_leaving_it() {
    for (people, at_least) in
        [("", 80.0), (", for: [Load]", 140.0), (", for: [Unload]", 140.0), (", for: [Work]", 100.0)]
    {
        let line = meeting_at_a_rack(people);
        let recorded = record(&line, 3600);
        assert!(!came_to(&line, &recorded, "o").is_empty());
        let found = kpi(&study(&line), "throughput").mean;
        assert!(found > at_least, "{people}: {found}");
    }
}

fn came_to(line: &Line, recorded: &Recording, sink: &str) -> Vec<u64> {
    recorded.times(slot(line, sink), |what| matches!(what, What::Delivered(_)))
}

#[test]
fn nobody_leaves_a_job_because_a_helper_of_it_could() {
    let robot = "Robot(load: \"30 s\", unload: \"5 s\", travel: { \"b -> o\": \"5 s\" }, \
                 people: [(skill: \"driver\"), (skill: \"helper\", for: [Load], may_leave: true)])";
    let elements = [
        ("s", "Source(interarrival: \"100 s\")"),
        ("b", "Buffer()"),
        ("r", robot),
        ("o", SINK),
        ("s2", "Source(interarrival: \"110 s\")"),
        ("m", "Machine(cycle: \"40 s\", people: [(skill: \"helper\", priority: 1)])"),
        ("drivers", "Crew(size: 1, skills: [\"driver\"])"),
        ("helpers", "Crew(size: 1, skills: [\"helper\"])"),
    ];
    let line = line("", &elements, &["s -> b", "b -> o by r", "s2 -> m -> o"]);
    let recorded = record(&line, 200);
    // The first part is loaded from 100 to 130; the machine has to wait for the helper from 110 on.
    assert_eq!(
        states(&line, &recorded, "m"),
        [(0, State::Starved), (110, State::WaitingForPeople), (130, State::Working), (170, State::Starved)]
    );
}

#[test]
fn vehicles_that_hold_a_driver_each_and_need_a_second_are_named_as_a_deadlock() {
    let line = vehicles(
        "(skill: \"drive\"), (skill: \"drive\", for: [Unload])",
        "",
        "Crew(size: 2, skills: [\"drive\"])",
    );
    let (_, result) = try_record(&line, Time(1000 * SECOND));
    let Err(Stuck::Deadlock(mut circle)) = result else { panic!("{result:?}") };
    circle.sort_unstable();
    assert_eq!(circle, [slot(&line, "fork 1"), slot(&line, "fork 2")]);
}

#[test]
fn a_driver_in_a_zone_may_be_called_away_too() {
    let truck = "Robot(load: \"5 s\", unload: \"5 s\", travel: { \"b -> o\": \"20 s\" }, people: [(skill: \"d\", may_leave: true)])";
    let elements = [
        ("s", "Source()"),
        ("b", "Buffer(capacity: 1)"),
        ("o", SINK),
        ("truck", truck),
        ("z", "Zone(around: [\"b\", \"o\"])"),
        (
            "m",
            "Machine(cycle: \"1000 s\", breakdowns: [(after: \"10 s\", repair: \"7 s\", clock: Calendar, skill: \"d\", priority: 1)])",
        ),
        ("other", "Robot(travel: { \"s -> b\": \"0 s\" })"),
        ("k", "Crew(size: 1, skills: [\"d\"])"),
    ];
    let line = line("", &elements, &["s -> b by other", "b -> o by truck", "s -> m -> o"]);
    let recorded = record(&line, 20);
    let repaired = recorded.times(slot(&line, "m"), |what| what == What::Became(State::Failed));
    assert_eq!(repaired, [10 * SECOND]);
}
