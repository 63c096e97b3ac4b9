//! From figures to a decision: which change pays, which line is the best, how precise that is, what is expected.
//!
//! Lines without chance give numbers that hand arithmetic gives too.

use super::exit_codes::{answer, complaint, taktwin};
use super::kit::{Folder, layout};
use serde_json::Value;

const RUN: &str = "warm_up: \"1 h\", length: \"10 h\", replications: 4";

/// Machines of 60 s one after the other, which make 60 parts an hour.
fn stations(number: usize) -> String {
    let names: Vec<String> = (1..=number).map(|nth| format!("m{nth}")).collect();
    let mut elements = vec![("in", "Source()")];
    elements.extend(names.iter().map(|name| (name.as_str(), "Machine(cycle: \"60 s\")")));
    elements.push(("out", "Sink()"));
    layout(RUN, &elements, &[&format!("in -> {} -> out", names.join(" -> "))])
}

fn upgrade(changes: &str) -> String {
    format!("Upgrade(name: \"up\", base: \"base.ron\", changes: [{changes}])")
}

fn faster(station: usize) -> String {
    format!("(name: \"c{station}\", set: {{ \"m{station}.cycle\": \"50 s\" }}),")
}

/// The answer of `compare` as JSON.
fn compared(folder: &Folder, arguments: &[&str]) -> Value {
    let all = [&["compare"], arguments, &["--format", "json", "--quiet"]].concat();
    serde_json::from_str(&answer(&taktwin(folder, &all).code(0))).expect("JSON")
}

fn means(shares: &Value, key: &str) -> Vec<f64> {
    let shares = shares.as_array().expect("shares").iter();
    shares.map(|share| share[key]["mean"].as_f64().expect("a mean")).collect()
}

fn near(found: &[f64], expected: &[f64]) {
    let close = found.iter().zip(expected).all(|(one, other)| (one - other).abs() < 1e-6);
    assert!(found.len() == expected.len() && close, "{found:?}, not {expected:?}");
}

#[test]
fn two_changes_that_pay_only_together_share_the_gain() {
    let changes = [faster(1), faster(2)].concat();
    let folder = Folder::with(&[("base.ron", &stations(2)), ("up.ron", &upgrade(&changes))]);
    let json = compared(&folder, &["base.ron", "up.ron", "--attribute", "--figures", "throughput"]);
    let found = &json["attribution"]["figures"]["throughput"];
    // 60 parts an hour until both stations are faster, then 72.
    near(&means(&found["shares"], "alone"), &[0.0, 0.0]);
    near(&means(&found["shares"], "lost_without"), &[12.0, 12.0]);
    near(&means(&found["shares"], "share"), &[6.0, 6.0]);
    near(&[found["total"]["mean"].as_f64().expect("a mean")], &[12.0]);
    near(&[found["interactions"][0]["mean"].as_f64().expect("a mean")], &[12.0]);
    assert_eq!((&json["attribution"]["exact"], &json["attribution"]["lines"]), (&true.into(), &4.into()));
}

#[test]
fn shares_add_up_to_the_gain_also_where_orders_are_drawn() {
    let changes: String = (1..=9).map(faster).collect();
    let folder = Folder::with(&[("base.ron", &stations(9)), ("up.ron", &upgrade(&changes))]);
    let json = compared(&folder, &["base.ron", "up.ron", "--attribute", "--figures", "throughput"]);
    let found = &json["attribution"]["figures"]["throughput"];
    let shares = means(&found["shares"], "share");
    assert_eq!((&json["attribution"]["exact"], shares.len()), (&false.into(), 9));
    near(&[shares.iter().sum()], &[12.0]);
    // Each of nine equal changes has a ninth of 12 in the mean; the interval covers what the drawing leaves open.
    let covered = found["shares"].as_array().expect("shares").iter().filter(|share| {
        let (mean, half) = (share["share"]["mean"].as_f64(), share["share"]["half_width"].as_f64());
        (mean.expect("a mean") - 12.0 / 9.0).abs() <= half.expect("a half width")
    });
    assert!(covered.count() >= 7, "{shares:?}");
}

