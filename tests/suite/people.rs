//! People at the work itself, by hand to the nanosecond: phase by phase, several at once, on foot, called away, by shifts.

use super::kit::{Recording, SECOND, kpi, line, line_of, record, slot, study};
use super::shifts::{self, MINUTE};
use taktwin::event::{ResourcePurpose, State, What};
use taktwin::line::Line;

/// Machines "a", "b" and so on side by side, each with an endless source, and crews.
pub fn hall(run: &str, machines: &[&str], crews: &[(&str, &str)]) -> Line {
    let names: Vec<String> = ('a'..).take(machines.len()).map(String::from).collect();
    let mut elements = vec![("in", "Source()"), ("out", "Sink()")];
    elements.extend(names.iter().map(String::as_str).zip(machines.iter().copied()));
    elements.extend(crews);
    let flow: Vec<String> = names.iter().map(|name| format!("in -> {name} -> out")).collect();
    line(run, &elements, &flow.iter().map(String::as_str).collect::<Vec<_>>())
}

/// In which state an element was from when on, in seconds.
pub fn states(line: &Line, recorded: &Recording, name: &str) -> Vec<(u64, State)> {
    let at = slot(line, name);
    let mut told: Vec<(u64, State)> = Vec::new();
    for event in recorded.0.iter().filter(|event| event.element == at) {
        let What::Became(state) = event.what else { continue };
        // A state of no time counts for nothing.
        told.retain(|(time, _)| *time != event.time.0 / SECOND || event.time.0 % SECOND > 0);
        told.push((event.time.0 / SECOND, state));
    }
    told.dedup_by_key(|(_, state)| *state);
    told
}

/// From when on how many of a crew were lent for what, in seconds.
fn lent(line: &Line, recorded: &Recording, crew: &str) -> Vec<(u64, u32, ResourcePurpose)> {
    let at = slot(line, crew);
    let lent = recorded.0.iter().filter(|event| event.element == at).filter_map(|event| match event.what {
        What::AtWork { busy, purpose, .. } => Some((event.time.0 / SECOND, busy, purpose)),
        _ => None,
    });
    lent.collect()
}

const OPERATOR: (&str, &str) = ("operator", "Crew(size: 1, skills: [\"operate\"])");
const TENDED: &str = "Machine(cycle: \"60 s\", load: \"20 s\", unload: \"10 s\", \
                      people: [(skill: \"operate\", for: [Load, Unload])])";

#[test]
fn one_operator_tends_as_many_machines_as_the_times_allow() {
    // Each part needs the operator for 30 s and the machine for 90 s: n parts in max(90, 30 n), partial attendance.
    for machines in 1..=6_u64 {
        let line = hall(
            "warm_up: \"1 h\", length: \"9 h\", replications: 1",
            &vec![TENDED; machines as usize],
            &[OPERATOR],
        );
        let study = study(&line);
        let by_hand = 3600.0 * machines as f64 / f64::from(u32::try_from(90.max(30 * machines)).unwrap());
        let found = kpi(&study, "throughput").mean;
        assert!((found - by_hand).abs() <= 1.0 / 9.0 + 1e-9, "{machines}: {found} and {by_hand}");
        let crew = study.elements().pop().expect("the crew");
        let busy = crew.one("utilisation").expect("people").mean;
        assert!((busy - (machines as f64 / 3.0).min(1.0)).abs() < 0.002, "{machines}: {busy}");
    }
}

#[test]
fn a_machine_waits_for_its_operator_before_each_phase_that_needs_one() {
    let other = "Machine(cycle: \"50 s\", load: \"20 s\", unload: \"10 s\", \
                 people: [(skill: \"operate\", for: [Load, Unload])])";
    let line = hall("", &[TENDED, other], &[OPERATOR]);
    let recorded = record(&line, 200);
    let [wait, hold, work] = [State::WaitingForPeople, State::Holding, State::Working];
    // The operator loads a until 20 and b until 40, unloads a from 80 to 90, then b, which is done at 90, until 100. The calls
    // of 90 (b to unload, a to load) and 100 follow in the order in which they were made.
    assert_eq!(
        states(&line, &recorded, "a")[..7],
        [(0, hold), (20, work), (80, hold), (90, wait), (100, hold), (120, work), (180, hold)]
    );
    assert_eq!(
        states(&line, &recorded, "b")[..7],
        [(0, wait), (20, hold), (40, work), (90, hold), (100, wait), (120, hold), (140, work)]
    );
    let [load, unload] = [ResourcePurpose::Loading, ResourcePurpose::Unloading];
    assert_eq!(
        lent(&line, &recorded, "operator")[..8],
        [
            (0, 1, load),
            (20, 0, load),
            (20, 1, load),
            (40, 0, load),
            (80, 1, unload),
            (90, 0, unload),
            (90, 1, unload),
            (100, 0, unload)
        ]
    );
}

