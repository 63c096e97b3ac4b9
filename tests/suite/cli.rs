//! The program as its user calls it: suggestions, changes, files that appear whole, and the same bytes every time.
//!
//! Exit codes are in `exit_codes.rs`, whole results in `scenes.rs`.

use super::exit_codes::{answer, complaint, good, taktwin};
use super::kit::{Folder, layout};
use std::fs;
use taktwin::energy::EnergyCarrier;

#[test]
fn an_unknown_name_is_answered_with_the_nearest_one() {
    let wrong = [
        ("Mashine(cycle: Constant(\"1 s\"))", "Machine"),
        ("Machine(cycel: Constant(\"1 s\"))", "cycle"),
        ("Machine(cycle: Konstant(\"1 s\"))", "Constant"),
    ];
    for (written, meant) in wrong {
        let text =
            good().replace("Machine(cycle: Exponential(\"30 s\"), power: (working: \"6 kW\"))", written);
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
    let written = json(&["run", "line.ron", "--set", "weld.cycle=Exponential(\"20 s\")"]);
    assert_eq!(written, json(&["run", "faster.ron"]));
    assert_ne!(written, json(&["run", "line.ron"]));
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
    assert!(csv.starts_with("time_ns,element,part,what,product,ideal_ns,purpose,holder\n"), "{csv}");
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
        // A line that draws electricity alone has no rows of carriers.
        let is_carrier = EnergyCarrier::ALL.into_iter().any(|carrier| carrier.name() == kpi.name);
        let row = format!("\n{} ", kpi.name);
        assert_eq!(table.contains(&row), !is_carrier, "{} in the table", kpi.name);
        assert!(csv.contains(kpi.name), "{} in CSV", kpi.name);
        assert!(json["kpis"][kpi.name].is_object(), "{} in JSON", kpi.name);
    }
    for figure in taktwin::kpi::of_product::ALL {
        assert!(help.contains(&format!("\n{} (", figure.name)), "{} in help", figure.name);
        assert!(json["products"]["part"][figure.name].is_object(), "{} in JSON", figure.name);
    }
    for figure in taktwin::kpi::of_element::ALL {
        assert!(help.contains(&format!("\n{}", figure.name)), "{} in help", figure.name);
        assert!(json["elements"]["weld"][figure.name].is_object(), "{} in JSON", figure.name);
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

#[test]
fn a_result_and_a_journal_are_written_by_their_endings_in_any_case() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let call = ["run", "line.ron", "--length", "1 h", "--out", "R.JSON", "--journal", "J.CSV"];
    taktwin(&folder, &call).code(0);
    assert!(fs::read_to_string(folder.at("R.JSON")).unwrap().starts_with('{'));
    assert!(fs::read_to_string(folder.at("J.CSV")).unwrap().starts_with("time_ns,"));
    for name in ["result.pdf", "result.doc", "result.xls"] {
        let written = complaint(&taktwin(&folder, &["run", "line.ron", "--out", name]).code(2));
        assert!(
            written.contains("does not say how to write the result") && written.contains(".csv"),
            "{written}"
        );
    }
    let written = complaint(&taktwin(&folder, &["explain", "line.ron", "--out", "x.csv"]).code(2));
    assert!(written.contains(".json (json)"), "{written}");
    let contrary = ["run", "line.ron", "--format", "csv", "--out", "x.json"];
    assert!(complaint(&taktwin(&folder, &contrary).code(2)).contains("--format says csv"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_is_written_although_the_disk_of_the_journal_is_full_and_the_other_way_round() {
    use std::os::unix::fs::symlink;
    let folder = Folder::with(&[("line.ron", &good())]);
    for name in ["full.csv", "full.json"] {
        symlink("/dev/full", folder.at(name)).unwrap();
    }
    let call = ["run", "line.ron", "--length", "1 h", "--journal", "full.csv", "--out", "result.json"];
    let written = complaint(&taktwin(&folder, &call).code(2));
    assert!(written.contains("full.csv") && written.contains("no space"), "{written}");
    assert!(fs::read_to_string(folder.at("result.json")).unwrap().contains("throughput"));
    let call = ["run", "line.ron", "--length", "1 h", "--journal", "j.csv", "--out", "full.json"];
    taktwin(&folder, &call).code(2);
    assert!(fs::read_to_string(folder.at("j.csv")).unwrap().starts_with("time_ns,"));
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_nobody_can_read_is_an_error() {
    use std::process::{Command, Stdio};
    for arguments in [&["--help"][..], &["run", "--help"], &["--version"]] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_taktwin"))
            .args(arguments)
            .stdout(Stdio::from(full))
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("cannot write to standard output"));
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_is_skipped_with_a_word() {
    let folder = Folder::with(&[("line.ron", &good())]);
    assert!(std::process::Command::new("mkfifo").arg(folder.at("pipe.ron")).status().unwrap().success());
    let call = taktwin(&folder, &["check", "."]).code(0);
    assert!(answer(&call).contains("line.ron: ok"), "{}", answer(&call));
    assert!(complaint(&call).contains("pipe.ron is skipped"), "{}", complaint(&call));
    let list = "Source(arrivals: (csv: \"pipe.ron\", column: \"t\"))";
    let line =
        layout("", &[("in", list), ("m", "Machine(cycle: \"1 s\")"), ("out", "Sink()")], &["in -> m -> out"]);
    fs::write(folder.at("list.ron"), line).unwrap();
    assert!(
        complaint(&taktwin(&folder, &["run", "list.ron"]).code(2)).contains("is no file of at most 64 MB")
    );
}

#[test]
fn variables_of_libraries_change_nothing() {
    use assert_cmd::Command;
    let folder = Folder::with(&[("line.ron", &good())]);
    for arguments in
        [&["--help"][..], &["run", "line.ron", "--length", "1 h"], &["run", "none.ron"], &["frobnicate"]]
    {
        let output = |variables: &[(&str, &str)]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_taktwin"));
            command.current_dir(folder.path()).env_clear().envs(variables.iter().copied()).args(arguments);
            let output = command.output().unwrap();
            (output.stdout, output.stderr, output.status.code())
        };
        let variables = [
            ("CLICOLOR_FORCE", "1"),
            ("FORCE_COLOR", "1"),
            ("RAYON_NUM_THREADS", "many"),
            ("RAYON_RS_NUM_CPUS", "3"),
            ("RUST_BACKTRACE", "full"),
            ("RUST_LOG", "trace"),
            ("TMPDIR", "/nowhere"),
        ];
        assert_eq!(output(&variables), output(&[]), "{arguments:?}");
    }
}

#[test]
fn nothing_of_a_file_or_an_argument_reaches_a_terminal_raw() {
    let table = "t\u{1b}[2J\n1\n";
    let elements = [
        ("in", "Source(arrivals: (csv: \"t.csv\", column: \"t\"))"),
        ("m\u{1b}[31m", "Machine(cycle: \"\u{1b}]0;x\u{7} s\")"),
        ("out", "Sink()"),
    ];
    let text = layout("length: \"\u{9b}31m\"", &elements, &["in -> m -> out"]);
    let folder = Folder::with(&[("line.ron", &text), ("t.csv", table)]);
    for arguments in
        [&["check", "line.ron"][..], &["run", "line.ron"], &["run", "\u{1b}[2J.ron"], &["\u{1b}[2J"]]
    {
        let call = taktwin(&folder, arguments).code(2);
        let written = complaint(&call) + &answer(&call);
        assert!(!written.contains(['\u{1b}', '\u{9b}', '\u{7}']), "{arguments:?}: {written:?}");
    }
}

#[test]
fn a_guess_at_an_encoding_is_told_on_standard_error() {
    let elements = [
        ("in", "Source(arrivals: (csv: \"t.csv\", column: \"t\"))"),
        ("m", "Machine(cycle: \"1 s\")"),
        ("out", "Sink()"),
    ];
    let folder = Folder::with(&[("line.ron", &layout("length: \"1 h\"", &elements, &["in -> m -> out"]))]);
    let latin = b"St\xfcck;t\nf\xfcnf;1,5\nSt\xfchle;2\n";
    fs::write(folder.at("t.csv"), latin).unwrap();
    let guessed = taktwin(&folder, &["run", "line.ron"]).code(0);
    assert!(
        complaint(&guessed).contains("note: t.csv is not UTF-8 and was read as"),
        "{}",
        complaint(&guessed)
    );
    let text = fs::read_to_string(folder.at("line.ron")).unwrap();
    fs::write(folder.at("line.ron"), text.replace("column: \"t\"", "column: \"t\", encoding: \"Latin-1\""))
        .unwrap();
    let named = taktwin(&folder, &["run", "line.ron"]).code(0);
    assert_eq!((complaint(&named).as_str(), answer(&named)), ("", answer(&guessed)));
}

#[test]
fn check_warns_of_a_run_that_takes_longer_than_a_minute_and_of_no_other() {
    let folder = Folder::with(&[("line.ron", &good())]);
    assert_eq!(complaint(&taktwin(&folder, &["check", "line.ron"]).code(0)), "");
    fs::write(
        folder.at("line.ron"),
        good().replace("20 h", "100 y").replace("replications: 5", "replications: 1000"),
    )
    .unwrap();
    let call = taktwin(&folder, &["check", "line.ron"]).code(0);
    assert!(complaint(&call).contains("line.ron will run for about"), "{}", complaint(&call));
    assert!(answer(&call).contains("line.ron: ok"));
    // Where a part has very many ways, each is looked at.
    let machines = |count: usize| {
        let names: Vec<String> = (0..count).map(|nth| format!("m{nth}")).collect();
        let ways: Vec<String> = names.iter().map(|name| format!("in -> {name} -> out")).collect();
        let mut elements = vec![("in", "Source()"), ("out", "Sink()")];
        elements.extend(names.iter().map(|name| (name.as_str(), "Machine(cycle: \"60 s\")")));
        let ways: Vec<&str> = ways.iter().map(String::as_str).collect();
        layout("length: \"1 h\", replications: 1", &elements, &ways)
    };
    for (count, long) in [(1000, false), (20_000, true)] {
        fs::write(folder.at("line.ron"), machines(count)).unwrap();
        let call = taktwin(&folder, &["check", "line.ron"]).code(0);
        assert_eq!(complaint(&call).contains("will run for about"), long, "{count} {}", complaint(&call));
    }
}

#[test]
fn arrivals_may_be_dates_of_a_table() {
    let elements = [
        ("in", "Source(arrivals: (csv: \"t.csv\", column: \"came\"))"),
        ("m", "Machine(cycle: \"1 s\")"),
        ("out", "Sink()"),
    ];
    let run = "start: \"2026-03-02 08:00\", length: \"2 h\", replications: 1";
    let folder = Folder::with(&[("line.ron", &layout(run, &elements, &["in -> m -> out"]))]);
    fs::write(folder.at("t.csv"), "came;who\n2026-03-02 08:00:30;a\n02.03.2026 08:10;b\n90 min;c\n").unwrap();
    taktwin(&folder, &["run", "line.ron", "--journal", "j.csv"]).code(0);
    let journal = fs::read_to_string(folder.at("j.csv")).unwrap();
    let created: Vec<&str> = journal
        .lines()
        .filter(|row| row.contains(",created,"))
        .filter_map(|row| row.split(',').next())
        .collect();
    assert_eq!(created, ["30000000000", "600000000000", "5400000000000"]);
    fs::write(folder.at("t.csv"), "came\n2026-03-02 07:59\n").unwrap();
    let written = complaint(&taktwin(&folder, &["run", "line.ron"]).code(2));
    assert!(written.contains("before the start of the run"), "{written}");
    fs::write(folder.at("t.csv"), "came\n3/2/2026 8:00\n").unwrap();
    assert!(
        complaint(&taktwin(&folder, &["run", "line.ron"]).code(2))
            .contains("write a date as 2026-03-02 08:00")
    );
}
