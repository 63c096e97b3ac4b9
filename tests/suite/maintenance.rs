//! Preventive maintenance: by hand to the nanosecond, and against renewal theory in the long run.

use super::kit::{Recording, SECOND, SURE, agrees, kpi, record, serial, slot, study};
use taktwin::event::{State, What};
use taktwin::line::Line;

/// A source that never runs dry, one machine, a sink.
fn one(cycle: &str, breakdowns: &str, maintenance: &str) -> Line {
    let machine =
        format!("Machine(cycle: {cycle}, breakdowns: [{breakdowns}], maintenance: [{maintenance}])");
    serial("", &["Source()", &machine, "Sink()"])
}

fn secs<const N: usize>(times: [u64; N]) -> Vec<u64> {
    times.map(|time| time * SECOND).to_vec()
}

/// When machine "1" came into a state.
fn became(line: &Line, recorded: &Recording, state: State) -> Vec<u64> {
    recorded.times(slot(line, "1"), |what| what == What::Became(state))
}

const TEN: &str = "Constant(\"10 s\")";

#[test]
fn maintenance_at_once_interrupts_the_work_which_goes_on_afterwards() {
    let line = one(TEN, "", "(every: \"25 s\", takes: \"5 s\", when: AtOnce)");
    let recorded = record(&line, 99);
    assert_eq!(recorded.deliveries(), secs([10, 20, 35, 45, 60, 70, 85, 95]));
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([25, 50, 75]));
}

/// Every second part is followed by 2 s of maintenance, which comes between the work on it and its unloading: 10 + 3 s and
/// 10 + 2 + 3 s by turns.
#[test]
fn maintenance_at_once_also_interrupts_the_unloading() {
    let machine = "Machine(cycle: \"10 s\", unload: \"3 s\", maintenance: [(every: \"2 parts\", takes: \"2 s\", when: AtOnce)])";
    let line = serial("", &["Source()", machine, "Sink()"]);
    let recorded = record(&line, 60);
    assert_eq!(recorded.deliveries(), secs([13, 28, 41, 56]));
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([23, 51]));
}

#[test]
fn maintenance_waits_for_the_end_of_the_work_and_the_part_leaves_before() {
    // Due at 25, 50, 75, 100 s, in the midst of a part each time but the last, when no work is in hand.
    let line = one(TEN, "", "(every: \"25 s\", takes: \"5 s\")");
    let recorded = record(&line, 99);
    assert_eq!(recorded.deliveries(), secs([10, 20, 30, 45, 55, 70, 80, 95]));
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([30, 55, 80]));
}

/// A machine whose second part is blocked from 10 s on, as the next machine needs 100 s for each.
fn blocked(when: &str) -> (Line, Recording) {
    let plan = format!("(every: \"50 s\", takes: \"20 s\", when: {when})");
    let first = format!("Machine(cycle: Constant(\"5 s\"), maintenance: [{plan}])");
    let line = serial("", &["Source()", &first, "Machine(cycle: Constant(\"100 s\"))", "Sink()"]);
    let recorded = record(&line, 321);
    (line, recorded)
}

#[test]
fn a_machine_under_maintenance_keeps_a_finished_part_until_that_is_over() {
    // Maintained from 50, 100, 150, 200, 250 and 300 s on, for 20 s: the second part leaves at 120, the third at 220 s.
    let (line, recorded) = blocked("AfterPart");
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([50, 100, 150, 200, 250, 300]));
    assert_eq!(recorded.deliveries(), secs([105, 220, 320]));
}

#[test]
fn maintenance_when_empty_lets_the_last_part_out_and_no_other_in() {
    // Due at 50 s, and again at 100 s, which is one with that; the part leaves at 105 s.
    let (line, recorded) = blocked("WhenEmpty");
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([105, 205, 305]));
    assert_eq!(recorded.deliveries(), secs([105, 205, 305]));
    let arrived = recorded.times(slot(&line, "1"), |what| matches!(what, What::Arrived(_)));
    assert_eq!(arrived, secs([0, 5, 125, 225]));
}

#[test]
fn maintenance_when_empty_begins_at_once_in_a_machine_that_is_empty() {
    let machine = "Machine(cycle: Constant(\"10 s\"), maintenance: [(every: \"45 s\", takes: \"8 s\", when: WhenEmpty)])";
    let line = serial("", &["Source(interarrival: Constant(\"20 s\"))", machine, "Sink()"]);
    // Due at 45 (in work until 50), 90 (until 90) and 135 (empty since 130) s.
    let recorded = record(&line, 150);
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([50, 90, 135]));
    assert_eq!(recorded.deliveries(), secs([30, 50, 70, 90, 110, 130]));
}

