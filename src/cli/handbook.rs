//! `taktwin help`: the handbook on the terminal: its topics, a chapter, a kind of element, a word in all of them, or a command.

use super::output::Destination;
use super::{Cli, ExitStatus, Failure, help, pager};
use crate::equipment::AnySettings;
use crate::handbook::{self, Page, REFERENCE};
use crate::units::spelling::{brief, nearest};
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Args, Command, CommandFactory, Parser};
use std::ffi::OsStr;

/// Show a chapter of the handbook, find a word in it, or explain a command
#[derive(Args, Clone, Debug)]
#[command(after_help = "Examples:
  taktwin help                     all topics
  taktwin help energy              a chapter
  taktwin help Machine             the fields and ways out of a kind of element
  taktwin help throughput          what it says of a figure, field, rule or term
  taktwin help -k shift            where does the handbook mention it?
  taktwin help run                 the options of a command

On a terminal it is shown page by page by the program that PAGER names, or else
by less or more.")]
pub struct Help {
    /// A topic, a kind of element, another name, or a command; all topics without it
    #[arg(value_parser = Topics, hide_possible_values = true)]
    topic: Vec<String>,

    /// Find a word in the headings and lines of all topics
    #[arg(short = 'k', long = "search", value_name = "WORD", conflicts_with = "topic")]
    search: Option<String>,
}

impl Help {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let topic = self.topic.join("-");
        let text = match &self.search {
            Some(word) => found(word)?,
            None if topic.is_empty() => contents(),
            None if is_command(&topic) => return explain_command(&topic),
            None => self.text(&topic)?,
        };
        pager::show(&text)?;
        Ok(ExitStatus::Done)
    }
}

impl Help {
    /// What the handbook has under the words: a topic, a kind of element, or another name.
    fn text(&self, topic: &str) -> Result<String, Failure> {
        let words = self.topic.join(" ");
        let found = chapter(topic).or_else(|| handbook::said_of(&words, &exits()));
        found.ok_or_else(|| unknown(&words))
    }
}

/// Accepts every word, and gives the topics, kinds and commands to the completion of shells.
#[derive(Clone, Debug)]
struct Topics;

impl TypedValueParser for Topics {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let topics = pages().into_iter().map(|page| page.topic).chain([REFERENCE]);
        Some(Box::new(topics.chain(AnySettings::KINDS.iter().copied()).map(PossibleValue::new)))
    }
}

