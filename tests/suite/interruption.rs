//! Jobs that are interrupted and go on exactly where they stopped, by hand to the nanosecond.

use super::kit::{Folder, Recording, SECOND, layout, line, record, serial, slot};
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
    let found = record(&line, 5000).deliveries();
    assert_eq!(found[..3], [13 * SECOND, 26 * SECOND, 42 * SECOND]);
    assert_eq!(found[..300], by_hand);
}

#[test]
fn competing_modes_each_keep_their_own_clock() {
    // At 77 s of work both lives end at once: one repair follows the other.
    let line = one(10, &[mode("7 s", "3 s", "Working"), mode("11 s", "1 s", "Working")].join(", "));
    let at = |k: u64| (10 * k + 3 * stops(10 * k, 7) + stops(10 * k, 11)) * SECOND;
    assert_eq!(record(&line, 5000).deliveries()[..300], (1..=300).map(at).collect::<Vec<u64>>());
}

#[test]
fn many_interruptions_of_one_job_add_up_to_the_nanosecond() {
    let line = one(1000, &mode("700 ms", "300 ms", "Working"));
    let stops = (1000 * SECOND - 1) / 700_000_000;
    assert_eq!(record(&line, 2000).deliveries()[0], 1000 * SECOND + stops * 300_000_000);
}

#[test]
fn a_life_in_parts_ends_before_the_next_part_is_worked_on() {
    let line = one(10, &mode("3 parts", "30 s", "Parts"));
    let by_hand: Vec<u64> = (1..=100).map(|k| (10 * k + 30 * ((k - 1) / 3)) * SECOND).collect();
    assert_eq!(record(&line, 3000).deliveries()[..100], by_hand);
}

#[test]
fn work_that_begins_anew_after_a_repair_needs_its_whole_length_again() {
    // 10 s of work: two parts of 4 s, and 2 s of the third for nothing. So two parts every 13 s.
    let modes = mode("10 s", "3 s", "Working, part: Restart");
    let by_hand: Vec<u64> = (0..50).flat_map(|k| [13 * k + 4, 13 * k + 8]).map(|t| t * SECOND).collect();
    assert_eq!(record(&one(4, &modes), 1000).deliveries()[..100], by_hand);
}

#[test]
fn work_that_begins_anew_has_the_length_that_was_drawn_for_it() {
    // The lengths as a machine that never fails has them, and the repairs of 3 s put in between by hand.
    let machine = |breakdowns: &str| {
        format!("Machine(cycle: Uniform(min: \"1 s\", max: \"9 s\"), breakdowns: [{breakdowns}])")
    };
    let run = |written: &str| record(&serial("", &["Source()", written, "Sink()"]), 20_000).deliveries();
    let undisturbed = run(&machine(""));
    let lengths = undisturbed.iter().scan(0, |before, at| Some(at - std::mem::replace(before, *at)));
    let (mut now, mut life, mut by_hand) = (0, 20 * SECOND, Vec::new());
    for length in lengths.take(1000) {
        while life < length {
            now += life + 3 * SECOND;
            life = 20 * SECOND;
        }
        now += length;
        life -= length;
        by_hand.push(now);
    }
    assert_eq!(run(&machine(&mode("20 s", "3 s", "Working, part: Restart")))[..1000], by_hand);
}

#[test]
fn an_idle_machine_has_no_work_that_begins_anew() {
    // Down from 50 to 70 s before the part comes, and from 120 to 140 s half-way: it begins anew then.
    let line = fed("100", "30 s", &mode("50 s", "20 s", "Calendar, part: Restart"));
    assert_eq!(record(&line, 250).deliveries(), [170 * SECOND]);
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
    assert_eq!(record(&line, 1000).deliveries(), [110, 210, 350, 410].map(|t| t * SECOND));
}

