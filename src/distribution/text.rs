//! Pieces of RON whose type is known later: what stands between brackets, cut at its commas.
//!
//! Whole files are checked by `ron` before they come here, so this only has to find pieces, fast; of a text that is no RON it
//! finds no pieces, or some that are refused later. Read [`pieces`] first.

use crate::units::text::quoted;
use std::borrow::Cow;

/// An item of a list, or a parameter with its name.
#[derive(Debug, PartialEq)]
pub(super) struct TextPiece<'t> {
    pub(super) name: Option<&'t str>,
    pub(super) value: &'t str,
}

/// The pieces between these brackets, if the text is that and nothing more.
pub(super) fn pieces<'t>(text: &'t str, brackets: &str) -> Option<Vec<TextPiece<'t>>> {
    let inside = bare(text).strip_prefix(brackets.chars().next()?)?.strip_suffix(brackets.chars().last()?)?;
    let (mut pieces, mut from, mut colon, mut depth) = (Vec::new(), 0, None, 0usize);
    for (at, token) in tokens(inside) {
        match token {
            "(" | "[" | "{" => depth += 1,
            // A bracket that closes more than was opened: these were two values.
            ")" | "]" | "}" => depth = depth.checked_sub(1)?,
            ":" if depth == 0 && colon.is_none() => colon = Some(at),
            "," if depth == 0 => {
                pieces.push(piece(inside, from, colon.take(), at));
                from = at + 1;
            }
            _ => {}
        }
    }
    let last = piece(inside, from, colon, inside.len());
    if last.name.is_some() || !last.value.is_empty() {
        pieces.push(last);
    }
    Some(pieces)
}

fn piece(text: &str, from: usize, colon: Option<usize>, to: usize) -> TextPiece<'_> {
    match colon {
        Some(colon) => TextPiece { name: Some(bare(&text[from..colon])), value: bare(&text[colon + 1..to]) },
        None => TextPiece { name: None, value: bare(&text[from..to]) },
    }
}

/// The text without the space and the comments around it.
pub(super) fn bare(text: &str) -> &str {
    let text = text.trim();
    if !text.contains("/*") && !text.contains("//") {
        // The usual case; the other one looks at every token.
        return text;
    }
    let mut ends = None;
    for (at, token) in tokens(text) {
        if !is_space(token) {
            let from = ends.map_or(at, |(from, _)| from);
            ends = Some((from, at + token.len()));
        }
    }
    ends.map_or("", |(from, to)| &text[from..to])
}

fn is_space(token: &str) -> bool {
    token.starts_with("//") || token.starts_with("/*") || token.starts_with(char::is_whitespace)
}

/// The tokens of a text and where they begin: strings, comments, runs of letters, spaces, single signs.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let token = &rest[..length(rest)];
        at += token.len();
        if token.is_empty() { None } else { Some((at - token.len(), token)) }
    })
}

/// How long the first token of a text is.
fn length(text: &str) -> usize {
    let up_to = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    let run = |belongs: fn(char) -> bool| text.find(|c| !belongs(c)).unwrap_or(text.len());
    match text.chars().next() {
        None => 0,
        Some('"') => quoted_length(text, '"'),
        Some('\'') => quoted_length(text, '\''),
        Some('r') if raw_hashes(text).is_some() => {
            let end = format!("\"{}", "#".repeat(raw_hashes(text).unwrap_or(0)));
            let begin = 1 + end.len();
            text[begin..].find(&end).map_or(text.len(), |at| begin + at + end.len())
        }
        Some('/') if text.starts_with("//") => up_to("\n"),
        Some('/') if text.starts_with("/*") => block_comment(text),
        Some(c) if c.is_whitespace() => run(char::is_whitespace),
        Some(c) if is_letter(c) => run(is_letter),
        Some(c) => c.len_utf8(),
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A text in quotes, in which a backslash takes the next letter with it.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// How many `#` a raw string begins with, if it is one.
fn raw_hashes(text: &str) -> Option<usize> {
    let hashes = text.strip_prefix('r')?;
    let quote = hashes.trim_start_matches('#');
    quote.starts_with('"').then_some(hashes.len() - quote.len())
}

/// A comment that may hold others.
fn block_comment(text: &str) -> usize {
    let (mut at, mut depth) = (2, 1);
    while depth > 0 {
        let Some(next) = text[at..].find(['*', '/']) else {
            return text.len();
        };
        at += next;
        let (step, change) = match text.get(at..at + 2) {
            Some("*/") => (2, -1),
            Some("/*") => (2, 1),
            _ => (1, 0),
        };
        (at, depth) = (at + step, depth + change);
    }
    at
}

/// The text inside quotes.
pub(super) fn string(text: &str) -> Option<Cow<'_, str>> {
    if !text.starts_with(['"', 'r']) {
        return None;
    }
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(plain) if !plain.contains(['\\', '"']) => Some(Cow::Borrowed(plain)),
        _ => ron::from_str(text).ok().map(Cow::Owned),
    }
}

