//! What `frontier` refuses, leaves out and says: wrong choices, settings that cannot run, limits that are reached.

use super::exit_codes::{answer, complaint, good, taktwin};
use super::frontier::shop;
use super::kit::{Folder, layout};
use super::sensitivity::taking_turns;
use serde_json::Value;

/// What a call is refused with.
fn refused(folder: &Folder, arguments: &[&str]) -> String {
    complaint(&taktwin(folder, &[&["frontier", "line.ron", "--length", "1 h"], arguments].concat()).code(2))
}

#[test]
fn a_line_without_choices_has_nothing_to_vary() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let written = refused(&folder, &[]);
    assert!(written.contains("error: there is nothing to vary in `line.ron`"), "{written}");
    assert!(written.contains("help: name a field and values for it, such as `--vary"), "{written}");
}

#[test]
fn everything_that_is_wrong_with_choices_and_figures_is_said_at_once() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let written = refused(
        &folder,
        &[
            "--vary",
            "rakc.capacity=2,4",
            "--vary",
            "rack.capacity=0,4,-1,x",
            "--vary",
            "rack.capacity=7",
            "--vary",
            "weld.cycle=Exponential(\"30 s\")",
            "--vary",
            "run.length=1 h,2 h",
            "--vary",
            "weld.power",
            "--cost",
            "energy_per_god_part",
            "--lose",
            "2 kWh",
        ],
    );
    for expected in [
        "error: --vary \"weld.power\" has no `=`",
        "error: --vary rack.capacity is given twice\nhelp: put all its options behind one `--vary`",
        "error: --vary run.length: all settings run alike",
        "--vary rakc.capacity: the line refuses 2, 4: there is no element `rakc`: this way leads nowhere\nhelp: did you mean `rack`?",
        "--vary rack.capacity: the line refuses 0: a buffer without places holds nothing",
        "--vary rack.capacity: the line refuses -1: ",
        "--vary rack.capacity: the line refuses x: ",
        "--vary weld.cycle: its only option is what the file says",
        "error: --cost: unknown KPI \"energy_per_god_part\"\nhelp: did you mean `energy_per_good_part`?",
        "error: --lose: \"2 kWh\" is no loss of throughput: it is not measured in that unit",
    ] {
        assert!(written.contains(expected), "{expected} is not in {written}");
    }
    assert_eq!(folder.names(), ["line.ron"]);
}

#[test]
fn choices_that_change_the_same_value_are_refused() {
    let folder = Folder::with(&[("line.ron", &shop())]);
    let written = refused(&folder, &["--vary", "cut.cycle.mean=40 s", "--vary", "cut.cycle=40 s,50 s"]);
    assert!(
        written.contains("--vary cut.cycle and --vary cut.cycle.mean change the same value"),
        "{written}"
    );
}

#[test]
fn figures_that_cannot_be_weighed_are_refused_with_a_remedy() {
    let folder = Folder::with(&[
        ("line.ron", &good()),
        ("unknown.ron", &good().replace(", power: (working: \"6 kW\")", "")),
    ]);
    let vary = ["--vary", "rack.capacity=4"];
    let same = refused(&folder, &[&vary[..], &["--cost", "throughput"]].concat());
    assert!(same.contains("throughput cannot be both the cost and the gain"), "{same}");
    let neither = refused(&folder, &[&vary[..], &["--cost", "weld.operations"]].concat());
    assert!(neither.contains("neither more nor less of weld.operations is better"), "{neither}");
    let unknown =
        taktwin(&folder, &["frontier", "unknown.ron", "--vary", "rack.capacity=4", "--length", "1 h"])
            .code(2);
    let unknown = complaint(&unknown);
    assert!(unknown.contains("energy_per_good_part is unknown of \"proof\""), "{unknown}");
    assert!(unknown.contains("help: no element says what it draws: give each its `power`"), "{unknown}");
}

#[test]
fn thousands_of_options_are_refused_before_any_work() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let many: Vec<String> = (1..=5000).map(|places| places.to_string()).collect();
    let written = refused(&folder, &["--vary", &format!("rack.capacity={}", many.join(","))]);
    assert!(written.contains("the choices have 5000 options, and at most 1000 are tried"), "{written}");
    assert!(written.contains("help: name fewer values"), "{written}");
}

#[test]
fn a_search_that_reaches_its_limit_says_so() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let many: Vec<String> = (4..=500).map(|places| places.to_string()).collect();
    let vary = format!("rack.capacity={}", many.join(","));
    let call =
        ["frontier", "line.ron", "--vary", &vary, "--most", "3", "--length", "1 h", "--replications", "3"];
    let written = answer(&taktwin(&folder, &call).code(0));
    let text = written.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("3 of 498 settings were evaluated, the most that are allowed; `--most` allows more."),
        "{text}"
    );
}

#[test]
fn a_setting_that_cannot_run_is_left_out_and_named() {
    // Parts that go back to the mill close a circle; with few places it comes to a deadlock.
    let elements = [
        ("in", "Source(interarrival: \"40 s\")"),
        ("mill", "Machine(cycle: Constant(\"20 s\"), power: (working: \"2 kW\"))"),
        ("rack", "Buffer(capacity: 40)"),
        ("test", "Machine(cycle: Constant(\"22 s\"), power: (working: \"2 kW\"))"),
        ("out", "Sink()"),
    ];
    let flow = ["in -> mill -> rack -> test", "test -> mill 10 %", "test -> out 90 %"];
    let text = layout("length: \"20 h\", replications: 3", &elements, &flow);
    let folder = Folder::with(&[("line.ron", &text)]);
    let call = ["frontier", "line.ron", "--vary", "rack.capacity=1,50", "--format", "json"];
    let json: Value = serde_json::from_str(&answer(&taktwin(&folder, &call).code(0))).unwrap();
    let settings = json["settings"].as_array().unwrap();
    let left_out: Vec<(&str, &str)> = settings
        .iter()
        .filter_map(|one| Some((one["set"]["rack.capacity"].as_str()?, one["left_out"].as_str()?)))
        .collect();
    assert!(matches!(left_out[..], [("1", why)] if why.contains("mill")), "{left_out:?}");
    assert!(settings[1]["cost"].is_null() && !settings[2]["cost"].is_null());
}

