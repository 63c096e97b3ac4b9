//! Finds a word in the handbook, or the text about a name. Read [`search`], then [`said_of`].

use super::{CHAPTERS, pages};

/// A line of the handbook in which the word stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// The topic.
    pub topic: &'static str,
    /// The line, without what stands before its first letter.
    pub line: String,
}

/// Every line of every page with the word, in whatever case, headings of a page first.
///
/// Pages that only quote the chapters are left out.
pub fn search(word: &str, exits: &[(u8, &str)]) -> Vec<SearchHit> {
    const QUOTES: [&str; 5] = ["kinds", "fields", "inner-fields", "rules", "states"];
    let wanted = word.to_lowercase();
    let mut hits = Vec::new();
    for page in pages(exits).iter().filter(|page| !QUOTES.contains(&page.topic)) {
        let found = page.text.lines().filter(|line| line.to_lowercase().contains(&wanted));
        let (heads, others): (Vec<&str>, Vec<&str>) = found.partition(|line| line.starts_with('#'));
        let hit = |line: &str| SearchHit {
            topic: page.topic,
            line: line.trim_start_matches(['#', ' ']).to_owned(),
        };
        hits.extend(heads.into_iter().chain(others).map(hit));
    }
    hits
}

/// What the reference and the glossary say of a name, in whatever case: a field, figure, distribution, rule, state or term. Each
/// item stands below its topic and heading; nothing if no list has the name.
pub fn said_of(name: &str, exits: &[(u8, &str)]) -> Option<String> {
    let found: String = pages(exits)
        .iter()
        .filter(|page| page.topic == "glossary" || is_reference(page.topic))
        .flat_map(|page| items(&page.text).map(|(heading, item)| (page.topic, heading, item)))
        .filter(|(_, _, item)| is_of(item, name))
        .map(|(topic, heading, item)| format!("\n## {topic}: {heading}\n\n- {}\n", item.trim_end()))
        .collect();
    (!found.is_empty()).then(|| format!("# {name}\n{found}"))
}

fn is_reference(topic: &str) -> bool {
    !CHAPTERS.iter().any(|(chapter, _)| *chapter == topic)
}

/// The items of all lists of a text, each with the heading above it.
fn items(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split("\n#").flat_map(|section| {
        let heading = section.lines().next().unwrap_or_default().trim_start_matches(['#', ' ']);
        section
            .split("\n- ")
            .skip(1)
            .map(move |item| (heading, item.split("\n\n").next().unwrap_or_default()))
    })
}

/// Whether an item is about a name, which stands before its colon in code or bold.
fn is_of(item: &str, name: &str) -> bool {
    let head = item.split([':', '(']).next().unwrap_or_default();
    let names = head.split(',').map(|name| name.trim().trim_matches(['`', '*']));
    names.into_iter().any(|known| known.eq_ignore_ascii_case(name))
}
