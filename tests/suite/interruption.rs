//! Jobs that are interrupted and go on exactly where they stopped, by hand to the nanosecond.

use super::kit::{Folder, SECOND, hear, layout, serial, slot};
use taktwin::event::{State, What};
use taktwin::line::Line;

/// A source, one machine, a sink, and nothing drawn by chance.
fn one(cycle: u64, breakdowns: &str) -> Line {
    let machine = format!("Machine(cycle: Constant(\"{cycle} s\"), breakdowns: [{breakdowns}])");
    serial("", &["Source()", &machine, "Sink()"])
}

fn mode(after: &str, repair: &str, clock: &str) -> String {
    format!("(after: Constant(\"{after}\"), repair: Constant(\"{repair}\"), clock: {clock})")
}

/// How often a life of so many seconds ends before so much work is done; at the very end it ends in the next job.
fn stops(work: u64, life: u64) -> u64 {
    (work * SECOND - 1) / (life * SECOND)
}

#[test]
fn an_interrupted_job_needs_the_rest_of_its_work_and_no_more() {
    let line = one(10, &mode("7 s", "3 s", "Working"));
    let by_hand: Vec<u64> = (1..=300).map(|k| (10 * k + 3 * stops(10 * k, 7)) * SECOND).collect();
    let found = hear(&line, 5000).deliveries();
    assert_eq!(found[..3], [13 * SECOND, 26 * SECOND, 42 * SECOND]);
    assert_eq!(found[..300], by_hand);
}

#[test]
fn competing_modes_each_keep_their_own_clock() {
    // At 77 s of work both lives end at once: one repair follows the other.
    let line = one(10, &[mode("7 s", "3 s", "Working"), mode("11 s", "1 s", "Working")].join(", "));
    let at = |k: u64| (10 * k + 3 * stops(10 * k, 7) + stops(10 * k, 11)) * SECOND;
    assert_eq!(hear(&line, 5000).deliveries()[..300], (1..=300).map(at).collect::<Vec<u64>>());
}

#[test]
fn many_interruptions_of_one_job_add_up_to_the_nanosecond() {
    let line = one(1000, &mode("700 ms", "300 ms", "Working"));
    let stops = (1000 * SECOND - 1) / 700_000_000;
    assert_eq!(hear(&line, 2000).deliveries()[0], 1000 * SECOND + stops * 300_000_000);
}

#[test]
fn a_life_in_parts_ends_before_the_next_part_is_worked_on() {
    let line = one(10, &mode("3 parts", "30 s", "Parts"));
    let by_hand: Vec<u64> = (1..=100).map(|k| (10 * k + 30 * ((k - 1) / 3)) * SECOND).collect();
    assert_eq!(hear(&line, 3000).deliveries()[..100], by_hand);
}

/// One machine that gets parts at the listed seconds.
fn fed(arrivals: &str, cycle: &str, breakdowns: &str) -> Line {
    let machine = format!("Machine(cycle: Constant(\"{cycle}\"), breakdowns: [{breakdowns}])");
    let source = "Source(arrivals: (csv: \"t.csv\", column: \"t\"))";
    let text = layout("", &[("in", source), ("m", &machine), ("out", "Sink()")], &["in -> m -> out"]);
    Folder::with(&[("t.csv", &format!("t\n{arrivals}\n")), ("line.ron", &text)]).read("line.ron")
}

#[test]
fn working_time_does_not_pass_while_the_machine_is_idle() {
    // 10 s of work each, 25 s of life: the third part stops half-way.
    let line = fed("100\n200\n300\n400", "10 s", &mode("25 s", "40 s", "Working"));
    assert_eq!(hear(&line, 1000).deliveries(), [110, 210, 350, 410].map(|t| t * SECOND));
}

#[test]
fn a_calendar_breakdown_stops_an_idle_machine_and_a_busy_one() {
    // Down 50 to 70, 120 to 140, 190 to 210. The part of second 100 loses 20 s half-way, that of second 200 comes during a
    // repair and waits for its end.
    let line = fed("100\n200", "30 s", &mode("50 s", "20 s", "Calendar"));
    let heard = hear(&line, 250);
    assert_eq!(heard.deliveries(), [150, 240].map(|t| t * SECOND));
    let failed = heard.times(slot(&line, "m"), |what| what == What::Became(State::Failed));
    assert_eq!(failed, [50, 120, 190].map(|t| t * SECOND));
}

#[test]
fn a_calendar_breakdown_of_a_blocked_machine_delays_its_finished_part() {
    // The first machine is done with its second part at 10 s, blocked until 105 s, and down from 50 to 110 s.
    let first =
        format!("Machine(cycle: Constant(\"5 s\"), breakdowns: [{}])", mode("50 s", "60 s", "Calendar"));
    let line = serial("", &["Source()", &first, "Machine(cycle: Constant(\"100 s\"))", "Sink()"]);
    let heard = hear(&line, 230);
    assert_eq!(heard.deliveries(), [105, 210].map(|t| t * SECOND));
    let left = heard.times(slot(&line, "1"), |what| matches!(what, What::Left(_)));
    assert_eq!(left[..2], [5, 110].map(|t| t * SECOND));
}

#[test]
fn a_calendar_breakdown_during_a_repair_waits_for_its_end() {
    // Every 20 s of work: 30 s of the first repair, in which the other mode falls due, then its 10 s. 100 s of work are
    // five such pieces, and the last one ends the job: 100 + 4 · 40.
    let modes = [mode("20 s", "30 s", "Working"), mode("25 s", "10 s", "Calendar")].join(", ");
    let heard = hear(&one(100, &modes), 261);
    assert_eq!(heard.deliveries(), [260 * SECOND]);
}

#[test]
fn a_job_that_ends_at_the_instant_of_a_breakdown_is_done() {
    // The second job is stopped where it begins, goes on at 70 s, and ends at the instant of the next breakdown.
    let heard = hear(&one(50, &mode("50 s", "20 s", "Calendar")), 200);
    assert_eq!(heard.deliveries(), [50, 120, 190].map(|t| t * SECOND));
}
