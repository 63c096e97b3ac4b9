//! Zones that robots share: who is in, who waits, and when, by hand; and that nothing ever locks up.

use super::kit::{Recording, SECOND, line, record, slot, study};
use super::random_lines::any_cell;
use proptest::prelude::*;
use taktwin::event::{State, What};
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::sim::Replication;

/// Loads in 2 s, travels 4 s and back, unloads in 3 s.
fn robot(way: &str) -> String {
    format!("Robot(load: \"2 s\", unload: \"3 s\", travel: {{ \"{way}\": \"4 s\" }})")
}

/// Two robots with a source each that bring parts to one sink, and a zone around these; or none.
fn two_to_one(run: &str, around: Option<&str>) -> Line {
    let robots = [robot("in a -> out"), robot("in b -> out")];
    let zone = around.map(|around| format!("Zone(around: [{around}])"));
    let mut elements = vec![
        ("in a", "Source()"),
        ("in b", "Source()"),
        ("out", "Sink()"),
        ("a", robots[0].as_str()),
        ("b", robots[1].as_str()),
    ];
    elements.extend(zone.as_ref().map(|zone| ("zone", zone.as_str())));
    line(run, &elements, &["in a -> out by a", "in b -> out by b"])
}

fn secs(instants: &[u64]) -> Vec<u64> {
    instants.iter().map(|t| t * SECOND).collect()
}

/// When an element was in a state for any time at all, in seconds: from when to when.
fn stretches(line: &Line, recorded: &Recording, name: &str, state: State) -> Vec<(u64, u64)> {
    let me = slot(line, name);
    let became: Vec<(u64, State)> = recorded
        .0
        .iter()
        .filter(|event| event.element == me)
        .filter_map(|event| match event.what {
            What::Became(state) => Some((event.time.0 / SECOND, state)),
            _ => None,
        })
        .collect();
    let pairs = became.windows(2).filter(|pair| pair[0].1 == state && pair[1].0 > pair[0].0);
    pairs.map(|pair| (pair[0].0, pair[1].0)).collect()
}

#[test]
fn two_robots_that_share_a_zone_take_turns() {
    // Each is in the zone for 4 s of way and 3 s of unloading; on the way back and loading it is out of it for 6 s. The
    // first is in it from 2 s to 9 s, the second from 9 s to 16 s, and so on: a part every 7 s.
    let line = two_to_one("", Some("\"out\""));
    let recorded = record(&line, 50);
    assert_eq!(recorded.deliveries(), secs(&[9, 16, 23, 30, 37, 44]));
    let blocked = |name| stretches(&line, &recorded, name, State::Blocked);
    assert_eq!(blocked("a"), [(15, 16), (29, 30), (43, 44)]);
    assert_eq!(blocked("b"), [(2, 9), (22, 23), (36, 37)]);
    let zone = slot(&line, "zone");
    let entered = recorded.times(zone, |what| matches!(what, What::AtWork { busy: 1, .. }));
    assert_eq!(entered, secs(&[2, 9, 16, 23, 30, 37, 44]));
    // Without it both go on all the time.
    assert_eq!(record(&two_to_one("", None), 50).deliveries(), secs(&[9, 9, 22, 22, 35, 35, 48, 48]));
}

#[test]
fn a_report_tells_how_many_robots_were_in_a_zone() {
    // Of every 14 s each robot is in the zone for 7 s: one of them always is.
    let line = two_to_one("warm_up: \"20 s\", length: \"1400 s\", replications: 2", Some("\"out\""));
    let study = study(&line);
    let elements = study.elements();
    let zone = elements.last().expect("the zone");
    assert_eq!(zone.one("at_work_mean").expect("a zone tells").mean, 1.0);
    assert_eq!(zone.one("utilisation").expect("a zone tells").mean, 1.0);
    assert!(zone.each("states").next().is_none());
}

#[test]
fn from_stop_to_stop_in_a_zone_a_robot_stays_in_it_and_asks_anew_for_each_transport() {
    // The first transport takes 2 + 4 + 3 s, all others 4 s more to come back, each wholly in the zone; nobody else is in it
    // meanwhile, and nobody gets it twice while the other waits.
    let line = two_to_one("", Some("\"in a\", \"in b\", \"out\""));
    let recorded = record(&line, 60);
    assert_eq!(recorded.deliveries(), secs(&[9, 18, 31, 44, 57]));
    let zone = slot(&line, "zone");
    assert_eq!(
        recorded.times(zone, |what| matches!(what, What::AtWork { busy: 1, .. })),
        secs(&[0, 9, 18, 31, 44, 57])
    );
}

#[test]
fn a_robot_leaves_a_zone_as_it_sets_out_to_a_stop_elsewhere() {
    // Both load from one source. One is there from 0 to 2 s, the other from 2 s to 4 s. Then the first comes from 9 s to 15 s,
    // and the other, who would at 11 s, from 15 s to 21 s; from then on they meet at 28 s, 41 s and so on without a wait.
    let line = line(
        "",
        &[
            ("in", "Source()"),
            ("out a", "Sink()"),
            ("out b", "Sink()"),
            ("a", &robot("in -> out a")),
            ("b", &robot("in -> out b")),
            ("zone", "Zone(around: [\"in\"], capacity: 1)"),
        ],
        &["in -> out a by a", "in -> out b by b"],
    );
    let recorded = record(&line, 55);
    assert_eq!(recorded.deliveries(), secs(&[9, 11, 22, 28, 35, 41, 48, 54]));
    let blocked = ["a", "b"].map(|name| stretches(&line, &recorded, name, State::Blocked));
    assert_eq!(blocked, [vec![], vec![(0, 2), (11, 15)]]);
}

