//! Who is called and who goes, by hand: labour hours, deadlocks, the end of a shift, and calls that do not help.

use super::kit::{self, SECOND, kpi, record, slot, study, try_record};
use super::people::{hall, states};
use super::shifts::{self, MINUTE};
use taktwin::event::{State, What};
use taktwin::flow::Stuck;
use taktwin::kernel::Time;
use taktwin::study::{Overrides, StudyPlan, Watch};

#[test]
fn labour_hours_are_those_of_all_who_are_there_and_of_overtime() {
    // Two people for two hours a day. One of them works from one o'clock three times 50 minutes: half an hour of overtime.
    let elements = [
        ("in", "Source(calendar: \"always\")"),
        ("m", "Machine(cycle: \"50 min\", people: [(skill: \"operate\")])"),
        ("out", "Sink()"),
        ("operators", "Crew(size: 2, skills: [\"operate\"])"),
    ];
    let run = "warm_up: \"0 s\", length: \"2 d\", replications: 1";
    let line = shifts::line_by(shifts::ONE_TO_THREE, run, &elements, &["in -> m -> out"]);
    let two = study(&line);
    assert!((kpi(&two, "labour_hours").mean - 2.0 * (2.0 * 2.0 + 0.5)).abs() < 1e-9);
    let elements =
        [elements[0], elements[1], elements[2], ("operators", "Crew(size: 1, skills: [\"operate\"])")];
    let line = shifts::line_by(shifts::ONE_TO_THREE, run, &elements, &["in -> m -> out"]);
    let one = study(&line);
    assert!((kpi(&one, "labour_hours").mean - 2.0 * (2.0 + 0.5)).abs() < 1e-9);
    assert!((kpi(&one, "labour_per_good_part").mean - 5.0 / 6.0).abs() < 1e-9);
}

#[test]
fn machines_that_hold_an_operator_each_and_need_a_second_are_a_deadlock_with_both_named() {
    let machine = "Machine(cycle: \"60 s\", unload: \"10 s\", \
                   people: [(skill: \"operate\"), (skill: \"operate\", for: [Unload])])";
    let crew = |size| format!("Crew(size: {size}, skills: [\"operate\"])");
    let two = hall("", &[machine, machine], &[("operators", &crew(2))]);
    let (_, result) = kit::try_record(&two, Time(200 * SECOND));
    assert_eq!(result, Err(Stuck::Deadlock(vec![slot(&two, "a"), slot(&two, "b")])));
    let plan = StudyPlan::of(&two, &Overrides::default());
    let Err(failure) = taktwin::study::run(&two, &plan, &Watch::nobody()) else { panic!("a deadlock") };
    assert!(failure.advice().contains("one person more"), "{}", failure.advice());
    // With a third there is always one for the second.
    let three = hall("", &[machine, machine], &[("operators", &crew(3))]);
    assert!(record(&three, 2000).deliveries().len() > 40);
}

#[test]
fn who_waits_at_a_machine_for_somebody_who_has_gone_home_goes_home_too() {
    // The crew of two works from one to three o'clock, the machine around the clock. One is there for the work of 100 minutes,
    // which ends at 160 and again at 270 if unloading takes ten minutes; a second one is needed to unload.
    let elements = [
        ("in", "Source(calendar: \"always\")"),
        (
            "m",
            "Machine(calendar: \"always\", cycle: \"100 min\", unload: \"10 min\", \
             people: [(skill: \"operate\"), (skill: \"help\", for: [Unload])])",
        ),
        ("out", "Sink()"),
        ("operators", "Crew(size: 1, skills: [\"operate\"])"),
        ("helpers", "Crew(size: 1, skills: [\"help\"])"),
    ];
    let line = shifts::line_by(shifts::ONE_TO_THREE, "", &elements, &["in -> m -> out"]);
    let recorded = record(&line, 86_400);
    let minute = |time: u64| time * MINUTE / SECOND;
    let work = recorded.times(slot(&line, "m"), |what| what == What::Became(State::Working));
    assert_eq!(work[0] / SECOND, minute(60));
    // From 60 to 160, unloaded until 170. The next is in work until 270, when both have gone: the operator finished the work
    // and goes, and both come back at one o'clock of the next day.
    let unloaded = recorded.times(slot(&line, "m"), |what| matches!(what, What::Completed { .. }));
    assert_eq!(unloaded, [170 * MINUTE]);
    let records = shifts::records(&line, &recorded, 1);
    let overtime = records.people_overtime(slot(&line, "operators").index());
    assert_eq!(overtime, 90 * u128::from(MINUTE), "from 180 to 270");
}

