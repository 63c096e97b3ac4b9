//! Conveyors by hand arithmetic and against recursions that know no events: when parts come, reach the end and leave, what
//! a belt that stands, queues or never stops does to them, and what that costs.

use super::kit::{self, Recording, SECOND, kpi, study};
use taktwin::event::{State, What};
use taktwin::flow::Stuck;
use taktwin::kernel::{Distribution, Purpose, Stream, Time};
use taktwin::line::Line;
use taktwin::sim::Replication;

/// The instants, in seconds, at which an element came into a state.
fn changes(recorded: &Recording, line: &Line, name: &str) -> Vec<(f64, State)> {
    let at = kit::slot(line, name);
    let became = recorded.0.iter().filter(|event| event.element == at);
    let state = |what| if let What::Became(state) = what { Some(state) } else { None };
    became.filter_map(|event| Some((event.time.secs(), state(event.what)?))).collect()
}

fn secs(recorded: &Recording, line: &Line, name: &str, wanted: impl Fn(What) -> bool) -> Vec<f64> {
    recorded.times(kit::slot(line, name), wanted).into_iter().map(|time| time as f64 / 1e9).collect()
}

fn arrivals(recorded: &Recording, line: &Line, name: &str) -> Vec<f64> {
    secs(recorded, line, name, |what| matches!(what, What::Arrived(_)))
}

#[test]
fn a_belt_gives_a_part_for_each_pitch_once_the_first_has_come_through() {
    for when_blocked in ["Accumulate", "Stop"] {
        // 12 m at 0.2 m/s: 60 s. A part every 0.5 m: 2.5 s.
        let belt = format!(
            "Conveyor(length: \"12 m\", speed: \"0.2 m/s\", pitch: \"0.5 m\", when_blocked: {when_blocked})"
        );
        let line = kit::serial("", &["Source()", &belt, "Sink()"]);
        let recorded = kit::record(&line, 3600);
        let by_hand: Vec<u64> = (0..1417).map(|k| 60 * SECOND + k * 2_500_000_000).collect();
        assert_eq!(recorded.deliveries(), by_hand, "{when_blocked}");
    }
}

#[test]
fn a_belt_is_maintained_with_its_parts_on_it_or_once_it_is_empty() {
    let run = |when: &str| {
        let belt = format!(
            "Conveyor(length: \"10 m\", speed: \"1 m/s\", pitch: \"1 m\", \
             maintenance: [(every: \"25 s\", takes: \"5 s\", when: {when})])"
        );
        let line = kit::serial("", &["Source(interarrival: Constant(\"4 s\"))", &belt, "Sink()"]);
        let recorded = kit::record(&line, 49);
        let states = changes(&recorded, &line, "1");
        let stands: Vec<f64> =
            states.iter().filter(|(_, state)| *state == State::Maintenance).map(|(at, _)| *at).collect();
        (recorded.deliveries().into_iter().map(|time| time / SECOND).collect::<Vec<_>>(), stands)
    };
    // Due at 25 s. The parts of 16, 20 and 24 s stand for 5 s; that of 28 comes at 30, that of 32 as it should.
    assert_eq!(run("AtOnce"), (vec![14, 18, 22, 31, 35, 39, 40, 42, 46], vec![25.0]));
    // Nothing comes on any more; the part of 24 s leaves at 34. From 39 s on those of 28, 32 and 36 come, a second apart.
    assert_eq!(run("WhenEmpty"), (vec![14, 18, 22, 26, 30, 34, 49], vec![34.0]));
}

/// 2 m at 0.1 m/s with a part every 0.5 m, in front of a machine that needs 100 s: T = 20 s, h = 5 s, five parts.
fn before_a_slow_machine(when_blocked: &str) -> Line {
    let belt = format!(
        "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\", when_blocked: {when_blocked})"
    );
    kit::serial("", &["Source()", &belt, "Machine(cycle: \"100 s\")", "Sink()"])
}

