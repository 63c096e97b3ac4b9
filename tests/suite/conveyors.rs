//! Conveyors by hand arithmetic and against recursions that know no events: when parts come, reach the end and leave, what
//! a belt that stands, queues or never stops does to them, and what that costs.

use super::kit::{self, Recording, SECOND, study};
use taktwin::event::{State, What};
use taktwin::flow::Stuck;
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::sim::Replication;

/// The instants, in seconds, at which an element came into a state.
fn changes(recorded: &Recording, line: &Line, name: &str) -> Vec<(f64, State)> {
    let at = kit::slot(line, name);
    let became = recorded.0.iter().filter(|event| event.element == at);
    let state = |what| if let What::Became(state) = what { Some(state) } else { None };
    became.filter_map(|event| Some((event.time.secs(), state(event.what)?))).collect()
}

fn secs(recorded: &Recording, line: &Line, name: &str, wanted: impl Fn(What) -> bool) -> Vec<f64> {
    recorded.times(kit::slot(line, name), wanted).into_iter().map(|time| time as f64 / 1e9).collect()
}

fn arrivals(recorded: &Recording, line: &Line, name: &str) -> Vec<f64> {
    secs(recorded, line, name, |what| matches!(what, What::Arrived(_)))
}

pub fn near(found: f64, by_hand: f64) {
    assert!((found - by_hand).abs() <= 1e-9 * by_hand, "{found} is not {by_hand}");
}

#[test]
fn a_belt_gives_a_part_for_each_pitch_once_the_first_has_come_through() {
    for when_blocked in ["Accumulate", "Stop"] {
        // 12 m at 0.2 m/s: 60 s. A part every 0.5 m: 2.5 s.
        let belt = format!(
            "Conveyor(length: \"12 m\", speed: \"0.2 m/s\", pitch: \"0.5 m\", when_blocked: {when_blocked})"
        );
        let line = kit::serial("", &["Source()", &belt, "Sink()"]);
        let recorded = kit::record(&line, 3600);
        let by_hand: Vec<u64> = (0..1417).map(|k| 60 * SECOND + k * 2_500_000_000).collect();
        assert_eq!(recorded.deliveries(), by_hand, "{when_blocked}");
    }
}

#[test]
fn a_belt_is_maintained_with_its_parts_on_it_or_once_it_is_empty() {
    let run = |when: &str| {
        let belt = format!(
            "Conveyor(length: \"10 m\", speed: \"1 m/s\", pitch: \"1 m\", \
             maintenance: [(every: \"25 s\", takes: \"5 s\", when: {when})])"
        );
        let line = kit::serial("", &["Source(interarrival: Constant(\"4 s\"))", &belt, "Sink()"]);
        let recorded = kit::record(&line, 49);
        let states = changes(&recorded, &line, "1");
        let stands: Vec<f64> =
            states.iter().filter(|(_, state)| *state == State::Maintenance).map(|(at, _)| *at).collect();
        (recorded.deliveries().into_iter().map(|time| time / SECOND).collect::<Vec<_>>(), stands)
    };
    // Due at 25 s. The parts of 16, 20 and 24 s stand for 5 s; that of 28 comes at 30, that of 32 as it should.
    assert_eq!(run("AtOnce"), (vec![14, 18, 22, 31, 35, 39, 40, 42, 46], vec![25.0]));
    // Nothing comes on any more; the part of 24 s leaves at 34. From 39 s on those of 28, 32 and 36 come, a second apart.
    assert_eq!(run("WhenEmpty"), (vec![14, 18, 22, 26, 30, 34, 49], vec![34.0]));
}

/// 2 m at 0.1 m/s with a part every 0.5 m, in front of a machine that needs 100 s: T = 20 s, h = 5 s, five parts.
fn before_a_slow_machine(when_blocked: &str) -> Line {
    let belt = format!(
        "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\", when_blocked: {when_blocked})"
    );
    kit::serial("", &["Source()", &belt, "Machine(cycle: \"100 s\")", "Sink()"])
}

#[test]
fn a_queue_fills_the_belt_stands_and_moves_up_by_one() {
    let line = before_a_slow_machine("Accumulate");
    let recorded = kit::record(&line, 230);
    // The first part goes through at 20 s. The second waits from 25 s on; by then the sixth has come, and all stand. Each
    // time the machine takes one, those behind it move up for 5 s, and another comes.
    assert_eq!(arrivals(&recorded, &line, "1"), [0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 125.0, 225.0]);
    assert_eq!(arrivals(&recorded, &line, "2"), [20.0, 120.0, 220.0]);
    let states = [(0.0, State::Working), (25.0, State::Blocked), (120.0, State::Working)];
    let later = [(125.0, State::Blocked), (220.0, State::Working), (225.0, State::Blocked)];
    assert_eq!(changes(&recorded, &line, "1"), [states, later].concat());
}

