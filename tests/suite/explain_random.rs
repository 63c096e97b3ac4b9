//! What `explain` says of random lines, against their runs.

use super::explain::capacity;
use super::kit::{self, kpi, layout, serial};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use taktwin::line::Line;
use taktwin::study::{self, Overrides, StudyPlan, Watch};

fn throughput(line: &Line, days: f64) -> (f64, f64) {
    let length = taktwin::kernel::Time::from_secs(days * 86_400.0);
    let written = Overrides { length: Some(length), confidence: Some(0.9999), ..Overrides::default() };
    let study = study::run(line, &StudyPlan::of(line, &written), &Watch::nobody())
        .unwrap_or_else(|stuck| panic!("{stuck}"));
    let found = kpi(&study, "throughput");
    (found.mean, found.half_width.expect("several replications"))
}

#[test]
fn a_line_with_large_buffers_reaches_its_capacity() {
    let breaking = "breakdowns: [(after: Exponential(\"30 min\"), repair: Exponential(\"3 min\")), \
                    (after: \"100 parts\", repair: \"1 min\"), \
                    (after: Exponential(\"4 h\"), repair: \"10 min\", clock: Calendar)]";
    let machine = |secs: u32| format!("Machine(cycle: Gamma(mean: \"{secs} s\", cv: 0.5), {breaking})");
    let [first, slowest, last] = [20, 30, 22].map(machine);
    let rack = "Buffer(capacity: 2000, initial: 1000)";
    let line = serial(
        "warm_up: \"1 d\", replications: 10",
        &["Source()", &first, rack, &slowest, rack, &last, "Sink()"],
    );
    let (found, theory) = (throughput(&line, 10.0).0, capacity(&line));
    assert!((found / theory - 1.0).abs() < 0.01, "{found}, at most {theory}");
}

fn station() -> impl Strategy<Value = String> {
    let distribution = (5u32..60, 0usize..3).prop_map(|(mean, kind)| match kind {
        0 => format!("\"{mean} s\""),
        1 => format!("Exponential(\"{mean} s\")"),
        _ => format!("Gamma(mean: \"{mean} s\", cv: 0.4)"),
    });
    let mode = (20u32..120, 1u32..5, 0usize..3).prop_map(|(life, repair, clock)| {
        let after = match clock {
            0 => format!("Exponential(\"{life} min\")"),
            1 => format!("Exponential(\"{life} parts\")"),
            _ => format!("Exponential(\"{life} min\"), clock: Calendar"),
        };
        format!("(after: {after}, repair: Exponential(\"{repair} min\"))")
    });
    (distribution, proptest::collection::vec(mode, 0..3)).prop_map(|(distribution, modes)| {
        format!("Machine(cycle: {distribution}, breakdowns: [{}])", modes.join(", "))
    })
}

/// A row of stations with racks, one of them twofold, a share of parts sent back, some scrapped, one brought by a robot.
fn any_line() -> impl Strategy<Value = String> {
    let rest = (station(), station(), 1u32..10, 1u32..40, any::<bool>(), 1u32..15);
    (proptest::collection::vec(station(), 5), rest).prop_map(|(stations, rest)| {
        let (twin, mend, places, back, shares, unload) = rest;
        let rack = format!("Buffer(capacity: {places})");
        let robot = format!("Robot(load: \"2 s\", unload: \"{unload} s\")");
        let [a, b, c, d, e] = [0, 1, 2, 3, 4].map(|nth| stations[nth].as_str());
        let elements = [
            ("in", "Source()"),
            ("a", a),
            ("rack", rack.as_str()),
            ("b", b),
            ("twin", twin.as_str()),
            ("lane", "Buffer(capacity: 30)"),
            ("c", c),
            ("mend", mend.as_str()),
            ("rest", "Buffer(capacity: 2)"),
            ("arm", robot.as_str()),
            ("d", d),
            ("e", e),
            ("out", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ];
        let [one, other] = if shares { [" 40 %", " 60 %"] } else { ["", ""] };
        let flow = [
            "in -> a -> rack".to_owned(),
            format!("rack -> b{one}"),
            format!("rack -> twin{other}"),
            "b -> lane".to_owned(),
            "twin -> lane".to_owned(),
            "lane -> c".to_owned(),
            format!("c -> rest {} %", 100 - back),
            format!("c -> mend {back} %"),
            "mend -> rest".to_owned(),
            "rest -> d by arm".to_owned(),
            "d -> e -> out 97 %".to_owned(),
            "e -> bin 3 %".to_owned(),
        ];
        let flow: Vec<&str> = flow.iter().map(String::as_str).collect();
        layout("warm_up: \"4 h\", replications: 6", &elements, &flow)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, rng_seed: RngSeed::Fixed(2026), ..ProptestConfig::default() })]

    #[test]
    fn no_line_makes_more_than_its_capacity(text in any_line()) {
        let line = kit::read(&text);
        let (found, half_width) = throughput(&line, 2.0);
        let most = capacity(&line);
        prop_assert!(found <= most + half_width, "{found} ± {half_width}, at most {most}");
        // A bound that is far too high would prove nothing.
        prop_assert!(found >= 0.4 * most, "{found}, at most {most}");
    }
}