#[test]
fn a_queue_fills_the_belt_stands_and_moves_up_by_one() {
    let line = before_a_slow_machine("Accumulate");
    let recorded = kit::record(&line, 230);
    // The first part goes through at 20 s. The second waits from 25 s on; by then the sixth has come, and all stand. Each
    // time the machine takes one, those behind it move up for 5 s, and another comes.
    assert_eq!(arrivals(&recorded, &line, "1"), [0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 125.0, 225.0]);
    assert_eq!(arrivals(&recorded, &line, "2"), [20.0, 120.0, 220.0]);
    let states = [(0.0, State::Working), (25.0, State::Blocked), (120.0, State::Working)];
    let later = [(125.0, State::Blocked), (220.0, State::Working), (225.0, State::Blocked)];
    assert_eq!(changes(&recorded, &line, "1"), [states, later].concat());
}

#[test]
fn a_queue_that_has_not_filled_the_belt_closes_up_while_the_first_part_waits() {
    // Two parts, at 0 s and at 10 s; the machine is busy from 0 s with one that came without the belt. T = 20 s: the first
    // is at the end at 20 s; the second, 0.5 m behind it, has 1.5 m to go: it stands at 25 s.
    let line = kit::line(
        "",
        &[
            ("jam", "Source(parts: 1)"),
            ("in", "Source(interarrival: \"10 s\", parts: 2)"),
            ("belt", "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\")"),
            ("mill", "Machine(cycle: \"100 s\")"),
            ("out", "Sink()"),
        ],
        &["jam -> mill", "in -> belt -> mill", "mill -> out"],
    );
    let recorded = kit::record(&line, 150);
    let states = [
        (0.0, State::Starved),
        (10.0, State::Working),
        (35.0, State::Blocked),
        (100.0, State::Working),
        (105.0, State::Blocked),
    ];
    assert_eq!(changes(&recorded, &line, "belt"), states);
    // 10 s later than above, as the first part arrives after one interval; the machine is free at 100 s.
    assert_eq!(secs(&recorded, &line, "belt", |what| matches!(what, What::Completed { .. })), [30.0, 105.0]);
}

#[test]
fn a_belt_that_stops_keeps_the_gaps_between_its_parts() {
    // Parts at 10, 20 and 30 s on a belt of 20 s; the machine takes the first at 30 s and works until 130 s. The second is
    // at the end at 40 s: the belt stands for 90 s. The third, 10 s behind it, reaches the end at 140 s.
    let belt = "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\", when_blocked: Stop)";
    let machine = "Machine(cycle: \"100 s\")";
    let line = kit::serial("", &["Source(interarrival: \"10 s\", parts: 3)", belt, machine, "Sink()"]);
    let recorded = kit::record(&line, 400);
    assert_eq!(
        secs(&recorded, &line, "1", |what| matches!(what, What::Completed { .. })),
        [30.0, 40.0, 140.0]
    );
    assert_eq!(arrivals(&recorded, &line, "2"), [30.0, 130.0, 230.0]);
    let states =
        [(0.0, State::Starved), (10.0, State::Working), (40.0, State::Blocked), (130.0, State::Working)];
    let later = [(140.0, State::Blocked), (230.0, State::Starved)];
    assert_eq!(changes(&recorded, &line, "1"), [&states[..], &later[..]].concat());
}

