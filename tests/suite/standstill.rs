//! Lines of which nothing, or a part, will ever move again: each is told, with those that wait and since when, and no line that
//! goes on. Judged by what is heard of a run that nobody watches.

use super::kit::{self, Recording, SECOND};
use taktwin::event::{Slot, What};
use taktwin::flow::{DeadlockCheck, Stuck};
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::sim::Replication;
use taktwin::study::{self, Overrides, StudyPlan, Warning, Watch};

/// The names of a chain.
fn names(line: &Line, slots: &[Slot]) -> Vec<String> {
    slots.iter().map(|slot| line.elements[slot.index()].name.clone()).collect()
}

/// When a run of a day cannot go on, and who waits for whom; none if it does.
fn deadlock(line: &Line, seed: u64) -> Option<(u64, Vec<String>)> {
    let mut world = Replication::new(line, seed, 0);
    match world.advance(Time(86_400 * SECOND), &mut Recording::default()) {
        Ok(()) => None,
        Err(Stuck::Deadlock(chain)) => Some((world.now().0, names(line, &chain))),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn a_ring_of_buffers_is_a_deadlock_with_every_seed() {
    let ring = |order: &str| {
        kit::line(
            "",
            &[
                ("in", "Source()"),
                ("m", "Machine(cycle: \"5 s\")"),
                ("a", "Buffer(capacity: 1)"),
                ("b", &format!("Buffer(capacity: 1, order: {order})")),
                ("z", "Machine(cycle: \"10 s\")"),
                ("out", "Sink()"),
            ],
            &["in -> m -> a -> b", "b -> z 50 %", "b -> a 50 %", "z -> out"],
        )
    };
    for order in ["Fifo", "Picked"] {
        let line = ring(order);
        for seed in 1..=20 {
            let (_, mut circle) = deadlock(&line, seed).expect("a circle");
            circle.sort();
            assert_eq!(circle, ["a", "b"], "{order}, seed {seed}");
        }
    }
}

#[test]
fn a_robot_that_also_serves_others_hides_no_deadlock() {
    let line = kit::line(
        "",
        &[
            ("in", "Source()"),
            ("m", "Machine(cycle: \"3 s\")"),
            ("a", "Machine(cycle: \"3 s\")"),
            ("b", "Machine(cycle: \"3 s\")"),
            ("arm", "Robot(load: \"1 s\", unload: \"1 s\")"),
            ("out", "Sink()"),
        ],
        &["in -> m by arm", "m -> a", "a -> b by arm", "b -> a 50 %", "b -> out 50 %"],
    );
    let (at, circle) = deadlock(&line, 1).expect("a circle");
    // b has a part for a from 13 s on, when a has finished one for b.
    assert_eq!(at, 13 * SECOND);
    let turns = |one: &str, other: &str| {
        circle
            .iter()
            .zip(circle.iter().cycle().skip(1))
            .any(|(a, b)| (a.as_str(), b.as_str()) == (one, other))
    };
    assert!(turns("a", "arm") && turns("arm", "b") && turns("b", "a"), "{circle:?}");
}

/// A lot of three of which one part comes, before a store of parts of another product.
fn endless_lot(store: &str) -> Line {
    kit::line_of(
        "\"a\": (), \"b\": ()",
        "length: \"1 h\", replications: 1",
        &[
            ("ib", "Source(product: \"b\", parts: 1)"),
            ("ia", "Source(product: \"a\", interarrival: \"1 s\", parts: 3)"),
            ("store", store),
            ("m", "Machine(cycle: \"10 s\", setup: (time: \"5 s\", min_lot: 3))"),
            ("out", "Sink()"),
        ],
        &["ib -> store", "ia -> store", "store -> m -> out"],
    )
}

#[test]
fn a_lot_that_is_never_complete_is_a_deadlock_also_before_a_store_to_pick_from() {
    for store in ["Buffer()", "Buffer(order: Picked)"] {
        let told = deadlock(&endless_lot(store), 1);
        assert_eq!(told, Some((10 * SECOND, vec!["store".to_owned(), "m".to_owned()])), "{store}");
    }
}

/// A circle that fills up, beside a line of another product that goes on.
fn half_dead() -> Line {
    kit::line_of(
        "\"a\": (), \"b\": ()",
        "length: \"2 h\", warm_up: \"0 s\", replications: 3",
        &[
            ("ia", "Source(product: \"a\")"),
            ("m", "Machine(cycle: \"5 s\")"),
            ("turn", "Machine(cycle: \"10 s\")"),
            ("oa", "Sink()"),
            ("ib", "Source(product: \"b\")"),
            ("n", "Machine(cycle: \"20 s\")"),
            ("ob", "Sink()"),
        ],
        &["ia -> m -> turn", "turn -> m 50 %", "turn -> oa 50 %", "ib -> n -> ob"],
    )
}

#[test]
fn a_part_of_the_line_that_stands_while_another_goes_on_is_a_warning() {
    let line = half_dead();
    let study = kit::study(&line);
    // The other line makes one part every 20 s.
    for outcome in &study.outcomes {
        assert_eq!(outcome.elements[kit::slot(&line, "n").index()].operations, 360);
    }
    let warned = study.warnings.iter().find_map(|warning| match warning {
        Warning::Standstill { chain, since, is_shortage: false, replications: 3, of: 3 } => {
            Some((chain, since))
        }
        _ => None,
    });
    let (chain, since) = warned.expect("a warning");
    assert!(chain == &["m", "turn", "m"] || chain == &["turn", "m", "turn"], "{chain:?}");
    // Since the last part went to one of them.
    let told = kit::record(&line, 7200);
    let moved = |name| {
        told.times(kit::slot(&line, name), |what| matches!(what, What::Left { .. } | What::Completed { .. }))
    };
    assert_eq!(since.map(|since| since.0), moved("m").into_iter().chain(moved("turn")).max());
}

#[test]
fn parts_that_no_source_completes_any_more_are_a_warning_and_no_failure() {
    let line = kit::line_of(
        "\"a\": (), \"b\": ()",
        "length: \"1 h\", warm_up: \"0 s\", replications: 2",
        &[
            ("as", "Source(product: \"a\", parts: 9)"),
            ("bs", "Source(product: \"b\", parts: 7)"),
            ("build", "Assembler(cycle: \"5 s\", parts: { \"a\": 1, \"b\": 1 })"),
            ("out", "Sink()"),
        ],
        &["as -> build", "bs -> build", "build -> out"],
    );
    let study = kit::study(&line);
    let warning = study.warnings.iter().find(|warning| warning.code() == "parts_left").expect("a warning");
    assert_eq!(
        warning.seen(),
        "parts stay inside that wait for others which no source makes any more in 2 of 2 replications: \
         build waits for bs, since 35.0 s"
    );
}

#[test]
fn a_repair_that_frees_nobody_delays_no_word_of_a_deadlock() {
    let line = |calendar: &str| {
        kit::line(
            "",
            &[
                ("in", "Source()"),
                ("a", "Machine(cycle: \"5 s\")"),
                ("b", &format!("Machine(cycle: \"1 s\"{calendar})")),
                ("out", "Sink()"),
            ],
            &["in -> a -> b", "b -> a 99.999999 %", "b -> out 0.000001 %"],
        )
    };
    // b is done at 6 s and a at 10 s: then each has a part for the other.
    let circle = Some((10 * SECOND, vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(deadlock(&line(""), 1), circle);
    let down = ", breakdowns: [(after: \"8 s\", clock: Calendar, repair: \"1 h\")]";
    assert_eq!(deadlock(&line(down), 1), circle, "b is down from 8 s on");
}

#[test]
fn people_and_plans_for_whom_a_circle_waits_delay_no_word_of_it() {
    // As above, but the fitter who is called at 8 s is at work elsewhere until long after, or a plan waits for an empty machine.
    let stops = [
        ", breakdowns: [(after: \"8 s\", clock: Calendar, repair: \"1 h\", skill: \"fitter\")]",
        ", maintenance: [(every: \"9 s\", takes: \"1 h\", when: WhenEmpty, policy: Age)]",
        ", maintenance: [(every: \"9 s\", takes: \"1 h\", when: AfterPart, policy: Age, skill: \"fitter\")]",
    ];
    for stop in stops {
        let line = kit::line(
            "",
            &[
                ("in", "Source()"),
                ("a", "Machine(cycle: \"5 s\")"),
                ("b", &format!("Machine(cycle: \"1 s\"{stop})")),
                (
                    "other",
                    "Machine(cycle: \"1 s\", breakdowns: [(after: \"1 s\", clock: Calendar, repair: \"9 d\", skill: \"fitter\")])",
                ),
                ("crew", "Crew(size: 1, skills: [\"fitter\"])"),
                ("out", "Sink()"),
            ],
            &["in -> a -> b", "b -> a 99.999999 %", "b -> other 0.000001 %", "other -> out"],
        );
        let told = deadlock(&line, 1);
        assert_eq!(told, Some((10 * SECOND, vec!["a".to_owned(), "b".to_owned()])), "{stop}");
    }
}

/// Two machines between which a robot carries on its way round; another robot brings their parts and those of a machine that
/// goes on, in a zone that both share.
fn circle_in_a_cell(beside: bool) -> Line {
    let mut elements = vec![
        ("in", "Source()"),
        ("m", "Machine(cycle: \"3 s\")"),
        ("a", "Machine(cycle: \"3 s\")"),
        ("b", "Machine(cycle: \"3 s\")"),
        ("arm", "Robot(load: \"1 s\", unload: \"1 s\")"),
        ("hand", "Robot(load: \"1 s\", unload: \"1 s\")"),
        ("zone", "Zone(around: [\"a\"])"),
        ("out", "Sink()"),
    ];
    let mut flow =
        vec!["in -> m by arm", "m -> a by arm", "a -> b by hand", "b -> a 50 % by hand", "b -> out 50 %"];
    if beside {
        elements.extend([("too", "Source()"), ("n", "Machine(cycle: \"7 s\")"), ("too out", "Sink()")]);
        flow.extend(["too -> n by arm", "n -> too out by arm"]);
    }
    kit::line("length: \"1 h\", warm_up: \"0 s\", replications: 1", &elements, &flow)
}

#[test]
fn robots_in_a_zone_hide_no_deadlock() {
    let line = circle_in_a_cell(false);
    for seed in 1..=9 {
        let (at, mut named) = deadlock(&line, seed).expect("a circle");
        named.sort();
        named.dedup();
        assert_eq!(named, ["a", "b", "hand"], "seed {seed}");
        // From when both have a part for the other.
        let mut blind = line.clone();
        blind.elements.iter_mut().for_each(|element| element.deadlock_check = DeadlockCheck::Never);
        let (mut world, mut recorded) = (Replication::new(&blind, seed, 0), Recording::default());
        world.advance(Time(86_400 * SECOND), &mut recorded).expect("nobody looks");
        let done = ["a", "b"].map(|name| {
            recorded
                .times(kit::slot(&line, name), |what| matches!(what, What::Completed { .. }))
                .last()
                .copied()
        });
        assert_eq!(Some(at), done.into_iter().flatten().max(), "seed {seed}");
    }
}

#[test]
fn a_robot_that_goes_on_outside_a_circle_does_not_hide_that_it_stands() {
    let line = circle_in_a_cell(true);
    let study = kit::study(&line);
    let warned = study.warnings.iter().find_map(|warning| match warning {
        Warning::Standstill { chain, since: Some(_), is_shortage: false, .. } => Some(chain),
        _ => None,
    });
    let chain = warned.expect("a warning");
    assert!(["a", "b", "hand"].iter().all(|name| chain.contains(&(*name).to_owned())), "{chain:?}");
    // The other machine goes on: 7 s, and its robot's 2 s for each of two ways.
    assert!(study.outcomes[0].elements[kit::slot(&line, "n").index()].operations > 300);
}

/// An oven for two parts that gets one at first, and the next only after a day.
fn waits_a_day(oven: &str, gap: &str) -> Line {
    kit::line(
        "length: \"10 h\", warm_up: \"0 s\", replications: 2",
        &[
            ("rack", "Buffer(initial: 1)"),
            ("in", &format!("Source(interarrival: \"{gap}\")")),
            ("oven", &format!("Batch(cycle: \"1 min\", min: \"2 parts\", max: \"2 parts\"{oven})")),
            ("out", "Sink()"),
        ],
        &["rack -> oven", "in -> oven", "oven -> out"],
    )
}

#[test]
fn a_line_in_which_nothing_moves_for_a_quarter_of_the_window_is_warned_of() {
    let warned = |line: &Line| {
        let study = kit::study(line);
        let warning = study.warnings.iter().find(|warning| warning.code() == "nothing_moves");
        warning.map(|warning| warning.seen())
    };
    assert_eq!(
        warned(&waits_a_day("", "1 d")).as_deref(),
        Some("nothing moves in 2 of 2 replications since 0 s, though parts are inside: oven waits for in")
    );
    assert_eq!(
        warned(&waits_a_day("", "3.5 h")).as_deref(),
        Some("nothing moves in 2 of 2 replications since 7 h, though parts are inside: oven waits for in"),
        "the third part came at 7 h, and three hours are more than a quarter"
    );
    // Patience that ends is work to come, also after the end of the run; and with a part at 8 h less than a quarter is left.
    assert_eq!(warned(&waits_a_day(", wait: \"1 d\"", "1 d")), None);
    assert_eq!(warned(&waits_a_day("", "8 h")), None);
    assert_eq!(warned(&waits_a_day("", "7 h")), None, "the oven is empty");
}

#[test]
fn a_dead_line_has_no_result_and_the_same_failure_on_any_number_of_threads() {
    let line = endless_lot("Buffer(order: Picked)");
    let failure = |jobs| {
        let plan = StudyPlan::of(&line, &Overrides { jobs: Some(jobs), ..Overrides::default() });
        study::run(&line, &plan, &Watch::nobody()).expect_err("a deadlock").to_string()
    };
    assert_eq!(
        failure(1),
        "deadlock at 10.0 s in replication 0 of \"proof\": store waits for m, m waits for store"
    );
    assert_eq!(failure(1), failure(4));
}
