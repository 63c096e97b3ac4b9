//! What `explain` says of flows: held against hand arithmetic for each thing that decides where parts go, and what it calls
//! "at most" against what lines then make.

use super::kit::{self, kpi, line, line_of, serial};
use super::random_lines::any_plant;
use super::scenes;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use taktwin::explain::{ElementLoad, Explanation};
use taktwin::line::Line;
use taktwin::study::{self, Overrides, StudyPlan, Watch};

pub(super) fn near(found: f64, theory: f64) {
    assert!((found - theory).abs() <= 1e-6 * theory.abs(), "{found}, by hand {theory}");
}

pub(super) fn load<'a>(whole: &'a Explanation<'_>, name: &str) -> &'a ElementLoad {
    &whole.loads[kit::slot(whole.line, name).index()]
}

pub(super) fn busy(whole: &Explanation<'_>, name: &str) -> f64 {
    load(whole, name).load.expect("a load")
}

/// Parts an hour that come to an element.
pub(super) fn arrivals(whole: &Explanation<'_>, name: &str) -> f64 {
    load(whole, name).arrivals.expect("parts come") * 3600.0
}

/// Good parts an hour at most.
pub(super) fn at_most(line: &Line) -> f64 {
    Explanation::of(line).capacity.at_most_per_sec.expect("a bound") * 3600.0
}

/// 180 parts of 10 s and 9 of 100 s an hour: three quarters of the time, so 252 an hour at that mix.
#[test]
fn products_weigh_by_what_comes_of_them() {
    let elements = [
        ("short", "Source(product: \"a\", interarrival: \"20 s\")"),
        ("long", "Source(product: \"b\", interarrival: \"400 s\")"),
        ("m", "Machine(cycles: { \"a\": \"8 s\", \"b\": \"98 s\" }, load: \"1 s\", unload: \"1 s\")"),
        ("out", "Sink()"),
    ];
    let line = line_of("\"a\": (), \"b\": ()", "", &elements, &["short -> m", "long -> m", "m -> out"]);
    let whole = Explanation::of(&line);
    near(busy(&whole, "m"), 0.75);
    near(whole.capacity.good_per_sec.expect("a capacity") * 3600.0, 252.0);
    near(whole.capacity.expected_per_sec.expect("a rate") * 3600.0, 189.0);
    near(at_most(&line), 189.0);
    let pace = load(&whole, "m").pace.expect("a machine works");
    near(pace.cycle_secs, 2700.0 / 189.0);
    near(pace.rate.expect("a rate") * 3600.0, 252.0);
}

/// Three parts lie there at first, and no others come: no load is known, but how long the mill takes is.
#[test]
fn an_element_to_which_no_source_leads_takes_loading_work_and_unloading() {
    let elements = [
        ("rack", "Buffer(initial: 3)"),
        ("mill", "Machine(cycle: \"40 s\", load: \"6 s\", unload: \"4 s\")"),
        ("out", "Sink()"),
    ];
    let line = line("", &elements, &["rack -> mill -> out"]);
    let whole = Explanation::of(&line);
    let load = load(&whole, "mill");
    assert_eq!(load.load, None);
    near(load.pace.expect("a machine works").cycle_secs, 50.0);
    near(load.pace.expect("a machine works").rate.expect("a rate") * 3600.0, 72.0);
}

