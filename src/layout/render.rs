//! Faults as a user sees them: file, line and column, the text underlined, what was expected, what to write instead.
//!
//! Only the lines concerned are handed to the drawing, and long ones are cut around the fault, so that a megabyte on
//! one line costs nothing and is never printed. Read [`Faults::render`] first.

use super::fault::{Fault, Faults, SHOWN};
use super::source::Sources;
use super::text_span::TextSpan;
use crate::units::letters::harmless;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use std::fmt::Write;
use std::path::Path;

/// Longer lines are cut.
const LONG_LINE: usize = 200;
/// How much of a long line is shown before the fault and from its beginning on.
const AROUND: usize = 60;

impl Faults {
    /// The first 30 faults by place, ready to be printed; the rest is counted.
    pub fn render(&self, sources: &Sources, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let faults = self.sorted();
        let mut out = String::new();
        for fault in faults.iter().take(SHOWN) {
            out.push_str(&renderer.render(&[group(fault, sources)]));
            out.push_str("\n\n");
        }
        let more = faults.len().saturating_sub(SHOWN) + self.dropped();
        if more > 0 {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "and {more} more");
        }
        out
    }

    /// The first fault by place in three short texts: `file:line:column`, the message with the word on the underlined
    /// text, and the remedies. What there is not is empty.
    pub(crate) fn first(&self, sources: &Sources) -> (String, String, String) {
        self.in_words(sources).into_iter().next().unwrap_or_default()
    }

    /// The same of all faults that are kept.
    pub(crate) fn in_words(&self, sources: &Sources) -> Vec<(String, String, String)> {
        let in_words = |fault: &&Fault| {
            let place = fault.place.map_or(String::new(), |place| short(place, sources));
            let written = [&fault.message, &fault.label].map(String::as_str);
            let message = written.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ");
            (place, message, fault.help.join("; "))
        };
        self.sorted().iter().map(in_words).collect()
    }
}

/// A place without the folder of its file.
fn short(place: TextSpan, sources: &Sources) -> String {
    let name = sources.name(place.file);
    let file = Path::new(name).file_name().map_or(name.into(), |file| file.to_string_lossy());
    let line = RenderedLine::around(sources.whole(place.file), place);
    format!("{file}:{}:{}", line.number, line.column())
}

fn group<'a>(fault: &'a Fault, sources: &'a Sources) -> Group<'a> {
    // A message may quote a file, a path or an argument.
    let mut group = Group::with_title(Level::ERROR.primary_title(harmless(&fault.message)));
    if let Some(place) = fault.place {
        group = group.elements(excerpt(sources, place, &fault.label));
    } else if !fault.label.is_empty() {
        group = group.element(Level::NOTE.message(harmless(&fault.label)));
    }
    for (place, word) in &fault.also {
        group = group.element(Level::NOTE.message(word)).elements(excerpt(sources, *place, ""));
    }
    group.elements(fault.help.iter().map(|help| Level::HELP.message(harmless(help))))
}

fn excerpt<'a>(sources: &'a Sources, place: TextSpan, label: &'a str) -> Vec<Element<'a>> {
    let line = RenderedLine::around(sources.whole(place.file), place);
    let path = harmless(sources.name(place.file));
    let label = harmless(label);
    let mut underline = AnnotationKind::Primary.span(line.from..line.to);
    if !label.is_empty() {
        underline = underline.label(label.clone());
    }
    if line.text.len() <= LONG_LINE {
        let snippet =
            Snippet::source(harmless(line.text)).path(path).line_start(line.number).annotation(underline);
        return vec![snippet.into()];
    }
    let (text, from, to) = line.cut();
    let mut underline = AnnotationKind::Primary.span(from..to);
    if !label.is_empty() {
        underline = underline.label(label);
    }
    let origin = Origin::path(path).line(line.number).char_column(line.column());
    vec![
        origin.into(),
        Snippet::source(harmless(&text).into_owned()).line_start(line.number).annotation(underline).into(),
    ]
}

/// The first line that a place touches, with the stretch to underline in it.
struct RenderedLine<'a> {
    text: &'a str,
    number: usize,
    from: usize,
    to: usize,
}