#[test]
fn changes_that_need_each_other_are_one_group() {
    let changes = format!(
        "{}(name: \"add\", add: {{ \"m3\": Machine(cycle: \"60 s\") }}, flow: [\"m2 -> m3 -> out\"]),{}",
        faster(1),
        faster(3)
    );
    let folder = Folder::with(&[("base.ron", &stations(2)), ("up.ron", &upgrade(&changes))]);
    let json = compared(&folder, &["base.ron", "up.ron", "--attribute"]);
    assert_eq!(json["attribution"]["groups"], serde_json::json!([["c1"], ["add", "c3"]]));
}

#[test]
fn only_one_upgrade_of_the_baseline_is_taken_apart() {
    let folder = Folder::with(&[
        ("base.ron", &stations(2)),
        ("other.ron", &stations(3)),
        ("up.ron", &upgrade(&faster(1))),
    ]);
    let wrong = |arguments: &[&str]| {
        let all = [&["compare"], arguments, &["--attribute", "--quiet"]].concat();
        complaint(&taktwin(&folder, &all).code(2))
    };
    assert!(wrong(&["base.ron", "other.ron"]).contains("takes an upgrade of the baseline apart"));
    assert!(wrong(&["other.ron", "up.ron"]).contains("takes an upgrade of the baseline apart"));
    assert!(wrong(&["base.ron", "up.ron", "up.ron"]).contains("one upgrade apart"));
}

#[test]
fn lines_are_ranked_and_those_that_are_alike_share_their_ranks() {
    let slow = stations(1).replace("60 s", "80 s").replace("proof", "slow");
    let fast = stations(1).replace("60 s", "40 s").replace("proof", "fast");
    let files =
        [("base.ron", stations(1)), ("slow.ron", slow), ("fast.ron", fast.clone()), ("same.ron", fast)];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let json = compared(&Folder::with(&files), &["base.ron", "slow.ron", "fast.ron", "same.ron"]);
    let ranks: Vec<(&str, u64, u64, bool)> = json["rankings"][0]["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|row| {
            let rank = |key: &str| row[key].as_u64().expect("a rank");
            let may_be_best = row["may_be_best"].as_bool().expect("a truth");
            (row["line"].as_str().expect("a name"), rank("first_rank"), rank("last_rank"), may_be_best)
        })
        .collect();
    let expected =
        [("fast", 1, 2, true), ("fast (2)", 1, 2, true), ("proof", 3, 3, false), ("slow", 4, 4, false)];
    assert_eq!(ranks, expected);
    assert_eq!(json["tradeoff"], Value::Null, "no line says what it draws");
}

#[test]
fn a_line_that_another_beats_in_every_figure_is_named() {
    let power = |cycle: &str, kilowatts: u32, name: &str| {
        let machine = format!("Machine(cycle: \"{cycle}\", power: (working: \"{kilowatts} kW\"))");
        layout(RUN, &[("in", "Source()"), ("m", &machine), ("out", "Sink()")], &["in -> m -> out"])
            .replace("proof", name)
    };
    let folder = Folder::with(&[
        ("base.ron", &power("60 s", 6, "base")),
        ("thrifty.ron", &power("60 s", 3, "thrifty")),
        ("fast.ron", &power("30 s", 12, "fast")),
    ]);
    let json = compared(&folder, &["base.ron", "thrifty.ron", "fast.ron"]);
    // Energy per part: 0.1, 0.05 and 0.1 kWh.
    let lines = &json["tradeoff"]["lines"];
    assert_eq!(lines["base"]["beaten_by"], serde_json::json!(["thrifty", "fast"]));
    for name in ["thrifty", "fast"] {
        assert_eq!(
            (&lines[name]["on_front"], lines[name]["beaten_by"].as_array().map(Vec::len)),
            (&true.into(), Some(0))
        );
    }
}

