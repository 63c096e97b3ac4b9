//! Buffers in which time does something to parts: hand arithmetic, theory, and a twin that goes second by second.

use super::kit::{self, Recording, SECOND, SURE, agrees, kpi, study};
use std::collections::VecDeque;
use taktwin::event::What;
use taktwin::flow::Stuck;
use taktwin::kernel::{Distribution, Purpose, Stream, Time};
use taktwin::line::Line;

fn arrivals(recorded: &Recording, line: &Line, name: &str) -> Vec<u64> {
    let times = recorded.times(kit::slot(line, name), |what| matches!(what, What::Arrived(_)));
    times.into_iter().map(|time| time / SECOND).collect()
}

/// The serials of the parts that came to an element, in order.
fn serials(recorded: &Recording, line: &Line, name: &str) -> Vec<u64> {
    let at = kit::slot(line, name);
    let there = recorded.0.iter().filter(|event| event.element == at);
    let serial = |what| if let What::Arrived(part) = what { Some(part.serial) } else { None };
    there.filter_map(|event| serial(event.what)).collect()
}

#[test]
fn a_part_leaves_when_it_has_cooled() {
    let source = "Source(interarrival: \"10 s\", parts: 20)";
    let line = kit::serial("", &[source, "Buffer(dwell: \"35 s\")", "Sink()"]);
    let by_hand: Vec<u64> = (1..=20).map(|k| 10 * k + 35).collect();
    assert_eq!(arrivals(&kit::record(&line, 300), &line, "2"), by_hand);
}

#[test]
fn parts_that_cool_take_up_places() {
    // Two places, 30 s each: two parts every 30 s, from a source that never runs dry.
    let line = kit::serial("", &["Source()", "Buffer(capacity: 2, dwell: \"30 s\")", "Sink()"]);
    let recorded = kit::record(&line, 95);
    assert_eq!(arrivals(&recorded, &line, "1"), [0, 0, 30, 30, 60, 60, 90, 90]);
    assert_eq!(arrivals(&recorded, &line, "2"), [30, 30, 60, 60, 90, 90]);
}

#[test]
fn what_is_inside_at_first_cools_from_the_beginning() {
    let buffer = "Buffer(dwell: \"30 s\", shelf_life: \"40 s\", initial: 3)";
    let elements = [
        ("in", "Source(interarrival: \"1 h\")"),
        ("rack", buffer),
        ("mill", "Machine(cycle: \"6 s\")"),
        ("out", "Sink()"),
        ("bin", "Sink()"),
    ];
    let line = kit::line("", &elements, &["in -> rack -> mill -> out", "rack.expired -> bin"]);
    let recorded = kit::record(&line, 300);
    // Ready at 30 s: taken at 30 and 36 s, and the third, which the mill could take at 42 s, is too old at 40 s.
    assert_eq!(
        (arrivals(&recorded, &line, "mill"), arrivals(&recorded, &line, "bin")),
        (vec![30, 36], vec![40])
    );
}

#[test]
fn parts_leave_in_the_order_in_which_their_own_times_are_over() {
    let source = "Source(interarrival: \"10 s\", parts: 500)";
    let buffer = "Buffer(dwell: Uniform(min: \"5 s\", max: \"90 s\"))";
    let line = kit::serial("", &[source, buffer, "Sink()"]);
    let recorded = kit::record(&line, 6000);
    let (distribution, mut stream) =
        (Distribution::uniform(5.0, 90.0).unwrap(), Stream::new(1, 0, "1", Purpose::Cycle, 0));
    let mut expected: Vec<(u64, u64)> =
        (0..500).map(|k| ((k + 1) * 10 * SECOND + distribution.draw_time(&mut stream).0, k)).collect();
    expected.sort_unstable();
    let times = recorded.deliveries();
    let found: Vec<(u64, u64)> = times.into_iter().zip(serials(&recorded, &line, "2")).collect();
    assert_eq!(found, expected);
    assert!(found.windows(2).filter(|pair| pair[0].1 > pair[1].1).count() > 100, "many overtake");
}