/// Of four parts one is inspected, for 8 s; a fifth of the time goes to repairs: 2.5 s a part.
#[test]
fn an_inspection_of_a_sample_takes_its_share_of_a_cycle_of_each_part() {
    let elements = [
        ("rack", "Buffer(initial: 3)"),
        (
            "test",
            "Inspection(cycle: \"8 s\", sample: Share(0.25), breakdowns: [(after: Exponential(\"40 min\"), repair: \"10 min\")])",
        ),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let line = line("", &elements, &["rack -> test", "test.pass -> out", "test.fail -> bin"]);
    let work = line.elements[1].datasheet.capability.work.clone().expect("it works on parts");
    near(work.availability.share, 0.8);
    near(work.secs_per_part().expect("known"), 2.5);
    let pace = load(&Explanation::of(&line), "test").pace.expect("it works");
    near(pace.rate.expect("a rate") * 3600.0, 1440.0);
}

/// A gear comes to the mill twice, for 9 and for 3 s, a cover once for 6 s; the store between passes them on.
#[test]
fn stops_of_routes_count_each_by_its_own_time() {
    let products = "\"gear\": (route: [(to: \"mill\", cycle: \"9 s\"), (to: \"oven\"), (to: \"mill\", cycle: \"3 s\"), (to: \"out\")]), \
                    \"cover\": (route: [(to: \"mill\", cycle: \"6 s\"), (to: \"out\")])";
    let elements = [
        ("gears", "Source(product: \"gear\", interarrival: \"40 s\")"),
        ("covers", "Source(product: \"cover\", interarrival: \"30 s\")"),
        ("store", "Buffer(capacity: 9)"),
        ("mill", "Machine()"),
        ("oven", "Batch(cycle: \"60 s\", max: \"4 parts\")"),
        ("out", "Sink()"),
    ];
    let flow = ["gears -> store", "covers -> store", "store -> mill", "mill -> oven -> store", "mill -> out"];
    let line = line_of(products, "", &elements, &flow);
    let whole = Explanation::of(&line);
    near(busy(&whole, "mill"), 12.0 / 40.0 + 6.0 / 30.0);
    near(busy(&whole, "oven"), 15.0 / 40.0);
    near(arrivals(&whole, "mill"), 2.0 * 90.0 + 120.0);
    near(arrivals(&whole, "out"), 90.0 + 120.0);
}

/// From the hub each product goes only where its route leads, and to the mills, of which the cover knows nothing, by their shares.
#[test]
fn routes_tell_which_ways_are_taken_and_shares_hold_among_these() {
    let products = "\"gear\": (route: [(to: \"rack\", cycle: \"9 s\"), (to: \"out\")]), \
                    \"cover\": (route: [(to: \"oven\"), (to: \"out\")])";
    let elements = [
        ("gears", "Source(product: \"gear\", interarrival: \"40 s\")"),
        ("covers", "Source(product: \"cover\", interarrival: \"60 s\")"),
        ("hub", "Buffer()"),
        ("rack", "Buffer()"),
        ("mill 1", "Machine()"),
        ("mill 2", "Machine()"),
        ("oven", "Machine(cycle: \"30 s\")"),
        ("out", "Sink()"),
    ];
    let flow = [
        "gears -> hub",
        "covers -> hub",
        "hub -> rack 20 %",
        "hub -> oven 80 %",
        "rack -> mill 1 25 %",
        "rack -> mill 2 75 %",
        "mill 1 -> out",
        "mill 2 -> out",
        "oven -> out",
    ];
    let line = line_of(products, "", &elements, &flow);
    let whole = Explanation::of(&line);
    near(arrivals(&whole, "rack"), 90.0);
    near(busy(&whole, "mill 1"), 0.25 * 9.0 / 40.0);
    near(busy(&whole, "mill 2"), 0.75 * 9.0 / 40.0);
    near(busy(&whole, "oven"), 30.0 / 60.0);
}

/// A frame begins its route where it is built, which is its first stop; whatever else is made begins before its first stop.
#[test]
fn a_part_begins_its_route_before_the_first_stop_unless_it_is_made_there() {
    let stops = "(to: \"a\", cycle: \"5 s\"), (to: \"b\", cycle: \"20 s\"), (to: \"out\")";
    let products =
        format!("\"bar\": (), \"frame\": (route: [(to: \"build\"), {stops}]), \"gear\": (route: [{stops}])");
    let elements = [
        ("bars", "Source(product: \"bar\", interarrival: \"50 s\")"),
        ("gears", "Source(product: \"gear\", interarrival: \"200 s\")"),
        ("build", "Assembler(cycle: \"7 s\", parts: { \"bar\": 2 }, makes: \"frame\")"),
        ("a", "Buffer()"),
        ("b", "Buffer()"),
        ("mill", "Machine()"),
        ("saw", "Machine()"),
        ("out", "Sink()"),
    ];
    // Who had come to the first stop already would leave it out.
    let flow =
        ["bars -> build -> a", "gears -> a", "build -> b", "gears -> b", "a -> mill -> b -> saw -> out"];
    let whole_line = line_of(&products, "", &elements, &flow);
    let whole = Explanation::of(&whole_line);
    near(arrivals(&whole, "a"), 36.0 + 18.0);
    near(busy(&whole, "mill"), 5.0 / 100.0 + 5.0 / 200.0);
    near(busy(&whole, "saw"), 20.0 / 100.0 + 20.0 / 200.0);
}

/// Every part is found bad, is reworked twice in vain and then scrapped: the test meets each three times.
#[test]
fn a_limit_to_reworks_ends_the_loop() {
    let elements = [
        ("in", "Source(interarrival: \"100 s\")"),
        ("test", "Inspection(cycle: \"5 s\", defects: 1.0, rework_limit: 2)"),
        ("mend", "Machine(cycle: \"10 s\", rework: (success: 0.0))"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let flow = ["in -> test", "test.pass -> out", "test.fail -> mend -> test", "test.scrap -> bin"];
    let line = line("", &elements, &flow);
    let whole = Explanation::of(&line);
    near(arrivals(&whole, "test"), 3.0 * 36.0);
    near(arrivals(&whole, "mend"), 2.0 * 36.0);
    near(arrivals(&whole, "bin"), 36.0);
    assert_eq!(load(&whole, "out").arrivals, None, "nothing comes, and nothing is not 0.00");
}

/// M/M/1/3 at a load of one turns a quarter away.
#[test]
fn an_overflow_way_gets_what_the_first_turns_away() {
    let elements = [
        ("in", "Source(interarrival: Exponential(\"1 min\"))"),
        ("queue", "Buffer(capacity: 2)"),
        ("m", "Machine(cycle: Exponential(\"1 min\"))"),
        ("out", "Sink()"),
        ("lost", "Sink(scrap: true)"),
    ];
    let run = "warm_up: \"10 h\", length: \"3000 h\", replications: 6, confidence: 0.9999";
    let line = line(run, &elements, &["in -> queue -> m -> out", "in -> lost"]);
    let whole = Explanation::of(&line);
    near(busy(&whole, "m"), 0.75);
    near(whole.capacity.expected_per_sec.expect("a rate") * 3600.0, 45.0);
    near(at_most(&line), 60.0);
    kit::agrees(kpi(&kit::study(&line), "throughput"), 45.0, 0.02);
}

/// A frame every 60 s and four wheels for each of them: the slowest row of the bill decides, and the wheels follow.
#[test]
fn a_bill_draws_its_parts_in_proportion() {
    let elements = [
        ("frames", "Source(product: \"frame\")"),
        ("bend", "Machine(cycle: \"60 s\")"),
        ("wheels", "Source(product: \"wheel\")"),
        ("turn", "Machine(cycle: \"10 s\")"),
        ("build", "Assembler(cycle: \"50 s\", parts: { \"frame\": 1, \"wheel\": 4 }, makes: \"bike\")"),
        ("out", "Sink()"),
    ];
    let products = "\"frame\": (), \"wheel\": (), \"bike\": ()";
    let flow = ["frames -> bend -> build", "wheels -> turn -> build -> out"];
    let line = line_of(products, "", &elements, &flow);
    let whole = Explanation::of(&line);
    near(whole.capacity.good_per_sec.expect("a capacity") * 3600.0, 60.0);
    near(at_most(&line), 60.0);
    near(busy(&whole, "turn"), 40.0 / 60.0);
    near(busy(&whole, "build"), 50.0 / 60.0);
}

fn pallets(pallets: u32) -> Line {
    let empty = format!("Buffer(product: \"pallet\", initial: {pallets})");
    let elements = [
        ("in", "Source(product: \"box\")"),
        ("pack", "Packer(cycle: \"10 s\", carrier: \"pallet\", holds: 2)"),
        ("wrap", "Conveyor(length: \"50 m\", speed: \"1 m/s\", pitch: \"1 m\")"),
        ("unpack", "Unpacker(cycle: \"20 s\")"),
        ("empty", empty.as_str()),
        ("out", "Sink()"),
    ];
    let flow = ["in -> pack -> wrap -> unpack", "unpack.parts -> out", "unpack.carrier -> empty -> pack"];
    let run = "warm_up: \"1000 s\", length: \"8000 s\", replications: 2";
    line_of("\"box\": (), \"pallet\": (carrier: true)", run, &elements, &flow)
}

/// A pallet is on its way for 80 s, so two of them bring four boxes every 80 s; of five the unpacker is slower: a pallet every 20 s.
#[test]
fn carriers_bound_a_line_by_how_many_go_round() {
    for (count, theory) in [(2, 4.0 / 80.0), (3, 6.0 / 80.0), (5, 2.0 / 20.0)] {
        let line = pallets(count);
        near(at_most(&line), theory * 3600.0);
        near(kpi(&kit::study(&line), "throughput").mean, theory * 3600.0);
        let scarce = Explanation::of(&line);
        assert_eq!(scarce.capacity.scarce(&scarce.loads).is_some(), count < 4);
    }
}

/// A life of exactly 100 s of work never ends if the plan renews it every 50 s.
#[test]
fn maintenance_that_renews_a_breakdown_makes_it_rarer() {
    let written = |every: &str| {
        let machine = format!(
            "Machine(cycle: \"1 s\", breakdowns: [(after: \"100 s\", repair: \"20 s\")], \
             maintenance: [(every: \"{every}\", takes: \"5 s\", clock: Working)])"
        );
        serial("", &["Source()", &machine, "Sink()"])
    };
    let up = |line: &Line| load(&Explanation::of(line), "1").pace.expect("a machine works").up;
    near(up(&written("50 s")), 50.0 / 55.0);
    // Renewed every 150 s of work, it ends once in that time.
    near(up(&written("150 s")), 150.0 / 175.0);
}

/// A cooling rack of 6 places in which each part stays a minute passes on 6 a minute.
#[test]
fn places_in_which_parts_must_stay_limit_a_line() {
    let line = serial(
        "",
        &["Source()", "Machine(cycle: \"2 s\")", "Buffer(capacity: 6, dwell: \"60 s\")", "Sink()"],
    );
    let whole = Explanation::of(&line);
    near(whole.capacity.good_per_sec.expect("a capacity") * 3600.0, 360.0);
    near(at_most(&line), 360.0);
    near(whole.capacity.raw_secs.expect("parts come"), 62.0);
}

/// Without chance a line makes exactly what it can, if nothing in it waits for anything else.
#[test]
fn lines_without_chance_make_exactly_what_they_can_at_most() {
    let run = "warm_up: \"3600 s\", length: \"36000 s\", replications: 2";
    let stops = "breakdowns: [(after: \"99 parts\", repair: \"9 s\")]";
    let machine = format!("Machine(cycle: \"4 s\", load: \"3 s\", unload: \"2 s\", {stops})");
    for (elements, theory) in [
        (vec!["Source()", &machine, "Sink()"], 99.0 / 900.0),
        (vec!["Source()", "Machine(cycle: \"30 s\", places: 3)", "Sink()"], 0.1),
        (
            vec!["Source()", "Buffer(capacity: 9)", "Batch(cycle: \"90 s\", max: \"6 parts\")", "Sink()"],
            6.0 / 90.0,
        ),
        (vec!["Source()", "Conveyor(length: \"9 m\", speed: \"1 m/s\", pitch: \"5 m\")", "Sink()"], 0.2),
        (vec!["Source(interarrival: \"20 s\")", "Machine(cycle: \"12 s\")", "Sink()"], 0.05),
    ] {
        let line = serial(run, &elements);
        near(at_most(&line), theory * 3600.0);
        let found = kpi(&kit::study(&line), "throughput").mean;
        assert!(found <= theory * 3600.0 * (1.0 + 1e-9), "{found} of {}: {elements:?}", theory * 3600.0);
        assert!(found >= theory * 3600.0 * 0.995, "{found} of {}: {elements:?}", theory * 3600.0);
    }
}

/// What a buffer without limit keeps is no reason for the other way to get less: a bound knows that.
#[test]
fn a_store_that_grows_for_ever_holds_nothing_back() {
    let elements = [
        ("in", "Source()"),
        ("gate", "Machine(cycle: \"10 s\")"),
        ("heap", "Buffer()"),
        ("slow", "Machine(cycle: \"100 s\")"),
        ("fast", "Machine(cycle: \"5 s\")"),
        ("out", "Sink()"),
    ];
    let flow = ["in -> gate", "gate -> heap 50 %", "gate -> fast 50 %", "heap -> slow -> out", "fast -> out"];
    let line = line("warm_up: \"10 h\", length: \"100 h\", replications: 4", &elements, &flow);
    near(at_most(&line), 180.0 + 36.0);
    let found = kpi(&kit::study(&line), "throughput").mean;
    assert!(found > 0.99 * 216.0, "{found}");
}

/// Nothing is known of what a belt loses and of what grows too old; what takes no time has no load.
#[test]
fn only_what_cannot_be_calculated_is_left_blank() {
    for path in scenes::layouts(&scenes::scenes()) {
        let line = taktwin::line::read(&path, &[]).expect("every scene is in order");
        let whole = Explanation::of(&line);
        for (element, load) in line.elements.iter().zip(&whole.loads) {
            let place = format!("{} of {}", element.name, path.display());
            if element.datasheet.lends.is_some() {
                // How long robots wait for a zone and stay there is left to the run.
                // Either of these two may come to the press.
                let either = ["fitter", "electrician"].contains(&element.name.as_str())
                    && path.ends_with("maintenance.ron");
                // So may any of the persons of a table.
                let one_of_many = either || element.name.contains('[');
                // Nothing is known of how long a part is on a belt.
                let at_belt = element.name == "watchers";
                let known = (element.is_crew() || element.is_tools()) && !one_of_many && !at_belt;
                // How often a machine changes over is not counted, only how long.
                let counted = known && element.name != "setters";
                assert_eq!((load.load.is_some(), load.arrivals.is_some()), (known, counted), "{place}");
                assert_eq!(
                    (load.pace, load.transport_secs),
                    (None, None),
                    "no part comes to people: {place}"
                );
                continue;
            }
            let lost = ["broken", "warped"].contains(&element.name.as_str());
            assert_eq!(load.arrivals.is_none(), lost, "{place}");
            let carries = !element.carries.is_empty();
            let works = element.datasheet.seats.is_some();
            assert_eq!(load.load.is_some(), carries || works, "{place}");
            assert_eq!((load.pace.is_some(), load.transport_secs.is_some()), (works, carries), "{place}");
            assert_eq!(load.pace.is_some_and(|pace| pace.rate.is_some()), works, "{place}");
            assert!(load.arrivals != Some(0.0) && load.load != Some(0.0), "{place}");
        }
        let capacity = &whole.capacity;
        let figures = [
            capacity.good_per_sec,
            capacity.at_most_per_sec,
            capacity.in_per_sec,
            capacity.expected_per_sec,
            capacity.raw_secs,
            capacity.critical_wip(),
        ];
        assert!(figures.iter().all(|figure| figure.is_some_and(|figure| figure > 0.0)), "{}", path.display());
    }
}

/// How many random lines are run; raise it to a thousand after a change of the model.
const LINES: u32 = 60;

proptest! {
    #![proptest_config(ProptestConfig { cases: LINES, failure_persistence: None, rng_seed: RngSeed::Fixed(12), ..ProptestConfig::default() })]

    /// The stock at the beginning is used up by the end of the warm-up; a line that locks up says nothing.
    #[test]
    fn no_random_line_of_any_kind_makes_more_than_at_most(plant in any_plant()) {
        let line = plant.line("warm_up: \"2000 s\", length: \"10000 s\", replications: 6, confidence: 0.9999");
        let most = at_most(&line);
        let plan = StudyPlan::of(&line, &Overrides::default());
        let Ok(study) = study::run(&line, &plan, &Watch::nobody()) else { return Ok(()) };
        let found = kpi(&study, "throughput");
        let half_width = found.half_width.expect("several replications");
        prop_assert!(found.mean <= most + half_width + 1e-9, "{} ± {half_width}, at most {most}", found.mean);
    }
}
