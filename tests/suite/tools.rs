//! Tools and fixtures that a job holds, by hand and against a bound.

use super::kit::{SECOND, kpi, line, record, slot, study};
use super::people::{hall, states};
use super::routes;
use super::shifts::{self, MINUTE};
use taktwin::event::{State, What};

const RUN: &str = "warm_up: \"1 h\", length: \"9 h\", replications: 1";

#[test]
fn two_machines_with_one_fixture_work_in_turn() {
    let machine = "Machine(cycle: \"60 s\", load: \"20 s\", unload: \"10 s\", tools: [(tool: \"fixture\")])";
    let line = hall(RUN, &[machine, machine], &[("fixture", "Tools(size: 1)")]);
    let recorded = record(&line, 180);
    let [wait, hold, work] = [State::WaitingForTools, State::Holding, State::Working];
    assert_eq!(states(&line, &recorded, "a")[..4], [(0, hold), (20, work), (80, hold), (90, wait)]);
    assert_eq!(states(&line, &recorded, "b")[..4], [(0, wait), (90, hold), (110, work), (170, hold)]);
    let study = study(&line);
    assert!((kpi(&study, "throughput").mean - 40.0).abs() < 0.2);
    let elements = study.elements();
    let one = |name: &str, figure: &str| {
        let element = elements.iter().find(|element| element.name == name).expect(name);
        element.one(figure).map(|found| found.mean)
    };
    assert_eq!((one("fixture", "utilisation"), one("fixture", "labour_h")), (Some(1.0), None));
    let missing = |name: &str| {
        let element = elements.iter().find(|element| element.name == name).expect(name);
        element.part("missing_h", "fixture").expect("hours").mean
    };
    assert!((missing("a") + missing("b") - 9.0).abs() < 0.1, "one of them always waits");
}

#[test]
fn as_many_are_in_work_as_there_are_fixtures_and_nobody_locks_the_others_up() {
    // Each part has a fixture for 300 s and the operator for 60 s of these. The first in line for both does not keep the operator
    // from those who have a fixture and wait to be unloaded.
    for (fixtures, per_hour) in [(1, 12.0), (2, 24.0), (3, 36.0)] {
        let machine = "Machine(cycle: \"240 s\", load: \"40 s\", unload: \"20 s\", \
                       people: [(skill: \"operate\", for: [Load, Unload])], tools: [(tool: \"fixture\")])";
        let tools = format!("Tools(size: {fixtures})");
        let crews = [("fixture", tools.as_str()), ("operator", "Crew(size: 1, skills: [\"operate\"])")];
        let line = hall(RUN, &[machine; 4], &crews);
        let found = kpi(&study(&line), "throughput").mean;
        assert!((found - per_hour).abs() < 0.3, "{fixtures}: {found} and {per_hour}");
    }
}

#[test]
fn a_machine_waits_for_tools_while_only_they_are_missing_and_else_for_people() {
    let machine =
        "Machine(cycle: \"60 s\", people: [(skill: \"operate\", for: [Work])], tools: [(tool: \"fixture\")])";
    let crews = [("fixture", "Tools(size: 1)"), ("operator", "Crew(size: 1, skills: [\"operate\"])")];
    let line = hall(RUN, &[machine, machine], &crews);
    let recorded = record(&line, 100);
    assert_eq!(states(&line, &recorded, "b"), [(0, State::WaitingForPeople), (60, State::Working)]);
    // Of two operators one is free, and the fixture is missing; with two fixtures it is the other way round.
    for (fixtures, operators, waits) in [(1, 2, State::WaitingForTools), (2, 1, State::WaitingForPeople)] {
        let [tools, crew] =
            [format!("Tools(size: {fixtures})"), format!("Crew(size: {operators}, skills: [\"operate\"])")];
        let line = hall(RUN, &[machine, machine], &[("fixture", &tools), ("operator", &crew)]);
        assert_eq!(states(&line, &record(&line, 100), "b"), [(0, waits), (60, State::Working)]);
    }
}