#[test]
fn a_calendar_breakdown_stops_an_idle_machine_and_a_busy_one() {
    // Down 50 to 70, 120 to 140, 190 to 210. The part of second 100 loses 20 s half-way, that of second 200 comes during a
    // repair and waits for its end.
    let line = fed("100\n200", "30 s", &mode("50 s", "20 s", "Calendar"));
    let recorded = record(&line, 250);
    assert_eq!(recorded.deliveries(), [150, 240].map(|t| t * SECOND));
    let failed = recorded.times(slot(&line, "m"), |what| what == What::Became(State::Failed));
    assert_eq!(failed, [50, 120, 190].map(|t| t * SECOND));
}

#[test]
fn a_calendar_breakdown_of_a_blocked_machine_delays_its_finished_part() {
    // The first machine is done with its second part at 10 s, blocked until 105 s, and down from 50 to 110 s.
    let first =
        format!("Machine(cycle: Constant(\"5 s\"), breakdowns: [{}])", mode("50 s", "60 s", "Calendar"));
    let line = serial("", &["Source()", &first, "Machine(cycle: Constant(\"100 s\"))", "Sink()"]);
    let recorded = record(&line, 230);
    assert_eq!(recorded.deliveries(), [105, 210].map(|t| t * SECOND));
    let left = recorded.times(slot(&line, "1"), |what| matches!(what, What::Left { .. }));
    assert_eq!(left[..2], [5, 110].map(|t| t * SECOND));
}

#[test]
fn a_calendar_breakdown_during_a_repair_waits_for_its_end() {
    // Every 20 s of work: 30 s of the first repair, in which the other mode falls due, then its 10 s. 100 s of work are
    // five such pieces, and the last one ends the job: 100 + 4 · 40.
    let modes = [mode("20 s", "30 s", "Working"), mode("25 s", "10 s", "Calendar")].join(", ");
    let recorded = record(&one(100, &modes), 261);
    assert_eq!(recorded.deliveries(), [260 * SECOND]);
}

#[test]
fn a_job_that_ends_at_the_instant_of_a_breakdown_is_done() {
    // The second job is stopped where it begins, goes on at 70 s, and ends at the instant of the next breakdown.
    let recorded = record(&one(50, &mode("50 s", "20 s", "Calendar")), 200);
    assert_eq!(recorded.deliveries(), [50, 120, 190].map(|t| t * SECOND));
}

/// Two ways out of a machine: the shop, and a bin for what a breakdown spoils.
fn with_a_bin(machine: &str, rest: &[(&str, &str)], flow: &[&str]) -> Line {
    let mut elements =
        vec![("in", "Source()"), ("m", machine), ("out", "Sink()"), ("bin", "Sink(scrap: true)")];
    elements.extend(rest);
    line("", &elements, &[&["in -> m -> out"], flow].concat())
}

fn scrapped(recorded: &Recording) -> Vec<u64> {
    let spoilt = recorded.0.iter().filter(|event| matches!(event.what, What::Scrapped(_)));
    spoilt.map(|event| event.time.0 / SECOND).collect()
}

#[test]
fn a_part_that_a_breakdown_spoils_goes_to_the_bin_when_the_machine_is_up() {
    // 10 s of work: two parts of 4 s and half of a third, which leaves after 3 s of repair.
    let modes = mode("10 s", "3 s", "Working, part: Scrap");
    let machine = format!("Machine(cycle: Constant(\"4 s\"), breakdowns: [{modes}])");
    let recorded = record(&with_a_bin(&machine, &[], &["m.scrap -> bin"]), 39);
    assert_eq!(recorded.deliveries(), [4, 8, 17, 21, 30, 34].map(|t| t * SECOND));
    assert_eq!(scrapped(&recorded), [13, 26, 39]);
}