/// The way to a field (`mean`), an item (`[1].of`) or the whole (nothing) of what lies at the end of a way, such as
/// `breakdowns[0].after`.
pub fn join(way: &str, step: &str) -> String {
    match way.is_empty() || step.is_empty() || step.starts_with('[') {
        true => format!("{way}{step}"),
        false => format!("{way}.{step}"),
    }
}

/// A piece of RON for a message: short and on one line.
pub(super) fn brief(text: &str) -> String {
    let quoted = quoted(text);
    quoted[1..quoted.len() - 1].to_owned()
}

/// `, did you mean "Gamma"?` or the names to choose from.
pub(super) fn spelling(name: &str, known: &[&str]) -> String {
    let short: String = name.chars().take(100).collect::<String>().to_lowercase();
    if let Some((_, meant)) =
        super::OTHER_NAMES.iter().find(|(other, meant)| *other == short && known.contains(meant))
    {
        return format!("; did you mean \"{meant}\"?");
    }
    let near = known.iter().map(|known| (strsim::osa_distance(&short, &known.to_lowercase()), known));
    match near.min_by_key(|(distance, _)| *distance) {
        Some((distance, known)) if distance <= (short.len() / 3).max(1) => {
            format!("; did you mean \"{known}\"?")
        }
        _ => format!("; there are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, brackets: &str) -> Option<Vec<String>> {
        let show = |piece: TextPiece<'_>| match piece.name {
            Some(name) => format!("{name}={}", piece.value),
            None => piece.value.to_owned(),
        };
        Some(pieces(text, brackets)?.into_iter().map(show).collect())
    }

    #[test]
    fn parameters_are_cut_at_commas_and_colons_of_their_own_level() {
        let text = r##" ( a : 1, b:(c: 2, d: [3, 4]), e: "x,y:)\"", f: r#"","#, g: '"' /* , */, // ,)
            h: {1: 2}, ) "##;
        let expected =
            ["a=1", "b=(c: 2, d: [3, 4])", r#"e="x,y:)\"""#, r##"f=r#"","#"##, r#"g='"'"#, "h={1: 2}"];
        assert_eq!(shown(text, "()"), Some(expected.map(String::from).to_vec()));
    }

    #[test]
    fn items_have_no_names() {
        assert_eq!(shown("[1, (2, 3), ]", "[]"), Some(vec!["1".into(), "(2, 3)".into()]));
        assert_eq!(shown("[ /* /* */ */ ]", "[]"), Some(vec![]));
    }

    #[test]
    fn what_is_not_between_the_brackets_has_no_pieces() {
        for text in ["", "(", "1", "[1]", "(1) (2)", "(1", "\"()\""] {
            assert_eq!(shown(text, "()"), None, "{text}");
        }
    }

    #[test]
    fn a_text_is_bared_of_space_and_comments_around_it() {
        assert_eq!(bare(" /* a */ x /* y */ z // b"), "x /* y */ z");
        assert_eq!(bare("/* open"), "");
    }
}