#[test]
fn a_part_stays_in_its_fixture_while_the_machine_is_repaired_and_what_is_spoilt_gives_it_back() {
    // a breaks down after 30 s of work, for 100 s; with one fixture, b works when a has given it back.
    let b = "Machine(cycle: \"60 s\", tools: [(tool: \"fixture\")])";
    for (preemption, begins) in [("Resume", 160), ("Scrap", 30)] {
        let a = format!(
            "Machine(cycle: \"60 s\", tools: [(tool: \"fixture\")], \
             breakdowns: [(after: \"30 s\", repair: \"100 s\", part: {preemption})])"
        );
        let line = line(
            "",
            &[("in", "Source()"), ("a", &a), ("b", b), ("out", "Sink()"), ("fixture", "Tools(size: 1)")],
            match preemption {
                "Scrap" => &["in -> a -> out", "in -> b -> out", "a.scrap -> out"],
                _ => &["in -> a -> out", "in -> b -> out"],
            },
        );
        let recorded = record(&line, begins + 5);
        assert_eq!(
            states(&line, &recorded, "b"),
            [(0, State::WaitingForTools), (begins, State::Working)],
            "{preemption}"
        );
    }
}

#[test]
fn a_part_stays_in_its_fixture_over_night() {
    // One hour a day from the first to the third: the work of 100 min goes on the next day, and the other machine waits for that.
    let pausing = "Machine(cycle: \"100 min\", shift_end: Pause, tools: [(tool: \"fixture\")])";
    let elements = [
        ("in", "Source(calendar: \"always\")"),
        ("a", pausing),
        ("b", "Machine(cycle: \"10 min\", calendar: \"always\", tools: [(tool: \"fixture\")])"),
        ("out", "Sink()"),
        ("fixture", "Tools(size: 1)"),
    ];
    let line = shifts::line_by(shifts::ONE_TO_THREE, "", &elements, &["in -> a -> out", "in -> b -> out"]);
    let recorded = record(&line, 2 * 86_400);
    let used = recorded.times(slot(&line, "b"), |what| what == What::Became(State::Working));
    // b has it until a's hours begin at 60 and its own work ends; a has it from then on for 100 min of its two hours.
    assert!(used.iter().all(|time| *time / MINUTE <= 60 || *time / MINUTE >= 160), "{used:?}");
    assert!(used.iter().any(|time| *time / MINUTE <= 60) && used.iter().any(|time| *time / MINUTE >= 160));
}

#[test]
fn a_call_for_two_is_answered_though_machines_with_fixtures_call_for_one_all_the_time() {
    // Each of the three takes its fixture to load, and calls one of the two operators for the work.
    let a = "Machine(count: 3, cycle: \"100 s\", load: \"10 s\", people: [(skill: \"operate\", for: [Work])], \
             tools: [(tool: \"fixture\")])";
    let line = line(
        "warm_up: \"0 s\", length: \"20 h\", replications: 1",
        &[
            ("in", "Source()"),
            ("orders", "Source(interarrival: \"1 h\")"),
            ("a", a),
            ("c", "Machine(cycle: \"30 s\", people: [(skill: \"operate\", count: 2, priority: 5)])"),
            ("out", "Sink()"),
            ("fixture", "Tools(size: 3)"),
            ("operators", "Crew(size: 2, skills: [\"operate\"])"),
        ],
        &["in -> a -> out", "orders -> c -> out"],
    );
    let study = study(&line);
    let elements = study.elements();
    let c = elements.iter().find(|element| element.name == "c").expect("c");
    assert!(c.one("operations").expect("some").mean >= 19.0);
}

#[test]
fn who_needs_one_more_to_finish_gets_whom_is_kept_for_one_who_waits_for_that() {
    // At 100 a keeps the free one of two, and waits for the other, who is at c until c can unload with one more at 130.
    let a = "Machine(cycle: \"100 s\", unload: \"10 s\", people: [(skill: \"operate\", count: 2, for: [Unload])], \
             tools: [(tool: \"fixture\")])";
    let c = "Machine(cycle: \"130 s\", unload: \"10 s\", \
             people: [(skill: \"operate\", for: [Work, Unload]), (skill: \"operate\", for: [Unload])])";
    let crews = [("fixture", "Tools(size: 1)"), ("operators", "Crew(size: 2, skills: [\"operate\"])")];
    let line = hall("", &[a, c], &crews);
    let recorded = record(&line, 145);
    assert_eq!(states(&line, &recorded, "b")[..2], [(0, State::Working), (130, State::Holding)]);
    let unloads = recorded.times(slot(&line, "a"), |what| what == What::Became(State::Holding));
    assert_eq!(unloads, [140 * SECOND]);
}