#[test]
fn what_finds_no_room_behind_an_oven_is_lost_at_once() {
    // A part a minute on a belt of 5 min; the machine behind it needs 90 s. So it takes one, the next comes 30 s too early,
    // and the one after that finds it free: every second part is lost.
    let oven = "Conveyor(length: \"5 m\", speed: \"1 m/min\", pitch: \"1 m\", when_blocked: Never)";
    let elements = [
        ("in", "Source()"),
        ("oven", oven),
        ("mill", "Machine(cycle: \"90 s\")"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let line = kit::line("", &elements, &["in -> oven -> mill -> out", "oven.scrap -> bin"]);
    let recorded = kit::record(&line, 3600);
    let taken: Vec<f64> = (0..28).map(|k| 300.0 + 120.0 * f64::from(k)).collect();
    let lost: Vec<f64> = (0..28).map(|k| 360.0 + 120.0 * f64::from(k)).collect();
    assert_eq!(arrivals(&recorded, &line, "mill"), taken);
    assert_eq!(arrivals(&recorded, &line, "bin"), lost);
    // The belt never stands: a part a minute comes all the time.
    let by_hand: Vec<f64> = (0..61).map(|k| 60.0 * f64::from(k)).collect();
    assert_eq!(arrivals(&recorded, &line, "oven"), by_hand);
}

#[test]
fn what_is_taken_at_the_very_instant_is_not_lost() {
    // The machine is done with a part just when the next reaches the end: its event may come later at that instant.
    for cycle in ["60 s", "30 s"] {
        let oven = "Conveyor(length: \"5 m\", speed: \"1 m/min\", pitch: \"1 m\", when_blocked: Never)";
        let mill = format!("Machine(cycle: \"{cycle}\")");
        let elements = [
            ("mill", &mill[..]),
            ("in", "Source()"),
            ("oven", oven),
            ("out", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ];
        let line = kit::line("", &elements, &["in -> oven -> mill -> out", "oven.scrap -> bin"]);
        let recorded = kit::record(&line, 3600);
        assert_eq!(arrivals(&recorded, &line, "bin"), [0.0; 0], "{cycle}");
        assert_eq!(arrivals(&recorded, &line, "mill").len(), 56, "{cycle}");
    }
}

#[test]
fn a_part_that_a_robot_was_promised_is_not_lost() {
    // The robot needs 90 s for each part, so every second one finds it away; those it was promised wait for it.
    let oven = "Conveyor(length: \"5 m\", speed: \"1 m/min\", pitch: \"1 m\", when_blocked: Never)";
    let elements = [
        ("in", "Source()"),
        ("oven", oven),
        ("arm", "Robot(load: \"80 s\", unload: \"10 s\")"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let line = kit::line("", &elements, &["in -> oven", "oven -> out by arm", "oven.scrap -> bin"]);
    let recorded = kit::record(&line, 3600);
    let fetched: Vec<f64> = (0..27).map(|k| 390.0 + 120.0 * f64::from(k)).collect();
    assert_eq!(arrivals(&recorded, &line, "out"), fetched);
    assert_eq!(arrivals(&recorded, &line, "bin")[..3], [360.0, 480.0, 600.0]);
}

/// A belt for the recursions: 3.1 m at 0.25 m/s, a part every 0.4 m, so that neither is a multiple of the other.
const LENGTHS: &str = "length: \"3.1 m\", speed: \"0.25 m/s\", pitch: \"0.4 m\"";
const TRANSIT: u64 = 12_400_000_000;
const HEADWAY: u64 = 1_600_000_000;
/// Seven pitches fit, and the eighth is short by 0.1 m.
const FITS: usize = 7;
const GAP: u64 = 400_000_000;

/// Parts that come by chance, the belt, and a machine with chance in its cycle, about as fast as they come.
struct Chance {
    gaps: (Distribution, Stream),
    cycles: (Distribution, Stream),
}

impl Chance {
    const SOURCE: &str = "Source(interarrival: Gamma(mean: \"3 s\", cv: 1.2))";
    const MACHINE: &str = "Machine(cycle: Gamma(mean: \"2.8 s\", cv: 1.5))";

    fn new() -> Chance {
        let stream = |name, purpose| Stream::new(1, 0, name, purpose, 0);
        Chance {
            gaps: (Distribution::gamma(3.0, 3.6).unwrap(), stream("0", Purpose::Arrival)),
            cycles: (Distribution::gamma(2.8, 4.2).unwrap(), stream("2", Purpose::Cycle)),
        }
    }

    fn gap(&mut self) -> u64 {
        self.gaps.0.draw_time(&mut self.gaps.1).0
    }

    fn cycle(&mut self) -> u64 {
        self.cycles.0.draw_time(&mut self.cycles.1).0
    }
}

fn by_chance(when_blocked: &str) -> (Line, Recording) {
    let belt = format!("Conveyor({LENGTHS}, when_blocked: {when_blocked})");
    let line = kit::serial("", &[Chance::SOURCE, &belt, Chance::MACHINE, "Sink()"]);
    let recorded = kit::record(&line, 30_000);
    (line, recorded)
}

/// When parts came to the belt, reached its end and left it is what the recursion says, and it was not trivial.
fn compare(line: &Line, recorded: &Recording, expected: &[[u64; 3]]) {
    let belt = kit::slot(line, "1");
    let came = recorded.times(belt, |what| matches!(what, What::Arrived(_)));
    let ended = recorded.times(belt, |what| matches!(what, What::Completed { .. }));
    let left = recorded.times(belt, |what| matches!(what, What::Left { .. }));
    assert!(left.len() > 7000, "only {} parts prove little", left.len());
    for (nth, found) in came.iter().zip(&ended).zip(&left).enumerate() {
        assert_eq!([*found.0.0, *found.0.1, *found.1], expected[nth], "part {nth}");
    }
    let held_up = expected.iter().filter(|[came, ended, _]| *ended > came + TRANSIT).count();
    assert!(held_up > 1000, "only {held_up} parts were held up");
}

#[test]
fn parts_that_queue_move_as_the_recursion_says() {
    let (line, recorded) = by_chance("Accumulate");
    let (mut chance, mut parts, mut free, mut arrived) = (Chance::new(), Vec::<[u64; 3]>::new(), 0, 0);
    let mut full = 0;
    for n in 0..14_000_usize {
        arrived += chance.gap();
        let before = parts.last().copied();
        let spaced = before.map_or(0, |[came, _, _]| came + HEADWAY);
        let room = n.checked_sub(FITS + 1).map_or(0, |first| parts[first][2] + GAP);
        full += usize::from(room > spaced.max(arrived));
        let came = arrived.max(spaced).max(room);
        let ended = (came + TRANSIT).max(before.map_or(0, |[_, _, left]| left + HEADWAY));
        let left = ended.max(free);
        free = left + chance.cycle();
        parts.push([came, ended, left]);
    }
    assert!(full > 300, "the belt was full only {full} times");
    compare(&line, &recorded, &parts);
}

#[test]
fn parts_on_a_belt_that_stops_move_as_the_recursion_says() {
    let (line, recorded) = by_chance("Stop");
    let (mut chance, mut parts, mut free, mut arrived) = (Chance::new(), Vec::new(), 0, 0);
    // Where the belt stands: what its clock shows, from when, until when. Only the latest can still matter.
    let mut stops: Vec<[u64; 3]> = Vec::new();
    let real = |stops: &[[u64; 3]], shown: u64| {
        let stood: u64 = stops.iter().filter(|stop| stop[0] < shown).map(|stop| stop[2] - stop[1]).sum();
        shown + stood
    };
    let shown = |stops: &[[u64; 3]], time: u64| {
        let stood: u64 =
            stops.iter().filter(|stop| stop[1] < time).map(|stop| stop[2].min(time) - stop[1]).sum();
        time - stood
    };
    let mut last = None;
    for _ in 0..11_000 {
        arrived += chance.gap();
        let came = arrived.max(last.map_or(0, |last| real(&stops, last + HEADWAY)));
        let clock = shown(&stops, came);
        let ended = real(&stops, clock + TRANSIT);
        let left = ended.max(free);
        free = left + chance.cycle();
        stops.push([clock + TRANSIT, ended, left]);
        last = Some(clock);
        parts.push([came, ended, left]);
    }
    compare(&line, &recorded, &parts);
}

#[test]
fn a_breakdown_stops_the_belt_and_it_goes_on_where_it_stood() {
    // A life of 30 s of moving parts, repairs of 100 s. The part needs 60 s: it stops after 30 s, and its second life ends
    // just when it arrives, which is no stop. The second part comes 300 s later and fails at once: its stops are after 0,
    // 30 and 60 s, the last again no stop.
    let belt = "Conveyor(length: \"12 m\", speed: \"0.2 m/s\", pitch: \"0.5 m\", \
                breakdowns: [(after: Constant(\"30 s\"), repair: Constant(\"100 s\"))])";
    let line = kit::serial("", &["Source(interarrival: \"300 s\", parts: 2)", belt, "Sink()"]);
    let recorded = kit::record(&line, 2000);
    assert_eq!(recorded.deliveries(), [460 * SECOND, 860 * SECOND]);
    let states = [
        (0.0, State::Starved),
        (300.0, State::Working),
        (330.0, State::Failed),
        (430.0, State::Working),
        (460.0, State::Starved),
        (600.0, State::Working),
        (600.0, State::Failed),
        (700.0, State::Working),
        (730.0, State::Failed),
        (830.0, State::Working),
        (860.0, State::Starved),
    ];
    assert_eq!(changes(&recorded, &line, "1"), states);
}

#[test]
fn a_breakdown_by_the_calendar_stops_a_queue_that_moves_up() {
    // As above, but the belt is down from 122 s to 172 s: those that move up from 120 s have gone 2 s of their 5 s.
    let belt = "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\", \
                breakdowns: [(after: Constant(\"122 s\"), repair: Constant(\"50 s\"), clock: Calendar)])";
    let line = kit::serial("", &["Source()", belt, "Machine(cycle: \"100 s\")", "Sink()"]);
    let recorded = kit::record(&line, 210);
    assert_eq!(arrivals(&recorded, &line, "1"), [0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 175.0]);
    let ended = secs(&recorded, &line, "1", |what| matches!(what, What::Completed { .. }));
    assert_eq!(ended, [20.0, 25.0, 175.0]);
}

#[test]
fn an_oven_under_repair_loses_nothing_and_goes_on_where_it_stood() {
    // The part is at the end at 300 s, and the oven is down from that instant to 400 s: the part is offered once more.
    let oven = "Conveyor(length: \"5 m\", speed: \"1 m/min\", pitch: \"1 m\", when_blocked: Never, \
                breakdowns: [(after: Constant(\"350 s\"), repair: Constant(\"100 s\"), clock: Calendar)])";
    let elements = [
        ("in", "Source()"),
        ("oven", oven),
        ("mill", "Machine(cycle: \"55 s\")"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let line = kit::line("", &elements, &["in -> oven -> mill -> out", "oven.scrap -> bin"]);
    let recorded = kit::record(&line, 800);
    assert_eq!(arrivals(&recorded, &line, "mill"), [300.0, 460.0, 520.0, 580.0, 640.0, 700.0, 760.0]);
    assert_eq!(arrivals(&recorded, &line, "bin"), [0.0; 0]);
}

/// The mean of a KPI of a line without chance.
fn figure(line: &Line, name: &str) -> f64 {
    let found = kpi(&study(line), name);
    assert_eq!(found.half_width, Some(0.0), "nothing varies here");
    found.mean
}

fn near(found: f64, by_hand: f64) {
    assert!((found - by_hand).abs() <= 1e-9 * by_hand, "{found} is not {by_hand}");
}

/// A kiln of 45 min, held at 3 MW; each square metre takes up 8.4 kW as long as it is inside.
fn kiln(interarrival: &str) -> Line {
    let kiln = "Conveyor(length: \"45 m\", speed: \"1 m/min\", pitch: \"1 m\", when_blocked: Never, \
                power: (working: \"3 MW\", per_part: \"8.4 kW\"))";
    let source = format!("Source(interarrival: \"{interarrival}\")");
    let elements = [("press", &source[..]), ("kiln", kiln), ("sort", "Sink()"), ("bin", "Sink(scrap: true)")];
    let run = "warm_up: \"1 h\", length: \"10 h\", replications: 2";
    kit::line(run, &elements, &["press -> kiln -> sort", "kiln.scrap -> bin"])
}

#[test]
fn gaps_in_a_kiln_cost_energy() {
    // Full, a tile a minute: 3000 kW / 60 /h + 8.4 kW · 0.75 h. With every second place empty the hold counts twice.
    near(figure(&kiln("1 min"), "energy_per_good_part"), 50.0 + 6.3);
    near(figure(&kiln("2 min"), "energy_per_good_part"), 100.0 + 6.3);
    near(figure(&kiln("1 min"), "mean_power"), 3000.0 + 45.0 * 8.4);
    // The mean of 22 and 23 tiles inside; a quarter of an hour sees at most eight halves of its minutes with 23.
    near(figure(&kiln("2 min"), "mean_power"), 3000.0 + 22.5 * 8.4);
    near(figure(&kiln("2 min"), "peak_power_15min"), 3000.0 + 8.4 * (22.0 + 8.0 / 15.0));
    // The report's elements say the same as the line's meter.
    let line = kiln("2 min");
    let study = study(&line);
    let kiln = &study.elements()[kit::slot(&line, "kiln").index()];
    near(kiln.one("energy_kwh").unwrap().mean, 10.0 * (3000.0 + 22.5 * 8.4));
    let by_state: Vec<_> = kiln.each("energy_by_state_kwh").collect();
    assert_eq!(by_state.len(), 1);
    near(by_state[0].1.mean, 10.0 * (3000.0 + 22.5 * 8.4));
}

#[test]
fn a_belt_draws_by_its_length_and_by_what_moves_on_it() {
    // 12 m at 0.1 kW/m beside 0.3 kW: 1.5 kW. A part of 4 kg an hour, on its way for 60 s, adds 20 W + 4 · 5 W. The empty belt
    // runs on; so 1.5 kW all the time.
    let belt = |more: &str| {
        format!(
            "Conveyor(length: \"12 m\", speed: \"0.2 m/s\", pitch: \"0.5 m\", \
             power: (working: \"0.3 kW\", per_metre: \"0.1 kW\", per_part: \"20 W\", per_kg: \"5 W\"{more}))"
        )
    };
    let line = |belt: &str| {
        let run = "warm_up: \"1 h\", length: \"10 h\", replications: 2";
        let elements = [("in", "Source(interarrival: \"1 h\")"), ("belt", belt), ("out", "Sink()")];
        let text = kit::layout(run, &elements, &["in -> belt -> out"]);
        kit::read(&text.replace("\"part\": ()", "\"part\": (mass: \"4 kg\")"))
    };
    near(figure(&line(&belt("")), "energy"), 15.0 + 10.0 * 0.04 / 60.0);
    // One that is switched off when it is empty.
    near(figure(&line(&belt(", starved: \"0 W\"")), "energy"), 10.0 * 1.54 / 60.0);
}

#[test]
fn parts_that_lie_on_a_belt_at_first_draw_their_share_until_they_leave() {
    // At 6 and 3 m of 12 m at 0.2 m/s: 30 and 45 s on their way, 36 kW each, 0.3 and 0.45 kWh; the belt itself 0.1 kWh in 100 s.
    let belt = "Conveyor(length: \"12 m\", speed: \"0.2 m/s\", pitch: \"0.5 m\", power: (working: \"3.6 kW\", per_part: \"36 kW\"), \
                initial: (parts: [(\"part\", 2)], at: [\"6 m\", \"3 m\"]))";
    let run = "warm_up: \"0 s\", length: \"100 s\", replications: 2";
    near(figure(&kit::serial(run, &["Source(parts: 0)", belt, "Sink()"]), "energy"), 0.85);
}

#[test]
fn what_stands_on_a_belt_is_no_load() {
    // Before the slow machine, from 120 s on: 5 s of each 100 s the belt moves its queue, 95 s all stand. It carries four
    // parts until the fifth comes at the end of the move.
    let line = |when_blocked: &str| {
        let belt = format!(
            "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\", when_blocked: {when_blocked}, \
             power: (per_metre: \"1 kW\", per_part: \"0.5 kW\"))"
        );
        let run = "warm_up: \"120 s\", length: \"1000 s\", replications: 2";
        kit::serial(run, &["Source()", &belt, "Machine(cycle: \"100 s\")", "Sink()"])
    };
    let hours = |secs: f64| secs / 3600.0;
    near(figure(&line("Accumulate"), "energy"), 2.0 * hours(1000.0) + 4.0 * 0.5 * hours(50.0));
    near(figure(&line("Stop"), "energy"), 2.0 * hours(50.0) + 0.3 * hours(950.0) + 4.0 * 0.5 * hours(50.0));
}

#[test]
fn a_picture_shows_every_part_where_it_is() {
    for when_blocked in ["Accumulate", "Stop"] {
        let line = before_a_slow_machine(when_blocked);
        let mut world = Replication::new(&line, 1, 0);
        // At 122.5 s half of the way to move up is done: each is half a pitch before the end of its own.
        let seen = [
            (7.5, vec![0.375, 0.125]),
            (100.0, vec![1.0, 0.75, 0.5, 0.25, 0.0]),
            (122.5, vec![0.875, 0.625, 0.375, 0.125]),
        ];
        for (secs, places) in seen {
            world.advance(Time::from_secs(secs), &mut Recording::default()).unwrap();
            let mut found = Vec::new();
            world.look(|glance| {
                if glance.slot.0 == 1 {
                    assert_eq!(glance.inside() as usize, glance.pose.along.len());
                    found = glance.pose.along;
                }
            });
            assert_eq!(found, places, "{when_blocked} at {secs} s");
        }
    }
}

#[test]
fn the_wait_on_a_belt_is_the_stay_beyond_the_way() {
    // Of each 100 s four parts are on the belt for 5 s and five for 95 s; one leaves: 495 s, of which its way takes 20 s.
    let belt = "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\")";
    // The parts that filled it at first, and waited less, are gone by 620 s.
    let run = "warm_up: \"620 s\", length: \"1000 s\", replications: 2";
    let line = kit::serial(run, &["Source()", belt, "Machine(cycle: \"100 s\")", "Sink()"]);
    let study = study(&line);
    let belt = &study.elements()[1];
    near(belt.one("wait_s").unwrap().mean, 475.0);
    near(belt.one("contents_mean").unwrap().mean, 4.95);
    // A part each 5 s would be all that it can do.
    near(belt.one("oee").unwrap().mean, 0.05);
}

#[test]
fn a_full_loop_over_a_belt_is_a_deadlock_and_one_that_moves_is_none() {
    let line = |back: &str, share: &str| {
        kit::line(
            "",
            &[
                ("in", "Source()"),
                ("mill", "Machine(cycle: \"20 s\")"),
                ("belt", "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\")"),
                ("test", "Machine(cycle: \"30 s\")"),
                ("out", "Sink()"),
            ],
            &["in -> mill -> belt -> test", &format!("test -> mill {back}"), &format!("test -> out {share}")],
        )
    };
    let locked = line("10 %", "90 %");
    let (_, result) = kit::try_record(&locked, Time(10 * 86_400 * SECOND));
    let Err(Stuck::Deadlock(circle)) = result else { panic!("{result:?}") };
    let mut names: Vec<&str> = circle.iter().map(|slot| &locked.elements[slot.index()].name[..]).collect();
    names.sort_unstable();
    assert_eq!(names, ["belt", "mill", "test"]);
    // Whichever has room: the way out always has, so nobody waits for ever.
    let (recorded, result) = kit::try_record(&line("", ""), Time(86_400 * SECOND));
    assert_eq!(result, Ok(()));
    assert!(recorded.deliveries().len() > 2000);
}

#[test]
fn a_robot_sets_out_for_a_belt_when_its_entrance_is_free() {
    // The robot takes 12 s for a part, and the belt moves it out of the way in 5 s more.
    let belt = "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\")";
    let elements = [
        ("in", "Source()"),
        ("arm", "Robot(load: \"7 s\", unload: \"5 s\")"),
        ("belt", belt),
        ("out", "Sink()"),
    ];
    let line = kit::line("", &elements, &["in -> belt by arm", "belt -> out"]);
    let recorded = kit::record(&line, 100);
    assert_eq!(arrivals(&recorded, &line, "belt"), [12.0, 29.0, 46.0, 63.0, 80.0, 97.0]);
    assert_eq!(arrivals(&recorded, &line, "out")[..3], [32.0, 49.0, 66.0]);
}

#[test]
fn a_robot_that_is_on_its_way_keeps_the_entrance() {
    // Both sources could give parts all the time, and wait for the entrance in turn: the near one since 0 s and, with another
    // part, at 5 s. At 10 s the robot is called, and nobody else gets the entrance until it has come at 22 s.
    let belt = "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\")";
    let elements = [
        ("near", "Source()"),
        ("far", "Source()"),
        ("arm", "Robot(load: \"7 s\", unload: \"5 s\")"),
        ("belt", belt),
        ("out", "Sink()"),
    ];
    let line = kit::line("", &elements, &["near -> belt -> out", "far -> belt by arm"]);
    let recorded = kit::record(&line, 100);
    assert_eq!(
        arrivals(&recorded, &line, "belt"),
        [0.0, 5.0, 22.0, 27.0, 44.0, 49.0, 66.0, 71.0, 88.0, 93.0]
    );
}