#[test]
fn a_setting_in_which_a_part_of_the_line_stands_still_is_left_out() {
    // Faster frames fill the lane, while bars go on.
    let bars =
        [("bars", "Source(product: \"bar\")"), ("saw", "Machine(cycle: \"40 s\")"), ("yard", "Sink()")];
    let folder = Folder::with(&[("line.ron", &taking_turns(&bars, &["bars -> saw -> yard"]))]);
    let call = ["frontier", "line.ron", "--vary", "frames.interarrival=9.9 s", "--vary", "asm.cycle=4 s"];
    let call = [&call[..], &["--cost", "lead_time", "--lose", "50 %", "--format", "json"]].concat();
    let json: Value = serde_json::from_str(&answer(&taktwin(&folder, &call).code(0))).unwrap();
    for setting in json["settings"].as_array().unwrap() {
        let is_faster = setting["set"].get("frames.interarrival").is_some();
        let why = setting["left_out"].as_str();
        assert_eq!(why.is_some_and(|why| why.contains("lane")), is_faster, "{setting}");
    }
    assert_eq!(json["best"]["set"], serde_json::json!({ "asm.cycle": "4 s" }));
}

#[test]
fn options_that_contradict_each_other_are_left_out() {
    let elements = [
        ("in", "Source()"),
        ("saw", "Machine(cycle: \"30 s\", power: (working: \"2 kW\"))"),
        ("rack", "Buffer(capacity: 9, initial: 3)"),
        ("out", "Sink()"),
    ];
    let text = layout("length: \"5 h\", replications: 3", &elements, &["in -> saw -> rack -> out"]);
    let folder = Folder::with(&[("line.ron", &text)]);
    let call =
        ["frontier", "line.ron", "--vary", "rack.capacity=5", "--vary", "rack.initial=8", "--format", "json"];
    let json: Value = serde_json::from_str(&answer(&taktwin(&folder, &call).code(0))).unwrap();
    let left_out: Vec<usize> = (0..4).filter(|nth| !json["settings"][nth]["left_out"].is_null()).collect();
    assert_eq!(left_out, [3]);
    assert!(json["settings"][3]["left_out"].as_str().unwrap().starts_with("the line refuses it: "), "{json}");
}

#[test]
fn a_line_that_no_setting_makes_better_says_so_and_writes_no_file() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let call = [
        "frontier",
        "line.ron",
        "--vary",
        "weld.power.working=8 kW,9 kW",
        "--length",
        "2 h",
        "--write",
        "best.ron",
    ];
    let run = taktwin(&folder, &call).code(0);
    let text = answer(&run).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.starts_with("No setting that is shown to lose at most 1 % of throughput ("), "{text}");
    assert!(text.contains("is better than the baseline in energy per good part."), "{text}");
    assert!(!text.contains("fresh"), "{text}");
    assert!(complaint(&run).contains("`best.ron` is not written"), "{}", complaint(&run));
    assert_eq!(folder.names(), ["line.ron"]);
}

#[test]
fn a_loss_of_exactly_nothing_is_within_a_limit_of_zero() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let call =
        ["frontier", "line.ron", "--vary", "weld.power.working=5 kW", "--length", "2 h", "--format", "json"];
    for more in [&["--lose", "0 %"][..], &["--lose", "0 /h"], &["--lose", "0 %", "--replications", "1"]] {
        let json: Value =
            serde_json::from_str(&answer(&taktwin(&folder, &[&call[..], more].concat()).code(0))).unwrap();
        assert_eq!(json["best"]["set"]["weld.power.working"], "5 kW", "{more:?}");
    }
}

#[test]
fn a_best_setting_that_is_not_confirmed_ends_with_4_if_asked_to_be_strict() {
    let folder = Folder::with(&[("line.ron", &good())]);
    // The same mean and nearly the same spread: which one is best is chance.
    let vary = "weld.cycle=Gamma(mean: \"30 s\", cv: 0.99),Gamma(mean: \"30 s\", cv: 1.01)";
    let call =
        ["frontier", "line.ron", "--vary", vary, "--cost", "lead_time", "--lose", "30 %", "--length", "2 h"];
    let run = answer(&taktwin(&folder, &call).code(0));
    let text = run.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("do not show that it is better and within the limit"), "{text}");
    let strict = taktwin(&folder, &[&call[..], &["--strict"]].concat()).code(4);
    assert!(complaint(&strict).contains("help: more `--replications`"), "{}", complaint(&strict));
}

#[test]
fn no_file_that_is_read_is_written_over_and_two_results_need_two_files() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let vary = ["--vary", "rack.capacity=4"];
    let over = refused(&folder, &[&vary[..], &["--write", "line.ron"]].concat());
    assert!(over.contains("the result would replace `line.ron`, which is read"), "{over}");
    let ending = refused(&folder, &[&vary[..], &["--write", "best.txt"]].concat());
    assert!(ending.contains("end the name in .ron"), "{ending}");
    let same = refused(
        &folder,
        &[&vary[..], &["--report", "a.html", "--out", "a.html", "--format", "json"]].concat(),
    );
    assert!(same.contains("error"), "{same}");
    assert_eq!(folder.names(), ["line.ron"]);
}