#[test]
fn a_queue_that_has_not_filled_the_belt_closes_up_while_the_first_part_waits() {
    // Two parts, at 0 s and at 10 s; the machine is busy from 0 s with one that came without the belt. T = 20 s: the first
    // is at the end at 20 s; the second, 0.5 m behind it, has 1.5 m to go: it stands at 25 s.
    let line = kit::line(
        "",
        &[
            ("jam", "Source(parts: 1)"),
            ("in", "Source(interarrival: \"10 s\", parts: 2)"),
            ("belt", "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\")"),
            ("mill", "Machine(cycle: \"100 s\")"),
            ("out", "Sink()"),
        ],
        &["jam -> mill", "in -> belt -> mill", "mill -> out"],
    );
    let recorded = kit::record(&line, 150);
    let states = [
        (0.0, State::Starved),
        (10.0, State::Working),
        (35.0, State::Blocked),
        (100.0, State::Working),
        (105.0, State::Blocked),
    ];
    assert_eq!(changes(&recorded, &line, "belt"), states);
    // 10 s later than above, as the first part arrives after one interval; the machine is free at 100 s.
    assert_eq!(secs(&recorded, &line, "belt", |what| matches!(what, What::Completed { .. })), [30.0, 105.0]);
}

#[test]
fn a_belt_that_stops_keeps_the_gaps_between_its_parts() {
    // Parts at 10, 20 and 30 s on a belt of 20 s; the machine takes the first at 30 s and works until 130 s. The second is
    // at the end at 40 s: the belt stands for 90 s. The third, 10 s behind it, reaches the end at 140 s.
    let belt = "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\", when_blocked: Stop)";
    let machine = "Machine(cycle: \"100 s\")";
    let line = kit::serial("", &["Source(interarrival: \"10 s\", parts: 3)", belt, machine, "Sink()"]);
    let recorded = kit::record(&line, 400);
    assert_eq!(
        secs(&recorded, &line, "1", |what| matches!(what, What::Completed { .. })),
        [30.0, 40.0, 140.0]
    );
    assert_eq!(arrivals(&recorded, &line, "2"), [30.0, 130.0, 230.0]);
    let states =
        [(0.0, State::Starved), (10.0, State::Working), (40.0, State::Blocked), (130.0, State::Working)];
    let later = [(140.0, State::Blocked), (230.0, State::Starved)];
    assert_eq!(changes(&recorded, &line, "1"), [&states[..], &later[..]].concat());
}