#[test]
fn fixed_multiples_come_whatever_happened_and_renew_the_lives() {
    // 35 s of work is a life; each maintenance begins another.
    let failure = "(after: Constant(\"35 s\"), repair: Constant(\"5 s\"))";
    let line = one(TEN, failure, "(every: \"50 s\", takes: \"5 s\", when: AtOnce, policy: Block)");
    let recorded = record(&line, 201);
    assert_eq!(became(&line, &recorded, State::Failed), secs([35, 90, 140, 190]));
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([50, 100, 150, 200]));
}

#[test]
fn an_age_counts_from_the_last_renewal_be_it_a_repair() {
    // A failure every 40 s, so that the machine is never 50 s old.
    let failure = "(after: Constant(\"35 s\"), repair: Constant(\"5 s\"))";
    let plan = "every: \"50 s\", takes: \"5 s\", when: AtOnce, policy: Age";
    let line = one(TEN, failure, &format!("({plan})"));
    let recorded = record(&line, 1000);
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([]));
    assert_eq!(became(&line, &recorded, State::Failed).len(), 25);
    // A plan that renews none of the breakdowns is not renewed by their repairs either.
    let line = one(TEN, failure, &format!("({plan}, renews: [])"));
    let recorded = record(&line, 161);
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([50, 105, 160]));
    assert_eq!(became(&line, &recorded, State::Failed), secs([35, 80, 125]));
}

#[test]
fn a_plan_renews_the_breakdowns_it_names_and_no_others() {
    // By the calendar: the first would fail at 60 s and does not, the second does at 70 s.
    let failures = "(after: \"60 s\", repair: \"1 s\", clock: Calendar), \
                    (after: \"70 s\", repair: \"1 s\", clock: Calendar)";
    let line = one(TEN, failures, "(every: \"50 s\", takes: \"5 s\", when: AtOnce, renews: [0])");
    let recorded = record(&line, 199);
    assert_eq!(became(&line, &recorded, State::Failed), secs([70, 141]));
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([50, 100, 150]));
}

#[test]
fn maintenance_by_count_begins_when_the_last_part_is_done() {
    for when in ["AtOnce", "AfterPart", "WhenEmpty"] {
        let line = one(TEN, "", &format!("(every: \"3 parts\", takes: \"30 s\", when: {when})"));
        let recorded = record(&line, 205);
        let by_hand: Vec<u64> = (1..=11).map(|k| (10 * k + 30 * ((k - 1) / 3)) * SECOND).collect();
        assert_eq!(recorded.deliveries(), by_hand, "{when}");
        assert_eq!(became(&line, &recorded, State::Maintenance), secs([30, 90, 150]), "{when}");
    }
}

#[test]
fn maintenance_by_working_time_is_due_in_the_part_in_which_its_time_is_up() {
    // Multiples of 25 s of work end in parts 3, 5, 8, 10; an age that begins anew after part 3 does so in 6 and 9.
    for (policy, after) in [("Block", [3, 5, 8, 10]), ("Age", [3, 6, 9, 12])] {
        let plan = format!("(every: \"25 s\", takes: \"4 s\", clock: Working, policy: {policy})");
        let line = one(TEN, "", &plan);
        let recorded = record(&line, 137);
        let by_hand: Vec<u64> = (0..).zip(after).map(|(nth, part)| (10 * part + 4 * nth) * SECOND).collect();
        assert_eq!(became(&line, &recorded, State::Maintenance)[..4], by_hand, "{policy}");
    }
    let line = one(TEN, "", "(every: \"25 s\", takes: \"4 s\", clock: Working, when: AtOnce)");
    let recorded = record(&line, 90);
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([25, 54, 83]));
}

#[test]
fn at_one_instant_a_part_is_done_then_the_machine_fails_then_it_is_maintained() {
    let failure = "(after: \"50 s\", repair: \"20 s\", clock: Calendar)";
    let line = one(TEN, failure, "(every: \"50 s\", takes: \"5 s\", when: AtOnce, renews: [])");
    let recorded = record(&line, 76);
    assert_eq!(recorded.deliveries(), secs([10, 20, 30, 40, 50]));
    assert_eq!(became(&line, &recorded, State::Failed), secs([50]));
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([70]));
    // Neither does it matter that the one runs on working time and the other by the calendar.
    let failure = "(after: \"45 s\", repair: \"20 s\")";
    let line = one(TEN, failure, "(every: \"45 s\", takes: \"5 s\", when: AtOnce, renews: [])");
    let recorded = record(&line, 76);
    assert_eq!(became(&line, &recorded, State::Failed), secs([45]));
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([65]));
}

#[test]
fn a_repair_puts_right_a_maintenance_by_age_that_waits() {
    // Due at 45 s, but the part in work lasts until 50 s, and the machine fails at 48 s: it is as new at 58 s.
    let failure = "(after: \"48 s\", repair: \"10 s\", clock: Calendar)";
    let line = one(TEN, failure, "(every: \"45 s\", takes: \"5 s\", policy: Age)");
    let recorded = record(&line, 120);
    assert_eq!(became(&line, &recorded, State::Failed), secs([48, 106]));
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([]));
    // At fixed multiples it waits on, and comes when the part is done.
    let line = one(TEN, failure, "(every: \"45 s\", takes: \"5 s\", policy: Block)");
    let recorded = record(&line, 66);
    assert_eq!(became(&line, &recorded, State::Failed), secs([48]));
    assert_eq!(became(&line, &recorded, State::Maintenance), secs([60]));
}

