//! What is understood of a line before it runs: held against hand arithmetic, against the traffic equations of known
//! networks, and against what the line then does.

use super::exit_codes::{answer, complaint, good, taktwin};
use super::kit::{self, Folder, layout, line, serial};
use super::scenes;
use std::time::Instant;
use taktwin::explain::{Explanation, Suspicion};
use taktwin::line::Line;
use taktwin::report::{self, Look};

fn near(found: f64, theory: f64) {
    assert!((found - theory).abs() <= 1e-9 * theory.abs(), "{found}, by hand {theory}");
}

/// Parts an hour that come to an element, and its load.
fn load(whole: &Explanation<'_>, name: &str) -> (f64, f64) {
    let load = whole.loads[kit::slot(whole.line, name).index()];
    (load.arrivals.unwrap_or(0.0) * 3600.0, load.load.unwrap_or(0.0))
}

/// Good parts an hour that the line can make.
pub fn capacity(line: &Line) -> f64 {
    Explanation::of(line).capacity.good_per_sec.expect("a line with a limit") * 3600.0
}

/// By hand: the saw takes 40 s and is down for 5 min after every 55 min of work, so A = 55 / 60 and t_e = 43.636 s: 82.5 an
/// hour. The mill takes 45 s: 80 an hour. The lathe takes 30 s, and 10 min of every 2 h of the calendar: A = 12 / 13.
#[test]
fn three_stations_in_a_row_are_as_reckoned_by_hand() {
    let saw = "Machine(cycle: \"40 s\", breakdowns: [(after: Exponential(\"55 min\"), repair: Constant(\"5 min\"))])";
    let lathe = "Machine(cycle: \"30 s\", breakdowns: [(after: \"2 h\", repair: Exponential(\"10 min\"), clock: Calendar)])";
    let line =
        serial("", &["Source()", saw, "Buffer(capacity: 3)", "Machine(cycle: \"45 s\")", lathe, "Sink()"]);
    let whole = Explanation::of(&line);
    let pace = |slot: usize| whole.loads[slot].pace.expect("a machine works");
    near(pace(1).up, 55.0 / 60.0);
    near(pace(1).effective_secs, 40.0 * 60.0 / 55.0);
    near(pace(4).up, 12.0 / 13.0);
    near(capacity(&line), 80.0);
    assert_eq!(whole.capacity.bottleneck, Some(kit::slot(&line, "3")));
    near(load(&whole, "1").1, 80.0 / 82.5);
    near(load(&whole, "4").1, 80.0 * 32.5 / 3600.0);
    // T_0 is 43.64 + 45 + 32.5 s, W_0 that times 80 / 3600.
    let raw = 40.0 * 60.0 / 55.0 + 45.0 + 32.5;
    near(whole.capacity.raw_secs.expect("parts come"), raw);
    near(whole.capacity.critical_wip().expect("a limit"), raw / 45.0);
}

/// A part comes back with the probability p, so it comes 1 / (1 - p) times.
#[test]
fn a_loop_is_visited_so_often_as_theory_says() {
    for (out, back) in [("90 %", 0.1), ("50 %", 0.5), ("2 %", 0.98)] {
        let elements = [
            ("in", "Source(interarrival: \"1 h\")"),
            ("drill", "Machine(cycle: \"10 s\")"),
            ("mend", "Machine(cycle: \"20 s\")"),
            ("out", "Sink()"),
        ];
        let back_arrow = format!("drill -> mend {} %", (back * 100.0_f64).round());
        let line = line("", &elements, &[&format!("in -> drill -> out {out}"), &back_arrow, "mend -> drill"]);
        let whole = Explanation::of(&line);
        near(load(&whole, "drill").0, 1.0 / (1.0 - back));
        near(load(&whole, "mend").0, back / (1.0 - back));
        near(load(&whole, "out").0, 1.0);
        near(whole.capacity.raw_secs.expect("parts come"), (10.0 + 20.0 * back) / (1.0 - back));
    }
}