/// A queue with so many arrivals an hour at a machine that can do 60.
fn queue(arrivals: f64) -> String {
    let source = format!("Source(interarrival: Exponential(\"{} s\"))", 3600.0 / arrivals);
    let elements = [
        ("in", source.as_str()),
        ("queue", "Buffer()"),
        ("m", "Machine(cycle: Exponential(\"60 s\"))"),
        ("out", "Sink()"),
    ];
    layout("warm_up: \"10 h\", length: \"50 h\", replications: 10", &elements, &["in -> queue -> m -> out"])
}

#[test]
fn replications_are_added_until_the_interval_is_as_narrow_as_asked() {
    let folder = Folder::with(&[("line.ron", &queue(30.0))]);
    let json = |precision: &str| -> Value {
        let all = ["run", "line.ron", "--precision", precision, "--format", "json", "--quiet", "--strict"];
        serde_json::from_str(&answer(&taktwin(&folder, &all).code(0))).expect("JSON")
    };
    for (precision, figure, relative) in
        [("lead_time 2 %", "lead_time", Some(0.02)), ("m.utilisation 0.003", "m", None)]
    {
        let found = json(precision);
        assert_eq!(found["precision"]["end"], "reached");
        let estimate =
            if figure == "m" { &found["elements"]["m"]["utilisation"] } else { &found["kpis"][figure] };
        let (mean, half) =
            (estimate["mean"].as_f64().expect("a mean"), estimate["half_width"].as_f64().expect("one"));
        let wanted = relative.map_or(0.003, |share| share * mean);
        assert!(half <= wanted, "{half} {wanted}");
        assert!(found["replications"].as_u64() > Some(10), "{}", found["replications"]);
    }
    assert_eq!(json("lead_time 2 %"), json("lead_time 2 %"));
}

#[test]
fn a_precision_that_is_not_reached_is_told_and_ends_with_code_4_if_strict() {
    let folder = Folder::with(&[("line.ron", &queue(30.0))]);
    let call = ["run", "line.ron", "--precision", "lead_time 0.1 %", "--max-replications", "12", "--quiet"];
    let table = answer(&taktwin(&folder, &call).code(0));
    let words = table.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("not reached with the most replications allowed"), "{table}");
    let strict = complaint(&taktwin(&folder, &[&call[..], &["--strict"]].concat()).code(4));
    assert!(strict.contains("the precision that was asked for is not reached: lead_time"), "{strict}");
}

#[test]
fn a_line_that_does_not_settle_is_refused_with_the_reason() {
    let folder = Folder::with(&[("line.ron", &queue(90.0))]);
    let refused =
        complaint(&taktwin(&folder, &["run", "line.ron", "--precision", "lead_time 1 %", "--quiet"]).code(3));
    assert!(
        refused.contains("no number of replications makes the figures of \"proof\" precise"),
        "{refused}"
    );
}

#[test]
fn a_precision_that_makes_no_sense_is_refused_with_the_nearest_name() {
    let folder = Folder::with(&[("line.ron", &queue(30.0))]);
    let wrong = |precision: &str| {
        complaint(&taktwin(&folder, &["run", "line.ron", "--precision", precision, "--quiet"]).code(2))
    };
    assert!(wrong("throughputt 1 %").contains("throughput"));
    assert!(wrong("m.utilization 1 %").contains("utilisation"));
    assert!(wrong("throughput").contains("such as \"throughput 1 %\""));
    assert!(wrong("throughput 1 kWh").contains("not measured in that unit"));
    assert!(wrong("throughput -1 %").contains("half width"));
    assert!(wrong("x.utilisation 1 %").contains("there is no product or element \"x\""));
}

#[test]
fn products_elements_and_bands_can_be_expected() {
    let expecting = |expect: &str| {
        let text = queue(30.0);
        let text = format!("{}    expect: [{expect}],\n)\n", text.trim_end().trim_end_matches(')'));
        let folder = Folder::with(&[("line.ron", &text)]);
        let done = taktwin(&folder, &["run", "line.ron", "--quiet", "--format", "json"]);
        done.get_output().status.code()
    };
    // 30 parts an hour take half of the time of a machine that can do 60.
    for (expect, code) in [
        ("Between(\"throughput\", \"28 /h\", \"32 /h\")", 0),
        ("Between(\"throughput\", \"32 /h\", \"33 /h\")", 1),
        ("AtLeast(\"part.throughput\", \"28 /h\")", 0),
        ("AtMost(\"m.utilisation\", \"60 %\")", 0),
        ("AtMost(\"m.states.working\", \"40 %\")", 1),
        ("AtMost(\"m.states.sleeping\", \"40 %\")", 2),
        ("Between(\"throughput\", \"33 /h\", \"32 /h\")", 2),
        ("AtMost(\"m.utilisation\", \"3 kWh\")", 2),
    ] {
        assert_eq!(expecting(expect), Some(code), "{expect}");
    }
}

