//! Several results and journals at once: each in the format of its ending, each whole or not there, whenever the program is killed.

use super::exit_codes::{answer, complaint, good, taktwin};
use super::kit::Folder;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn each_file_gets_what_it_would_get_alone() {
    let folder = Folder::with(&[("line.ron", &good()), ("faster.ron", &good().replace("30 s", "20 s"))]);
    for call in [&["run", "line.ron"][..], &["compare", "line.ron", "faster.ron"]] {
        let outs = ["--out", "a.json", "--out", "a.csv", "--out", "a.md", "--out", "a.txt"];
        assert_eq!(answer(&taktwin(&folder, &[call, &outs].concat()).code(0)), "");
        for (ending, format) in [("json", "json"), ("csv", "csv"), ("md", "markdown"), ("txt", "table")] {
            let alone = answer(&taktwin(&folder, &[call, &["--format", format]].concat()).code(0));
            assert_eq!(fs::read_to_string(folder.at(&format!("a.{ending}"))).unwrap(), alone, "{ending}");
        }
    }
}

#[test]
fn two_outputs_cannot_share_a_file_or_a_format() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let refused = |arguments: &[&str]| {
        complaint(&taktwin(&folder, &[&["run", "line.ron"], arguments].concat()).code(2))
    };
    assert!(refused(&["--out", "a.csv", "--out", "./a.csv"]).contains("cannot both go to"));
    assert!(refused(&["--out", "a.csv", "--journal", "a.csv"]).contains("cannot both go to"));
    assert!(
        refused(&["--out", "a.csv", "--out", "a.json", "--format", "csv"])
            .contains("cannot hold for 2 files")
    );
    assert!(refused(&["--journal", "j.csv", "--journal-of", "9"]).contains("they count from 0 to 4"));
    assert!(refused(&["--journal-of", "1"]).contains("--journal"));
    assert_eq!(folder.names(), ["line.ron"]);
}

#[cfg(not(feature = "formats"))]
#[test]
fn a_format_that_was_not_built_is_answered_with_the_command_that_builds_it() {
    let folder = Folder::with(&[("line.ron", &good())]);
    for arguments in
        [["--out", "a.xlsx"], ["--out", "a.parquet"], ["--format", "xlsx"], ["--journal", "states.xlsx"]]
    {
        let call = [&["run", "line.ron"][..], &arguments].concat();
        let written = complaint(&taktwin(&folder, &call).code(2));
        assert!(written.contains("cargo install --path . --features formats"), "{written}");
    }
    assert_eq!(folder.names(), ["line.ron"]);
}

#[test]
fn a_table_with_chinese_names_opens_right_in_a_spreadsheet_and_is_read_by_a_layout() {
    let folder = Folder::with(&[("line.ron", &good().replace("name: \"proof\"", "name: \"油烟机\""))]);
    taktwin(&folder, &["run", "line.ron", "--out", "a.csv"]).code(0);
    let table = fs::read_to_string(folder.at("a.csv")).unwrap();
    assert!(table.starts_with("\u{feff}scenario,") && table.contains("油烟机,0,throughput,"), "{table}");
    let list = good().replace("Source()", "Source(arrivals: (csv: \"a.csv\", column: \"replication\"))");
    fs::write(folder.at("list.ron"), list).unwrap();
    taktwin(&folder, &["check", "list.ron"]).code(0);
    // Plain letters need no mark, and programs that do not expect one go on as before.
    fs::write(folder.at("line.ron"), good()).unwrap();
    taktwin(&folder, &["run", "line.ron", "--out", "a.csv"]).code(0);
    assert!(fs::read_to_string(folder.at("a.csv")).unwrap().starts_with("scenario,"));
}

#[test]
fn every_replication_has_a_journal_of_its_own() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let call = |arguments: &[&str]| {
        taktwin(
            &folder,
            &[&["run", "line.ron", "--length", "1 h", "--replications", "11"], arguments].concat(),
        )
        .code(0);
    };
    call(&["--journal", "all.csv", "--journal", "all.xes", "--journal-of", "all"]);
    call(&["--journal", "third.csv", "--journal-of", "3"]);
    let read = |name: &str| fs::read_to_string(folder.at(name)).unwrap();
    assert_eq!(read("all.03.csv"), read("third.csv"));
    assert_ne!(read("all.03.csv"), read("all.10.csv"));
    assert!(read("all.10.xes").ends_with("</log>\n"));
    // The line, eleven journals of both kinds, and the third.
    assert_eq!(folder.names().len(), 24);
}

#[test]
fn a_run_that_is_killed_leaves_each_file_whole_or_as_it_was() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let outs = ["a.json", "a.csv", "a.md"];
    let files = ["a.json", "a.csv", "a.md", "j.jsonl", "j.xes"];
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_taktwin"));
        command.current_dir(folder.path()).args(["run", "line.ron", "--length", "3 d", "--quiet"]);
        outs.iter().for_each(|name| _ = command.args(["--out", name]));
        files[3..].iter().for_each(|name| _ = command.args(["--journal", name]));
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let begin = Instant::now();
    assert!(start().wait().unwrap().success());
    let whole = begin.elapsed();
    let results = files.map(|name| fs::read(folder.at(name)).unwrap());
    let mut killed = 0;
    for eighth in 1..8 {
        files.iter().for_each(|name| fs::write(folder.at(name), "before").unwrap());
        let mut run = start();
        std::thread::sleep(whole.mul_f64(f64::from(eighth) / 8.0).min(Duration::from_secs(20)));
        let _ = run.kill();
        killed += u32::from(!run.wait().unwrap().success());
        for (name, result) in files.iter().zip(&results) {
            let found = fs::read(folder.at(name)).unwrap();
            assert!(found == b"before" || found == *result, "{name} is neither whole nor as it was");
        }
    }
    assert!(killed > 0, "every run ended before it was killed");
}
