//! Crews: machines that wait for people, against the closed form of machine interference, and by hand.

use super::kit::{Recording, SECOND, SURE, agrees, kpi, line, record, slot, study, try_record};
use std::collections::BTreeMap;
use taktwin::event::{ResourcePurpose, Slot, State, What};
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::records::Records;
use taktwin::sim::Replication;
use taktwin::study::ElementSummary;

/// Machines "m0", "m1" and so on side by side, and crews.
fn hall(run: &str, machines: &[String], crews: &[(&str, &str)]) -> Line {
    let names: Vec<String> = (0..machines.len()).map(|i| format!("m{i}")).collect();
    let mut elements = vec![("in", "Source()"), ("out", "Sink()")];
    elements.extend(names.iter().map(String::as_str).zip(machines.iter().map(String::as_str)));
    elements.extend(crews);
    let flow: Vec<String> = names.iter().map(|name| format!("in -> {name} -> out")).collect();
    line(run, &elements, &flow.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn machines_and_repairers_are_those_of_the_machine_interference_problem() {
    // N machines, c repairers, M/M/c//N: p(n + 1) = p(n) (N - n) lambda / (min(n + 1, c) mu).
    for (machines, people) in [(6_u32, 2_u32), (5, 1), (3, 3)] {
        let (life, repair) = (100.0, 40.0);
        let mut weights = vec![1.0_f64];
        for n in 0..machines {
            let up = f64::from(machines - n) / life;
            let down = f64::from((n + 1).min(people)) / repair;
            weights.push(weights[n as usize] * up / down);
        }
        let sum: f64 = weights.iter().sum();
        let mean = |of: &dyn Fn(u32) -> f64| {
            (0..).zip(&weights).map(|(n, weight): (u32, &f64)| of(n) * weight / sum).sum::<f64>()
        };
        let (failed, busy) = (mean(&f64::from), mean(&|n| f64::from(n.min(people))));

        let machine = format!(
            "Machine(cycle: Constant(\"4 s\"), breakdowns: [(after: Exponential(\"{life} s\"), \
             repair: Exponential(\"{repair} s\"), skill: \"fitter\")])"
        );
        let run = format!("warm_up: \"5000 s\", length: \"400000 s\", replications: 20, seed: 4, {SURE}");
        let crew = format!("Crew(size: {people}, skills: [\"fitter\"])");
        let line = hall(&run, &vec![machine; machines as usize], &[("crew", &crew)]);
        let study = study(&line);
        agrees(kpi(&study, "throughput"), 900.0 * (f64::from(machines) - failed), 0.02);
        let elements = study.elements();
        let crew = elements.last().expect("the crew");
        agrees(crew.one("at_work_mean").expect("people"), busy, 0.03);
        agrees(crew.one("utilisation").expect("people"), busy / f64::from(people), 0.03);
        let waiting = |element: &ElementSummary<'_>| {
            element.part("states", State::WaitingForRepair.name()).map(|it| it.mean)
        };
        let waits: f64 = elements.iter().filter_map(waiting).sum();
        // Who gets somebody at once waits for no time at all.
        assert!((waits - (failed - busy)).abs() <= 0.05 * failed, "{waits} {}", failed - busy);
    }
}

/// A machine that fails every so many seconds of the calendar, and who is called.
fn failing(after: u64, repair: u64, call: &str) -> String {
    let times = format!("after: Constant(\"{after} s\"), repair: Constant(\"{repair} s\")");
    format!("Machine(cycle: Constant(\"1 s\"), breakdowns: [({times}, clock: Calendar{call})])")
}

fn became(line: &Line, recorded: &Recording, name: &str, state: State) -> Vec<u64> {
    recorded.times(slot(line, name), |what| what == What::Became(state)).iter().map(|t| t / SECOND).collect()
}

/// When each machine was first repaired.
fn repaired(line: &Line, machines: usize) -> Vec<u64> {
    let recorded = record(line, 60);
    let first = |i: usize| became(line, &recorded, &format!("m{i}"), State::Failed)[0];
    (0..machines).map(first).collect()
}

const ONE: (&str, &str) = ("crew", "Crew(size: 1, skills: [\"fitter\"])");

#[test]
fn who_matters_most_is_served_first_also_of_those_who_call_at_one_instant() {
    let machines =
        [0, 2, 1].map(|priority| failing(50, 3, &format!(", skill: \"fitter\", priority: {priority}")));
    let line = hall("", &machines, &[ONE]);
    assert_eq!(repaired(&line, 3), [56, 50, 53]);
}

#[test]
fn of_equals_who_called_first_is_served_first() {
    let machines = [42, 41, 40].map(|after| failing(after, 4, ", skill: \"fitter\""));
    let line = hall("", &machines, &[ONE]);
    assert_eq!(repaired(&line, 3), [48, 44, 40]);
    let recorded = record(&line, 60);
    assert_eq!(became(&line, &recorded, "m1", State::WaitingForRepair), [41]);
}

#[test]
fn who_is_at_work_is_not_called_away() {
    let urgent = failing(41, 4, ", skill: \"fitter\", priority: 9");
    let line = hall("", &[failing(40, 10, ", skill: \"fitter\""), urgent], &[ONE]);
    assert_eq!(repaired(&line, 2), [40, 50]);
}

#[test]
fn a_call_goes_to_the_crew_that_can_do_the_least_besides_and_has_somebody() {
    // The first three call for electricians: the all-rounder is able too, comes to the second, and is free for the fourth at 51.
    let call = |skill: &str| format!(", skill: \"{skill}\"");
    let machines = [
        failing(40, 10, &call("electrical")),
        failing(41, 10, &call("electrical")),
        failing(42, 10, &call("electrical")),
        failing(43, 10, &call("mechanical")),
    ];
    let crews = [
        ("all-rounders", "Crew(size: 1, skills: [\"mechanical\", \"electrical\"])"),
        ("electricians", "Crew(size: 1, skills: [\"electrical\"])"),
    ];
    let line = hall("", &machines, &crews);
    let recorded = record(&line, 62);
    assert_eq!(repaired(&line, 2), [40, 41]);
    assert_eq!(became(&line, &recorded, "m2", State::Failed), [50]);
    assert_eq!(became(&line, &recorded, "m3", State::Failed), [51]);
    let at_work = |crew: &str| recorded.times(slot(&line, crew), |what| matches!(what, What::AtWork { .. }));
    assert_eq!(at_work("electricians"), [40 * SECOND, 50 * SECOND, 50 * SECOND, 60 * SECOND]);
}

#[test]
fn maintenance_waits_for_somebody_too() {
    let maintained = "Machine(cycle: Constant(\"10 s\"), maintenance: [(every: \"45 s\", takes: \"5 s\", \
                      when: AtOnce, skill: \"fitter\")])";
    let line = hall("", &[failing(40, 10, ", skill: \"fitter\""), maintained.to_owned()], &[ONE]);
    let recorded = record(&line, 56);
    assert_eq!(became(&line, &recorded, "m1", State::WaitingForRepair), [45]);
    assert_eq!(became(&line, &recorded, "m1", State::Maintenance), [50]);
    // 45 of 50 s of work done at 45 s, the rest from 55 s on.
    assert_eq!(became(&line, &recorded, "m1", State::Working).last(), Some(&55));
}

#[test]
fn a_loop_that_waits_for_somebody_is_no_deadlock() {
    // As in `stuck.rs`, where everybody in the loop waits for the tester; here the tester waits for a fitter who works
    // elsewhere most of the time.
    let tester = "Machine(cycle: Constant(\"30 s\"), \
                  breakdowns: [(after: Constant(\"10 s\"), repair: Constant(\"1 s\"), skill: \"fitter\")])";
    let elsewhere = "Machine(cycle: Constant(\"1 s\"), \
                     breakdowns: [(after: Constant(\"1 s\"), repair: Constant(\"500 s\"), skill: \"fitter\")])";
    let line = line(
        "",
        &[
            ("in", "Source()"),
            ("mill", "Machine(cycle: Constant(\"0 s\"))"),
            ("rack", "Buffer(capacity: 1)"),
            ("test", tester),
            ("other", elsewhere),
            ("out", "Sink()"),
            ("crew", "Crew(size: 1, skills: [\"fitter\"])"),
        ],
        &["in -> mill -> rack -> test", "test -> out", "test -> mill", "in -> other -> out"],
    );
    let (recorded, result) = try_record(&line, Time(100_000 * SECOND));
    assert_eq!(result, Ok(()));
    let done = recorded.times(slot(&line, "test"), |what| matches!(what, What::Completed { .. }));
    // The fitter comes when the repair of 500 s is over, for 1 s, and goes back to the other machine, which has failed again
    // by then: 10 s of work in 501 s.
    let by_hand: Vec<u64> = (1..=66).map(|k| (501 * (3 * k - 1) + 11) * SECOND).collect();
    assert_eq!(done, by_hand);
}

#[test]
fn a_machine_that_begins_down_calls_for_somebody() {
    let down = "Machine(cycle: Constant(\"10 s\"), \
                breakdowns: [(after: \"1 h\", repair: \"1 h\", skill: \"fitter\")], \
                initial: (down: 0, left: \"5 s\"))";
    let line = hall("", &[down.to_owned(), down.to_owned()], &[ONE]);
    assert_eq!(record(&line, 25).deliveries(), [15, 20, 25].map(|t| t * SECOND));
}

#[test]
fn who_goes_back_is_free_at_that_instant_also_if_the_machine_has_a_part_to_give_then() {
    // At 61 s the rack gets room, while "a" is down from 50 to 70 s with a finished part.
    let failing_at = |after: u64, repair: u64| failing(after, repair, ", skill: \"fitter\"");
    let (a, other) = (failing_at(50, 20), failing_at(55, 100));
    let line = line(
        "",
        &[
            ("in", "Source()"),
            ("a", &a),
            ("rack", "Buffer(capacity: 1)"),
            ("b", "Machine(cycle: Constant(\"60 s\"))"),
            ("other", &other),
            ("out", "Sink()"),
            ONE,
        ],
        &["in -> a -> rack -> b -> out", "in -> other -> out"],
    );
    let recorded = record(&line, 100);
    assert_eq!(
        recorded.times(slot(&line, "a"), |what| matches!(what, What::Left { .. }))[2..],
        [70 * SECOND]
    );
    assert_eq!(became(&line, &recorded, "other", State::Failed), [70]);
}

/// Two machines that break down and are maintained, and two crews of which one can do both. Who is called for what, and how
/// urgent that is, differs from machine to machine.
fn mix(run: &str) -> Line {
    let machine = |repair: &str, maintenance: &str| {
        format!(
            "Machine(cycle: Exponential(\"20 s\"), \
             breakdowns: [(after: Exponential(\"300 s\"), repair: Exponential(\"70 s\"), {repair})], \
             maintenance: [(every: \"400 s\", takes: Exponential(\"50 s\"), {maintenance})])"
        )
    };
    let machines = [
        machine("skill: \"electrical\", priority: 1", "skill: \"mechanical\""),
        machine("skill: \"mechanical\"", "skill: \"electrical\", priority: 2"),
    ];
    let crews = [
        ("all-rounders", "Crew(size: 1, skills: [\"mechanical\", \"electrical\"])"),
        ("fitters", "Crew(size: 1, skills: [\"mechanical\"])"),
    ];
    hall(run, &machines, &crews)
}

/// Nanoseconds that the people of each crew were with each machine between two instants, by purpose, as a journal tells it.
fn stays(recorded: &Recording, from: u64, until: u64) -> BTreeMap<(Slot, ResourcePurpose), u128> {
    let (mut sums, mut began, mut busy) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let within = |time: u64| time.clamp(from, until);
    for event in &recorded.0 {
        let What::AtWork { busy: now, purpose, holder } = event.what else { continue };
        let crew = event.element;
        let before = busy.insert(crew, now).unwrap_or(0);
        if now > before {
            assert_eq!(began.insert((crew, holder, purpose), event.time.0), None, "one person at a machine");
        } else {
            let since = began.remove(&(crew, holder, purpose)).expect("it was there for that");
            *sums.entry((crew, purpose)).or_default() += u128::from(within(event.time.0) - within(since));
        }
    }
    for ((crew, _, purpose), since) in began {
        *sums.entry((crew, purpose)).or_default() += u128::from(until - within(since));
    }
    sums
}

#[test]
fn what_crews_are_busy_with_adds_up_to_how_busy_they_are_as_the_journal_tells_it() {
    let line = mix("");
    let (open, end) = (Time(1_000 * SECOND), Time(50_000 * SECOND));
    let (mut run, mut records) = (Replication::new(&line, 1, 0), Records::of(&line));
    assert_eq!(run.advance(open, &mut records), Ok(()));
    records.open_window(open);
    assert_eq!(run.advance(end, &mut records), Ok(()));
    records.settle(end);

    let stays = stays(&record(&line, 50_000), open.0, end.0);
    let [repair, maintenance] = [ResourcePurpose::Repair, ResourcePurpose::Maintenance];
    let mut at_machines = [0, 0];
    for crew in ["all-rounders", "fitters"].map(|crew| slot(&line, crew)) {
        let mut sum = 0;
        for purpose in ResourcePurpose::ALL {
            let told = records.people_nanos_for(crew.index(), purpose);
            assert_eq!(told, stays.get(&(crew, purpose)).copied().unwrap_or(0), "{purpose:?}");
            sum += told;
        }
        assert_eq!(sum, records.people_nanos(crew.index()));
        let told = [repair, maintenance].map(|purpose| records.people_nanos_for(crew.index(), purpose));
        assert!(told.iter().all(|nanos| *nanos > 0), "each does both: {told:?}");
        at_machines = [at_machines[0] + told[0], at_machines[1] + told[1]];
    }
    // A machine that is repaired or maintained has exactly one person.
    for (state, people) in [State::Failed, State::Maintenance].into_iter().zip(at_machines) {
        let machines =
            ["m0", "m1"].map(|name| records.clock(slot(&line, name).index()).times[state as usize]);
        assert_eq!(machines.map(u128::from).iter().sum::<u128>(), people, "{state:?}");
    }
    let waited = records.clock(slot(&line, "m0").index()).times[State::WaitingForRepair as usize];
    assert!(waited > 0, "it matters who comes first");
}

#[test]
fn reports_tell_what_crews_are_busy_with() {
    let line = mix("warm_up: \"1000 s\", length: \"20000 s\", replications: 3");
    let study = study(&line);
    let elements = study.elements();
    for crew in elements.iter().filter(|element| element.kind == "Crew") {
        let purposes: Vec<&str> = crew.each("at_work_by_purpose").map(|(purpose, _)| purpose).collect();
        assert_eq!(purposes, ["repair", "maintenance"]);
        let sum: f64 = crew.each("at_work_by_purpose").map(|(_, found)| found.mean).sum();
        assert!((sum - crew.one("at_work_mean").expect("people").mean).abs() < 1e-12, "{sum}");
    }
    assert!(elements[0].each("at_work_by_purpose").next().is_none(), "nobody is lent by a source");
}

#[test]
fn the_pools_know_who_is_where_and_what_for() {
    let line = mix("");
    let (mut run, mut recorded) = (Replication::new(&line, 1, 0), Recording::default());
    let mut seen = BTreeMap::new();
    for step in 1..400 {
        assert_eq!(run.advance(Time(step * 25 * SECOND), &mut recorded), Ok(()));
        for held in run.holdings() {
            let state = recorded.0.iter().rev().find_map(|event| match event.what {
                What::Became(state) if event.element == held.holder => Some(state),
                _ => None,
            });
            let purpose = match state {
                Some(State::Failed) => ResourcePurpose::Repair,
                Some(State::Maintenance) => ResourcePurpose::Maintenance,
                other => panic!("{:?} has somebody and is {other:?}", held.holder),
            };
            assert_eq!((held.purpose, held.quantity), (purpose, 1));
            let came = recorded.0.iter().rev().find(|event| {
                matches!(event.what, What::AtWork { holder, .. } if holder == held.holder)
                    && event.element == held.lender
            });
            assert_eq!(came.map(|event| event.time), Some(held.since));
            *seen.entry(held.purpose).or_insert(0) += 1;
        }
    }
    assert!(seen.values().all(|count| *count > 20) && seen.len() == 2, "{seen:?}");
}