#[test]
fn who_is_needed_for_the_next_phase_stays_and_the_purpose_is_that_of_the_phase() {
    let line = hall(
        "",
        &[
            "Machine(cycle: \"60 s\", load: \"20 s\", unload: \"10 s\", people: [(skill: \"operate\"), (skill: \"help\", for: [Load])])",
        ],
        &[OPERATOR, ("helper", "Crew(size: 1, skills: [\"help\"])")],
    );
    let recorded = record(&line, 89);
    let [load, work, unload] = [ResourcePurpose::Loading, ResourcePurpose::Work, ResourcePurpose::Unloading];
    assert_eq!(
        lent(&line, &recorded, "operator"),
        [(0, 1, load), (20, 0, load), (20, 1, work), (80, 0, work), (80, 1, unload)]
    );
    assert_eq!(lent(&line, &recorded, "helper"), [(0, 1, load), (20, 0, load)]);
    let calls = recorded.times(slot(&line, "operator"), |what| matches!(what, What::Answered { .. }));
    assert_eq!(calls, [0], "one call for the whole operation");
}

#[test]
fn several_people_come_together_or_not_at_all() {
    // a takes one operator first; b needs two and a setter at once. The second operator is kept for b, so that c, which
    // calls later, waits though one is free.
    let machine = |people: &str, cycle: u64| format!("Machine(cycle: \"{cycle} s\", people: [{people}])");
    let a = machine("(skill: \"operate\")", 50);
    let b = machine("(skill: \"operate\", count: 2), (skill: \"set\")", 30);
    let c = machine("(skill: \"operate\")", 40);
    let crews = [
        ("operators", "Crew(size: 2, skills: [\"operate\"])"),
        ("setters", "Crew(size: 1, skills: [\"set\"])"),
    ];
    let line = hall("", &[&a, &b, &c], &crews);
    let recorded = record(&line, 130);
    let [wait, work] = [State::WaitingForPeople, State::Working];
    assert_eq!(states(&line, &recorded, "a")[..2], [(0, work), (50, wait)]);
    assert_eq!(states(&line, &recorded, "b")[..3], [(0, wait), (50, work), (80, wait)]);
    assert_eq!(states(&line, &recorded, "c")[..2], [(0, wait), (80, work)]);
    // The setter is kept too.
    let work = ResourcePurpose::Work;
    assert_eq!(lent(&line, &recorded, "setters")[..2], [(50, 1, work), (80, 0, work)]);
}

#[test]
fn a_request_is_served_by_whom_it_can_also_if_that_moves_somebody_to_the_other_part_of_the_job() {
    // The all-rounder could do both parts; only he can set.
    let machine = "Machine(cycle: \"10 s\", people: [(skill: \"operate\"), (skill: \"set\")])";
    let crews = [
        ("all-rounder", "Crew(size: 1, skills: [\"operate\", \"set\"])"),
        ("operator", "Crew(size: 1, skills: [\"operate\"])"),
    ];
    for crews in [[crews[0], crews[1]], [crews[1], crews[0]]] {
        let line = hall("", &[machine], &crews);
        assert_eq!(record(&line, 95).deliveries().len(), 9);
    }
}