#[test]
fn nobody_is_called_away_for_a_call_that_gets_nobody_by_that() {
    // k holds one of two for long; l holds the other, who may leave. r needs both and comes first; s needs one.
    let machine = |settings: &str| format!("Machine({settings})");
    let failing = |after: u32, people: &str, priority: i32| {
        machine(&format!(
            "cycle: \"1 s\", breakdowns: [(after: \"{after} s\", repair: \"5 s\", clock: Calendar, people: [{people}], priority: {priority})]"
        ))
    };
    let k = machine("cycle: \"1000 s\", people: [(skill: \"operate\")]");
    let l = machine("cycle: \"500 s\", people: [(skill: \"operate\", may_leave: true)]");
    let r = failing(10, "(skill: \"operate\", count: 2)", 5);
    let s = failing(20, "(skill: \"operate\")", 3);
    let line = hall("", &[&k, &l, &r, &s], &[("operators", "Crew(size: 2, skills: [\"operate\"])")]);
    let recorded = record(&line, 400);
    assert_eq!(states(&line, &recorded, "b"), [(0, State::Working)]);
}

#[test]
fn the_order_of_the_groups_of_a_job_does_not_matter() {
    let groups = ["(skill: \"operate\"), (skill: \"help\")", "(skill: \"help\"), (skill: \"operate\")"];
    let crews = [
        ("operators", "Crew(size: 2, skills: [\"operate\"])"),
        ("helpers", "Crew(size: 1, skills: [\"help\"])"),
    ];
    let told = groups.map(|second| {
        let machine = |people: &str, cycle: u32| format!("Machine(cycle: \"{cycle} s\", people: [{people}])");
        let machines = [
            machine(groups[0], 30),
            machine(groups[0], 40),
            machine(second, 50),
            machine("(skill: \"operate\")", 7),
        ];
        let line = hall("", &[&machines[0], &machines[1], &machines[2], &machines[3]], &crews);
        record(&line, 2000).deliveries()
    });
    assert_eq!(told[0], told[1]);
}

#[test]
fn calls_of_one_instant_for_people_of_two_crews_are_both_answered_by_those_who_may_leave() {
    // a and c have the people of two crews for 50 min, and may lose them; b and d fail at the same instant and need them first.
    let worker =
        |skill: &str| format!("Machine(cycle: \"50 min\", people: [(skill: \"{skill}\", may_leave: true)])");
    let failing = |skill: &str| {
        format!(
            "Machine(cycle: \"1 s\", breakdowns: [(after: \"10 min\", repair: \"5 s\", clock: Calendar, \
             skill: \"{skill}\", priority: 1)])"
        )
    };
    let [a, b, c, d] = [worker("red"), failing("red"), worker("blue"), failing("blue")];
    let crews =
        [("reds", "Crew(size: 1, skills: [\"red\"])"), ("blues", "Crew(size: 1, skills: [\"blue\"])")];
    let line = hall("", &[&a, &b, &c, &d], &crews);
    let recorded = record(&line, 700);
    for name in ["b", "d"] {
        let failed = recorded.times(slot(&line, name), |what| what == What::Became(State::Failed));
        assert_eq!(failed, [600 * SECOND], "{name}");
    }
}

#[test]
fn people_who_cannot_be_called_away_since_others_of_the_job_stay_are_part_of_a_deadlock() {
    // a loads with a red one, who may leave, keeps a blue one who may not, and needs a green one to work. b has the green one
    // and calls the red one with priority.
    let a = "Machine(cycle: \"60 s\", load: \"10 s\", people: [(skill: \"red\", may_leave: true), (skill: \"blue\"), \
             (skill: \"green\", for: [Work])])";
    let b = "Machine(cycle: \"60 s\", load: \"10 s\", people: [(skill: \"green\"), (skill: \"red\", for: [Work], priority: 1)])";
    let crews =
        ["red", "blue", "green"].map(|skill| (skill, format!("Crew(size: 1, skills: [\"{skill}\"])")));
    let crews: Vec<(&str, &str)> = crews.iter().map(|(name, written)| (*name, written.as_str())).collect();
    let line = hall("", &[a, b], &crews);
    let (_, result) = try_record(&line, Time(1000 * SECOND));
    let Err(Stuck::Deadlock(mut circle)) = result else { panic!("{result:?}") };
    circle.sort_unstable();
    assert_eq!(circle, [slot(&line, "a"), slot(&line, "b")]);
}
