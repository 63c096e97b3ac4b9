//! Finding a word in the handbook. Read [`search`].

use super::pages;

/// A line of the handbook in which the word stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The topic.
    pub topic: &'static str,
    /// The line, without what stands before its first letter.
    pub line: String,
}

/// Every line of every page with the word, in whatever case, headings of a page first.
///
/// Pages that only quote the chapters are left out.
pub fn search(word: &str, exits: &[(u8, &str)]) -> Vec<Hit> {
    const QUOTES: [&str; 4] = ["kinds", "fields", "rules", "states"];
    let wanted = word.to_lowercase();
    let mut hits = Vec::new();
    for page in pages(exits).iter().filter(|page| !QUOTES.contains(&page.topic)) {
        let found = page.text.lines().filter(|line| line.to_lowercase().contains(&wanted));
        let (heads, others): (Vec<&str>, Vec<&str>) = found.partition(|line| line.starts_with('#'));
        let hit =
            |line: &str| Hit { topic: page.topic, line: line.trim_start_matches(['#', ' ']).to_owned() };
        hits.extend(heads.into_iter().chain(others).map(hit));
    }
    hits
}
