//! What came of the files that were tested, as JUnit XML, as annotations of GitHub, and as JSON that a later test can be
//! compared with.

use super::trials::{TestOutcome, TestedFile, sentence};
use crate::study::JudgedExpectation;
use indexmap::IndexMap;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use serde::{Deserialize, Serialize};

/// JUnit XML: a suite for each file, a case for each expectation. Without `strict` an expectation that is not decided is
/// skipped, with it an error.
pub fn junit(files: &[TestedFile], strict: bool) -> String {
    let mut report = Report::new("taktwin");
    for file in files {
        let name = file.path.display().to_string();
        let mut suite = TestSuite::new(name.as_str());
        match &file.outcome {
            Err(reason) => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
                status.set_message(reason.as_str());
                suite.add_test_case(TestCase::new("run", status));
            }
            Ok(result) => {
                suite.add_test_cases(result.judged.iter().map(|found| case(found, strict)));
            }
        }
        report.add_test_suite(suite);
    }
    // Writing to memory fails for no text: the library leaves out what XML cannot hold.
    report.to_string().unwrap_or_default()
}

fn case(found: &JudgedExpectation, strict: bool) -> TestCase {
    let [expected, value] = sentence(found);
    let message = format!("{} {}: it is {value}", expected, found.holds.words());
    let status = match TestOutcome::of(found.holds) {
        TestOutcome::Passed => TestCaseStatus::success(),
        TestOutcome::Inconclusive if !strict => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(message);
            status
        }
        TestOutcome::Inconclusive | TestOutcome::Error => non_success(NonSuccessKind::Error, &message),
        TestOutcome::Failed => non_success(NonSuccessKind::Failure, &message),
    };
    let mut case = TestCase::new(expected, status);
    case.set_classname(found.line.as_str());
    case
}

fn non_success(kind: NonSuccessKind, message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(message);
    status
}

/// Annotations of GitHub, the worst first, since ten are shown in a step.
pub fn github(files: &[TestedFile]) -> String {
    let mut all: Vec<(TestOutcome, String)> = files.iter().flat_map(annotations).collect();
    all.sort_by_key(|(outcome, _)| std::cmp::Reverse(*outcome));
    all.into_iter().map(|(_, text)| text).collect()
}

fn annotations(file: &TestedFile) -> Vec<(TestOutcome, String)> {
    let result = match &file.outcome {
        Ok(result) => result,
        Err(reason) => {
            let text = annotation("error", &file.path.display().to_string(), 1, "could not be run", reason);
            return vec![(TestOutcome::Error, text)];
        }
    };
    let one = |found: &JudgedExpectation| {
        let outcome = TestOutcome::of(found.holds);
        let level = match outcome {
            TestOutcome::Passed => return None,
            TestOutcome::Inconclusive => "warning",
            TestOutcome::Failed | TestOutcome::Error => "error",
        };
        let ([expected, value], place) = (sentence(found), &found.expectation.place);
        let message = format!("\"{}\": {expected} {}: it is {value}", found.line, found.holds.words());
        let file = place.file.display().to_string();
        Some((outcome, annotation(level, &file, place.line, outcome.word(), &message)))
    };
    result.judged.iter().filter_map(one).collect()
}

/// A workflow command; letters that would end it are written as their codes.
fn annotation(level: &str, file: &str, line: usize, title: &str, message: &str) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let (file, title) = (property(&file.replace('\\', "/")), property(title));
    format!("::{level} file={file},line={line},title={title}::{}\n", data(message))
}

/// The results of a test as they are kept: by file, then by line and expectation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptResults {
    schema: String,
    files: IndexMap<String, IndexMap<String, KeptResult>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct KeptResult {
    outcome: String,
    unit: String,
    mean: Option<f64>,
    half_width: Option<f64>,
}

const SCHEMA: &str = "taktwin/test/1";

impl KeptResults {
    /// Of files that were tested; those that could not be run have no expectations.
    pub fn of(files: &[TestedFile]) -> KeptResults {
        let kept = |file: &TestedFile| {
            let judged = file.outcome.iter().flat_map(|result| &result.judged);
            let all = judged.map(|found| (key(found), KeptResult::of(found))).collect();
            (file.path.display().to_string(), all)
        };
        KeptResults { schema: SCHEMA.to_owned(), files: files.iter().map(kept).collect() }
    }

    /// As JSON.
    pub fn json(&self) -> String {
        super::json::pretty(self)
    }

    /// Reads what an earlier test has kept.
    pub fn read(text: &str) -> Result<KeptResults, String> {
        let kept: KeptResults = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if kept.schema == SCHEMA {
            Ok(kept)
        } else {
            Err(format!("its schema is \"{}\", not {SCHEMA}", kept.schema))
        }
    }

    /// What has changed since, expectation by expectation; nothing where the outcome is the same.
    pub fn since(&self, file: &TestedFile) -> Vec<Option<String>> {
        let before = self.files.get(&file.path.display().to_string());
        let one = |found: &JudgedExpectation| match before.and_then(|kept| kept.get(&key(found))) {
            None => Some("new".to_owned()),
            Some(kept) if kept.outcome == TestOutcome::of(found.holds).word() => None,
            Some(kept) => Some(format!("{} before, with {}", kept.outcome, kept.value())),
        };
        file.outcome.iter().flat_map(|result| &result.judged).map(one).collect()
    }
}

impl KeptResult {
    fn of(found: &JudgedExpectation) -> KeptResult {
        KeptResult {
            outcome: TestOutcome::of(found.holds).word().to_owned(),
            unit: found.unit.clone().into_owned(),
            mean: found.interval.map(|interval| interval.mean),
            half_width: found.interval.and_then(|interval| interval.half_width),
        }
    }

    fn value(&self) -> String {
        let text = match (self.mean, self.half_width) {
            (None, _) => return "no value".to_owned(),
            (Some(mean), Some(half_width)) => crate::units::with_interval(mean, half_width),
            (Some(mean), None) => crate::units::number(mean),
        };
        crate::units::with_unit(&text, &self.unit)
    }
}

/// An expectation is the same in two tests if it says the same of the same line.
fn key(found: &JudgedExpectation) -> String {
    format!("{}: {}", found.line, sentence(found)[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_annotation_keeps_to_one_command() {
        let text = annotation("error", "a,b:c\\d.ron", 3, "failed", "100 %\nis more");
        assert_eq!(text, "::error file=a%2Cb%3Ac/d.ron,line=3,title=failed::100 %25%0Ais more\n");
    }
}
