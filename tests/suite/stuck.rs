//! Lines that cannot go on: each is told with the elements it hangs on, in time, and lines that only look so go on.

use super::kit::{self, Recording, in_time, try_record};
use taktwin::flow::{DeadlockCheck, Stuck};
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::sim::Replication;

/// Runs a line for ten days, and gives up on it after a minute.
pub fn run(line: Line) -> Result<usize, Stuck> {
    in_time(60, move || {
        let (recorded, result) = try_record(&line, Time(10 * 86_400 * kit::SECOND));
        result.map(|()| recorded.deliveries().len())
    })
}

pub fn names(line: &Line, slots: &[taktwin::event::Slot]) -> Vec<String> {
    let mut names: Vec<String> = slots.iter().map(|slot| line.elements[slot.index()].name.clone()).collect();
    names.sort();
    names
}

/// A loop of two machines and a rack, in which one part in ten goes round again.
fn rework() -> Line {
    rework_with("Buffer(capacity: 2)")
}

fn rework_with(rack: &str) -> Line {
    kit::line(
        "",
        &[
            ("in", "Source()"),
            ("mill", "Machine(cycle: Constant(\"20 s\"))"),
            ("rack", rack),
            ("test", "Machine(cycle: Constant(\"30 s\"))"),
            ("out", "Sink()"),
        ],
        &["in -> mill -> rack -> test", "test -> mill 10 %", "test -> out 90 %"],
    )
}

#[test]
fn a_full_loop_is_a_deadlock_of_exactly_its_elements() {
    let line = rework();
    match run(line.clone()) {
        Err(Stuck::Deadlock(circle)) => assert_eq!(names(&line, &circle), ["mill", "rack", "test"]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_of_a_deadlock_waits_for_the_next() {
    let line = rework();
    let Err(Stuck::Deadlock(circle)) = run(line.clone()) else { panic!("a deadlock") };
    let onward = |i: usize| circle[(i + 1) % circle.len()];
    for (i, slot) in circle.iter().enumerate() {
        let outlets = &line.elements[slot.index()].outlets;
        assert!(outlets.iter().any(|(to, _)| *to == onward(i)), "{circle:?}");
    }
}

/// An endless rack breaks the loop, so nobody is suspected; once it is made as small as that of `rework` the line locks up.
#[test]
fn a_loop_that_an_edit_closes_is_looked_at_from_then_on() {
    let (large, small) = (rework_with("Buffer()"), rework());
    assert!(large.elements.iter().all(|element| element.deadlock_check == DeadlockCheck::Never));
    let told = in_time(60, move || {
        let (mut world, mut recorded) = (Replication::new(&large, 1, 0), Recording::default());
        let day = |days: u64| Time(days * 86_400 * kit::SECOND);
        assert_eq!(world.advance(day(1), &mut recorded), Ok(()), "the rack takes whatever comes");
        world.alter(&large, &small, &mut recorded).and_then(|()| world.advance(day(10), &mut recorded))
    });
    match told {
        Err(Stuck::Deadlock(circle)) => assert_eq!(names(&rework(), &circle), ["mill", "rack", "test"]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_deadlock_of_a_robot_and_two_machines_is_told() {
    // The robot would have to take the part out of the place to which it could bring it.
    let line = kit::line(
        "",
        &[
            ("in", "Source()"),
            ("a", "Machine(cycle: Constant(\"1 s\"))"),
            ("b", "Machine(cycle: Constant(\"1 s\"))"),
            ("out", "Sink()"),
            ("arm", "Robot(load: \"1 s\")"),
        ],
        &["in -> a", "a -> b by arm", "b -> a 50 % by arm", "b -> out 50 %"],
    );
    match run(line.clone()) {
        Err(Stuck::Deadlock(circle)) => {
            let found = names(&line, &circle);
            assert!(found.iter().all(|name| ["a", "b", "arm"].contains(&name.as_str())), "{found:?}");
            assert!(found.contains(&"arm".to_owned()), "{found:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_loop_that_only_time_can_end_is_no_deadlock() {
    // `test` gives its part to `mill`, which is full, or to a robot, which is an hour on its way: everybody in the loop
    // waits, and goes on when the robot is back.
    let line = kit::line(
        "",
        &[
            ("in", "Source()"),
            ("mill", "Machine(cycle: Constant(\"20 s\"))"),
            ("rack", "Buffer(capacity: 2)"),
            ("test", "Machine(cycle: Constant(\"30 s\"))"),
            ("out", "Sink()"),
            ("arm", "Robot(load: \"1 h\")"),
        ],
        &["in -> mill -> rack -> test", "test -> mill", "test -> out by arm"],
    );
    // One part an hour.
    let delivered = run(line).expect("a line that goes on");
    assert!((230..=240).contains(&delivered), "{delivered}");
}

#[test]
fn a_full_loop_behind_a_repair_is_no_deadlock() {
    // Everybody in the loop waits for the tester, and the tester for the end of its repair. Each of its parts needs 30 s
    // of work and three repairs of 1000 s, the first part two: the last of ten days is the 285th, at 862,550 s.
    let tester = "Machine(cycle: Constant(\"30 s\"), \
                  breakdowns: [(after: Constant(\"10 s\"), repair: Constant(\"1000 s\"))])";
    let line = kit::line(
        "",
        &[
            ("in", "Source()"),
            ("mill", "Machine(cycle: Constant(\"0 s\"))"),
            ("rack", "Buffer(capacity: 1)"),
            ("test", tester),
            ("out", "Sink()"),
        ],
        &["in -> mill -> rack -> test", "test -> out", "test -> mill"],
    );
    assert_eq!(run(line), Ok(285));
}

#[test]
fn parts_that_go_round_without_time_are_told_with_their_way() {
    let line = kit::line(
        "",
        &[
            ("in", "Source()"),
            ("a", "Machine(cycle: Constant(\"0 s\"))"),
            ("b", "Buffer(capacity: 5)"),
            ("out", "Sink()"),
        ],
        &["in -> a -> b -> out"],
    );
    match run(line.clone()) {
        Err(Stuck::NoTimePasses(way)) => assert!(names(&line, &way).contains(&"a".to_owned())),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_endless_source_that_nothing_holds_back_is_told() {
    let into_buffer = kit::line(
        "",
        &[
            ("in", "Source()"),
            ("heap", "Buffer()"),
            ("m", "Machine(cycle: Constant(\"1 s\"))"),
            ("out", "Sink()"),
        ],
        &["in -> heap -> m -> out"],
    );
    let into_sink = kit::line("", &[("in", "Source()"), ("out", "Sink()")], &["in -> out"]);
    for line in [into_buffer, into_sink] {
        match run(line.clone()) {
            Err(Stuck::NoTimePasses(way)) => assert_eq!(names(&line, &way)[..], ["in"]),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_source_that_ends_leaves_a_line_that_rests() {
    let line =
        kit::serial("", &["Source(parts: 7)", "Buffer()", "Machine(cycle: Constant(\"1 s\"))", "Sink()"]);
    assert_eq!(run(line), Ok(7));
}
