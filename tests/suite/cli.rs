//! The program as its user calls it: suggestions, changes, files that appear whole, and the same bytes every time.
//!
//! Exit codes are in `exit_codes.rs`, whole results in `scenes.rs`.

use super::exit_codes::{answer, complaint, good, taktwin};
use super::kit::{Folder, layout};
use std::fs;

#[test]
fn an_unknown_name_is_answered_with_the_nearest_one() {
    let wrong = [
        ("Mashine(cycle: Constant(\"1 s\"))", "Machine"),
        ("Machine(cycel: Constant(\"1 s\"))", "cycle"),
        ("Machine(cycle: Konstant(\"1 s\"))", "Constant"),
    ];
    for (said, meant) in wrong {
        let text = good().replace("Machine(cycle: Exponential(\"30 s\"), power: (working: \"6 kW\"))", said);
        let folder = Folder::with(&[("line.ron", &text)]);
        let complaint = complaint(&taktwin(&folder, &["check", "line.ron"]).code(2));
        assert!(complaint.contains("did you mean"), "{complaint}");
        assert!(complaint.contains(meant) && complaint.contains("line.ron:"), "{complaint}");
    }
}

#[test]
fn a_change_that_reaches_nothing_is_answered_with_the_nearest_field() {
    let folder = Folder::with(&[("line.ron", &good())]);
    for (set, meant) in
        [("rak.capacity=4", "rack"), ("rack.capacty=4", "capacity"), ("rack.capacity=many", "capacity")]
    {
        let complaint = complaint(&taktwin(&folder, &["run", "line.ron", "--set", set]).code(2));
        assert!(complaint.contains(meant), "{complaint}");
    }
}

#[test]
fn a_change_on_the_command_line_is_a_change_of_the_file() {
    let faster = good().replace("30 s", "20 s");
    let folder = Folder::with(&[("line.ron", &good()), ("faster.ron", &faster)]);
    let json =
        |arguments: &[&str]| answer(&taktwin(&folder, &[arguments, &["--format", "json"]].concat()).code(0));
    let said = json(&["run", "line.ron", "--set", "weld.cycle=Exponential(\"20 s\")"]);
    assert_eq!(said, json(&["run", "faster.ron"]));
    assert_ne!(said, json(&["run", "line.ron"]));
}

#[test]
fn the_same_bytes_come_out_of_any_number_of_threads() {
    let folder = Folder::with(&[("line.ron", &good()), ("other.ron", &good().replace("30 s", "29 s"))]);
    for format in ["table", "json", "csv"] {
        for call in [&["run", "line.ron"][..], &["compare", "line.ron", "other.ron"]] {
            let by = |jobs: &str| {
                let arguments = [call, &["--replications", "7", "--format", format, "--jobs", jobs]].concat();
                answer(&taktwin(&folder, &arguments).code(0))
            };
            assert_eq!(by("1"), by("2"), "{call:?} {format}");
            assert_eq!(by("1"), by("5"), "{call:?} {format}");
        }
    }
}

#[test]
fn a_file_gets_what_the_terminal_would_have_got_and_nothing_is_left_beside_it() {
    let folder = Folder::with(&[("line.ron", &good()), ("result.json", "an older and much longer result")]);
    let shown = answer(&taktwin(&folder, &["run", "line.ron", "--format", "json"]).code(0));
    let silent = taktwin(&folder, &["run", "line.ron", "--out", "result.json"]).code(0);
    assert_eq!(answer(&silent), "");
    assert_eq!(fs::read_to_string(folder.at("result.json")).unwrap(), shown);
    assert_eq!(folder.names(), ["line.ron", "result.json"]);
}

#[test]
fn a_result_that_is_not_made_leaves_the_older_one() {
    let folder = Folder::with(&[("line.ron", "Line("), ("result.json", "before")]);
    taktwin(&folder, &["run", "line.ron", "--out", "result.json"]).code(2);
    assert_eq!(fs::read_to_string(folder.at("result.json")).unwrap(), "before");
    assert_eq!(folder.names(), ["line.ron", "result.json"]);
}