#[test]
fn robots_that_cross_two_zones_against_each_other_never_lock_up() {
    // Each takes a part up in the zone that the other goes to. Whoever held its zone until it had the other would wait for
    // ever; they let go at 2 s, and go on at once.
    let line = line(
        "",
        &[
            ("x", "Source()"),
            ("y", "Sink()"),
            ("y2", "Source()"),
            ("x2", "Sink()"),
            ("a", "Robot(load: \"2 s\", unload: \"3 s\")"),
            ("b", "Robot(load: \"2 s\", unload: \"3 s\")"),
            ("east", "Zone(around: [\"x\", \"x2\"])"),
            ("west", "Zone(around: [\"y\", \"y2\"])"),
        ],
        &["x -> y by a", "y2 -> x2 by b"],
    );
    assert_eq!(record(&line, 16).deliveries(), secs(&[5, 5, 10, 10, 15, 15]));
}

#[test]
fn a_machine_that_is_down_keeps_nobody_in_a_zone() {
    // "a" has set out for the press, which breaks down at 4 s for an hour; it puts its part down all the same, leaves at
    // 9 s, and waits with empty hands outside. "b" has the zone for itself from then on: 7 s, and 13 s each.
    let press = "Machine(cycle: \"60 s\", breakdowns: \
                 [(after: Constant(\"4 s\"), repair: Constant(\"1 h\"), clock: Calendar)])";
    let line = line(
        "",
        &[
            ("in a", "Source()"),
            ("in b", "Source()"),
            ("press", press),
            ("out", "Sink()"),
            ("a", &robot("in a -> press")),
            ("b", &robot("in b -> out")),
            ("zone", "Zone(around: [\"press\", \"out\"])"),
        ],
        &["in a -> press by a", "press -> out", "in b -> out by b"],
    );
    let recorded = record(&line, 50);
    assert_eq!(recorded.times(slot(&line, "press"), |what| matches!(what, What::Arrived(_))), secs(&[9]));
    assert_eq!(recorded.deliveries(), secs(&[16, 29, 42]));
}

#[test]
fn a_zone_with_room_for_all_who_come_changes_no_bit() {
    // The third robot has nothing to do for 30 days.
    let with = |zone: Option<&str>| {
        let mut elements = vec![
            ("in", "Source()"),
            ("seldom", "Source(interarrival: Constant(\"30 d\"))"),
            (
                "a",
                "Robot(load: Exponential(\"3 s\"), unload: Exponential(\"2 s\"), travel: { \"in -> mill\": \"4 s\" })",
            ),
            ("mill", "Machine(cycle: Exponential(\"9 s\"), places: 3)"),
            (
                "b",
                "Robot(load: Exponential(\"1 s\"), unload: Exponential(\"5 s\"), travel: { \"mill -> out\": \"7 s\" })",
            ),
            ("c", "Robot(load: \"1 s\")"),
            ("out", "Sink()"),
        ];
        elements.extend(zone.map(|zone| ("zone", zone)));
        let flow = ["in -> mill by a", "mill -> out by b", "seldom -> mill by c"];
        let line = line("", &elements, &flow);
        let mut recorded = record(&line, 100_000).0;
        recorded.retain(|event| {
            matches!(event.what, What::Arrived(_) | What::Left { .. } | What::Completed { .. })
        });
        recorded
    };
    let (free, wide) = (with(None), with(Some("Zone(around: [\"mill\"], capacity: 2)")));
    assert!(free.len() > 10_000);
    assert!(free == wide);
    assert!(free != with(Some("Zone(around: [\"mill\"])")), "with room for one it does");
}

/// How often a part came to or left a machine while not exactly one robot was in its zone, if there is one.
fn handled_outside(line: &Line, recorded: &Recording, machine: &str, zone: &str) -> usize {
    if !line.elements.iter().any(|element| element.name == zone) {
        return 0;
    }
    let (machine, zone) = (slot(line, machine), slot(line, zone));
    let mut inside = 0;
    let wrong = recorded.0.iter().filter(|event| {
        if let What::AtWork { busy: robots, .. } = event.what {
            inside = if event.element == zone { robots } else { inside };
        }
        let handled = matches!(event.what, What::Arrived(_) | What::Left { .. }) && event.element == machine;
        handled && inside != 1
    });
    wrong.count()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        ..Default::default()
    })]

    /// Parts go round nowhere here, so that whatever waits, waits for time.
    #[test]
    fn a_robot_cell_never_stops_while_there_is_work(plant in any_cell()) {
        let line = plant.line("");
        let (mut world, mut recorded) = (Replication::new(&line, 1, 0), Recording::default());
        prop_assert_eq!(world.advance(Time(40_000 * SECOND), &mut recorded), Ok(()));
        for (name, zone) in [("a0", "zone0"), ("a1", "zone1")] {
            prop_assert_eq!(handled_outside(&line, &recorded, name, zone), 0, "{} in {}", name, zone);
        }
        // Cycles, ways and setups are below a minute each, and what is down is up again within a few minutes.
        let deliveries = recorded.deliveries();
        let late = deliveries.iter().filter(|time| **time > 30_000 * SECOND).count();
        prop_assert!(late > 0, "{} parts came out, none in the end", deliveries.len());
    }
}