/// Two machines of 60 and 40 s behind a fork make 60 + 90 an hour; by shares of one half the slower one limits both.
/// A board every 10 s, 30 in 1000 marred by the mounting, a test that overlooks 2 of 100 and calls 1 of 100 good ones bad.
fn boards(rest: &[(&str, &str)], flow: &[&str]) -> Line {
    let test = "Inspection(cycle: Constant(\"4 s\"), escapes: 0.02, false_calls: 0.01)";
    let mut elements = vec![
        ("in", "Source(interarrival: Constant(\"10 s\"))"),
        ("mount", "Machine(cycle: Constant(\"5 s\"), defects: 0.03)"),
        ("lane", "Buffer()"),
        ("test", test),
        ("out", "Sink()"),
    ];
    elements.extend(rest);
    let mut ways = vec!["in -> mount -> lane -> test", "test.pass -> out"];
    ways.extend(flow);
    kit::line("warm_up: \"1 h\", length: \"200 h\", replications: 10, seed: 6", &elements, &ways)
}

#[test]
fn an_inspection_is_reckoned_with_the_defects_that_come_to_it() {
    // Of 1000 boards 29.4 defects are found and 9.7 good boards are called bad.
    let line = boards(&[("bin", "Sink(scrap: true)")], &["test.fail -> bin"]);
    near(load(&Explanation::of(&line), "bin").0, 360.0 * 0.0391);
    // 98 of 100 defects found, a tenth of them not mended: D = 0.03 e + 0.098 D come to the test, among F = e + 0.98 D +
    // 0.01 (F - D) parts.
    let repair = "Machine(cycle: Constant(\"20 s\"), rework: (success: 0.9))";
    let line = boards(&[("repair", repair)], &["test.fail -> repair -> lane"]);
    let defective = 360.0 * 0.03 / (1.0 - 0.098);
    let tested = (360.0 + 0.97 * defective) / 0.99;
    let whole = Explanation::of(&line);
    near(load(&whole, "test").0, tested);
    near(load(&whole, "repair").0, tested - 360.0);
    near(load(&whole, "out").0, 360.0);
    // And the simulation repairs as many: 2 000 boards or so of 72 000 in each replication.
    let study = kit::study(&line);
    let repaired =
        study.elements()[kit::slot(&line, "repair").index()].one("operations").unwrap().mean / 200.0;
    assert!((repaired / (tested - 360.0) - 1.0).abs() < 0.02, "{repaired} and not {}", tested - 360.0);
}

