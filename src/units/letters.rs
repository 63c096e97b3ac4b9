//! Control characters and invisible letters: refused in names, and never written to a terminal.
//!
//! Joiners (U+200C, U+200D) and variation selectors are letters that scripts and emoji need; they may stand in a name, but two
//! names that differ in nothing else are one name. Read [`unprintable`] first.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Whether a letter turns the direction of writing: what is shown is then not the order of what is written.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

/// Whether a letter commands a terminal or a layout instead of being shown.
fn commands(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether a letter has no shape of its own.
fn is_invisible(letter: char) -> bool {
    commands(letter)
        || turns(letter)
        || matches!(letter, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// What a name or title has in it that it cannot have, if so, in words.
pub(crate) fn unprintable(text: &str) -> Option<&'static str> {
    if text.chars().any(commands) {
        return Some("line breaks or control characters");
    }
    text.chars().any(turns).then_some("characters that turn the direction of writing")
}

/// What a reader sees of a name: names that are equal here look the same.
pub(crate) fn looks(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.nfkc().filter(|letter| !is_invisible(*letter)).collect())
}

/// A text that no terminal obeys: line breaks and tabs stay, everything else that commands or turns is replaced by a sign of
/// the same length, so that places in the text stay where they are.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    let bad = |letter: char| !matches!(letter, '\n' | '\t') && (commands(letter) || turns(letter));
    if !text.contains(bad) {
        return Cow::Borrowed(text);
    }
    let replaced = |letter: char| match letter.len_utf8() {
        _ if !bad(letter) => letter,
        1 => '?',
        2 => '·',
        _ => '\u{fffd}',
    };
    Cow::Owned(text.chars().map(replaced).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joiners_are_letters_and_what_turns_or_commands_is_none() {
        assert_eq!(unprintable("می\u{200c}خواهم 👩\u{200d}🔧 切割"), None);
        for command in ["a\nb", "\u{1b}[31m", "\u{9b}31m", "a\u{2028}b", "\0"] {
            assert_eq!(unprintable(command), Some("line breaks or control characters"), "{command:?}");
        }
        for turn in ["\u{202e}dlew", "a\u{2066}b\u{2069}", "\u{200f}", "\u{61c}"] {
            assert!(unprintable(turn).is_some_and(|written| written.contains("direction")), "{turn:?}");
        }
    }

    #[test]
    fn names_that_look_the_same_are_the_same() {
        let pairs = [
            ("ｗｅｌｄ", "weld"),
            ("we\u{200b}ld", "weld"),
            ("e\u{301}tau", "étau"),
            ("①", "1"),
            ("ﬁt", "fit"),
        ];
        for (one, other) in pairs {
            assert_eq!(looks(one), looks(other), "{one:?}");
        }
        assert_ne!(looks("Weld"), looks("weld"));
        assert_eq!(looks("\u{200b}\u{2060}"), "");
    }

    #[test]
    fn a_harmless_text_has_the_length_of_the_text() {
        let text = "a\u{1b}[2J\u{9b}\u{202e}é\n\tb";
        assert_eq!(harmless(text), "a?[2J·\u{fffd}é\n\tb");
        assert_eq!(harmless(text).len(), text.len());
        assert!(matches!(harmless("plain 切割"), Cow::Borrowed(_)));
    }
}
