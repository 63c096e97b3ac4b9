//! What a wrong file says of itself, and what the program says of it.
//!
//! `//~ message` behind a fault is the message expected on that line. On lines of their own, below it, stand more of
//! them, and `//~ label: ..` and `//~ help: ..` belong to the message before them. Where a comment cannot stand, as
//! behind a text that is not closed, `//~ at 5: message` names the line. `//~ set: way=value` is an argument to read
//! the file with; what is wrong with that is expected `//~ at --set: message`. The messages of a base that is wrong
//! stand in the base; of one that is right, `//~ at beside/line.ron:14: message` names the line.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use taktwin::line::{self, Line};

/// Tests are run from the folder of the package.
const FOLDER: &str = "tests/wrong";

/// A message that a file says it gets.
#[derive(Debug)]
pub struct Expected {
    pub file: String,
    pub line: usize,
    pub title: String,
    pub label: Option<String>,
    pub help: Vec<String>,
}

/// A message that was shown.
#[derive(Debug)]
pub struct Message {
    pub file: String,
    pub line: usize,
    pub title: String,
    pub label: String,
    pub help: Vec<String>,
    /// The line of the file, and which bytes of it are underlined.
    pub code: String,
    pub underlined: Range<usize>,
}

/// All wrong files.
pub fn files() -> Vec<PathBuf> {
    let folder = Path::new(FOLDER).read_dir().expect("the folder of wrong files");
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "ron"));
    files.sort();
    assert!(files.len() >= 45, "{}", files.len());
    files
}

/// What a file expects, and the line that came of it or the messages.
pub fn read(file: &Path) -> (Vec<Expected>, Result<Line, String>) {
    let (mut expected, mut sets) = (Vec::new(), Vec::new());
    annotations(file, &mut expected, &mut sets);
    (expected, line::read(file, &sets).map_err(|rejected| rejected.render(false)))
}

fn annotations(file: &Path, expected: &mut Vec<Expected>, sets: &mut Vec<String>) {
    let text = fs::read_to_string(file).expect("a text");
    let mut line = 1;
    for (number, code) in (1..).zip(text.lines()) {
        let Some((before, written)) = code.split_once("//~ ") else { continue };
        if !before.trim().is_empty() {
            line = number;
        }
        if let Some(set) = written.strip_prefix("set: ") {
            sets.push(set.to_owned());
        } else if let Some(label) = written.strip_prefix("label: ") {
            expected.last_mut().expect("a message before its label").label = Some(label.to_owned());
        } else if let Some(help) = written.strip_prefix("help: ") {
            expected.last_mut().expect("a message before its help").help.push(help.to_owned());
        } else {
            expected.push(title(file, line, written));
        }
    }
    let base = text.split_once("base: \"").and_then(|(_, rest)| rest.split_once('"'));
    let base = base.map(|(base, _)| file.with_file_name(base)).filter(|base| base.is_file() && base != file);
    // A base that leads back has said everything when it was the file itself.
    if let Some(base) = base.filter(|_| file.parent() == Some(Path::new(FOLDER))) {
        annotations(&base, expected, sets);
    }
}

/// A message at a line, or `at 5: ..`, `at --set: ..`, `at beside/line.ron:5: ..`.
fn title(file: &Path, line: usize, written: &str) -> Expected {
    let (at, title) = written.strip_prefix("at ").and_then(|at| at.split_once(": ")).unwrap_or(("", written));
    let (name, line) = match (at, at.split_once(':')) {
        ("", _) => (file.display().to_string(), line),
        ("--set", _) => (at.to_owned(), 1),
        (_, Some((base, line))) => (format!("{FOLDER}/{base}"), line.parse().expect("a line")),
        (line, None) => (file.display().to_string(), line.parse().expect("a line")),
    };
    Expected { file: name, line, title: title.to_owned(), label: None, help: Vec::new() }
}

/// The messages of a report.
pub fn messages(report: &str) -> Vec<Message> {
    report.split("\n\n").filter(|shown| !shown.trim().is_empty()).map(message).collect()
}

fn message(shown: &str) -> Message {
    let mut lines = shown.lines();
    let title = lines.next().and_then(|line| line.strip_prefix("error: ")).expect(shown).to_owned();
    let place = lines.next().and_then(|line| line.trim().strip_prefix("--> ")).unwrap_or("?:0:0");
    let mut place = place.rsplitn(3, ':').skip(1);
    let line = place.next().and_then(|line| line.parse().ok()).expect(shown);
    let file = place.next().expect(shown).to_owned();
    let rows: Vec<&str> = lines.map(|row| row.split_once('|').map_or(row, |(_, row)| row)).collect();
    let code = rows.get(1).map_or("", |row| row.get(1..).unwrap_or("")).to_owned();
    let mark = rows.get(2).map_or("", |row| row.get(1..).unwrap_or(""));
    let from = mark.find('^').unwrap_or(0);
    let to = mark.rfind('^').map_or(0, |last| last + 1);
    let help = shown.lines().filter_map(|row| row.split_once("= help: ")).map(|(_, help)| help.to_owned());
    let label = mark[to..].trim().to_owned();
    Message { file, line, title, label, help: help.collect(), code, underlined: from..to }
}