impl<'a> RenderedLine<'a> {
    fn around(whole: &'a str, place: TextSpan) -> RenderedLine<'a> {
        let at = floor(whole, place.start as usize);
        let start = whole[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = whole[at..].find('\n').map_or(whole.len(), |newline| at + newline);
        let text = whole[start..end].trim_end_matches('\r');
        let from = (at - start).min(text.len());
        let to = floor(text, (place.end as usize).saturating_sub(start).clamp(from, text.len()));
        let number = 1 + whole.as_bytes()[..start].iter().filter(|&&byte| byte == b'\n').count();
        RenderedLine { text, number, from, to }
    }

    fn column(&self) -> usize {
        1 + self.text[..self.from].chars().count()
    }

    /// The line cut around the underlined stretch, with dots where something was left out.
    fn cut(&self) -> (String, usize, usize) {
        let start = floor(self.text, self.from.saturating_sub(AROUND));
        let end = floor(self.text, (self.from + 2 * AROUND).min(self.text.len()));
        let left = if start > 0 { "…" } else { "" };
        let right = if end < self.text.len() { "…" } else { "" };
        let from = self.from - start + left.len();
        let to = self.to.min(end) - start + left.len();
        (format!("{left}{}{right}", &self.text[start..end]), from, to)
    }
}

/// The last border between two characters at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place_of(sources: &Sources, file: crate::layout::text_span::FileId, word: &str) -> TextSpan {
        let start = sources.whole(file).find(word).expect("the word") as u32;
        TextSpan { file, start, end: start + word.len() as u32 }
    }

    #[test]
    fn a_fault_is_shown_with_its_place_its_text_and_its_remedy() {
        let mut sources = Sources::default();
        let file = sources.add_argument("line.ron", "Line(\n    nmae: \"x\",\n)");
        let fault = Fault::new("unknown field `nmae`")
            .at(place_of(&sources, file, "nmae"))
            .label("no field of a line")
            .help("did you mean `name`?");

        assert_eq!(
            Faults::from(fault).render(&sources, false),
            "error: unknown field `nmae`\n --> line.ron:2:5\n  |\n2 |     nmae: \"x\",\n  |     ^^^^ no field of a line\n  \
             |\n  = help: did you mean `name`?\n\n"
        );
    }

    #[test]
    fn the_first_fault_is_told_in_three_short_texts() {
        let mut sources = Sources::default();
        let file = sources.add_argument("a/b/line.ron", "Line(\n    \"é\": nmae,\n)");
        let mut faults = Faults::default();
        faults.push(Fault::new("bad").at(place_of(&sources, file, ")")));
        faults
            .push(Fault::new("wrong").at(place_of(&sources, file, "nmae")).label("no").help("a?").help("b"));

        let texts = |place: &str, message: &str, help: &str| (place.into(), message.into(), help.into());
        assert_eq!(faults.first(&sources), texts("line.ron:2:10", "wrong: no", "a?; b"));
        faults.push(Fault::new("no file"));
        assert_eq!(faults.first(&sources), texts("", "no file", ""));
        assert_eq!(Faults::default().first(&sources), texts("", "", ""));
    }

    #[test]
    fn a_second_place_is_shown_under_the_first() {
        let mut sources = Sources::default();
        let file = sources.add_argument("line.ron", "\"weld\": 1,\n\n\n\n\"Weld\": 2,");
        let fault = Fault::new("two elements are called `weld`")
            .at(place_of(&sources, file, "\"Weld\""))
            .also(place_of(&sources, file, "\"weld\""), "the first is here");

        let shown = Faults::from(fault).render(&sources, false);

        assert!(shown.contains("--> line.ron:5:1"), "{shown}");
        assert!(shown.contains("line.ron:1:1"), "{shown}");
        assert!(shown.contains("the first is here"), "{shown}");
    }

    #[test]
    fn a_megabyte_on_one_line_is_cut_and_keeps_its_column() {
        let mut sources = Sources::default();
        let text = format!("{}FAULT{}", "ä".repeat(500_000), "ö".repeat(500_000));
        let file = sources.add_argument("line.ron", &text);
        let shown =
            Faults::from(Fault::new("bad").at(place_of(&sources, file, "FAULT"))).render(&sources, false);

        assert!(shown.contains("line.ron:1:500001"), "{shown}");
        assert!(shown.contains("^^^^^"), "{shown}");
        assert!(shown.len() < 1000, "{}", shown.len());
    }

    #[test]
    fn the_thirty_first_fault_is_only_counted() {
        let mut faults = Faults::default();
        (0..42).for_each(|number| faults.push(Fault::new(format!("fault {number:02}"))));

        let shown = faults.render(&Sources::default(), false);

        assert!(shown.contains("fault 29") && !shown.contains("fault 30"), "{shown}");
        assert!(shown.ends_with("and 12 more\n"), "{shown}");
    }

    #[test]
    fn any_place_in_any_text_can_be_shown() {
        let text = "ä\r\n\u{1b}[31mé\n\n\"…\"";
        let mut sources = Sources::default();
        let file = sources.add_argument("line.ron", text);
        for start in 0..text.len() as u32 + 3 {
            for end in start..text.len() as u32 + 3 {
                let fault = Fault::new("bad").at(TextSpan { file, start, end });
                assert!(Faults::from(fault).render(&sources, false).contains("--> line.ron:"));
            }
        }
    }
}
