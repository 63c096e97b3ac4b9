//! The README and the handbook keep their word: their layouts are read, their commands run and print what stands there, and
//! everything that the program has a list of is explained in it.
//!
//! A fenced block may carry a file name behind its language; such blocks become files in a temporary folder, in
//! which the commands run. Read [`Block`] first. That the handbook agrees with the fields, rules and figures of the code is
//! tested beside it, in `src/handbook`.

use clap::{Command, CommandFactory, Parser};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process;
use taktwin::cli::Cli;
use taktwin::handbook::{CHAPTERS, entries};
use taktwin::{distribution, line, units};
use tempfile::TempDir;

const README: &str = include_str!("../README.md");

/// The README and all chapters, each with its name.
fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    [("README", README)].into_iter().chain(CHAPTERS.iter().copied())
}

/// A fenced block of a text.
struct Block {
    /// The language behind the fence.
    language: &'static str,
    /// The name of the file it is, if it is one.
    file: Option<&'static str>,
    /// What stands in it.
    text: &'static str,
}

fn blocks_of(name: &str, text: &'static str) -> Vec<Block> {
    let pieces: Vec<&str> = text.split("\n```").collect();
    assert!(pieces.len() % 2 == 1, "every fence of {name} that opens is closed");
    let block = |piece: &'static str| {
        let (info, text) = piece.split_once('\n').expect("a fence ends its line");
        let (language, file) =
            info.split_once(' ').map_or((info, None), |(language, file)| (language, Some(file)));
        Block { language, file, text }
    };
    // Every second piece is the inside of a block.
    pieces.into_iter().skip(1).step_by(2).map(block).collect()
}

fn blocks() -> Vec<Block> {
    texts().flat_map(|(name, text)| blocks_of(name, text)).collect()
}