#[test]
fn people_walk_from_where_they_were_last() {
    // At home in the middle: 5 s to each machine, 10 s between them.
    let a = "Machine(at: (0.0, 0.0), cycle: \"60 s\", load: \"20 s\", people: [(skill: \"operate\", for: [Load])])";
    let b = "Machine(at: (10.0, 0.0), cycle: \"60 s\", load: \"20 s\", people: [(skill: \"operate\", for: [Load])])";
    for travel in ["speed: \"1 m/s\", at: (5.0, 0.0)", "travel: { \"a -> b\": \"10 s\" }"] {
        let crew = format!("Crew(size: 1, skills: [\"operate\"], {travel})");
        let line = hall("", &[a, b], &[("operator", &crew)]);
        let recorded = record(&line, 200);
        // By a table they begin where they are needed first.
        let first = if travel.starts_with("speed") { 5 } else { 0 };
        let [wait, hold, work] = [State::WaitingForPeople, State::Holding, State::Working];
        let mut by_hand = vec![(0, wait), (first, hold), (first + 20, work), (first + 80, wait)];
        by_hand.retain(|(time, state)| (*time, *state) != (0, wait) || first > 0);
        // Back from b, where loading ends at first + 50.
        by_hand.push((first + 90, hold));
        assert_eq!(states(&line, &recorded, "a")[..by_hand.len()], by_hand, "{travel}");
        let b = [(0, wait), (first + 30, hold), (first + 50, work), (first + 110, wait), (first + 120, hold)];
        assert_eq!(states(&line, &recorded, "b")[..5], b, "{travel}");
        let on_the_way: Vec<u64> = lent(&line, &recorded, "operator")
            .iter()
            .filter(|(_, busy, purpose)| *purpose == ResourcePurpose::OnTheWay && *busy == 1)
            .map(|(time, ..)| *time)
            .collect();
        let mut starts = vec![0, first + 20, first + 80, first + 110];
        starts.retain(|start| *start > 0 || first > 0);
        assert_eq!(on_the_way[..starts.len()], starts, "{travel}");
    }
}

#[test]
fn of_several_who_are_free_the_nearest_comes_whichever_crew_is_named_first() {
    let machine = |x: u32| {
        format!("Machine(at: ({x}.0, 0.0), cycle: \"1000 s\", people: [(skill: \"operate\", for: [Work])])")
    };
    let far = ("far", "Crew(size: 1, skills: [\"operate\"], speed: \"1 m/s\", at: (0.0, 0.0))");
    let near = ("near", "Crew(size: 1, skills: [\"operate\"], speed: \"1 m/s\", at: (40.0, 0.0))");
    for crews in [[far, near], [near, far]] {
        let line = hall("", &[&machine(50)], &crews);
        let recorded = record(&line, 20);
        assert_eq!(states(&line, &recorded, "a"), [(0, State::WaitingForPeople), (10, State::Working)]);
    }
}

#[test]
fn an_urgent_call_takes_away_who_may_leave_and_the_work_goes_on_where_it_stopped() {
    // b fails every 100 s of the calendar and is repaired by the operator of a within 10 s.
    let a = |may_leave| {
        format!("Machine(cycle: \"250 s\", people: [(skill: \"operate\", may_leave: {may_leave})])")
    };
    let b = "Machine(cycle: \"1 s\", breakdowns: [(after: \"100 s\", repair: \"10 s\", clock: Calendar, \
             skill: \"operate\", priority: 1)])";
    let line = hall("", &[&a(true), b], &[OPERATOR]);
    let recorded = record(&line, 300);
    let [wait, work] = [State::WaitingForPeople, State::Working];
    assert_eq!(
        states(&line, &recorded, "a"),
        [(0, work), (100, wait), (110, work), (210, wait), (220, work)],
        "250 s of work are done at 270, and the next begins at once"
    );
    let done = recorded.times(slot(&line, "a"), |what| matches!(what, What::Completed { .. }));
    assert_eq!(done, [270 * SECOND]);
    // Who may not leave stays to the end; then the repair comes first, since its priority is higher.
    let line = hall("", &[&a(false), b], &[OPERATOR]);
    let recorded = record(&line, 300);
    assert_eq!(states(&line, &recorded, "a"), [(0, work), (250, wait), (260, work)]);
}

#[test]
fn a_stop_gives_people_back_and_the_rest_of_the_work_calls_them_again() {
    // The first machine fails after 30 s of work for 100 s. Meanwhile its operator serves the second.
    let a = "Machine(cycle: \"60 s\", breakdowns: [(after: \"30 s\", repair: \"100 s\")], people: [(skill: \"operate\")])";
    let b = "Machine(cycle: \"80 s\", people: [(skill: \"operate\")])";
    let line = hall("", &[a, b], &[OPERATOR]);
    let recorded = record(&line, 240);
    let [wait, work, failed] = [State::WaitingForPeople, State::Working, State::Failed];
    // b works from 30 to 110 and calls again for its next part; a is up at 130 and waits until 190.
    assert_eq!(
        states(&line, &recorded, "a")[..5],
        [(0, work), (30, failed), (130, wait), (190, work), (220, wait)]
    );
    assert_eq!(states(&line, &recorded, "b")[..2], [(0, wait), (30, work)]);
}

