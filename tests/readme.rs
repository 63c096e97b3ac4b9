//! The README keeps its word: its layouts are read, its commands run and print what stands there, and everything that
//! the program has a list of is explained in it.
//!
//! A fenced block may carry a file name behind its language; such blocks become files in a temporary folder, in
//! which the commands run. Read [`Block`] first.

use clap::{Command, CommandFactory};
use ron::Options;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process;
use taktwin::cli::{Cli, Exit};
use taktwin::equipment::AnySettings;
use taktwin::layout::{Product, Run};
use taktwin::{distribution, kpi, line, units};
use tempfile::TempDir;

const README: &str = include_str!("../README.md");

/// A fenced block of the README.
struct Block {
    /// The language behind the fence.
    language: &'static str,
    /// The name of the file it is, if it is one.
    file: Option<&'static str>,
    /// What stands in it.
    text: &'static str,
}

fn blocks() -> Vec<Block> {
    let pieces: Vec<&str> = README.split("\n```").collect();
    assert!(pieces.len() % 2 == 1, "every fence that opens is closed");
    let block = |piece: &'static str| {
        let (info, text) = piece.split_once('\n').expect("a fence ends its line");
        let (language, file) =
            info.split_once(' ').map_or((info, None), |(language, file)| (language, Some(file)));
        Block { language, file, text }
    };
    // Every second piece is the inside of a block.
    pieces.into_iter().skip(1).step_by(2).map(block).collect()
}

/// A folder with the scenes and with every file that the README shows.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenes"), &folder.path().join("scenes"));
    for block in blocks() {
        if let Some(file) = block.file {
            fs::write(folder.path().join(file), block.text).expect("a temporary file can be written");
        }
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a temporary folder can be made");
    for entry in fs::read_dir(from).expect("the scenes can be listed") {
        let entry = entry.expect("the scenes can be listed");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a scene can be copied");
        }
    }
}

#[test]
fn every_layout_of_the_readme_is_read() {
    let folder = folder();
    let layouts: Vec<Block> = blocks().into_iter().filter(|block| block.language == "ron").collect();
    assert!(layouts.len() >= 3, "a small line, a whole one and an upgrade");
    for layout in layouts {
        let file = layout.file.expect("a layout of the README has a file name");
        let read = line::read(&folder.path().join(file), &[]);
        read.unwrap_or_else(|rejected| panic!("{}", rejected.render(false)));
    }
}

/// The commands of the consoles, each with what it prints below it.
fn commands() -> Vec<(&'static str, String)> {
    let mut commands: Vec<(&str, String)> = Vec::new();
    for console in blocks().into_iter().filter(|block| block.language == "console") {
        for row in console.text.lines() {
            match (row.strip_prefix("$ "), commands.last_mut()) {
                (Some(command), _) => commands.push((command, String::new())),
                (None, Some((_, output))) => *output += &format!("{row}\n"),
                (None, None) => panic!("output before any command: {row}"),
            }
        }
    }
    commands
}

/// The words of a command line, of which the shell would take quotes away.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut quoted, mut letters) = (vec![String::new()], false, command.chars());
    while let Some(letter) = letters.next() {
        let last = words.last_mut().expect("there is always a word");
        match letter {
            '"' => quoted = !quoted,
            '\\' => last.extend(letters.next()),
            ' ' if !quoted => words.push(String::new()),
            _ => last.push(letter),
        }
    }
    words
}

#[test]
fn every_command_of_the_readme_prints_what_stands_there() {
    let folder = folder();
    // These build; whoever runs this test has done so.
    const BUILDS: [&str; 2] = ["cargo build --release", "cargo test"];
    let mut run = 0;
    for (command, expected) in commands() {
        let call = command.strip_prefix("cargo run --release -- ").or(command.strip_prefix("taktwin "));
        let Some(call) = call else {
            assert!(BUILDS.contains(&command), "this command is not run by any test: {command}");
            continue;
        };
        let output = process::Command::new(env!("CARGO_BIN_EXE_taktwin"))
            .args(words(call))
            .current_dir(folder.path())
            .env_remove("COLUMNS")
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{command}\n{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{command}");
        run += 1;
    }
    assert!(run >= 5, "the README shows how to compare, check, run, upgrade and set");
}

/// The words that follow `start` wherever it stands in the README.
fn following(start: &str) -> BTreeSet<&'static str> {
    let word = |rest: &'static str| rest.split(|c: char| !c.is_ascii_lowercase() && c != '-').next();
    README.split(start).skip(1).filter_map(word).filter(|word| word.starts_with(|c: char| c != '-')).collect()
}

#[test]
fn every_subcommand_that_the_readme_names_exists() {
    let program = Cli::command();
    for name in following("`taktwin ").into_iter().chain(following("$ taktwin ")) {
        assert!(program.get_subcommands().any(|command| command.get_name() == name), "taktwin {name}");
    }
}

#[test]
fn every_option_that_the_readme_names_exists() {
    // Those of cargo, and of all commands.
    let mut known = BTreeSet::from(["release", "path", "features", "help"].map(str::to_owned));
    known.extend(options());
    for option in following(" --").into_iter().chain(following("`--")) {
        assert!(known.contains(option), "--{option}");
    }
}

