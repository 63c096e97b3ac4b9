//! The handbook agrees with the lists in the code, and fits a terminal.

use super::lists::{FIELDS_OF_FILES, FIELDS_WITHIN, NameList, RULES, STATES, of};
use super::*;
use crate::dispatch::Rule;
use crate::disruption::{Breakdown, FailureClock, Maintenance, Policy, Preemption, When};
use crate::distribution::DISTRIBUTIONS;
use crate::equipment::AnySettings;
use crate::equipment::batch::Together;
use crate::equipment::bench::packer::Takes;
use crate::equipment::conveyor::WhenBlocked;
use crate::equipment::inspection::Inspection;
use crate::event::{Incident, State};
use crate::kpi::of_element;
use crate::kpi::{self, of_product};
use crate::layout;
use crate::material::Order;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::Path;

const EXITS: [(u8, &str); 2] = [(0, "done"), (2, "wrong")];

fn page(topic: &str) -> Page {
    pages(&EXITS).into_iter().find(|page| page.topic == topic).unwrap()
}

/// What a chapter explains below a heading, and what the code has there.
fn compared(heading: &str, code: &[&'static str], everywhere: &[&str]) {
    let written: Vec<&str> = entries::below(heading).iter().flat_map(|entry| entry.names.clone()).collect();
    let (book, code): (BTreeSet<&str>, BTreeSet<&str>) = (
        written.iter().copied().collect(),
        code.iter().copied().filter(|name| !everywhere.contains(name)).collect(),
    );
    assert_eq!(book, code, "{heading}");
    assert_eq!(written.len(), book.len(), "{heading} explains something twice");
}

#[test]
fn chapters_explain_every_field_of_every_kind_and_no_other() {
    for kind in AnySettings::KINDS {
        compared(&format!("`{kind}`"), AnySettings::fields(kind), &["at"]);
    }
}

#[test]
fn chapters_explain_every_field_rule_and_state_and_no_other() {
    for (heading, names) in all_fields().chain([&RULES, &STATES]) {
        let names = names();
        assert!(!names.is_empty(), "{heading}");
        compared(heading, &names, &[]);
    }
}

/// Everything that has fields beside the kinds of elements.
fn all_fields() -> impl Iterator<Item = &'static NameList> {
    FIELDS_OF_FILES.iter().chain(&FIELDS_WITHIN)
}

/// The choices of a field that always has one.
fn of_field<T, S: DeserializeOwned>(_: fn(&T) -> &S) -> Vec<&'static str> {
    of::<S>()
}

#[test]
fn chapters_name_every_choice_of_a_field() {
    let choices: [(&str, Vec<&str>); 9] = [
        ("Fields of a breakdown", of::<FailureClock>()),
        ("Fields of a breakdown", of::<Preemption>()),
        ("Fields of a maintenance", of::<When>()),
        ("Fields of a maintenance", of::<Policy>()),
        ("`Batch`", of::<Together>()),
        ("`Packer`", of::<Takes>()),
        ("`Buffer`", of::<Order>()),
        ("When the end is blocked", of::<WhenBlocked>()),
        ("`Inspection`", of_field(|inspection: &Inspection| &inspection.sample)),
    ];
    for (heading, names) in choices {
        let (_, text) = entries::section(heading).unwrap();
        assert!(names.len() > 1, "{heading}");
        for name in names {
            assert!(text.contains(&format!("`{name}")), "{heading}: {name}");
        }
    }
}

#[test]
fn the_reference_has_every_item_of_every_list() {
    let kinds = page("kinds").text;
    for kind in AnySettings::KINDS {
        let text = super::kind(kind).unwrap();
        assert!(kinds.contains(&text), "{kind}");
        let fields = AnySettings::fields(kind).iter().filter(|field| **field != "at");
        assert_eq!(text.matches("\n- `").count(), fields.count(), "{text}");
        assert!(AnySettings::ports_of(kind).iter().all(|port| text.contains(&format!("`{port}`"))), "{text}");
    }
    let of_line = kpi::ALL.iter().map(|kpi| kpi.name);
    let of_others =
        of_product::ALL.iter().map(|figure| figure.name).chain(of_element::ALL.iter().map(|f| f.name));
    let lists: [(&str, Vec<&str>); 5] = [
        ("figures", of_line.chain(of_others).collect()),
        ("distributions", DISTRIBUTIONS.iter().map(|distribution| distribution.name).collect()),
        ("rules", of::<Rule>()),
        ("states", State::ALL.map(State::name).to_vec()),
        ("exit-codes", vec!["0", "2"]),
    ];
    for (topic, names) in lists {
        let text = page(topic).text;
        assert!(names.iter().all(|name| text.contains(&format!("\n- `{name}`"))), "{text}");
    }
    let all: usize = all_fields().map(|(_, names): &NameList| names().len()).sum();
    let quoted = ["fields", "inner-fields"].map(|topic| page(topic).text.matches("\n- `").count());
    assert_eq!(quoted.iter().sum::<usize>(), all);
}