#[test]
fn the_order_holds_among_the_parts_that_are_ready() {
    // Nine parts, 1 s apart, cool for 20 s; a mill takes the first at 21 s and then one every 5 s.
    for (order, expected) in [("Fifo", [0, 1, 2, 3, 4, 5, 6, 7, 8]), ("Lifo", [0, 5, 8, 7, 6, 4, 3, 2, 1])] {
        let buffer = format!("Buffer(dwell: \"20 s\", order: {order})");
        let source = "Source(interarrival: \"1 s\", parts: 9)";
        let line = kit::serial("", &[source, &buffer, "Machine(cycle: \"5 s\")", "Sink()"]);
        assert_eq!(serials(&kit::record(&line, 200), &line, "2"), expected, "{order}");
    }
}

/// Plain parts and rushed ones, each 10 s, that cool in a rack of this order before a mill or a robot takes them.
fn rushed(order: &str, way: &str, robot: &[(&str, &str)]) -> Line {
    let rack = format!("Buffer(dwell: \"20 s\", order: {order})");
    let elements = [
        ("plain", "Source(interarrival: \"2 s\", parts: 10)"),
        ("rush", "Source(interarrival: \"4 s\", parts: 5, priority: 5)"),
        ("rack", &rack[..]),
        ("mill", "Machine(cycle: \"7 s\")"),
        ("out", "Sink()"),
    ];
    kit::line("", &[&elements, robot].concat(), &["plain -> rack", "rush -> rack", way, "mill -> out"])
}

