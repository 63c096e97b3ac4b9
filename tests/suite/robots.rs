//! Robots: many machines that wait for one, and every way by hand.

use super::kit::{self, SECOND, SURE, agrees, kpi, line, record, slot, study};
use taktwin::event::{State, What};
use taktwin::kernel::Time;
use taktwin::line::{Line, WarmUpTime};
use taktwin::study::{self, Overrides, StudyPlan, Watch};

#[test]
fn machines_that_wait_for_one_robot_are_the_finite_queue() {
    // k machines with exponential cycles, unloaded by one robot in exponential time: M/M/1//k, also known as machine
    // interference. p0 = 1 / sum k! / (k - n)! (lambda / mu)^n; throughput mu (1 - p0).
    for k in [1usize, 3, 6] {
        let (lambda, mu) = (1.0 / 10.0, 1.0 / 3.0);
        let term = |n: usize| (0..n).map(|i| (k - i) as f64 * lambda / mu).product::<f64>();
        let busy = 1.0 - 1.0 / (0..=k).map(term).sum::<f64>();
        let line = served_by_one(k);
        let study = study(&line);
        agrees(kpi(&study, "throughput"), 3600.0 * mu * busy, 0.03);
        let robot = study.elements().pop().expect("the robot");
        agrees(robot.one("utilisation").expect("a robot has states"), busy, 0.03);
    }
}

