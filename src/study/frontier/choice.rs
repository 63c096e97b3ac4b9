//! Choices: a field of a line and the values that it may have, as the command line gives them.
//!
//! `rack.capacity=2,4,8` is a choice with three options. Commas inside quotes and brackets belong to an option. Each option is
//! tried alone before anything runs, and all faults are returned at once. Read [`Choice`] first, then [`checked_choices`].

use super::fingerprint::LineFingerprint;
use crate::line::{Line, Rejected};
use crate::units::spelling::brief;
use std::collections::BTreeSet;

/// All choices together have so many options at most: each is tried before anything runs.
pub const MOST_OPTIONS: usize = 1000;
/// A message names so many options.
const SHOWN: usize = 5;

/// Reads the line with some changes, each as after `--set`.
pub type ReadLine<'a> = dyn Fn(&[String]) -> Result<Line, Rejected> + 'a;

/// A field of a line and the values that it may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The way to the field, as in `--set`: `rack.capacity`.
    pub path: String,
    /// The values, as in `--set`. What the file says is a value too, and needs no option.
    pub options: Vec<String>,
}

/// What is wrong with a choice, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceFault {
    /// What is wrong, in lower case.
    pub wrong: String,
    /// The remedy.
    pub remedy: String,
}

impl ChoiceFault {
    fn new(wrong: impl Into<String>, remedy: impl Into<String>) -> ChoiceFault {
        ChoiceFault { wrong: wrong.into(), remedy: remedy.into() }
    }
}

impl Choice {
    /// Reads a choice such as `rack.capacity=2,4,8`.
    pub fn parse(text: &str) -> Result<Choice, ChoiceFault> {
        const EXAMPLE: &str =
            "write the way to a field, `=`, and values with commas between them: rack.capacity=2,4,8";
        let Some((path, values)) = text.split_once('=') else {
            return Err(ChoiceFault::new(format!("--vary \"{}\" has no `=`", brief(text)), EXAMPLE));
        };
        let path = path.trim();
        let options = options_of(values).map_err(|why| {
            ChoiceFault::new(format!("--vary {}: {why}", brief(path)), "close each bracket and each quote")
        })?;
        if path.is_empty() {
            return Err(ChoiceFault::new(format!("--vary \"{}\" names no field", brief(text)), EXAMPLE));
        }
        if options.iter().any(String::is_empty) {
            return Err(ChoiceFault::new(format!("--vary {}: an option is empty", brief(path)), EXAMPLE));
        }
        Ok(Choice { path: path.to_owned(), options })
    }

    /// An option as a change after `--set`.
    pub(super) fn set(&self, option: usize) -> String {
        format!("{}={}", self.path, self.options[option])
    }

    /// Whether it changes how the line is run.
    fn is_of_run(&self) -> bool {
        self.path == "run" || self.path.starts_with("run.")
    }

    /// Whether another choice changes the same field, or one inside it.
    fn holds(&self, other: &Choice) -> bool {
        let rest = other.path.strip_prefix(&self.path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }
}

/// The values between the commas that stand in no bracket and in no quotes.
fn options_of(text: &str) -> Result<Vec<String>, &'static str> {
    let (mut options, mut begin) = (Vec::new(), 0);
    let (mut depth, mut is_quoted, mut is_escaped) = (0_usize, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => (),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.checked_sub(1).ok_or("a bracket closes that was not opened")?,
            ',' if depth == 0 => {
                options.push(text[begin..at].trim().to_owned());
                begin = at + 1;
            }
            _ => (),
        }
    }
    if is_quoted || depth > 0 {
        return Err("a bracket or a quote is not closed");
    }
    options.push(text[begin..].trim().to_owned());
    Ok(options)
}

/// Tries each option alone. Options that change nothing, or do the same as an option before them, are left out: the file as it
/// is written is always an option. All faults are returned at once.
pub fn checked_choices(
    choices: Vec<Choice>,
    base: &Line,
    read: &ReadLine<'_>,
) -> Result<Vec<Choice>, Vec<ChoiceFault>> {
    let options: usize = choices.iter().map(|choice| choice.options.len()).sum();
    if options > MOST_OPTIONS {
        let wrong = format!("the choices have {options} options, and at most {MOST_OPTIONS} are tried");
        return Err(vec![ChoiceFault::new(wrong, "name fewer values, such as each second one")]);
    }
    let mut faults = of_paths(&choices);
    let written = LineFingerprint::of(base);
    let mut kept = Vec::new();
    for choice in choices.into_iter().filter(|choice| !choice.is_of_run()) {
        match distinct(&choice, written, read) {
            Ok(options) => kept.push(Choice { path: choice.path, options }),
            Err(of_choice) => faults.extend(of_choice),
        }
    }
    if faults.is_empty() { Ok(kept) } else { Err(faults) }
}