#[test]
fn the_differences_of_elements_are_shown_on_request() {
    let folder = Folder::with(&[("base.ron", &stations(2)), ("up.ron", &upgrade(&faster(1)))]);
    let call = ["compare", "base.ron", "up.ron", "--by", "element", "--figures", "throughput", "--quiet"];
    let table = answer(&taktwin(&folder, &call).code(0));
    assert!(table.contains("m1.states.blocked"), "{table}");
    assert!(table.contains("of elements show no difference"), "{table}");
    assert!(!table.contains("lead_time"), "{table}");
    let json = compared(&folder, &["base.ron", "up.ron"]);
    let working = &json["scenarios"][0]["elements"]["m1"]["states.working"];
    near(&[working["mean"].as_f64().expect("a mean")], &[50.0 / 60.0]);
}

#[test]
fn the_first_event_that_two_lines_do_not_share_is_told() {
    let added = "(name: \"add\", add: { \"m3\": Machine(cycle: \"60 s\") }, flow: [\"m2 -> m3 -> out\"])";
    let power = "(name: \"power\", set: { \"m1.power\": (working: \"2 kW\") })";
    let other = stations(2).replace("\"part\"", "\"hood\"");
    let files = [
        ("base.ron", stations(2)),
        ("faster.ron", upgrade(&faster(1))),
        ("longer.ron", upgrade(added)),
        ("power.ron", upgrade(power)),
        ("other.ron", other),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let folder = Folder::with(&files);
    let json = compared(&folder, &["base.ron", "faster.ron", "longer.ron", "power.ron", "other.ron"]);
    let first = |nth: usize| &json["scenarios"][nth]["first_difference"];
    // The faster machine is done after 50 s, when nothing happens in the baseline.
    assert_eq!((&first(0)["time_s"], &first(0)["before"]), (&50.0.into(), &Value::Null));
    assert_eq!(first(0)["after"], serde_json::json!({ "element": "m1", "event": "finishes part 0" }));
    // A part that has left the second machine after 120 s does not come to the end yet.
    assert_eq!((&first(1)["time_s"], &first(1)["before"]["element"]), (&120.0.into(), &"out".into()));
    // What a machine draws changes no event.
    assert_eq!(first(2), &serde_json::json!({ "time_s": null, "before": null, "after": null }));
    assert_eq!(first(3), &Value::Null);
    let told = |files: &[&str]| {
        let all = [&["compare"], files, &["--quiet"]].concat();
        answer(&taktwin(&folder, &all).code(0)).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let text = told(&["base.ron", "faster.ron", "power.ron"]);
    assert!(
        text.contains("first difference: 50.0 s after the start; before: nothing; after: \"m1\" finishes"),
        "{text}"
    );
    assert!(text.contains("first difference: none, event by event, in the first replication note"), "{text}");
    // A priority that decides nothing is no difference, and lines without a common element are not compared.
    let urgent = stations(2).replace("\"part\": ()", "\"part\": (priority: 3)");
    let renamed = stations(2)
        .replace("m1", "a1")
        .replace("m2", "a2")
        .replace("\"in", "\"from")
        .replace("in ->", "from ->");
    let renamed = renamed.replace("out", "to");
    folder.write("urgent.ron", &urgent);
    folder.write("renamed.ron", &renamed);
    let text = told(&["base.ron", "urgent.ron", "renamed.ron"]);
    assert!(text.contains("first difference: none"), "{text}");
    assert!(text.contains("not searched, since the lines have no element in common"), "{text}");
}