#[test]
fn a_repair_may_need_several_people_who_walk() {
    let a = "Machine(at: (0.0, 0.0), cycle: \"1 s\", breakdowns: [(after: \"100 s\", repair: \"10 s\", clock: Calendar, \
             people: [(skill: \"fit\", count: 2), (skill: \"wire\")])])";
    let crews = [
        ("fitters", "Crew(size: 2, skills: [\"fit\"], at: (0.0, 3.0), speed: \"1 m/s\")"),
        ("electricians", "Crew(size: 1, skills: [\"wire\"], at: (0.0, 7.0), speed: \"1 m/s\")"),
    ];
    let line = hall("", &[a], &crews);
    let recorded = record(&line, 225);
    let [waits, failed, work] = [State::WaitingForRepair, State::Failed, State::Working];
    // The electrician is there after 7 s. Next time all of them are there already.
    assert_eq!(
        states(&line, &recorded, "a"),
        [(0, work), (100, waits), (107, failed), (117, work), (217, failed)]
    );
    let [way, repair] = [ResourcePurpose::OnTheWay, ResourcePurpose::Repair];
    assert_eq!(
        lent(&line, &recorded, "fitters"),
        [(100, 2, way), (107, 0, way), (107, 2, repair), (117, 0, repair), (217, 2, repair)]
    );
}

#[test]
fn setters_change_over_and_operators_work() {
    // The products alternate; a changeover takes 30 s and needs the setter, the work of 60 s the operator.
    let machine = "Machine(cycle: \"60 s\", setup: (time: \"30 s\", initial: \"x\"), \
                   people: [(skill: \"set\", for: [Setup]), (skill: \"operate\", for: [Work])])";
    let line = line_of(
        "\"x\": (), \"y\": ()",
        "",
        &[
            ("in x", "Source(product: \"x\", interarrival: \"20 s\", first: \"1 s\")"),
            ("in y", "Source(product: \"y\", interarrival: \"20 s\", first: \"2 s\")"),
            ("rack", "Buffer()"),
            ("a", machine),
            ("out", "Sink()"),
            OPERATOR,
            ("setter", "Crew(size: 1, skills: [\"set\"])"),
        ],
        &["in x -> rack", "in y -> rack", "rack -> a -> out"],
    );
    let recorded = record(&line, 300);
    let [set, work] = [ResourcePurpose::Setup, ResourcePurpose::Work];
    // x from 1 to 61, then 30 s of setup for y.
    assert_eq!(
        lent(&line, &recorded, "setter")[..4],
        [(61, 1, set), (91, 0, set), (151, 1, set), (181, 0, set)]
    );
    assert_eq!(
        lent(&line, &recorded, "operator")[..4],
        [(1, 1, work), (61, 0, work), (91, 1, work), (151, 0, work)]
    );
}

#[test]
fn work_that_waits_for_people_rests_when_the_hours_end_and_a_crew_finishes_its_job() {
    // From one to three o'clock; a job takes 50 minutes, and two machines share the operator.
    let a = "Machine(cycle: \"50 min\", people: [(skill: \"operate\")])";
    let elements = [("in", "Source(calendar: \"always\")"), ("m", a), ("n", a), ("out", "Sink()"), OPERATOR];
    let line = shifts::line_by(shifts::ONE_TO_THREE, "", &elements, &["in -> m -> out", "in -> n -> out"]);
    let recorded = record(&line, 2 * 86_400);
    let minute = |time: u64| time * MINUTE / SECOND;
    let [rest, wait, work] = [State::Paused, State::WaitingForPeople, State::Working];
    // m from 60 to 110, n from 110 to 160, m from 160 to 210, half an hour of it overtime.
    assert_eq!(
        states(&line, &recorded, "m")[..5],
        [(0, rest), (minute(60), work), (minute(110), wait), (minute(160), work), (minute(210), rest)]
    );
    assert_eq!(
        states(&line, &recorded, "n")[..4],
        [(0, rest), (minute(60), wait), (minute(110), work), (minute(160), wait)]
    );
    // It waits until three o'clock and then rests: nobody comes any more.
    assert_eq!(states(&line, &recorded, "n")[4], (minute(180), rest));
    let records = shifts::records(&line, &recorded, 2);
    let crew = slot(&line, "operator").index();
    assert_eq!(records.people_overtime(crew), 2 * 30 * u128::from(MINUTE));
}