#[test]
fn the_more_urgent_of_those_that_are_ready_goes_first() {
    let recorded = |line: &Line| {
        let recorded = kit::record(line, 400);
        let at = kit::slot(line, "mill");
        let there = recorded.0.iter().filter(|event| event.element == at);
        let came = there.filter_map(|event| match event.what {
            What::Arrived(part) => Some(part.priority),
            _ => None,
        });
        came.collect::<Vec<i32>>()
    };
    // Ready are plain ones at 22, 24, .. 40 s and rushed ones at 24, 28, .. 40 s. The mill asks at 22, 29, 36, 43 s and so on.
    let expected = [0, 5, 5, 5, 5, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(recorded(&rushed("Priority", "rack -> mill", &[])), expected);
    // A store lets the robot choose among all that are ready, and a plain rack only shows it the first.
    let robot = [("arm", "Robot(order: Priority)")];
    assert_eq!(recorded(&rushed("Picked", "rack -> mill by arm", &robot)), expected);
    assert_ne!(recorded(&rushed("Fifo", "rack -> mill by arm", &robot)), expected);
}

/// The slow twin: second by second, what is oldest first. The instants at which the mill took parts, and at which they expired.
fn twin(every: u64, cycle: u64, dwell: u64, life: u64, until: u64) -> (Vec<u64>, Vec<u64>) {
    let (mut rack, mut free, mut taken, mut expired) = (VecDeque::new(), 0, Vec::new(), Vec::new());
    for now in 1..=until {
        if now % every == 0 {
            rack.push_back(now);
        }
        if now >= free && rack.front().is_some_and(|came| came + dwell <= now) {
            rack.pop_front();
            taken.push(now);
            free = now + cycle;
        }
        while rack.front().is_some_and(|came| came + life <= now) {
            rack.pop_front();
            expired.push(now);
        }
    }
    (taken, expired)
}

#[test]
fn parts_that_are_too_old_leave_at_that_instant_by_their_own_way() {
    for (every, cycle, dwell, life) in
        [(10, 25, 0, 40), (7, 10, 20, 45), (5, 6, 3, 3), (10, 9, 30, 60), (3, 8, 11, 24)]
    {
        let rack = format!("Buffer(dwell: \"{dwell} s\", shelf_life: \"{life} s\")");
        let elements = [
            ("in", &format!("Source(interarrival: \"{every} s\")")[..]),
            ("rack", &rack),
            ("mill", &format!("Machine(cycle: \"{cycle} s\")")),
            ("out", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ];
        let line = kit::line("", &elements, &["in -> rack -> mill -> out", "rack.expired -> bin"]);
        let recorded = kit::record(&line, 3000);
        let (taken, expired) = twin(every, cycle, dwell, life, 3000);
        assert_eq!(arrivals(&recorded, &line, "mill"), taken, "every {every} s, {cycle} s");
        assert_eq!(arrivals(&recorded, &line, "bin"), expired, "every {every} s, {cycle} s");
    }
}

#[test]
fn an_expired_part_is_nobody_elses_while_it_waits_for_room() {
    // Four parts from the beginning, too old at 40 s. A mill takes one at 0 s and would take the next at 100 s; the rework has
    // no place and needs 70 s for each: at 40, 110 and 180 s. So nothing is left for the mill.
    let elements = [
        ("in", "Source(interarrival: \"1 h\")"),
        ("rack", "Buffer(shelf_life: \"40 s\", initial: 4)"),
        ("mill", "Machine(cycle: \"100 s\")"),
        ("rework", "Machine(cycle: \"70 s\")"),
        ("out", "Sink()"),
    ];
    let line = kit::line("", &elements, &["in -> rack -> mill -> out", "rack.expired -> rework -> out"]);
    let recorded = kit::record(&line, 1000);
    assert_eq!(arrivals(&recorded, &line, "mill"), [0]);
    assert_eq!(arrivals(&recorded, &line, "rework"), [40, 110, 180]);
    assert_eq!(serials(&recorded, &line, "rework"), [1, 2, 3]);
}

#[test]
fn a_part_that_a_robot_was_promised_is_taken() {
    // The robot sets out at 0 s and is there at 50 s, when both parts are past their 40 s: the one it was promised is good.
    let elements = [
        ("in", "Source(interarrival: \"1 h\")"),
        ("rack", "Buffer(shelf_life: \"40 s\", initial: 2)"),
        ("arm", "Robot(load: \"50 s\")"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let line = kit::line("", &elements, &["in -> rack", "rack -> out by arm", "rack.expired -> bin"]);
    let recorded = kit::record(&line, 1000);
    assert_eq!((arrivals(&recorded, &line, "out"), serials(&recorded, &line, "out")), (vec![50], vec![0]));
    assert_eq!((arrivals(&recorded, &line, "bin"), serials(&recorded, &line, "bin")), (vec![40], vec![1]));
}

#[test]
fn a_stay_before_a_queue_only_adds_its_time() {
    // What a Poisson stream becomes behind places without limit is a Poisson stream: M/M/1 at 0.8 has 1 / (1 - 0.8) s, and
    // the stay of 30 s, or of a distribution with that mean, comes on top.
    for dwell in ["\"30 s\"", "Gamma(mean: \"30 s\", cv: 0.7)"] {
        let buffer = format!("Buffer(dwell: {dwell})");
        let run = format!("warm_up: \"1 h\", length: \"20 h\", replications: 40, {SURE}");
        let source = "Source(interarrival: Exponential(\"1.25 s\"))";
        let line = kit::serial(
            &run,
            &[source, &buffer, "Buffer()", "Machine(cycle: Exponential(\"1 s\"))", "Sink()"],
        );
        agrees(kpi(&study(&line), "lead_time"), 35.0, 0.01);
    }
}

/// A loop whose rack keeps parts for a time.
fn looped(rack: &str, more: &str) -> Line {
    kit::line(
        "",
        &[
            ("in", "Source()"),
            ("mill", "Machine(cycle: \"20 s\")"),
            ("rack", rack),
            ("test", "Machine(cycle: \"30 s\")"),
            ("out", "Sink()"),
        ],
        &["in -> mill -> rack -> test", "test -> mill 10 %", "test -> out 90 %", more]
            [..if more.is_empty() { 3 } else { 4 }],
    )
}

#[test]
fn a_loop_that_waits_for_a_part_to_cool_is_a_deadlock_only_afterwards() {
    // Everybody has come to a stop long before the rack's parts have cooled; only then nobody can ever move.
    let line = looped("Buffer(capacity: 2, dwell: \"1 h\")", "");
    let (recorded, result) = kit::try_record(&line, Time(100 * 86_400 * SECOND));
    let Err(Stuck::Deadlock(circle)) = result else { panic!("{result:?}") };
    assert_eq!(circle.len(), 3);
    let last = recorded.0.last().unwrap().time;
    assert!(recorded.deliveries().len() > 2, "it went on for {last:?}");
    // One that throws away what is too old goes on for ever.
    let line = looped("Buffer(capacity: 2, dwell: \"1 h\", shelf_life: \"2 h\")", "rack.expired -> out");
    let (recorded, result) = kit::try_record(&line, Time(100 * 86_400 * SECOND));
    assert_eq!(result, Ok(()));
    assert!(recorded.deliveries().last().unwrap() > &(99 * 86_400 * SECOND));
}
