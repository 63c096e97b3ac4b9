//! The pages of the reference: each is made from a list in the code.
//!
//! What a field, rule or state means is quoted from its chapter, by its first sentence; figures, distributions and exit codes
//! say it themselves. Read [`all`].

use super::lists::{FIELDS_OF_FILES, FIELDS_WITHIN, NameList, RULES, STATES};
use super::{Page, entries};
use crate::distribution::DISTRIBUTIONS;
use crate::equipment::AnySettings;
use crate::kpi::of_element;
use crate::kpi::{self, of_product};
use crate::report::{COLUMNS, wrapped};

/// Every page of the reference.
pub(super) fn all(exits: &[(u8, &str)]) -> Vec<Page> {
    let page = |topic, title: &str, body: &str| Page { topic, text: format!("# {title}\n\n{body}") };
    vec![
        page("kinds", "Kinds of elements", &kinds()),
        page("fields", "Fields of lines, calendars, products and upgrades", &fields(&FIELDS_OF_FILES)),
        page("inner-fields", "Fields within elements", &fields(&FIELDS_WITHIN)),
        page("distributions", "Distributions", &distributions()),
        page("rules", "Dispatching rules", &quoted(&RULES)),
        page("figures", "Figures", &figures()),
        page("states", "States of elements", &quoted(&STATES)),
        page("exit-codes", "Exit codes", &exit_codes(exits)),
    ]
}

/// An item of a list, on as many lines as it needs; what is code stays on one line.
fn item(text: &str) -> String {
    // Stands for a space inside code.
    const INSIDE: &str = "\u{1}";
    let piece = |(nth, piece): (usize, &str)| {
        if nth % 2 == 1 { piece.replace(' ', INSIDE) } else { piece.to_owned() }
    };
    let pieces: Vec<String> = text.split('`').enumerate().map(piece).collect();
    let text = wrapped(&pieces.join("`"), 2, COLUMNS).replace(INSIDE, " ");
    format!("- {}\n", text.trim_start())
}

/// What the chapter says of each name of a list, in the order of the code.
fn quoted((heading, names): &NameList) -> String {
    explained(heading, &names())
}

fn explained(heading: &str, names: &[&str]) -> String {
    let entries = entries::below(heading);
    let of_name = |name: &&str| {
        let entry = entries.iter().find(|entry| entry.names.contains(name))?;
        let default = entry.default.map_or_else(String::new, |default| format!(" ({default})"));
        Some(item(&format!("`{name}`{default}: {}", entry.sentence())))
    };
    names.iter().filter_map(of_name).collect()
}

fn kinds() -> String {
    let all = AnySettings::KINDS.iter().filter_map(|name| kind(name)).map(|text| format!("#{text}"));
    let at =
        "Every kind has also `at`: where it stands, in metres.\n`taktwin help KIND` prints one kind.\n\n";
    at.to_owned() + &all.collect::<Vec<_>>().join("\n")
}

/// What is known of a kind that another crate registered.
fn kind_of_another_crate(name: &str) -> Option<String> {
    let ticked = |names: &[&str]| format!("`{}`", names.join("`, `"));
    let (fields, ports) = (AnySettings::fields(name), AnySettings::ports_of(name));
    let ways = if ports.is_empty() { String::new() } else { format!("Ways out: {}. ", ticked(ports)) };
    let page =
        || format!("# `{name}`\n\nA kind of element of another crate. {ways}Fields: {}.\n", ticked(fields));
    (!fields.is_empty()).then(page)
}

/// The page of a kind, whatever the case of its name.
pub(super) fn kind(name: &str) -> Option<String> {
    let Some(kind) = AnySettings::KINDS.iter().find(|kind| kind.eq_ignore_ascii_case(name)) else {
        return kind_of_another_crate(name);
    };
    let heading = format!("`{kind}`");
    let (topic, _) = entries::section(&heading)?;
    let ports = match AnySettings::ports_of(kind) {
        [] => String::new(),
        ports => format!("Ways out: `{}`. ", ports.join("`, `")),
    };
    let fields = explained(&heading, AnySettings::fields(kind));
    Some(format!("# {heading}\n\n{ports}See topic `{topic}`.\n\n{fields}"))
}

fn fields(lists: &[NameList]) -> String {
    let list = |list: &NameList| {
        let topic = entries::section(list.0).unwrap_or_default().0;
        format!("## {}\n\nSee topic `{topic}`.\n\n{}", list.0, quoted(list))
    };
    lists.iter().map(list).collect::<Vec<_>>().join("\n")
}

fn distributions() -> String {
    let entry = |distribution: &crate::distribution::CatalogEntry| {
        let ways = distribution.examples.iter().map(|example| format!("  - `{example}`\n"));
        item(&format!("`{}`: {}", distribution.name, distribution.about)) + &ways.collect::<String>()
    };
    let head = "A quantity by itself is constant. See topic `quantities`.\n\n";
    head.to_owned() + &DISTRIBUTIONS.iter().map(entry).collect::<String>()
}

fn figures() -> String {
    let unit = |unit: &str| match unit {
        "1" => "no unit".to_owned(),
        of_element::ElementFigure::UNIT_OF_PART => "unit of the carrier".to_owned(),
        unit => unit.to_owned(),
    };
    let figure = |name: &str, about: String, title: &str, formula: &str| {
        item(&format!("`{name}` ({about}): {title}: {formula}"))
    };
    let of_line = kpi::ALL.iter().map(|kpi| {
        let about = format!("{}, better: {}", unit(kpi.unit), kpi.better.name());
        figure(kpi.name, about, kpi.title, kpi.formula)
    });
    let of_product = of_product::ALL.iter().map(|found| {
        let about = format!("{}, better: {}", unit(found.unit), found.better.name());
        figure(found.name, about, found.title, found.formula)
    });
    let of_element = of_element::ALL.iter().map(|found| {
        let about = format!("{}, better: {}", unit(found.unit), found.better.name());
        figure(found.name, about, found.title, found.formula)
    });
    format!(
        "See topics `report` and `oee`.\n\n## Of the line\n\n{}\n## Of each product\n\n{}\n## Of each element\n\n{}",
        of_line.collect::<String>(),
        of_product.collect::<String>(),
        of_element.collect::<String>()
    )
}

fn exit_codes(exits: &[(u8, &str)]) -> String {
    let code = |&(code, sentence): &(u8, &str)| item(&format!("`{code}`: {sentence}"));
    "See topic `ci`.\n\n".to_owned() + &exits.iter().map(code).collect::<String>()
}