#[test]
fn a_spoilt_part_waits_for_room_on_its_own_way() {
    // The bin takes what a crusher has ground for 20 s: the second spoilt part, at 26 s, waits until 33 s.
    let modes = mode("10 s", "3 s", "Working, part: Scrap");
    let machine = format!("Machine(cycle: Constant(\"4 s\"), breakdowns: [{modes}])");
    let crusher = [("crusher", "Machine(cycle: Constant(\"20 s\"))")];
    let line = with_a_bin(&machine, &crusher, &["m.scrap -> crusher -> bin"]);
    let recorded = record(&line, 60);
    assert_eq!(recorded.deliveries()[..6], [4, 8, 17, 21, 37, 41].map(|t| t * SECOND));
    assert_eq!(scrapped(&recorded), [33, 53]);
    let blocked = recorded.times(slot(&line, "m"), |what| what == What::Became(State::Blocked));
    assert_eq!(blocked, [26, 46].map(|t| t * SECOND));
}

#[test]
fn a_spoilt_part_that_is_worked_on_again_is_like_any_other() {
    // What the first spoils the second works on, and hands on through its own way, not through that for scrap.
    let modes = mode("10 s", "3 s", "Working, part: Scrap");
    let machine = format!("Machine(cycle: Constant(\"4 s\"), breakdowns: [{modes}])");
    let mender =
        "Machine(cycle: Constant(\"1 s\"), breakdowns: [(after: \"1 h\", repair: \"1 h\", part: Scrap)])";
    let flow = ["m.scrap -> mender -> out", "mender.scrap -> bin"];
    let recorded = record(&with_a_bin(&machine, &[("mender", mender)], &flow), 27);
    assert_eq!(recorded.deliveries(), [4, 8, 14, 17, 21, 27].map(|t| t * SECOND));
    assert_eq!(scrapped(&recorded), [0; 0]);
}

#[test]
fn a_run_of_a_batch_that_is_spoilt_is_scrap_as_a_whole() {
    let modes = mode("25 s", "5 s", "Working, part: Scrap");
    let batch = format!("Batch(cycle: \"10 s\", max: \"3 parts\", breakdowns: [{modes}])");
    let recorded = record(&with_a_bin(&batch, &[], &["m.scrap -> bin"]), 45);
    assert_eq!(recorded.deliveries(), [10, 10, 10, 20, 20, 20, 40, 40, 40].map(|t| t * SECOND));
    assert_eq!(scrapped(&recorded), [30, 30, 30]);
}

#[test]
fn a_machine_may_begin_in_the_midst_of_its_work() {
    let machine = "Machine(cycle: Constant(\"10 s\"), initial: (working: \"4 s\"))";
    let recorded = record(&serial("", &["Source()", machine, "Sink()"]), 40);
    assert_eq!(recorded.deliveries(), [4, 14, 24, 34].map(|t| t * SECOND));
}

#[test]
fn a_machine_may_begin_down_and_then_lives_as_new() {
    // Up at 5 s, then 7 s of work and 3 s of repair again and again.
    let breakdowns = mode("7 s", "3 s", "Working");
    let machine = format!(
        "Machine(cycle: Constant(\"10 s\"), breakdowns: [{breakdowns}], initial: (down: 0, left: \"5 s\"))"
    );
    let line = serial("", &["Source()", &machine, "Sink()"]);
    let recorded = record(&line, 60);
    assert_eq!(recorded.deliveries(), [18, 31, 47, 60].map(|t| t * SECOND));
    let failed = recorded.times(slot(&line, "1"), |what| what == What::Became(State::Failed));
    assert_eq!(failed[..2], [0, 12 * SECOND]);
}

#[test]
fn a_machine_may_begin_down_with_work_in_hand() {
    let breakdowns = mode("1000 s", "3 s", "Calendar");
    let machine = format!(
        "Machine(cycle: Constant(\"10 s\"), breakdowns: [{breakdowns}], \
         initial: (working: \"4 s\", down: 0, left: \"5 s\"))"
    );
    let line = serial("", &["Source()", &machine, "Sink()"]);
    let recorded = record(&line, 1010);
    assert_eq!(recorded.deliveries()[..3], [9, 19, 29].map(|t| t * SECOND));
    // The new life begins at the end of that repair, not at zero.
    let failed = recorded.times(slot(&line, "1"), |what| what == What::Became(State::Failed));
    assert_eq!(failed, [0, 1005 * SECOND]);
}