fn options() -> BTreeSet<String> {
    let program = Cli::command();
    let long = |command: &Command| {
        let options = command.get_arguments().filter_map(|option| option.get_long().map(str::to_owned));
        options.collect::<Vec<_>>()
    };
    program.get_subcommands().flat_map(long).collect()
}

/// What of a list does not stand in the README in this form.
fn missing(list: impl IntoIterator<Item = String>) -> Vec<String> {
    list.into_iter().filter(|form| !README.contains(form)).collect()
}

#[test]
fn every_subcommand_and_option_is_explained() {
    let program = Cli::command();
    let subcommands = program.get_subcommands().map(|command| format!("| `taktwin {}", command.get_name()));
    assert_eq!(missing(subcommands), [""; 0]);
    assert_eq!(missing(options().into_iter().map(|option| format!("| `--{option}"))), [""; 0]);
}

#[test]
fn every_law_is_explained_with_all_ways_to_write_it() {
    let laws = distribution::LAWS.iter().flat_map(|law| {
        let ways = law.examples.iter().map(|example| format!("`{example}`"));
        ways.chain([format!("| {} | {} |", law.name, law.about)])
    });
    assert_eq!(missing(laws), [""; 0]);
}

#[test]
fn every_unit_and_quantity_of_the_readme_is_understood() {
    let table = README.split("| quantity | units | example |").nth(1).expect("the table of units");
    let rows = table.split("\n\n").next().unwrap_or_default();
    let said: Vec<&str> = rows.split('`').skip(1).step_by(2).collect();
    assert!(said.len() > 30, "{said:?}");
    for text in said {
        let quantity =
            if text.starts_with('"') { text.trim_matches('"').into() } else { format!("1 {text}") };
        units::parse_any(&quantity).unwrap_or_else(|message| panic!("{message}"));
    }
}

#[test]
fn every_key_figure_is_explained_by_its_formula() {
    let rows =
        kpi::ALL.iter().flat_map(|kpi| [format!("| `{}` |", kpi.name), format!("| {} |", kpi.formula)]);
    assert_eq!(missing(rows), [""; 0]);
}

#[test]
fn every_exit_code_is_explained() {
    let rows = Exit::ALL.map(|exit| format!("| {} | {} |", exit.code(), exit.sentence()));
    assert_eq!(missing(rows), [""; 0]);
}

/// The fields of whatever is written like this, told by the refusal of one that cannot be.
fn fields<T: DeserializeOwned>(written: &str) -> &'static [&'static str] {
    let newtypes = Options::default().with_default_extension(Extensions::UNWRAP_VARIANT_NEWTYPES);
    match newtypes.from_str::<T>(written).map(drop).map_err(|error| error.code) {
        Err(ron::Error::NoSuchStructField { expected, .. }) => expected,
        other => panic!("{written} gives {other:?}"),
    }
}

#[test]
fn every_field_of_every_kind_is_explained() {
    for kind in AnySettings::KINDS {
        let begin =
            README.find(&format!("**`{kind}`**")).unwrap_or_else(|| panic!("{kind} is not explained"));
        let section = README[begin..].split("\n### ").next().unwrap_or_default();
        let about = section.split("\n**`").next().unwrap_or_default();
        for field in fields::<AnySettings>(&format!("{kind}(nothing: 0)")) {
            // Every kind has a position, which is explained above all of them.
            assert!(*field == "at" || about.contains(&format!("`{field}`")), "`{field}` of {kind}");
        }
    }
}

#[test]
fn every_field_of_runs_and_products_is_explained() {
    let all = fields::<Run>("(nothing: 0)").iter().chain(fields::<Product>("(nothing: 0)"));
    assert_eq!(missing(all.map(|field| format!("| `{field}` |"))), [""; 0]);
}

#[test]
fn every_key_of_the_json_shown_is_in_the_json_written() {
    let folder = folder();
    let program = |words: &[&str]| -> Value {
        let output = process::Command::new(env!("CARGO_BIN_EXE_taktwin"))
            .args(words)
            .args(["--format", "json", "--quiet", "--replications", "3", "--length", "10 h"])
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let written = [
        program(&["run", "workshop.ron"]),
        program(&["compare", "workshop.ron", "better_workshop.ron"])["scenarios"][0]["kpis"].take(),
    ];
    let shown: Vec<Block> = blocks().into_iter().filter(|block| block.language == "json").collect();
    assert_eq!(shown.len(), written.len());
    for (shown, written) in shown.iter().zip(&written) {
        contained(&serde_json::from_str(shown.text).expect("JSON"), written, "");
    }
}

/// Objects have at least the keys that are shown, in lists the first item does.
fn contained(shown: &Value, written: &Value, way: &str) {
    match (shown, written) {
        (Value::Object(shown), Value::Object(written)) => {
            for (key, inner) in shown {
                let way = format!("{way}.{key}");
                contained(inner, written.get(key).unwrap_or_else(|| panic!("{way} is not written")), &way);
            }
        }
        (Value::Array(shown), Value::Array(written)) => {
            if let (Some(shown), Some(written)) = (shown.first(), written.first()) {
                contained(shown, written, &format!("{way}[0]"));
            }
        }
        _ => {}
    }
}