/// Fields that are varied twice, and fields that no setting can change.
fn of_paths(choices: &[Choice]) -> Vec<ChoiceFault> {
    let mut faults = Vec::new();
    for (nth, choice) in choices.iter().enumerate() {
        let path = brief(&choice.path);
        if choice.is_of_run() {
            let wrong = format!("--vary {path}: all settings run alike, so `run` cannot vary");
            faults.push(ChoiceFault::new(wrong, "use `--length`, `--warm-up`, `--replications` or `--seed`"));
        }
        for earlier in &choices[..nth] {
            if earlier.path == choice.path {
                let wrong = format!("--vary {path} is given twice");
                faults.push(ChoiceFault::new(wrong, "put all its options behind one `--vary`"));
            } else if earlier.holds(choice) || choice.holds(earlier) {
                let wrong =
                    format!("--vary {path} and --vary {} change the same value", brief(&earlier.path));
                faults.push(ChoiceFault::new(wrong, "vary only one of them"));
            }
        }
    }
    faults
}

/// The options that differ from the file and from each other; a fault for each reason why the line refuses some of them.
fn distinct(
    choice: &Choice,
    written: LineFingerprint,
    read: &ReadLine<'_>,
) -> Result<Vec<String>, Vec<ChoiceFault>> {
    let (mut options, mut refused) = (Vec::new(), Vec::<((String, String), Vec<&str>)>::new());
    let mut known = BTreeSet::from([written]);
    for (nth, option) in choice.options.iter().enumerate() {
        match read(&[choice.set(nth)]) {
            Ok(line) => options.extend(known.insert(LineFingerprint::of(&line)).then(|| option.clone())),
            Err(rejected) => {
                let (_, why, remedy) = rejected.first();
                let reason = (why, remedy);
                match refused.iter_mut().find(|(known, _)| *known == reason) {
                    Some((_, options)) => options.push(option),
                    None => refused.push((reason, vec![option])),
                }
            }
        }
    }
    if options.is_empty() && refused.is_empty() {
        let wrong = format!("--vary {}: its only option is what the file says", brief(&choice.path));
        return Err(vec![ChoiceFault::new(wrong, "name another value, or leave this choice out")]);
    }
    match refused.is_empty() {
        true => Ok(options),
        false => {
            Err(refused.into_iter().map(|(reason, options)| refusal(choice, &options, reason)).collect())
        }
    }
}

/// That the line refuses some options, for one reason.
fn refusal(choice: &Choice, options: &[&str], (why, remedy): (String, String)) -> ChoiceFault {
    let mut named: Vec<String> = options.iter().take(SHOWN).map(|option| brief(option)).collect();
    if options.len() > SHOWN {
        named.push(format!("{} more", options.len() - SHOWN));
    }
    let wrong = format!("--vary {}: the line refuses {}: {why}", brief(&choice.path), named.join(", "));
    let remedy = if remedy.is_empty() { "correct the way or the value".to_owned() } else { remedy };
    ChoiceFault { wrong, remedy }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(text: &str) -> Vec<String> {
        Choice::parse(text).unwrap_or_else(|fault| panic!("{fault:?}")).options
    }

    #[test]
    fn commas_in_brackets_and_quotes_belong_to_an_option() {
        assert_eq!(options("rack.capacity = 2, 4,8"), ["2", "4", "8"]);
        assert_eq!(options("weld.cycle=\"55 s\",58 s"), ["\"55 s\"", "58 s"]);
        let gamma = "Gamma(mean: \"50 s\", cv: 0.1)";
        assert_eq!(options(&format!("a.b={gamma},{gamma}")), [gamma, gamma]);
        assert_eq!(options("a.b=[1,2],{\"x,)\": 3}"), ["[1,2]", "{\"x,)\": 3}"]);
        assert_eq!(options("a.b=\"say \\\",\\\"\",2"), ["\"say \\\",\\\"\"", "2"]);
    }

    #[test]
    fn a_choice_that_cannot_be_read_says_why() {
        for (text, why) in [
            ("rack.capacity", "has no `=`"),
            ("=1,2", "names no field"),
            ("a.b=1,,2", "an option is empty"),
            ("a.b=", "an option is empty"),
            ("a.b=Gamma(1", "is not closed"),
            ("a.b=\"1", "is not closed"),
            ("a.b=1)", "closes that was not opened"),
        ] {
            let fault = Choice::parse(text).expect_err(text);
            assert!(fault.wrong.contains(why), "{text}: {}", fault.wrong);
        }
    }

    #[test]
    fn a_field_holds_itself_and_what_is_inside_it() {
        let choice = |path: &str| Choice { path: path.to_owned(), options: Vec::new() };
        let cycle = choice("weld.cycle");
        assert!(
            ["weld.cycle", "weld.cycle.mean", "weld.cycle[0]"].iter().all(|path| cycle.holds(&choice(path)))
        );
        assert!(!["weld.cycles", "weld", "weld.power"].iter().any(|path| cycle.holds(&choice(path))));
    }
}
