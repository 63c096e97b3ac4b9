//! The entries of a chapter: what it says of a field, a rule or a state.
//!
//! A chapter explains a list below a heading, each entry as ``- `cycle` (required): a distribution of ..``, with several names
//! where it says the same of them. The reference quotes the first sentence. Read [`Entry`] first.

use super::CHAPTERS;

/// What a chapter says of some names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The names.
    pub names: Vec<&'static str>,
    /// What stands in parentheses behind them: `required`, or the default.
    pub default: Option<&'static str>,
    /// What they mean, in one line.
    pub meaning: String,
}

impl Entry {
    /// The first sentence of the meaning.
    pub fn sentence(&self) -> &str {
        let begins = |at: &usize| self.meaning[at + 2..].starts_with(|c: char| c.is_uppercase() || c == '`');
        let end = self.meaning.match_indices(". ").map(|(at, _)| at).find(begins);
        self.meaning[..end.unwrap_or(self.meaning.len())].trim_end_matches('.')
    }
}

/// The topic of the chapter that has a heading, and what stands below it up to the next heading.
pub fn section(heading: &str) -> Option<(&'static str, &'static str)> {
    let below = |text: &'static str| {
        let is_it = |line: &&str| line.starts_with('#') && line.trim_start_matches('#').trim() == heading;
        let line = text.lines().find(is_it)?;
        let start = line.as_ptr().addr() - text.as_ptr().addr() + line.len();
        text[start..].split("\n#").next()
    };
    CHAPTERS.iter().find_map(|&(topic, text)| Some((topic, below(text)?)))
}

/// The entries below a heading; none if there is no such heading.
pub fn below(heading: &str) -> Vec<Entry> {
    let (_, text) = section(heading).unwrap_or_default();
    text.split("\n- ").skip(1).filter_map(entry).collect()
}

/// One item of a list, if it is an entry: whatever follows an empty line belongs to it no more.
fn entry(item: &'static str) -> Option<Entry> {
    let item = item.split("\n\n").next()?;
    let head_ends = item.char_indices().find(|&(at, _)| ends_head(&item[..at], &item[at..]))?.0;
    let (head, meaning) = (&item[..head_ends], &item[head_ends + 1..]);
    let (names, default) = match head.split_once(" (") {
        Some((names, default)) => (names, Some(default.strip_suffix(')')?)),
        None => (head, None),
    };
    let names = names.split(", ").map(|name| name.trim().strip_prefix('`')?.strip_suffix('`'));
    let meaning = meaning.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Entry { names: names.collect::<Option<_>>()?, default, meaning })
}

/// Whether the head of an entry ends between these: at a colon behind its names or behind the parenthesis.
fn ends_head(before: &str, behind: &str) -> bool {
    let inside = before.matches('(').count() > before.matches(')').count();
    behind.starts_with(':') && !inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_has_names_a_default_and_a_meaning() {
        let read = entry("`load`, `unload` (default: no\n  time): what it takes. More.\n\nText").unwrap();
        assert_eq!((&read.names[..], read.default), (&["load", "unload"][..], Some("default: no\n  time")));
        assert_eq!((read.meaning.as_str(), read.sentence()), ("what it takes. More.", "what it takes"));
        assert_eq!(entry("`off`: without power.").unwrap().default, None);
        assert_eq!(entry("**Flow**: no entry."), None);
    }

    #[test]
    fn a_section_ends_with_the_next_heading() {
        let (topic, text) = section("`Sink`").unwrap();
        assert_eq!(topic, "line");
        assert!(text.contains("`scrap`") && !text.contains("interarrival"), "{text}");
        assert_eq!(below("no such heading"), []);
    }
}