/// The exit codes as the handbook takes them.
fn exits() -> [(u8, &'static str); ExitStatus::ALL.len()] {
    ExitStatus::ALL.map(|exit| (exit.code(), exit.sentence()))
}

fn pages() -> Vec<Page> {
    handbook::pages(&exits())
}

fn commands() -> Vec<(String, String)> {
    let program = Cli::command();
    let about = |command: &Command| command.get_about().map_or_else(String::new, ToString::to_string);
    program.get_subcommands().map(|command| (command.get_name().to_owned(), about(command))).collect()
}

fn is_command(name: &str) -> bool {
    commands().iter().any(|(command, _)| command == name)
}

/// The same as `taktwin COMMAND --help`.
fn explain_command(name: &str) -> Result<ExitStatus, Failure> {
    match Cli::try_parse_from(["taktwin", name, "--help"]) {
        Err(written) => help::tell(&written),
        Ok(_) => Destination::Terminal.print("").map(|()| ExitStatus::Done),
    }
}

/// All topics and commands, a line each.
fn contents() -> String {
    let row = |name: &str, about: &str| format!("  {name:<14} {about}\n");
    let is_chapter = |page: &&Page| handbook::CHAPTERS.iter().any(|(topic, _)| *topic == page.topic);
    let pages = pages();
    let (chapters, references): (Vec<&Page>, Vec<&Page>) = pages.iter().partition(is_chapter);
    let rows = |pages: Vec<&Page>| pages.iter().map(|page| row(page.topic, page.title())).collect::<String>();
    let commands = commands().iter().map(|(name, about)| row(name, about)).collect::<String>();
    format!(
        "Chapters: taktwin help TOPIC\n{}\nReference, made from the lists in the code\n{}{}\nCommands: taktwin help \
         COMMAND\n{commands}\nFind a word: taktwin help -k WORD\n",
        rows(chapters),
        rows(references),
        row(REFERENCE, "All of these in one text"),
    )
}

/// The text of a topic or of a kind of element, in whatever case.
fn chapter(topic: &str) -> Option<String> {
    if topic.eq_ignore_ascii_case(REFERENCE) {
        return Some(handbook::reference_text(&exits()));
    }
    let page = pages().into_iter().find(|page| page.topic.eq_ignore_ascii_case(topic));
    page.map(|page| page.text).or_else(|| handbook::kind(topic))
}

/// Where a word stands, as `topic: line`.
fn found(word: &str) -> Result<String, Failure> {
    let hits = handbook::search(word.trim(), &exits());
    if hits.is_empty() || word.trim().is_empty() {
        let wrong = format!("the handbook does not mention `{}`", brief(word));
        return Err(Failure::new(
            ExitStatus::InputWrong,
            wrong,
            "try a part of the word; `taktwin help` lists all topics",
        ));
    }
    Ok(hits.iter().map(|hit| format!("{}: {}\n", hit.topic, hit.line)).collect())
}

fn unknown(topic: &str) -> Failure {
    let (pages, commands) = (pages(), commands());
    let topics = pages.iter().map(|page| page.topic).chain([REFERENCE]);
    let names = topics
        .chain(AnySettings::KINDS.iter().copied())
        .chain(commands.iter().map(|(name, _)| name.as_str()));
    let near = nearest(topic, names).map_or_else(String::new, |near| format!("did you mean `{near}`? "));
    let wrong = format!("there is no topic `{}` in the handbook", brief(topic));
    let remedy =
        format!("{near}`taktwin help` lists all topics, `taktwin help -k WORD` finds a word in them");
    Failure::new(ExitStatus::InputWrong, wrong, remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_topics_names_every_page_and_command_within_80_columns() {
        let text = contents();
        for page in pages() {
            assert!(text.contains(&format!("\n  {} ", page.topic)), "{}", page.topic);
        }
        assert!(commands().iter().all(|(name, _)| text.contains(&format!("\n  {name} "))), "{text}");
        let fits =
            |line: &str| line.chars().count() <= 80 || is_command(line.split_whitespace().next().unwrap());
        assert!(text.lines().all(|line| line.is_empty() || fits(line)), "{text}");
    }

    #[test]
    fn no_topic_hides_a_command_or_a_kind() {
        for page in pages() {
            assert!(!is_command(page.topic), "{}", page.topic);
            assert_eq!(handbook::kind(page.topic), None);
        }
    }

    #[test]
    fn a_topic_is_found_in_any_case_and_a_kind_by_its_name() {
        assert!(chapter("Energy").unwrap().starts_with("# Energy\n"));
        assert!(chapter("exit-codes").unwrap().contains("- `70`: a fault of the program itself\n"));
        assert!(chapter("machine").unwrap().contains("- `cycle` (required"));
        assert_eq!(chapter("weather"), None);
    }

    #[test]
    fn a_name_of_any_list_is_explained() {
        let written = |name: &str| handbook::said_of(name, &exits()).unwrap_or_default();
        assert!(written("gamma").contains("## distributions: Distributions\n\n- `Gamma`: "));
        assert!(
            written("Throughput")
                .contains("## figures: Of the line\n\n- `throughput` (1/h, better: higher): ")
        );
        assert!(written("lead time").contains("## glossary: Glossary\n\n- **lead time**: "));
        assert!(written("cycle").matches("\n- ").count() > 5, "{}", written("cycle"));
        assert!(written("70").contains("a fault of the program itself"));
        assert_eq!(written("weather"), "");
    }

    #[test]
    fn shells_complete_topics_and_kinds() {
        let mut script = Vec::new();
        clap_complete::generate(clap_complete::Shell::Bash, &mut Cli::command(), "taktwin", &mut script);
        let script = String::from_utf8(script).unwrap();
        assert!(script.contains(" breakdowns ") && script.contains(" Conveyor "), "{script}");
    }

    #[test]
    fn an_unknown_topic_is_answered_with_the_nearest() {
        let written = unknown("enrgy");
        assert_eq!(written.exit(), ExitStatus::InputWrong);
        let wanted = "error: there is no topic `enrgy` in the handbook\nhelp: did you mean `energy`? ";
        assert!(written.to_string().starts_with(wanted), "{written}");
        assert!(unknown("Mashine").to_string().contains("`Machine`"));
    }

    #[test]
    fn a_search_tells_topic_and_line() {
        let text = found("MSER-5").unwrap();
        assert!(text.lines().all(|line| line.starts_with("comparison: ")), "{text}");
        assert_eq!(found("no such word").unwrap_err().exit(), ExitStatus::InputWrong);
        assert_eq!(found(" ").unwrap_err().exit(), ExitStatus::InputWrong);
    }

    #[test]
    fn the_stored_reference_is_the_one_that_the_lists_make() {
        let stored = include_str!("../handbook/reference.md");
        assert!(
            stored == handbook::reference_text(&exits()),
            "a list has changed: write `taktwin help reference` to src/handbook/reference.md"
        );
    }
}