/// Throughput of a machine of 1 s cycles that is never idle.
fn agrees_with_availability(breakdowns: &str, maintenance: &str, availability: f64) {
    let machine = format!(
        "Machine(cycle: Constant(\"1 s\"), breakdowns: [{breakdowns}], maintenance: [{maintenance}])"
    );
    let run = format!("warm_up: \"20000 s\", length: \"400000 s\", replications: 20, seed: 4, {SURE}");
    let line = serial(&run, &["Source()", &machine, "Sink()"]);
    agrees(kpi(&study(&line), "throughput"), 3600.0 * availability, 0.01);
}

#[test]
fn age_replacement_is_that_of_renewal_theory() {
    // A cycle of renewal is a life cut at T: E[min(X, T)] = integral of R up to T, ended by a failure with F(T) and by a
    // replacement with R(T) (Barlow and Proschan).
    let (scale, t, repair, replacement) = (200.0_f64, 120.0, 60.0, 10.0);
    let survives = |x: f64| (-(x / scale).powi(3)).exp();
    let steps = 1000;
    let weight = |i: i32| if i == 0 || i == steps { 1.0 } else { f64::from(2 + 2 * (i % 2)) };
    let h = t / f64::from(steps);
    let mean_life: f64 = (0..=steps).map(|i| weight(i) * survives(h * f64::from(i))).sum::<f64>() * h / 3.0;
    let down = repair * (1.0 - survives(t)) + replacement * survives(t);
    agrees_with_availability(
        "(after: Weibull(scale: \"200 s\", shape: 3.0), repair: Exponential(\"60 s\"))",
        "(every: \"120 s\", takes: Exponential(\"10 s\"), clock: Working, when: AtOnce, policy: Age)",
        mean_life / (mean_life + down),
    );
}

#[test]
fn block_replacement_is_that_of_renewal_theory() {
    // Failures in a block of T are the renewal function of Erlang lives with two phases of rate a each:
    // M(T) = a T / 2 - (1 - exp(-2 a T)) / 4.
    let (a, t, repair, replacement) = (2.0 / 100.0_f64, 80.0, 40.0, 12.0);
    let failures = a * t / 2.0 - (1.0 - (-2.0 * a * t).exp()) / 4.0;
    agrees_with_availability(
        "(after: Erlang(mean: \"100 s\", phases: 2), repair: Exponential(\"40 s\"))",
        "(every: \"80 s\", takes: Exponential(\"12 s\"), clock: Working, when: AtOnce, policy: Block)",
        t / (t + failures * repair + replacement),
    );
}

#[test]
fn a_batch_machine_is_maintained_after_its_run_or_when_it_is_empty() {
    // Runs of 20 s with 3 parts, one of which comes every 5 s: the first runs from 15 to 35 s, the second at once, as the next
    // parts wait. Due at 40 s: after the run at 55 s. By then it is empty too.
    for when in ["AfterPart", "WhenEmpty"] {
        let batch = format!(
            "Batch(cycle: \"20 s\", max: \"3 parts\", min: \"3 parts\", \
             maintenance: [(every: \"40 s\", takes: \"7 s\", when: {when}, policy: Age)])"
        );
        let line = serial("", &["Source(interarrival: Constant(\"5 s\"))", &batch, "Sink()"]);
        let recorded = record(&line, 90);
        assert_eq!(became(&line, &recorded, State::Maintenance), secs([55]), "{when}");
        assert_eq!(recorded.deliveries(), secs([35, 35, 35, 55, 55, 55, 82, 82, 82]), "{when}");
    }
    // Due at 12 s, with two parts collected: after no run at all, or after a run of those two.
    for (when, begins, deliveries) in [("AfterPart", 12, vec![39, 39, 39]), ("WhenEmpty", 32, vec![32, 32])] {
        let batch = format!(
            "Batch(cycle: \"20 s\", max: \"3 parts\", min: \"3 parts\", \
             maintenance: [(every: \"12 s\", takes: \"7 s\", when: {when}, policy: Age)])"
        );
        let line = serial("", &["Source(interarrival: Constant(\"5 s\"))", &batch, "Sink()"]);
        let recorded = record(&line, 39);
        assert_eq!(became(&line, &recorded, State::Maintenance)[0], begins * SECOND, "{when}");
        let by_hand: Vec<u64> = deliveries.into_iter().map(|t: u64| t * SECOND).collect();
        assert_eq!(recorded.deliveries(), by_hand, "{when}");
    }
}