/// A folder with the scenes and with every file that the texts show.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenes"), &folder.path().join("scenes"));
    let mut shown = BTreeMap::new();
    for block in blocks() {
        if let Some(file) = block.file {
            let before = shown.insert(file, block.text);
            assert!(before.is_none_or(|before| before == block.text), "two texts show `{file}` differently");
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
fn every_layout_that_is_shown_is_read() {
    let folder = folder();
    let is_layout =
        |block: &Block| block.language == "ron" || (block.language == "json" && block.file.is_some());
    let layouts: Vec<Block> = blocks().into_iter().filter(is_layout).collect();
    assert!(layouts.len() >= 5, "a small line, a whole one, upgrades and tested boards");
    for layout in layouts {
        let file = layout.file.expect("a layout has a file name");
        let path = folder.path().join(file);
        if taktwin::layout::is_study(&path) {
            let read = taktwin::study::StudyFile::read(&path, &[]);
            read.unwrap_or_else(|rejected| panic!("{}", rejected[0].render(false)));
            continue;
        }
        if layout.text.starts_with("Tariff(") {
            let read = taktwin::line::read_tariff(folder.path(), file, &[]);
            read.unwrap_or_else(|rejected| panic!("{}", rejected.render(false)));
            continue;
        }
        let read = line::read(&path, &[]);
        read.unwrap_or_else(|rejected| panic!("{}", rejected.render(false)));
    }
}

#[test]
fn the_readme_is_short_and_leads_to_every_chapter() {
    assert!(README.lines().count() <= 250, "{} lines", README.lines().count());
    for (topic, _) in CHAPTERS.iter().copied().chain([("reference", "")]) {
        assert!(README.contains(&format!("[`{topic}`](src/handbook/{topic}.md)")), "{topic}");
    }
    let linked = README.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for file in linked.filter(|link| !link.starts_with("http")) {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(file).exists(), "{file}");
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

/// The arguments of a call of the program, whether it is installed or built first.
fn arguments(command: &str) -> Option<Vec<String>> {
    let installed = command.strip_prefix("taktwin ").or(command.strip_prefix("cargo run --release -- "));
    let with_window = command.strip_prefix("cargo run --release --features desktop -- ");
    installed.or(with_window).map(words)
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
fn every_command_that_is_shown_prints_what_stands_there() {
    const ENDED: &str = "echo $?";
    // These build; this test runs only after that.
    const BUILDS: [&str; 2] = ["cargo build --release", "cargo test"];
    let folder = folder();
    let commands = commands();
    let mut run = 0;
    for (nth, (command, expected)) in commands.iter().enumerate() {
        let Some(arguments) = arguments(command) else {
            assert!(BUILDS.contains(command) || *command == ENDED, "no test runs this command: {command}");
            continue;
        };
        let output = process::Command::new(env!("CARGO_BIN_EXE_taktwin"))
            .args(arguments)
            .current_dir(folder.path())
            .env_remove("COLUMNS")
            .output()
            .expect("the program starts");
        // Success, unless the code is shown below.
        let ended = commands.get(nth + 1).filter(|(next, _)| *next == ENDED);
        let code = ended.map_or(0, |(_, code)| code.trim().parse().expect("a code"));
        assert_eq!(
            output.status.code(),
            Some(code),
            "{command}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert_eq!(String::from_utf8_lossy(&output.stdout), *expected, "{command}");
        run += 1;
    }
    assert!(run >= 12, "the texts show how to compare, check, run, upgrade and set");
}

#[test]
fn every_command_for_a_screen_is_understood_and_its_files_exist() {
    let mut calls = 0;
    for shell in blocks().into_iter().filter(|block| block.language == "sh") {
        for arguments in shell.text.lines().filter_map(arguments) {
            let call = std::iter::once("taktwin".to_owned()).chain(arguments.iter().cloned());
            Cli::try_parse_from(call).unwrap_or_else(|written| panic!("{written}"));
            for file in arguments.iter().filter(|argument| argument.starts_with("scenes/")) {
                assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(file).exists(), "{file}");
            }
            calls += 1;
        }
    }
    assert!(calls >= 5, "{calls}");
}

/// The words that follow `start` wherever it stands in the texts.
fn following(start: &str) -> BTreeSet<&'static str> {
    let word = |rest: &'static str| rest.split(|c: char| !c.is_ascii_lowercase() && c != '-').next();
    let words = texts().flat_map(|(_, text)| text.split(start).skip(1).filter_map(word).collect::<Vec<_>>());
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).collect()
}

/// What a call of the program prints, and its code.
fn call(arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = process::Command::new(env!("CARGO_BIN_EXE_taktwin"))
        .args(arguments)
        .output()
        .expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

#[test]
fn help_prints_chapters_and_the_help_of_commands() {
    let (topics, _, code) = call(&["help"]);
    assert_eq!(code, Some(0));
    for (topic, text) in CHAPTERS {
        assert!(topics.contains(&format!("\n  {topic} ")), "{topic}");
        // All but what only the compiler needs.
        let lines = text.lines().filter(|line| !line.starts_with("# Ok::<"));
        let shown: String = lines.map(|line| line.to_owned() + "\n").collect();
        assert_eq!(call(&["help", topic]), (shown, String::new(), Some(0)));
    }
    for command in Cli::command().get_subcommands().map(Command::get_name) {
        assert_eq!(call(&["help", command]), call(&[command, "--help"]), "{command}");
    }
}

#[test]
fn help_with_a_wrong_topic_names_the_nearest_and_ends_with_code_2() {
    let (answer, written, code) = call(&["help", "brekdowns"]);
    assert_eq!((answer.as_str(), code), ("", Some(2)));
    assert!(written.contains("did you mean `breakdowns`?"), "{written}");
}

#[test]
fn help_finds_words_in_all_chapters() {
    let (found, _, code) = call(&["help", "-k", "shelf life"]);
    assert_eq!(code, Some(0));
    assert!(found.lines().any(|line| line.starts_with("glossary: ")), "{found}");
    assert!(found.lines().any(|line| line.starts_with("transport: ")), "{found}");
    let (answer, written, code) = call(&["help", "-k", "quetzalcoatl"]);
    assert_eq!((answer.as_str(), code), ("", Some(2)));
    assert!(written.contains("does not mention `quetzalcoatl`"), "{written}");
}

#[test]
fn every_subcommand_that_is_named_exists() {
    let program = Cli::command();
    for name in following("`taktwin ").into_iter().chain(following("$ taktwin ")) {
        assert!(program.get_subcommands().any(|command| command.get_name() == name), "taktwin {name}");
    }
}

#[test]
fn every_option_that_is_named_exists() {
    // Those of cargo, and of all commands.
    let mut known = BTreeSet::from(["release", "path", "features", "open", "help"].map(str::to_owned));
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

#[test]
fn the_chapter_on_commands_explains_every_subcommand_and_option_and_no_other() {
    let program = Cli::command();
    let (_, table) = entries::section("Commands and options").expect("a chapter");
    for command in program.get_subcommands() {
        let name = command.get_name();
        assert!(table.contains(&format!("| `taktwin {name}")), "{name}");
    }
    let headings = [
        "Options of `run` and `compare`",
        "Options of `test`",
        "The best setting: `frontier`",
        "A bill: `bill`",
        "What changed: `diff`",
        "One style: `fmt`",
        "Options of `view` and `render`",
        "Help and handbook",
    ];
    let names = headings.into_iter().flat_map(entries::below).flat_map(|entry| entry.names);
    let long = names.filter_map(|name| name.strip_prefix("--")?.split(' ').next());
    assert_eq!(long.map(str::to_owned).collect::<BTreeSet<_>>(), options());
}

#[test]
fn every_distribution_that_is_shown_is_one() {
    let names: Vec<&str> = distribution::DISTRIBUTIONS.iter().map(|distribution| distribution.name).collect();
    let (_, chapter) = entries::section("Distributions").expect("a chapter");
    let shown =
        chapter.split('`').skip(1).step_by(2).filter_map(|code| code.split_once('(')?.0.rsplit(' ').next());
    let shown: Vec<&str> = shown.filter(|name| name.starts_with(|c: char| c.is_uppercase())).collect();
    assert!(shown.len() >= 5 && shown.iter().all(|name| names.contains(name)), "{shown:?}");
}

#[test]
fn every_unit_and_quantity_of_the_handbook_is_understood() {
    let (_, table) = entries::section("Quantities").expect("a chapter");
    let rows: String = table.lines().filter(|line| line.starts_with("| ")).collect();
    let written: Vec<&str> = rows.split('`').skip(1).step_by(2).collect();
    assert!(written.len() > 30, "{written:?}");
    for text in written {
        let quantity =
            if text.starts_with('"') { text.trim_matches('"').into() } else { format!("1 {text}") };
        units::parse_any(&quantity).unwrap_or_else(|message| panic!("{message}"));
    }
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
    let shown: Vec<Block> =
        blocks().into_iter().filter(|block| block.language == "json" && block.file.is_none()).collect();
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