#[test]
fn people_may_leave_a_job_whose_tools_stay() {
    let a = "Machine(cycle: \"1000 s\", people: [(skill: \"operate\", may_leave: true)], tools: [(tool: \"fixture\")])";
    let b = "Machine(cycle: \"1 s\", breakdowns: [(after: \"300 s\", clock: Calendar, repair: \"50 s\", skill: \"operate\", \
             priority: 1)])";
    let crews = [("fixture", "Tools(size: 1)"), ("operators", "Crew(size: 1, skills: [\"operate\"])")];
    let line = hall("", &[a, b], &crews);
    let recorded = record(&line, 500);
    let [work, wait] = [State::Working, State::WaitingForPeople];
    assert_eq!(states(&line, &recorded, "a"), [(0, work), (300, wait), (350, work)]);
    let lent = recorded.times(slot(&line, "fixture"), |what| matches!(what, What::AtWork { busy: 0, .. }));
    assert_eq!(lent, [300 * SECOND, 350 * SECOND], "it is told that it is not in use meanwhile");
}

#[test]
fn a_machine_that_begins_nothing_before_its_hours_end_leaves_the_fixture_to_others() {
    // Two hours a day are enough for two parts of 50 min; the third would not fit, and has not begun.
    let elements = [
        ("in", "Source(calendar: \"always\")"),
        ("a", "Machine(cycle: \"50 min\", shift_end: OnlyWhatFits, tools: [(tool: \"fixture\")])"),
        ("b", "Machine(cycle: \"25 min\", calendar: \"always\", tools: [(tool: \"fixture\")])"),
        ("out", "Sink()"),
        ("fixture", "Tools(size: 1)"),
    ];
    let line = shifts::line_by(shifts::ONE_TO_THREE, "", &elements, &["in -> a -> out", "in -> b -> out"]);
    let recorded = record(&line, 86_400);
    let done = recorded.times(slot(&line, "b"), |what| matches!(what, What::Completed { .. }));
    let by_night = done.iter().filter(|time| **time / MINUTE > 180).count();
    assert!(by_night >= (1440 - 180) / 25 - 1, "{by_night} of {done:?}");
}

#[test]
fn a_job_calls_fifty_groups_of_people_and_tools_and_no_more() {
    let machine = |people: usize, tools: usize| {
        let people = vec!["(skill: \"operate\")"; people].join(", ");
        let tools = vec!["(tool: \"fixture\")"; tools].join(", ");
        format!("Machine(cycle: \"60 s\", people: [{people}], tools: [{tools}])")
    };
    let crews = [("fixture", "Tools(size: 30)"), ("operators", "Crew(size: 30, skills: [\"operate\"])")];
    // All of them come, and each group is one person or one fixture.
    let line = hall(RUN, &[&machine(25, 25)], &crews);
    let study = study(&line);
    assert!((kpi(&study, "throughput").mean - 60.0).abs() < 0.2);
    let elements = study.elements();
    for name in ["fixture", "operators"] {
        let element = elements.iter().find(|element| element.name == name).expect(name);
        let busy = element.one("at_work_mean").expect("a mean").mean;
        assert!((busy - 25.0).abs() < 1e-9, "{name}: {busy}");
    }
    for (people, tools, field) in [(26, 25, "people"), (25, 26, "tools")] {
        let [(fixture, size), (operators, crew)] = crews;
        let elements = format!(
            "\"in\": Source(), \"a\": {}, \"out\": Sink(), {fixture:?}: {size}, {operators:?}: {crew}",
            machine(people, tools)
        );
        let message = routes::refused("\"part\": ()", &elements, "\"in -> a -> out\"");
        let said = "51 groups of people and tools, but a job can call 50";
        assert!(message.contains(said) && message.contains(field), "{message}");
    }
}