#[test]
fn the_reference_has_every_formula_and_every_way_to_write_a_distribution() {
    let flat = |topic: &str| page(topic).text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (figures, distributions) = (flat("figures"), flat("distributions"));
    for kpi in kpi::ALL {
        assert!(figures.contains(kpi.formula), "{}", kpi.name);
    }
    for distribution in &DISTRIBUTIONS {
        assert!(
            distribution.examples.iter().all(|example| distributions.contains(&format!("`{example}`"))),
            "{}",
            distribution.name
        );
    }
}

#[test]
fn the_report_chapter_explains_every_figure_of_an_element_and_every_word_of_the_journal() {
    let explained: Vec<&str> =
        entries::below("Figures of an element").iter().flat_map(|entry| entry.names.clone()).collect();
    for figure in of_element::ALL {
        assert!(explained.contains(&figure.name), "{}", figure.name);
    }
    let (_, journal) = entries::section("Journal").unwrap();
    for incident in Incident::ALL {
        assert!(journal.contains(&format!("`{}`", incident.name())), "{}", incident.name());
        assert!(page("report").text.contains(&format!("`{}`", incident.counted())), "{}", incident.counted());
    }
}

/// The codes that a source gives to what it warns of, between the function `code` and the next.
fn codes(source: &'static str) -> Vec<&'static str> {
    let body = source.split("fn code(").nth(1).and_then(|rest| rest.split("fn ").next()).unwrap();
    body.split("=> \"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn chapters_explain_every_warning_and_every_odd_setting_and_no_other() {
    let (warnings, odd) = (
        codes(include_str!("../study/warning_text.rs")),
        codes(include_str!("../explain/suspicion_text.rs")),
    );
    assert!(warnings.len() >= 12 && odd.len() >= 15, "{warnings:?} {odd:?}");
    compared("Warnings", &warnings, &[]);
    compared("Odd settings", &odd, &[]);
}

#[test]
fn every_page_has_a_title_and_a_topic_of_its_own() {
    let pages = pages(&EXITS);
    let topics: BTreeSet<&str> = pages.iter().map(|page| page.topic).collect();
    assert_eq!(topics.len(), pages.len());
    for page in &pages {
        assert!(page.text.starts_with("# ") && page.title().len() < 60, "{}", page.topic);
    }
}

#[test]
fn every_topic_that_a_page_names_exists() {
    let pages = pages(&EXITS);
    let known = |topic: &str| topic == REFERENCE || pages.iter().any(|page| page.topic == topic);
    let mut named = 0;
    for page in &pages {
        let text = page.text.split_whitespace().collect::<Vec<_>>().join(" ");
        for rest in text.split("topic `").chain(text.split("topics `")).skip(1) {
            let topic = rest.split('`').next().unwrap_or_default();
            named += usize::from(!topic.contains(' '));
            assert!(topic.contains(' ') || known(topic), "{} names {topic}", page.topic);
        }
    }
    assert!(named > 50, "{named}");
}

#[test]
fn chapters_fit_a_terminal() {
    for page in pages(&EXITS) {
        assert!(page.text.lines().count() <= 300, "{} is too long", page.topic);
        let mut console = false;
        for line in page.text.lines() {
            if line.starts_with("```") {
                console = line == "```console" || line == "```sh";
            }
            let fits = line.chars().count() <= 80 || console || line.trim_start().starts_with("- `");
            assert!(fits, "{}: {line}", page.topic);
        }
    }
}

#[test]
fn every_step_through_the_code_names_a_file_and_a_function_in_it() {
    let text = CHAPTERS.iter().find(|(topic, _)| *topic == "code").unwrap().1;
    let mut steps = 0;
    for step in text.split("\n\n").flat_map(|part| part.split("\n")).filter(|line| line.contains("`src/")) {
        let mut quoted = step.split('`').skip(1).step_by(2);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(quoted.next().unwrap());
        assert!(path.exists(), "{step}");
        if let Some(function) = quoted.next().filter(|_| step.contains("`, `")) {
            let source = fs::read_to_string(&path).unwrap();
            assert!(source.contains(&format!("fn {function}")), "{step}");
            steps += 1;
        }
    }
    assert!(steps >= 20, "{steps}");
}

#[test]
fn a_search_finds_headings_first_and_in_any_case() {
    let hits = search("JOURNAL", &EXITS);
    let of_journal: Vec<&SearchHit> = hits.iter().filter(|hit| hit.topic == "journal").collect();
    assert_eq!(of_journal[0].line, "Journal");
    assert!(of_journal.len() > 2, "{of_journal:?}");
    assert_eq!(search("no such word anywhere", &EXITS), []);
    assert!(search("exponential phases", &EXITS).iter().any(|hit| hit.topic == "distributions"));
}

/// What is read from a text as it is from a layout.
fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let extensions = Extensions::UNWRAP_VARIANT_NEWTYPES | Extensions::IMPLICIT_SOME;
    let options = ron::Options::default().with_default_extension(extensions);
    options.from_str(text).map_err(|error| format!("{text}: {error}"))
}

/// The defaults of a heading that are values make no difference if they are written, unless the settings leave it to the check
/// what stands for a field that is not there. How many were compared.
fn defaults_are_true<T: DeserializeOwned + PartialEq + Debug>(
    heading: &str,
    kind: &str,
    needed: &str,
) -> usize {
    let without: T = read(&format!("{kind}({needed})")).unwrap();
    let mut compared = 0;
    for entry in entries::below(heading) {
        let value = entry.default.and_then(|written| written.strip_prefix("default `")?.strip_suffix('`'));
        let Some(value) = value else { continue };
        for name in entry.names {
            let with: T = read(&format!("{kind}({needed}{name}: {value})")).unwrap();
            if !format!("{without:?}").contains(&format!(" {name}: None")) {
                assert_eq!(with, without, "{heading}: {name}");
                compared += 1;
            }
        }
    }
    compared
}

#[test]
fn defaults_that_are_values_are_those_of_the_code() {
    let kinds = [
        ("Source", ""),
        ("Machine", r#"cycle: "1 s", "#),
        ("Batch", r#"cycle: "1 s", max: "2 parts", "#),
        ("Assembler", r#"cycle: "1 s", parts: { "a": 1 }, "#),
        ("Disassembler", r#"cycle: "1 s", gives: { "a": 1 }, "#),
        ("Packer", r#"cycle: "1 s", carrier: "a", holds: 1, "#),
        ("Unpacker", r#"cycle: "1 s", "#),
        ("Inspection", r#"cycle: "1 s", "#),
        ("Buffer", ""),
        ("Conveyor", r#"length: "1 m", speed: "1 m/s", pitch: "1 m", "#),
        ("Robot", ""),
        ("Crew", "size: 1, skills: [], "),
        ("Tools", "size: 1, "),
        ("Zone", "around: [], "),
        ("Sink", ""),
    ];
    assert_eq!(kinds.len(), AnySettings::KINDS.len());
    let mut compared = 0;
    for (kind, needed) in kinds {
        compared += defaults_are_true::<AnySettings>(&format!("`{kind}`"), kind, needed);
    }
    compared += defaults_are_true::<layout::Run>("Fields of `run`", "", "");
    compared += defaults_are_true::<layout::Product>("Fields of a product", "", "");
    compared +=
        defaults_are_true::<Breakdown>("Fields of a breakdown", "", r#"after: "1 h", repair: "1 s", "#);
    compared +=
        defaults_are_true::<Maintenance>("Fields of a maintenance", "", r#"every: "1 h", takes: "1 s", "#);
    assert!(compared >= 15, "{compared}");
}

#[test]
fn the_assumed_powers_of_a_machine_are_those_of_the_states() {
    let mut compared = 0;
    for entry in entries::below("Fields of the `power` of a machine") {
        let share =
            entry.default.and_then(|written| written.strip_prefix("default: ")?.strip_suffix(" x working"));
        let Some(share) = share else { continue };
        for state in entry.names.into_iter().filter_map(State::named) {
            assert_eq!(state.share_of_working_power(), share.parse().ok(), "{}", state.name());
            compared += 1;
        }
    }
    assert!(compared >= 5, "{compared}");
}