/// Machines `m0`, `m1` and so on, each with parts at hand, and the robot that brings their parts out.
fn served_by_one(k: usize) -> Line {
    let run = format!("warm_up: \"500 s\", length: \"50000 s\", replications: 20, seed: 3, {SURE}");
    let names: Vec<String> = (0..k).map(|i| format!("m{i}")).collect();
    let mut elements = vec![("in", "Source()"), ("out", "Sink()")];
    elements.extend(names.iter().map(|name| (name.as_str(), "Machine(cycle: Exponential(\"10 s\"))")));
    elements.push(("robot", "Robot(load: Exponential(\"3 s\"))"));
    let flow: Vec<String> =
        names.iter().flat_map(|name| [format!("in -> {name}"), format!("{name} -> out by robot")]).collect();
    line(&run, &elements, &flow.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_robot_with_speed_takes_the_straight_way_there_and_back() {
    // 5 m at 0.5 m/s: 10 s each way; load 2 s, unload 3 s. It begins where the parts are: 15 s, then every 25 s.
    let robot = "Robot(load: \"2 s\", unload: \"3 s\", speed: \"0.5 m/s\")";
    let line = line(
        "",
        &[("in", "Source(at: (1.0, 1.0))"), ("out", "Sink(at: (4.0, 5.0))"), ("robot", robot)],
        &["in -> out by robot"],
    );
    assert_eq!(record(&line, 100).deliveries(), [15, 40, 65, 90].map(|t| t * SECOND));
}

#[test]
fn a_robot_with_a_place_of_its_own_comes_from_there() {
    // 3 m to the parts at 1 m/s: 3 s, then load 2 s, 5 m, unload 3 s: 13 s, and every 15 s from then on.
    let robot = "Robot(load: \"2 s\", unload: \"3 s\", speed: \"1 m/s\", at: (1.0, -2.0))";
    let line = line(
        "",
        &[("in", "Source(at: (1.0, 1.0))"), ("out", "Sink(at: (4.0, 5.0))"), ("robot", robot)],
        &["in -> out by robot"],
    );
    assert_eq!(record(&line, 50).deliveries(), [13, 28, 43].map(|t| t * SECOND));
}

#[test]
fn a_robot_with_a_table_takes_the_times_of_the_table_each_way() {
    // Load 2 s, there 4 s, unload 3 s, back 6 s: 9 s, then every 15 s.
    let robot =
        "Robot(load: \"2 s\", unload: \"3 s\", travel: { \"in -> out\": \"4 s\", \"out -> in\": \"6 s\" })";
    let line = line("", &[("in", "Source()"), ("out", "Sink()"), ("robot", robot)], &["in -> out by robot"]);
    let recorded = record(&line, 60);
    assert_eq!(recorded.deliveries(), [9, 24, 39, 54].map(|t| t * SECOND));
    let robot = slot(&line, "robot");
    let became = |state| recorded.times(robot, |what| what == What::Became(state));
    assert_eq!(became(State::Moving), [0, 2, 9, 17, 24, 32, 39, 47, 54].map(|t| t * SECOND));
    assert_eq!(became(State::Holding)[1..5], [6, 15, 21, 30].map(|t| t * SECOND));
}

#[test]
fn a_robot_sets_out_only_when_the_part_has_a_place_to_go_to() {
    // The machine holds one part for 20 s; the robot needs 5 s. It waits at the machine's side with empty hands, so that
    // every part takes 25 s.
    let line = line(
        "",
        &[
            ("in", "Source()"),
            ("m", "Machine(cycle: Constant(\"20 s\"))"),
            ("out", "Sink()"),
            ("robot", "Robot(load: \"2 s\", unload: \"3 s\")"),
        ],
        &["in -> m by robot", "m -> out"],
    );
    let recorded = record(&line, 110);
    assert_eq!(recorded.deliveries(), [25, 50, 75, 100].map(|t| t * SECOND));
    let took = recorded.times(slot(&line, "robot"), |what| matches!(what, What::Arrived(_)));
    assert_eq!(took, [2, 27, 52, 77, 102].map(|t| t * SECOND));
}

/// Two machines are done at 10 s and 11 s while the robot is busy; which one it serves first is told by its rule.
fn first_served(order: &str) -> &'static str {
    let robot = format!("Robot(load: \"1 s\", speed: \"1 m/s\", order: {order}, at: (0.0, 0.0))");
    let elements = [
        ("early", "Source(product: \"plain\", interarrival: Constant(\"1 h\"), at: (0.0, 0.0))"),
        ("list", "Source(product: \"plain\", arrivals: (csv: \"t.csv\", column: \"far\"), at: (9.0, 0.0))"),
        ("rush", "Source(product: \"rush\", arrivals: (csv: \"t.csv\", column: \"near\"), at: (2.0, 0.0))"),
        ("out", "Sink(at: (0.0, 0.0))"),
        ("robot", &robot),
    ];
    let flow = ["list -> out by robot", "rush -> out by robot", "early -> out by robot"];
    let text =
        kit::layout("", &elements, &flow).replace("\"part\": ()", "\"plain\": (), \"rush\": (priority: 5)");
    let folder = kit::Folder::with(&[("t.csv", "far,near\n1,7\n6,8\n"), ("line.ron", &text)]);
    let line = folder.read("line.ron");
    let recorded = record(&line, 100);
    let by_robot = recorded.0.iter().filter(|event| event.element == slot(&line, "robot"));
    let products = by_robot.filter_map(|event| match event.what {
        What::Arrived(part) => Some(part.product),
        _ => None,
    });
    // The first transport is the far one of second 1; both wait when it is over.
    match products.collect::<Vec<u32>>()[1] {
        0 => "plain",
        _ => "rush",
    }
}

#[test]
fn a_robot_chooses_its_next_transport_by_its_rule() {
    assert_eq!(first_served("FirstCome"), "plain");
    assert_eq!(first_served("Nearest"), "rush");
    assert_eq!(first_served("Priority"), "rush");
}

/// Two stations that fail are served by one robot from one rack: whenever either is up and empty the robot comes, also after both
/// were down. Each makes 95 s operations with an availability of 40 / (40 + 9) of its working time.
#[test]
fn a_robot_comes_back_to_stations_that_were_down() {
    let station = "Machine(cycle: \"95 s\", breakdowns: [(after: Exponential(\"40 min\"), repair: Exponential(\"9 min\"))])";
    let line = line(
        "warm_up: \"2 h\", length: \"10 d\", replications: 4, seed: 4",
        &[
            ("steel", "Source()"),
            ("saw", "Machine(cycle: \"20 s\")"),
            ("rack", "Buffer(capacity: 6)"),
            ("arm", "Robot(load: \"3 s\", unload: \"3 s\")"),
            ("weld 1", station),
            ("weld 2", station),
            ("shop", "Sink()"),
        ],
        &[
            "steel -> saw -> rack",
            "rack -> weld 1 by arm",
            "rack -> weld 2 by arm",
            "weld 1 -> shop",
            "weld 2 -> shop",
        ],
    );
    let found = kpi(&study(&line), "throughput").mean;
    // Between parts a station waits at least 6 s for the robot, and at most 12 s when it serves the other first.
    let rate = |wait: f64| 2.0 * 3600.0 / (95.0 * (1.0 + 9.0 / 40.0) + wait);
    assert!((0.97 * rate(12.0)..1.03 * rate(6.0)).contains(&found), "{found}");
}

/// Parts of two products wait for a robot that loads in 2 s and unloads in 3 s, with `more` to its settings.
fn two_products(more: &str) -> Line {
    let robot = format!("Robot(load: \"2 s\", unload: \"3 s\", {more})");
    kit::line_of(
        "\"a\": (family: \"thin\"), \"b\": (family: \"thick\")",
        "",
        &[
            ("as", "Source(product: \"a\")"),
            ("bs", "Source(product: \"b\")"),
            ("out", "Sink()"),
            ("robot", &robot),
        ],
        &["as -> out by robot", "bs -> out by robot"],
    )
}

#[test]
fn a_robot_changes_its_tool_before_it_sets_out_for_a_part_of_another_family() {
    // The first tool is there. Both sources ask at 0 s, and the second a is asked for when the first is promised, after the first
    // b: they take turns, 10 s for the tool and 5 s for the part.
    let line = two_products("tools: (time: \"10 s\")");
    let recorded = record(&line, 60);
    assert_eq!(recorded.deliveries(), [5, 20, 35, 50].map(|t| t * SECOND));
    let became = |state| recorded.times(slot(&line, "robot"), |what| what == What::Became(state));
    assert_eq!(became(State::Setup), [5, 20, 35, 50].map(|t| t * SECOND));
    assert_eq!(became(State::Moving)[2..6], [15, 17, 30, 32].map(|t| t * SECOND));
}

#[test]
fn the_time_of_a_tool_may_depend_on_both_and_on_what_is_there_at_first() {
    // One way it only drops a spacer, which takes no time. They take turns, a's first, and the tool is that of b's.
    let line = two_products("tools: (between: { \"thin -> thick\": \"7 s\" }, initial: \"thick\")");
    assert_eq!(record(&line, 40).deliveries(), [5, 17, 22, 34, 39].map(|t| t * SECOND));
    let line = two_products("tools: (between: { \"thick -> thin\": \"7 s\" }, initial: \"thick\")");
    assert_eq!(record(&line, 40).deliveries(), [12, 17, 29, 34].map(|t| t * SECOND));
}

#[test]
fn a_robot_that_looks_at_changeovers_keeps_its_tool() {
    let line = two_products("tools: (time: \"10 s\"), order: LeastChangeover");
    assert_eq!(record(&line, 31).deliveries(), [5, 10, 15, 20, 25, 30].map(|t| t * SECOND));
    // Both tools take what both parts need: there is nothing to change.
    let one = "\"a\": (family: \"thin\"), \"b\": (family: \"thin\"), \"c\": ()";
    let text = kit::layout_of(
        one,
        "",
        &[
            ("as", "Source(product: \"a\")"),
            ("bs", "Source(product: \"b\")"),
            ("out", "Sink()"),
            ("robot", "Robot(load: \"2 s\", unload: \"3 s\", tools: (time: \"10 s\"))"),
        ],
        &["as -> out by robot", "bs -> out by robot"],
    );
    assert_eq!(record(&kit::read(&text), 21).deliveries(), [5, 10, 15, 20].map(|t| t * SECOND));
}

#[test]
fn a_change_of_tools_draws_its_own_power() {
    // Of 15 s it changes for 10 s, handles for 5 s, and travels for no time.
    let energy = |power: &str| {
        let line = two_products(&format!("tools: (time: \"10 s\"), power: (moving: \"2.6 kW\"{power})"));
        let run = Overrides {
            length: Some(Time(1500 * SECOND)),
            warm_up: Some(WarmUpTime::Given(Time(10 * SECOND))),
            replications: Some(2),
            ..Overrides::default()
        };
        let study = study::run(&line, &StudyPlan::of(&line, &run), &Watch::nobody()).unwrap();
        let robot = study.elements().pop().expect("the robot");
        let assumed = robot.assumed.contains(&State::Setup);
        (robot.one("energy_kwh").expect("it draws").mean * 3600.0, assumed)
    };
    let near = |(found, assumed): (f64, bool), kilojoules: f64, by_default: bool| {
        assert!((found - kilojoules).abs() < 1e-6 && assumed == by_default, "{found} {assumed}");
    };
    near(energy(", holding: \"1 kW\", setup: \"0.5 kW\""), 1000.0 * 0.5 + 500.0, false);
    near(energy(", holding: \"1 kW\""), 1500.0, false);
    near(energy(""), 1500.0 * 0.8, true);
}

/// 4 s between the machine and either side, 6 s from side to side.
const WAYS: &str = "load: \"2 s\", unload: \"3 s\", travel: { \"in -> m\": \"4 s\", \"m -> out\": \"4 s\", \"in -> out\": \"6 s\" }";

/// A machine of 20 s that one robot serves and clears, and what else there is.
fn cell(grippers: u32, machine: &str, more: &[(&str, &str)], arrows: &[&str]) -> Line {
    let robot = format!("Robot(grippers: {grippers}, {WAYS})");
    let machine = format!("Machine(cycle: \"20 s\"{machine})");
    let mut elements = vec![("in", "Source()"), ("m", machine.as_str()), ("out", "Sink()")];
    elements.extend_from_slice(more);
    elements.push(("robot", &robot));
    line("", &elements, &[&["in -> m by robot", "m -> out by robot"], arrows].concat())
}

#[test]
fn two_grippers_change_a_finished_part_for_the_next_in_one_visit() {
    // The first part is at the machine at 2 + 4 + 3 = 9 s and done at 29 s, with the robot beside it.
    // One gripper: load 2 s, to the sink 4 s, unload 3 s; to the source 6 s, load 2 s, to the machine 4 s, unload 3 s, and the
    // machine works for 20 s: a part every 44 s.
    let deliveries = |grippers| record(&cell(grippers, "", &[], &[]), 170).deliveries();
    assert_eq!(deliveries(1), [38, 82, 126, 170].map(|t| t * SECOND));
    // Two: to the source 4 s, load 2 s, back 4 s, load 2 s, unload 3 s, to the sink 4 s, unload 3 s. Later it comes from the
    // sink: 6 + 2 + 4 + 2 + 3 = 17 s and 20 s of work, a part every 37 s.
    assert_eq!(deliveries(2), [51, 88, 125, 162].map(|t| t * SECOND));
}

#[test]
fn in_an_exchange_the_robot_holds_two_parts_and_the_machine_is_empty_for_the_unloading_alone() {
    let line = cell(2, "", &[], &[]);
    let recorded = record(&line, 52);
    let at = |name: &str, wanted: fn(What) -> bool| recorded.times(slot(&line, name), wanted);
    let arrived = |what| matches!(what, What::Arrived(_));
    let left = |what| matches!(what, What::Left { .. });
    assert_eq!(at("robot", arrived), [2, 35, 41].map(|t| t * SECOND));
    assert_eq!(at("robot", left), [9, 44, 51].map(|t| t * SECOND));
    assert_eq!(at("m", left), [41 * SECOND]);
    assert_eq!(at("m", arrived), [9, 44].map(|t| t * SECOND));
    let became = |state| recorded.times(slot(&line, "robot"), |what| what == What::Became(state));
    assert_eq!(became(State::Moving), [0, 2, 29, 35, 44].map(|t| t * SECOND));
    assert_eq!(became(State::Holding), [0, 6, 33, 39, 48].map(|t| t * SECOND));
    assert_eq!(became(State::Starved), [9, 51].map(|t| t * SECOND));
}

#[test]
fn nobody_else_gets_the_place_in_an_exchange() {
    // The other source gives the first part at 0 s, without a way, and could give more at any time. But from then on the robot
    // books the place each time before it comes free: called at 20 s, it loads 2 s, goes 4 s, takes the finished part up in 2 s and
    // puts the other down in 3 s, at 31 s; then every 37 s.
    let line = cell(2, "", &[("near", "Source()")], &["near -> m"]);
    let recorded = record(&line, 110);
    let arrived = recorded.times(slot(&line, "m"), |what| matches!(what, What::Arrived(_)));
    assert_eq!(arrived, [0, 31, 68, 105].map(|t| t * SECOND));
}

#[test]
fn one_of_several_places_is_exchanged_as_well() {
    // The second part comes at 9 + 4 + 2 + 4 + 3 = 22 s. The first is done at 29 s and exchanged as above; the second waits
    // from 42 s on until the robot has come back by the source: 51 + 6 + 2 + 4 + 2 + 3 + 4 + 3 = 75 s.
    let line = cell(2, ", places: 2", &[], &[]);
    assert_eq!(record(&line, 100).deliveries(), [51, 75, 99].map(|t| t * SECOND));
}

#[test]
fn parts_for_different_tools_are_not_exchanged() {
    // One a and then b's: the a is fetched alone (38 s), then the tool changed at the sink, and the b brought: 38 + 10 + 6 + 2 + 4 + 3
    // = 63 s. At 83 s a b is changed for a b: 4 + 2 + 4 + 2 + 3 + 4 + 3 = 22 s.
    let ways = "\"as -> m\": \"4 s\", \"bs -> m\": \"4 s\", \"m -> out\": \"4 s\", \"as -> bs\": \"6 s\", \"as -> out\": \"6 s\", \
                \"bs -> out\": \"6 s\"";
    let robot = format!(
        "Robot(grippers: 2, load: \"2 s\", unload: \"3 s\", travel: {{ {ways} }}, tools: (time: \"10 s\"))"
    );
    let line = kit::line_of(
        "\"a\": (), \"b\": ()",
        "",
        &[
            ("as", "Source(product: \"a\", parts: 1)"),
            ("bs", "Source(product: \"b\")"),
            ("m", "Machine(cycle: \"20 s\")"),
            ("out", "Sink()"),
            ("robot", &robot),
        ],
        &["as -> m by robot", "bs -> m by robot", "m -> out by robot"],
    );
    assert_eq!(record(&line, 145).deliveries(), [38, 105, 142].map(|t| t * SECOND));
}

#[test]
fn a_second_gripper_without_room_where_the_part_goes_waits_as_the_first_does() {
    // The part that is done could only go to a rack that is full until its machine is done: nothing is exchanged for it before.
    // First part at the rack: 9 + 20 + 22 = 51 s, at once in "slow" until 151 s. The second at 88 s; the third, done at 101 s, waits
    // until 151 s: 151 + 6 + 2 + 4 + 2 + 3 + 4 + 3 = 175 s.
    let more = [("rack", "Buffer(capacity: 1)"), ("slow", "Machine(cycle: \"100 s\")"), ("end", "Sink()")];
    let robot = format!("Robot(grippers: 2, {})", WAYS.replace("out", "rack"));
    let mut elements = vec![("in", "Source()"), ("m", "Machine(cycle: \"20 s\")")];
    elements.extend(more);
    elements.push(("robot", &robot));
    let flow = ["in -> m by robot", "m -> rack by robot", "rack -> slow -> end"];
    let line = line("", &elements, &flow);
    let recorded = record(&line, 180);
    let arrived = recorded.times(slot(&line, "rack"), |what| matches!(what, What::Arrived(_)));
    assert_eq!(arrived, [51, 88, 175].map(|t| t * SECOND));
}
