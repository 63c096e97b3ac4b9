//! How the program ends, by real files: the code, and what it says on the way out.

use super::kit::{Folder, layout, layout_of};
use assert_cmd::Command;
use assert_cmd::assert::Assert;
use std::fs;
use std::time::Duration;

/// The program in a folder, ended if it does not end.
pub fn taktwin(folder: &Folder, arguments: &[&str]) -> Assert {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taktwin"));
    command
        .current_dir(folder.path())
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .timeout(Duration::from_secs(120));
    command.args(arguments).assert()
}

/// What a call wrote to standard error.
pub fn complaint(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

/// What a call wrote to standard output.
pub fn answer(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

/// A machine with exponential cycles, half a minute on average: 120 parts an hour.
pub fn good() -> String {
    let machine = "Machine(cycle: Exponential(\"30 s\"), power: (working: \"6 kW\"))";
    let elements =
        [("in", "Source()"), ("weld", machine), ("rack", "Buffer(capacity: 3)"), ("out", "Sink()")];
    layout("length: \"20 h\", replications: 5", &elements, &["in -> weld -> rack -> out"])
}

/// The good line with an expectation.
fn expecting(expectation: &str) -> String {
    let good = good();
    let head = good.strip_suffix(")\n").expect("a layout ends in a bracket");
    format!("{head}    expect: [{expectation}],\n)\n")
}

#[test]
fn a_line_that_runs_and_keeps_its_word_ends_with_0() {
    let folder = Folder::with(&[("line.ron", &expecting("AtLeast(\"throughput\", \"100 /h\")"))]);
    taktwin(&folder, &["check", "line.ron"]).code(0);
    let run = taktwin(&folder, &["run", "line.ron"]).code(0);
    assert!(answer(&run).contains("throughput"));
    assert_eq!(complaint(&run), "");
}

#[test]
fn an_expectation_that_does_not_hold_ends_with_1_and_is_named() {
    let folder = Folder::with(&[("line.ron", &expecting("AtLeast(\"throughput\", \"200 /h\")"))]);
    let run = taktwin(&folder, &["run", "line.ron"]).code(1);
    assert!(complaint(&run).contains("does not hold"), "{}", complaint(&run));
    assert!(answer(&run).contains("throughput"), "the result is shown all the same");
}

#[test]
fn wrong_input_ends_with_2_whatever_is_wrong() {
    let folder = Folder::with(&[("line.ron", &good()), ("torn.ron", "Line(name: ")]);
    for arguments in [
        &["run", "none.ron"][..],
        &["run", "torn.ron"],
        &["check", "line.ron", "torn.ron"],
        &["run", "line.ron", "--replications", "0"],
        &["run", "line.ron", "--length", "0 s"],
        &["run", "line.ron", "--out", "none/result.json"],
        &["run", "line.ron", "--journal", "journal.txt"],
        &["run", "line.ron", "--journal", "same.csv", "--out", "same.csv"],
        &["run", "line.ron", "--format", "xml"],
        &["compare", "line.ron"],
        &["frobnicate"],
    ] {
        let call = taktwin(&folder, arguments).code(2);
        assert!(complaint(&call).contains("error"), "{arguments:?}: {}", complaint(&call));
        assert!(!answer(&call).contains("throughput"), "{arguments:?}");
    }
    assert_eq!(folder.names(), ["line.ron", "torn.ron"]);
}

#[test]
fn a_deadlock_ends_with_3_and_the_circle_of_who_waits() {
    let elements = [
        ("in", "Source()"),
        ("mill", "Machine(cycle: Constant(\"20 s\"))"),
        ("rack", "Buffer(capacity: 2)"),
        ("test", "Machine(cycle: Constant(\"30 s\"))"),
        ("out", "Sink()"),
    ];
    let flow = ["in -> mill -> rack -> test", "test -> mill 10 %", "test -> out 90 %"];
    let folder = Folder::with(&[("loop.ron", &layout("", &elements, &flow))]);
    let written = complaint(&taktwin(&folder, &["run", "loop.ron", "--out", "result.json"]).code(3));
    for waits in ["mill waits for rack", "rack waits for test", "test waits for mill"] {
        assert!(written.contains(waits), "{written}");
    }
    assert!(written.contains("help: "), "{written}");
    assert_eq!(folder.names(), ["loop.ron"]);

    // The journal has what came before.
    let call = ["run", "loop.ron", "--journal", "events.csv", "--quiet"];
    let with_journal = complaint(&taktwin(&folder, &call).code(3));
    assert!(with_journal.contains("mill waits for rack"), "{with_journal}");
    assert!(!with_journal.contains("--journal-of"), "the first run stands still: {with_journal}");
    let events = fs::read_to_string(folder.at("events.csv")).unwrap();
    assert!(events.lines().last().unwrap().contains("blocked"), "{events}");
    let other = complaint(&taktwin(&folder, &[&call[..], &["--journal-of", "1"]].concat()).code(3));
    assert!(other.contains("write `--journal-of 0` for the run that stands still"), "{other}");
}

#[test]
fn a_deadlock_without_a_loop_ends_with_3_and_says_whose_part_never_comes() {
    let elements = [
        ("frames", "Source(product: \"frame\", interarrival: Constant(\"10 s\"))"),
        ("wheels", "Source(product: \"wheel\", interarrival: Constant(\"25 s\"))"),
        ("lane", "Buffer(capacity: 3)"),
        ("build", "Assembler(cycle: Constant(\"5 s\"), parts: { \"frame\": 1, \"wheel\": 1 })"),
        ("out", "Sink()"),
    ];
    let flow = ["frames -> lane", "wheels -> lane", "lane -> build -> out"];
    let text = layout_of("\"frame\": (), \"wheel\": ()", "", &elements, &flow);
    let folder = Folder::with(&[("lane.ron", &text)]);
    let written = complaint(&taktwin(&folder, &["run", "lane.ron"]).code(3));
    for waits in ["build waits for lane", "lane waits for build"] {
        assert!(written.contains(waits), "{written}");
    }
    assert!(written.contains("a way for parts of its own"), "{written}");
}

#[test]
fn parts_that_move_without_time_end_with_3() {
    let elements = [
        ("in", "Source()"),
        ("heap", "Buffer()"),
        ("m", "Machine(cycle: Constant(\"1 s\"))"),
        ("out", "Sink()"),
    ];
    let folder = Folder::with(&[("heap.ron", &layout("", &elements, &["in -> heap -> m -> out"]))]);
    let written = complaint(&taktwin(&folder, &["run", "heap.ron"]).code(3));
    assert!(written.contains("no time passes"), "{written}");
}

/// A part every millisecond, and ten seconds of work on each.
fn flood(length: &str) -> Folder {
    let elements = [
        ("in", "Source(interarrival: \"1 ms\")"),
        ("heap", "Buffer()"),
        ("weld", "Machine(cycle: \"10 s\")"),
        ("out", "Sink()"),
    ];
    let run = format!("length: \"{length}\", replications: 2");
    Folder::with(&[("line.ron", &layout(&run, &elements, &["in -> heap -> weld -> out"]))])
}

#[test]
fn parts_that_pile_up_are_told_of_once_while_the_line_runs() {
    let run = taktwin(&flood("400 s"), &["run", "line.ron"]).code(0);
    let notes = complaint(&run);
    assert_eq!(notes.matches("parts pile up at ").count(), 1, "{notes}");
    assert!(notes.contains("of them in \"heap\"; let fewer parts come in than leave"), "{notes}");
    assert!(answer(&run).contains("work in process still grows"), "{}", answer(&run));
}

#[test]
fn parts_that_pile_up_without_end_end_with_3_before_the_memory_does() {
    let run = taktwin(&flood("30 d"), &["run", "line.ron"]).code(3);
    let written = complaint(&run);
    assert!(written.contains("error: parts pile up at ") && written.contains("replication 0"), "{written}");
    assert!(
        written.contains("help: let fewer parts come in than leave: give \"heap\" a `capacity`"),
        "{written}"
    );
    assert_eq!(answer(&run), "");
}

#[test]
fn a_question_left_open_ends_with_4_only_when_asked_to_be_strict() {
    let folder = Folder::with(&[("line.ron", &good()), ("same.ron", &good())]);
    taktwin(&folder, &["compare", "line.ron", "same.ron"]).code(0);
    taktwin(&folder, &["compare", "line.ron", "same.ron", "--strict"]).code(4);
    taktwin(&folder, &["run", "line.ron", "--strict"]).code(0);
    let folder = Folder::with(&[("close.ron", &expecting("AtLeast(\"throughput\", \"120 /h\")"))]);
    let short = ["run", "close.ron", "--length", "1 h", "--strict"];
    assert!(complaint(&taktwin(&folder, &short).code(4)).contains("neither confirmed nor refuted"));
    taktwin(&folder, &short[..4]).code(0);
}

#[cfg(unix)]
#[test]
fn every_request_to_stop_ends_with_130_and_leaves_no_file() {
    use std::process::{Command, Stdio};
    for signal in ["-INT", "-TERM", "-HUP", "-QUIT"] {
        let folder = Folder::with(&[("line.ron", &good())]);
        let arguments =
            ["run", "line.ron", "--length", "20000 d", "--replications", "1000", "--out", "result.json"];
        let mut child = Command::new(env!("CARGO_BIN_EXE_taktwin"))
            .current_dir(folder.path())
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Long enough for the handler to stand; the run itself would take hours.
        std::thread::sleep(Duration::from_secs(2));
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(130), "{signal}");
        assert_eq!(folder.names(), ["line.ron"]);
    }
}