#[test]
fn a_fork_fills_both_ways_and_shares_are_kept() {
    let elements = [
        ("in", "Source()"),
        ("gate", "Machine(cycle: \"1 s\")"),
        ("slow", "Machine(cycle: \"60 s\")"),
        ("fast", "Machine(cycle: \"40 s\")"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let free =
        line("", &elements, &["in -> gate -> slow -> out 80 %", "slow -> bin 20 %", "gate -> fast -> out"]);
    let whole = Explanation::of(&free);
    near(load(&whole, "slow").0, 60.0);
    near(load(&whole, "fast").0, 90.0);
    near(capacity(&free), 0.8 * 60.0 + 90.0);
    let shared = line(
        "",
        &elements,
        &[
            "in -> gate -> slow 50 %",
            "gate -> fast 50 %",
            "slow -> out",
            "fast -> out 50 %",
            "fast -> bin 50 %",
        ],
    );
    near(capacity(&shared), 60.0 + 30.0);
    near(load(&Explanation::of(&shared), "fast").1, 60.0 / 90.0);
}

/// Two sources that never run dry, each behind a machine of its own, give what these can; arrivals come first.
#[test]
fn sources_share_the_line() {
    let elements = [
        ("a", "Source()"),
        ("b", "Source()"),
        ("one", "Machine(cycle: \"60 s\")"),
        ("two", "Machine(cycle: \"90 s\")"),
        ("all", "Machine(cycle: \"10 s\")"),
        ("out", "Sink()"),
    ];
    let flow = ["a -> one -> all -> out", "b -> two -> all"];
    near(capacity(&line("", &elements, &flow)), 100.0);
    let mut arriving = elements;
    arriving[1].1 = "Source(interarrival: \"3 min\")";
    near(capacity(&line("", &arriving, &flow)), 60.0 + 20.0);
    arriving[4].1 = "Machine(cycle: \"60 s\")";
    let line = line("", &arriving, &flow);
    near(load(&Explanation::of(&line), "one").0, 40.0);
    near(capacity(&line), 60.0);
}

/// A transport: 4 s back, 3 s up, 4 s there, 2 s down; nothing in the line is slower.
#[test]
fn a_robot_limits_the_line_by_its_transports() {
    let elements = [
        ("in", "Source()"),
        ("saw", "Machine(cycle: \"5 s\")"),
        (
            "arm",
            "Robot(load: \"3 s\", unload: \"2 s\", travel: { \"saw -> rack\": \"4 s\" }, power: (moving: \"2 kW\"))",
        ),
        ("rack", "Buffer(capacity: 5)"),
        ("out", "Sink()"),
    ];
    let line = line("", &elements, &["in -> saw", "saw -> rack by arm", "rack -> out"]);
    let whole = Explanation::of(&line);
    assert_eq!(whole.capacity.bottleneck, Some(kit::slot(&line, "arm")));
    near(whole.loads[2].transport_secs.expect("a robot"), 13.0);
    near(capacity(&line), 3600.0 / 13.0);
}

/// An oven of 12 places and 2 h makes 6 an hour, counted or weighed: twelve parts of 3 kg are 36 kg.
#[test]
fn an_oven_makes_what_fits_in_counted_or_weighed() {
    let of = |max: &str| {
        let oven = format!("Batch(cycle: \"2 h\", max: \"{max}\")");
        let elements = [
            ("in", "Source()"),
            ("oven", oven.as_str()),
            ("pack", "Machine(cycle: \"1 min\")"),
            ("out", "Sink()"),
        ];
        let text = layout("", &elements, &["in -> oven -> pack -> out"]);
        kit::read(&text.replace("\"part\": ()", "\"part\": (mass: \"3 kg\")"))
    };
    let by_count = of("12 parts");
    near(capacity(&by_count), 6.0);
    near(load(&Explanation::of(&by_count), "pack").1, 0.1);
    near(capacity(&of("36 kg")), 6.0);
}

/// The throughput of short runs, with the half width of a wide interval.
fn explained(scene: &str, columns: usize) -> String {
    let line = taktwin::line::read(&scenes::scenes().join(scene), &[])
        .unwrap_or_else(|rejected| panic!("{}", rejected.render(false)));
    report::explain_table(&Explanation::of(&line), Look { columns, color: false })
}

#[test]
fn scenes_are_explained_as_was_reviewed() {
    scenes::golden("range_hoods_explain", explained("range_hoods/before.ron", 80));
    scenes::golden("range_hoods_upgrade_explain", explained("range_hoods/upgrade.ron", 80));
    scenes::golden("robot_cell_explain", explained("examples/robot_cell.ron", 80));
}

#[test]
fn every_scene_is_explained_within_the_columns_and_raises_no_suspicion() {
    for path in scenes::layouts(&scenes::scenes()) {
        let line = taktwin::line::read(&path, &[]).expect("every scene is in order");
        let whole = Explanation::of(&line);
        // That changeovers are not counted is no slip, nor that a breakdown hardly ever spoils a part.
        let told = |seen: &&Suspicion| matches!(seen, Suspicion::Changeovers { .. });
        let slip = whole.suspicions.iter().find(|seen| !told(seen));
        assert_eq!(slip, None, "{}", path.display());
        for columns in [60, 80, 120] {
            let text = report::explain_table(&whole, Look { columns, color: false });
            assert!(text.lines().all(|line| line.chars().count() <= columns), "{text}");
        }
    }
}

/// Machines and racks in a row by name, all alike or all different.
fn long(n: usize, alike: bool) -> Line {
    let machine = |nth: usize| format!("Machine(cycle: \"{} s\")", if alike { 60 } else { 60 + nth });
    let written = |nth: usize| match nth {
        0 => "Source()".to_owned(),
        _ if nth == n - 1 => "Sink()".to_owned(),
        _ if nth % 2 == 1 => machine(nth),
        _ => "Buffer(capacity: 4)".to_owned(),
    };
    let all: Vec<String> = (0..n).map(written).collect();
    serial("", &all.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_thousand_elements_are_explained_in_a_second_and_in_80_columns() {
    for (alike, words) in [(true, "more like these, in a row"), (false, "more in a row")] {
        let line = long(1000, alike);
        let begin = Instant::now();
        let text = report::explain_table(&Explanation::of(&line), Look::default());
        assert!(begin.elapsed().as_secs_f64() < 1.0, "{:?}", begin.elapsed());
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(text.contains(words), "{text}");
        let drawing =
            text.split("flow\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a drawing");
        let most = if alike { 10 } else { 60 };
        assert!(drawing.lines().count() <= most, "{drawing}");
        // Nobody is lost: what is drawn and what is counted make a thousand.
        let counted =
            drawing.lines().find_map(|row| row.split_once("… ")?.1.split(' ').next()?.parse::<usize>().ok());
        assert_eq!(drawing.lines().count() - 1 + counted.expect("a row that counts"), 1000);
    }
}

#[test]
fn a_fork_of_many_and_a_loop_are_drawn_in_80_columns() {
    let mut elements = vec![
        ("in".to_owned(), "Source()".to_owned()),
        ("gate".to_owned(), "Machine(cycle: \"1 s\")".to_owned()),
        ("join".to_owned(), "Buffer(capacity: 9)".to_owned()),
        ("测试".to_owned(), "Machine(cycle: \"1 s\")".to_owned()),
        ("out".to_owned(), "Sink()".to_owned()),
    ];
    let mut flow =
        vec!["in -> gate".to_owned(), "join -> 测试 -> out 70 %".to_owned(), "测试 -> gate 30 %".to_owned()];
    for nth in 0..50 {
        let cycle = if nth < 20 { 300 } else { 300 + nth };
        elements.push((format!("press {nth}"), format!("Machine(cycle: \"{cycle} s\")")));
        flow.push(format!("gate -> press {nth} -> join"));
    }
    let named: Vec<(&str, &str)> =
        elements.iter().map(|(name, written)| (name.as_str(), written.as_str())).collect();
    let line = line("", &named, &flow.iter().map(String::as_str).collect::<Vec<_>>());
    let text = report::explain_table(&Explanation::of(&line), Look::default());
    assert!(text.contains("press 0 … press 19 (20 alike)"), "{text}");
    assert!(text.contains("↺ back to gate 30 %"), "{text}");
    assert!((20..50).all(|nth| text.contains(&format!(" press {nth} "))), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn the_program_explains_and_refuses() {
    let folder = Folder::with(&[("line.ron", &good()), ("wrong.ron", "Line(")]);
    let table = answer(&taktwin(&folder, &["explain", "line.ron"]).code(0));
    assert!(table.contains("120.0") && table.contains("bottleneck: weld"), "{table}");
    let faster = answer(&taktwin(&folder, &["explain", "line.ron", "--set", "weld.cycle=20 s"]).code(0));
    assert!(faster.contains("at most 180.0 /h"), "{faster}");
    let refused = taktwin(&folder, &["explain", "line.ron", "--set", "weld.cycl=20 s"]).code(2);
    assert!(complaint(&refused).contains("cycle"), "{}", complaint(&refused));
    taktwin(&folder, &["explain", "wrong.ron"]).code(2);
    taktwin(&folder, &["explain", "none.ron"]).code(2);
    taktwin(&folder, &["explain", "line.ron", "--out", "line.ron"]).code(2);
}

#[test]
fn programs_get_the_same_figures() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let told = answer(&taktwin(&folder, &["explain", "line.ron", "--format", "json"]).code(0));
    taktwin(&folder, &["explain", "line.ron", "--out", "told.json"]).code(0);
    assert_eq!(std::fs::read_to_string(folder.at("told.json")).unwrap(), told);
    let json: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(json["schema"], "taktwin/explain/1");
    assert_eq!(json["capacity"]["bottleneck"], "weld");
    let figure = |value: &serde_json::Value| value.as_f64().unwrap_or_else(|| panic!("{value}"));
    near(figure(&json["capacity"]["good_per_h"]), 120.0);
    let weld = &json["elements"]["weld"];
    near(figure(&weld["cycle_s"]), 30.0);
    near(figure(&weld["cv"]), 1.0);
    near(figure(&weld["load"]), 1.0);
    near(figure(&weld["power_kw"]), 6.0);
    assert_eq!(weld["ways"][0]["to"], "rack");
    let line = kit::read(&good());
    let codes: Vec<&str> = Explanation::of(&line).suspicions.iter().map(Suspicion::code).collect();
    let written: Vec<&str> =
        json["suspicions"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!((&codes, codes.as_slice()), (&written, &["cold_start"][..]));
}