#[test]
fn what_finds_no_room_behind_an_oven_is_lost_at_once() {
    // A part a minute on a belt of 5 min; the machine behind it needs 90 s. So it takes one, the next comes 30 s too early,
    // and the one after that finds it free: every second part is lost.
    let oven = "Conveyor(length: \"5 m\", speed: \"1 m/min\", pitch: \"1 m\", when_blocked: Never)";
    let elements = [
        ("in", "Source()"),
        ("oven", oven),
        ("mill", "Machine(cycle: \"90 s\")"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let line = kit::line("", &elements, &["in -> oven -> mill -> out", "oven.scrap -> bin"]);
    let recorded = kit::record(&line, 3600);
    let taken: Vec<f64> = (0..28).map(|k| 300.0 + 120.0 * f64::from(k)).collect();
    let lost: Vec<f64> = (0..28).map(|k| 360.0 + 120.0 * f64::from(k)).collect();
    assert_eq!(arrivals(&recorded, &line, "mill"), taken);
    assert_eq!(arrivals(&recorded, &line, "bin"), lost);
    // The belt never stands: a part a minute comes all the time.
    let by_hand: Vec<f64> = (0..61).map(|k| 60.0 * f64::from(k)).collect();
    assert_eq!(arrivals(&recorded, &line, "oven"), by_hand);
}

#[test]
fn what_is_taken_at_the_very_instant_is_not_lost() {
    // The machine is done with a part just when the next reaches the end: its event may come later at that instant.
    for cycle in ["60 s", "30 s"] {
        let oven = "Conveyor(length: \"5 m\", speed: \"1 m/min\", pitch: \"1 m\", when_blocked: Never)";
        let mill = format!("Machine(cycle: \"{cycle}\")");
        let elements = [
            ("mill", &mill[..]),
            ("in", "Source()"),
            ("oven", oven),
            ("out", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ];
        let line = kit::line("", &elements, &["in -> oven -> mill -> out", "oven.scrap -> bin"]);
        let recorded = kit::record(&line, 3600);
        assert_eq!(arrivals(&recorded, &line, "bin"), [0.0; 0], "{cycle}");
        assert_eq!(arrivals(&recorded, &line, "mill").len(), 56, "{cycle}");
    }
}

#[test]
fn a_part_that_a_robot_was_promised_is_not_lost() {
    // The robot needs 90 s for each part, so every second one finds it away; those it was promised wait for it.
    let oven = "Conveyor(length: \"5 m\", speed: \"1 m/min\", pitch: \"1 m\", when_blocked: Never)";
    let elements = [
        ("in", "Source()"),
        ("oven", oven),
        ("arm", "Robot(load: \"80 s\", unload: \"10 s\")"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let line = kit::line("", &elements, &["in -> oven", "oven -> out by arm", "oven.scrap -> bin"]);
    let recorded = kit::record(&line, 3600);
    let fetched: Vec<f64> = (0..27).map(|k| 390.0 + 120.0 * f64::from(k)).collect();
    assert_eq!(arrivals(&recorded, &line, "out"), fetched);
    assert_eq!(arrivals(&recorded, &line, "bin")[..3], [360.0, 480.0, 600.0]);
}

#[test]
fn a_breakdown_stops_the_belt_and_it_goes_on_where_it_stood() {
    // A life of 30 s of moving parts, repairs of 100 s. The part needs 60 s: it stops after 30 s, and its second life ends
    // just when it arrives, which is no stop. The second part comes 300 s later and fails at once: its stops are after 0,
    // 30 and 60 s, the last again no stop.
    let belt = "Conveyor(length: \"12 m\", speed: \"0.2 m/s\", pitch: \"0.5 m\", \
                breakdowns: [(after: Constant(\"30 s\"), repair: Constant(\"100 s\"))])";
    let line = kit::serial("", &["Source(interarrival: \"300 s\", parts: 2)", belt, "Sink()"]);
    let recorded = kit::record(&line, 2000);
    assert_eq!(recorded.deliveries(), [460 * SECOND, 860 * SECOND]);
    let states = [
        (0.0, State::Starved),
        (300.0, State::Working),
        (330.0, State::Failed),
        (430.0, State::Working),
        (460.0, State::Starved),
        (600.0, State::Working),
        (600.0, State::Failed),
        (700.0, State::Working),
        (730.0, State::Failed),
        (830.0, State::Working),
        (860.0, State::Starved),
    ];
    assert_eq!(changes(&recorded, &line, "1"), states);
}

#[test]
fn a_breakdown_by_the_calendar_stops_a_queue_that_moves_up() {
    // As above, but the belt is down from 122 s to 172 s: those that move up from 120 s have gone 2 s of their 5 s.
    let belt = "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\", \
                breakdowns: [(after: Constant(\"122 s\"), repair: Constant(\"50 s\"), clock: Calendar)])";
    let line = kit::serial("", &["Source()", belt, "Machine(cycle: \"100 s\")", "Sink()"]);
    let recorded = kit::record(&line, 210);
    assert_eq!(arrivals(&recorded, &line, "1"), [0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 175.0]);
    let ended = secs(&recorded, &line, "1", |what| matches!(what, What::Completed { .. }));
    assert_eq!(ended, [20.0, 25.0, 175.0]);
}

#[test]
fn an_oven_under_repair_loses_nothing_and_goes_on_where_it_stood() {
    // The part is at the end at 300 s, and the oven is down from that instant to 400 s: the part is offered once more.
    let oven = "Conveyor(length: \"5 m\", speed: \"1 m/min\", pitch: \"1 m\", when_blocked: Never, \
                breakdowns: [(after: Constant(\"350 s\"), repair: Constant(\"100 s\"), clock: Calendar)])";
    let elements = [
        ("in", "Source()"),
        ("oven", oven),
        ("mill", "Machine(cycle: \"55 s\")"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let line = kit::line("", &elements, &["in -> oven -> mill -> out", "oven.scrap -> bin"]);
    let recorded = kit::record(&line, 800);
    assert_eq!(arrivals(&recorded, &line, "mill"), [300.0, 460.0, 520.0, 580.0, 640.0, 700.0, 760.0]);
    assert_eq!(arrivals(&recorded, &line, "bin"), [0.0; 0]);
}

#[test]
fn a_picture_shows_every_part_where_it_is() {
    for when_blocked in ["Accumulate", "Stop"] {
        let line = before_a_slow_machine(when_blocked);
        let mut world = Replication::new(&line, 1, 0);
        // At 122.5 s half of the way to move up is done: each is half a pitch before the end of its own.
        let seen = [
            (7.5, vec![0.375, 0.125]),
            (100.0, vec![1.0, 0.75, 0.5, 0.25, 0.0]),
            (122.5, vec![0.875, 0.625, 0.375, 0.125]),
        ];
        for (secs, places) in seen {
            world.advance(Time::from_secs(secs), &mut Recording::default()).unwrap();
            let mut found = Vec::new();
            world.look(|glance| {
                if glance.slot.0 == 1 {
                    assert_eq!(glance.inside() as usize, glance.pose.along.len());
                    found = glance.pose.along;
                }
            });
            assert_eq!(found, places, "{when_blocked} at {secs} s");
        }
    }
}

#[test]
fn the_wait_on_a_belt_is_the_stay_beyond_the_way() {
    // Of each 100 s four parts are on the belt for 5 s and five for 95 s; one leaves: 495 s, of which its way takes 20 s.
    let belt = "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\")";
    // The parts that filled it at first, and waited less, are gone by 620 s.
    let run = "warm_up: \"620 s\", length: \"1000 s\", replications: 2";
    let line = kit::serial(run, &["Source()", belt, "Machine(cycle: \"100 s\")", "Sink()"]);
    let study = study(&line);
    let belt = &study.elements()[1];
    near(belt.one("wait_s").unwrap().mean, 475.0);
    near(belt.one("contents_mean").unwrap().mean, 4.95);
    // A part each 5 s would be all that it can do.
    near(belt.one("oee").unwrap().mean, 0.05);
}

#[test]
fn a_full_loop_over_a_belt_is_a_deadlock_and_one_that_moves_is_none() {
    let line = |back: &str, share: &str| {
        kit::line(
            "",
            &[
                ("in", "Source()"),
                ("mill", "Machine(cycle: \"20 s\")"),
                ("belt", "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\")"),
                ("test", "Machine(cycle: \"30 s\")"),
                ("out", "Sink()"),
            ],
            &["in -> mill -> belt -> test", &format!("test -> mill {back}"), &format!("test -> out {share}")],
        )
    };
    let locked = line("10 %", "90 %");
    let (_, result) = kit::try_record(&locked, Time(10 * 86_400 * SECOND));
    let Err(Stuck::Deadlock(circle)) = result else { panic!("{result:?}") };
    let mut names: Vec<&str> = circle.iter().map(|slot| &locked.elements[slot.index()].name[..]).collect();
    names.sort_unstable();
    assert_eq!(names, ["belt", "mill", "test"]);
    // Whichever has room: the way out always has, so nobody waits for ever.
    let (recorded, result) = kit::try_record(&line("", ""), Time(86_400 * SECOND));
    assert_eq!(result, Ok(()));
    assert!(recorded.deliveries().len() > 2000);
}

#[test]
fn a_robot_sets_out_for_a_belt_when_its_entrance_is_free() {
    // The robot takes 12 s for a part, and the belt moves it out of the way in 5 s more.
    let belt = "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\")";
    let elements = [
        ("in", "Source()"),
        ("arm", "Robot(load: \"7 s\", unload: \"5 s\")"),
        ("belt", belt),
        ("out", "Sink()"),
    ];
    let line = kit::line("", &elements, &["in -> belt by arm", "belt -> out"]);
    let recorded = kit::record(&line, 100);
    assert_eq!(arrivals(&recorded, &line, "belt"), [12.0, 29.0, 46.0, 63.0, 80.0, 97.0]);
    assert_eq!(arrivals(&recorded, &line, "out")[..3], [32.0, 49.0, 66.0]);
}

#[test]
fn a_robot_that_is_on_its_way_keeps_the_entrance() {
    // Both sources could give parts all the time, and wait for the entrance in turn: the near one since 0 s and, with another
    // part, at 5 s. At 10 s the robot is called, and nobody else gets the entrance until it has come at 22 s.
    let belt = "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\")";
    let elements = [
        ("near", "Source()"),
        ("far", "Source()"),
        ("arm", "Robot(load: \"7 s\", unload: \"5 s\")"),
        ("belt", belt),
        ("out", "Sink()"),
    ];
    let line = kit::line("", &elements, &["near -> belt -> out", "far -> belt by arm"]);
    let recorded = kit::record(&line, 100);
    assert_eq!(
        arrivals(&recorded, &line, "belt"),
        [0.0, 5.0, 22.0, 27.0, 44.0, 49.0, 66.0, 71.0, 88.0, 93.0]
    );
}