#[test]
fn nothing_that_is_read_is_written_over() {
    let upgrade = "Upgrade(name: \"more\", base: \"line.csv\", changes: [])";
    let elements = [
        ("in", "Source(arrivals: (csv: \"times.csv\", column: \"t\"))"),
        ("m", "Machine(cycle: \"1 s\")"),
        ("out", "Sink()"),
    ];
    let line = layout("length: \"1 h\"", &elements, &["in -> m -> out"]);
    let files = [("up.ron", upgrade), ("line.csv", line.as_str()), ("times.csv", "t\n1\n2\n")];
    let folder = Folder::with(&files);
    for name in ["up.ron", "line.csv", "times.csv"] {
        taktwin(&folder, &["run", "up.ron", "--out", name]).code(2);
        taktwin(&folder, &["compare", "line.csv", "up.ron", "--out", name]).code(2);
    }
    for name in ["line.csv", "times.csv"] {
        taktwin(&folder, &["run", "up.ron", "--journal", name]).code(2);
    }
    for (name, text) in files {
        assert_eq!(fs::read_to_string(folder.at(name)).unwrap(), text);
    }
}

#[test]
fn a_journal_is_written_by_the_ending_of_its_name() {
    let folder = Folder::with(&[("line.ron", &good())]);
    for name in ["j.jsonl", "j.csv"] {
        taktwin(&folder, &["run", "line.ron", "--length", "1 h", "--journal", name]).code(0);
    }
    let read = |name: &str| fs::read_to_string(folder.at(name)).unwrap();
    let (json, csv) = (read("j.jsonl"), read("j.csv"));
    assert!(csv.starts_with("time_ns,element,part,what,product,ideal_ns\n"), "{csv}");
    assert_eq!(json.lines().count(), csv.lines().count() - 1);
    for row in json.lines() {
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        assert!(row["time_ns"].is_u64() && row["element"].is_string() && row["what"].is_string(), "{row}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    use std::process::{Command, Stdio};
    let folder = Folder::with(&[("line.ron", &good())]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_taktwin"))
        .current_dir(folder.path())
        .args(["run", "line.ron", "--format", "json", "--length", "1 h"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[test]
fn completions_know_the_subcommands_in_every_shell() {
    let folder = Folder::with(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = answer(&taktwin(&folder, &["completions", shell]).code(0));
        assert!(["compare", "replications", "journal"].iter().all(|word| script.contains(word)), "{shell}");
    }
}

#[test]
fn help_table_json_and_csv_call_the_same_figures_by_the_same_names() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let told = |arguments: &[&str]| answer(&taktwin(&folder, arguments).code(0));
    let (help, table) = (told(&["kpis"]), told(&["run", "line.ron"]));
    let csv = told(&["run", "line.ron", "--format", "csv"]);
    let json: serde_json::Value =
        serde_json::from_str(&told(&["run", "line.ron", "--format", "json"])).unwrap();
    for kpi in taktwin::kpi::ALL {
        assert!(help.contains(kpi.name), "{} in the help", kpi.name);
        assert!(table.contains(kpi.name), "{} in the table", kpi.name);
        assert!(csv.contains(kpi.name), "{} in CSV", kpi.name);
        assert!(json["kpis"][kpi.name].is_object(), "{} in JSON", kpi.name);
    }
}

#[test]
fn help_names_every_subcommand_and_every_exit_code() {
    let help = answer(&taktwin(&Folder::with(&[]), &["--help"]).code(0));
    for word in ["run", "compare", "check", "explain", "kpis", "completions"] {
        assert!(help.contains(&format!("\n  {word} ")), "{word}: {help}");
    }
    for code in ["0", "1", "2", "3", "4", "70", "130"] {
        assert!(
            help.lines().any(|line| line.trim_start().starts_with(&format!("{code} "))),
            "{code}: {help}"
        );
    }
}
