//! What came of the files that were tested, for people: a table, and Markdown for a pull request.
//!
//! Read [`TestedFile`] first. JUnit XML, JSON and annotations are in files of their own.

use super::Look;
use super::text::{TextStyle, counted};
use crate::study::{Holds, JudgedExpectation, TrialResult};
use std::path::PathBuf;

/// A file that was tested.
#[derive(Clone, Debug)]
pub struct TestedFile {
    /// The file.
    pub path: PathBuf,
    /// What came of it, or why nothing did.
    pub outcome: Result<TrialResult, String>,
    /// What has changed since an earlier test, expectation by expectation; empty without one.
    pub since: Vec<Option<String>>,
}

/// How a file, or all of them, came out; the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TestOutcome {
    /// Everything holds.
    Passed,
    /// Nothing fails, but something is not decided.
    Inconclusive,
    /// Something does not hold.
    Failed,
    /// It could not be run.
    Error,
}

impl TestOutcome {
    /// The word in every table and file.
    pub fn word(self) -> &'static str {
        match self {
            TestOutcome::Passed => "passed",
            TestOutcome::Inconclusive => "inconclusive",
            TestOutcome::Failed => "failed",
            TestOutcome::Error => "error",
        }
    }

    /// That of an expectation.
    pub fn of(holds: Holds) -> TestOutcome {
        match holds {
            Holds::Holds => TestOutcome::Passed,
            Holds::Inconclusive => TestOutcome::Inconclusive,
            Holds::Fails => TestOutcome::Failed,
        }
    }
}

impl TestedFile {
    /// The worst of its expectations.
    pub fn result(&self) -> TestOutcome {
        match &self.outcome {
            Err(_) => TestOutcome::Error,
            Ok(result) => {
                let all = result.judged.iter().map(|one| TestOutcome::of(one.holds));
                all.max().unwrap_or(TestOutcome::Passed)
            }
        }
    }

    /// What a file with fewer replications or another outcome says in a word or two.
    fn effort(&self) -> String {
        match &self.outcome {
            Ok(result) => format!(
                "{}, {}",
                counted(result.judged.len() as u64, "expectation"),
                counted(result.replications as u64, "replication")
            ),
            Err(_) => "could not be run".to_owned(),
        }
    }
}

/// What was expected of a line, and what was found: `throughput at least 35 /h`, `33.10 ± 0.20 /h`.
pub(crate) fn sentence(found: &JudgedExpectation) -> [String; 2] {
    let judgement = found.judgement();
    [super::text::expected(&judgement), super::text::found(&judgement)]
}

/// `3 passed, 1 failed`.
pub fn tally(files: &[TestedFile]) -> String {
    let all = [TestOutcome::Passed, TestOutcome::Inconclusive, TestOutcome::Failed, TestOutcome::Error];
    let count = |outcome: TestOutcome| files.iter().filter(|file| file.result() == outcome).count();
    let told = all.into_iter().filter(|outcome| *outcome == TestOutcome::Passed || count(*outcome) > 0);
    let words = |outcome: TestOutcome| match (outcome, count(outcome)) {
        (TestOutcome::Error, number) => counted(number as u64, "error"),
        (_, number) => format!("{number} {}", outcome.word()),
    };
    told.map(words).collect::<Vec<_>>().join(", ")
}

/// A line for each file, and below it what does not hold; at the end the sum.
pub fn table(files: &[TestedFile], without: usize, look: Look) -> String {
    let widest = files.iter().map(|file| file.path.display().to_string().chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for file in files {
        let (name, result) = (file.path.display().to_string(), file.result());
        let style = match result {
            TestOutcome::Passed => TextStyle::Green,
            TestOutcome::Inconclusive => TextStyle::Yellow,
            TestOutcome::Failed | TestOutcome::Error => TextStyle::Red,
        };
        let word = style.on(format!("{:<12}", result.word()), look);
        text += &format!("{word} {name:<widest$}  {}\n", file.effort());
        text += &details(file);
    }
    text += &format!("\n{}: {}", counted(files.len() as u64, "file"), tally(files));
    if without > 0 {
        text += &format!("; {} without expectations", counted(without as u64, "file"));
    }
    text + "\n"
}

/// What does not hold, is open, or has changed.
fn details(file: &TestedFile) -> String {
    match &file.outcome {
        Err(reason) => reason.lines().map(|line| format!("    {line}\n")).collect(),
        Ok(result) => {
            let told = result.judged.iter().enumerate().map(|(nth, found)| {
                let [expected, value] = sentence(found);
                let since = file.since.get(nth).and_then(Option::as_deref);
                if found.holds == Holds::Holds && since.is_none() {
                    return String::new();
                }
                let since = since.map_or_else(String::new, |since| format!(" ({since})"));
                let (line, outcome) = (&found.line, found.holds.words());
                format!("    \"{line}\": {expected} {outcome}: it is {value}{since}\n")
            });
            told.collect()
        }
    }
}

/// A summary for a pull request.
pub fn markdown(files: &[TestedFile], without: usize) -> String {
    let mut text = format!("### Taktwin: {}\n\n", tally(files));
    if !files.is_empty() {
        text += "| file | line | expected | found | outcome |\n| --- | --- | --- | --- | --- |\n";
    }
    for file in files {
        let path = cell(&file.path.display().to_string());
        match &file.outcome {
            Err(reason) => {
                let reason = cell(reason.lines().next().unwrap_or_default());
                text += &format!("| {path} | | | {reason} | **error** |\n");
            }
            Ok(result) => {
                for (nth, found) in result.judged.iter().enumerate() {
                    let ([expected, value], word) = (sentence(found), TestOutcome::of(found.holds).word());
                    let word =
                        if found.holds == Holds::Holds { word.to_owned() } else { format!("**{word}**") };
                    let since = file.since.get(nth).and_then(Option::as_deref);
                    let since = since.map_or_else(String::new, |since| format!(" ({})", cell(since)));
                    let (line, expected, value) = (cell(&found.line), cell(&expected), cell(&value));
                    text += &format!("| {path} | {line} | {expected} | {value} | {word}{since} |\n");
                }
            }
        }
    }
    if without > 0 {
        text += &format!("\n{} without expectations.\n", counted(without as u64, "file"));
    }
    text
}

/// A text that keeps within a cell and means nothing else in Markdown.
fn cell(text: &str) -> String {
    let mut safe = String::new();
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => safe.push(' '),
            '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '\\' | '#' => {
                safe.push('\\');
                safe.push(letter);
            }
            _ => safe.push(letter),
        }
    }
    safe
}
