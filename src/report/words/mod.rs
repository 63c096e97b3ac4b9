//! All texts for people in two languages: the page is written in English or Chinese, all other reports are in English.
//!
//! A text is a row in the table of `phrases.rs`. Names of figures, states and verdicts are in `names.rs`, the first sentence of a
//! report in `sentences.rs`, warnings and notes in `warnings.rs`. What a user wrote stays as it is: names of lines and elements,
//! costs, sources of numbers. Read [`Lang`] first.

mod events;
mod names;
mod phrases;
mod sentences;
mod warnings;

pub(super) use phrases::Phrase;

/// The language of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    /// English
    #[default]
    En,
    /// Chinese, simplified
    Zh,
}

impl Lang {
    /// The language code of HTML.
    pub(super) fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh-Hans",
        }
    }

    fn choose(self, [english, chinese]: [&'static str; 2]) -> &'static str {
        match self {
            Lang::En => english,
            Lang::Zh => chinese,
        }
    }

    /// A text.
    pub(super) fn say(self, phrase: Phrase) -> &'static str {
        self.choose(phrase.both())
    }

    /// A text with its values; those are not searched for places again.
    pub(super) fn fill<S: AsRef<str>>(self, phrase: Phrase, values: &[S]) -> String {
        let (mut out, mut rest) = (String::new(), self.say(phrase));
        while let Some((before, behind)) = rest.split_once('{') {
            let (number, after) = behind.split_once('}').unwrap_or(("", behind));
            let value = number.parse::<usize>().ok().and_then(|nth| values.get(nth));
            out += before;
            out += value.map_or("", |value| value.as_ref());
            rest = after;
        }
        out + rest
    }
}

/// The numbers in a text, in ascending order as texts: two languages may put them in another order.
#[cfg(test)]
fn numbers_in(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> =
        text.split(|letter: char| !(letter.is_ascii_digit() || letter == '.')).collect();
    found.iter_mut().for_each(|number| *number = number.trim_matches('.'));
    found.retain(|number| !number.is_empty());
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::{Path, PathBuf};

    fn sources(folder: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
    }

    #[test]
    fn every_text_is_there_in_both_languages_with_the_same_values_and_is_used() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report");
        let texts = sources(&folder).into_iter().filter(|path| !path.ends_with("phrases.rs"));
        let code: String = texts.filter_map(|path| std::fs::read_to_string(path).ok()).collect();
        for (name, phrase) in Phrase::ALL {
            let [english, chinese] = phrase.both();
            let values =
                |text: &str| (0..6).map(|nth| text.contains(&format!("{{{nth}}}"))).collect::<Vec<_>>();
            assert_eq!(values(english), values(chinese), "{name}");
            assert!(!english.is_empty() && chinese.chars().any(|letter| letter > '\u{2E80}'), "{name}");
            let written = format!("Phrase::{name}");
            let mut used = code.match_indices(&written);
            let is_whole = |(at, found): (usize, &str)| {
                !code[at + found.len()..].starts_with(|next: char| next.is_alphanumeric())
            };
            assert!(used.any(is_whole), "{name} is not used");
        }
    }

    #[test]
    fn values_are_put_in_as_they_are() {
        assert_eq!(Lang::En.fill(Phrase::Against, &["{1}", "b"]), "{1} against b");
        assert_eq!(Lang::Zh.fill(Phrase::Against, &["甲", "乙"]), "甲 与 乙 的比较");
    }
}
