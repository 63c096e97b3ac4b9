//! Arrows: `"panels -> bend -> rack"`, `"rack -> weld by loader"`, `"saw -> drill 70 %"`.
//!
//! A text may chain any number of stops; what is written behind a stop belongs to the arrow that leads to it. Whether
//! the names exist and the shares add up is left to the check of the whole line. Read [`Arrow`] first.

use super::fault::Fault;
use super::outline::{part_of_text, unquoted};
use super::source::Sources;
use super::text_span::TextSpan;
use crate::units::letters;
use crate::units::spelling::brief;

/// The longest text of one chain of arrows, in bytes.
const MAX_TEXT: usize = 10_000;

/// One way a part can go.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Where it leaves.
    pub from: Stop,
    /// Where it goes.
    pub to: Stop,
    /// The robot that carries it.
    pub by: Option<Stop>,
    /// The share of parts that go this way, above 0 and at most 1.
    pub share: Option<f64>,
    /// The whole text that the arrow is written in.
    pub place: TextSpan,
}

/// A name in an arrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The element.
    pub name: String,
    /// Which of its ways out or in, as in `test.pass`.
    pub port: Option<String>,
    /// The name in the text.
    pub place: TextSpan,
}

/// The arrows of one text, which stands in quotes at `place`.
pub(crate) fn arrows(place: TextSpan, sources: &Sources) -> Result<Vec<Arrow>, Fault> {
    if sources.text(place).len() > MAX_TEXT {
        let fault = Fault::new("this text of arrows is too long").at(place);
        return Err(fault.label("more than 10,000 letters").help("write several texts"));
    }
    let text = unquoted(sources.text(place));
    let reader = ArrowReader { text: &text, place, sources };
    let mut legs = reader.pieces().into_iter();
    let Some(first) = legs.next() else {
        return Ok(Vec::new());
    };
    let mut from = reader.first(first)?;
    let mut arrows = Vec::new();
    for leg in legs {
        let (to, by, share) = reader.leg(leg)?;
        arrows.push(Arrow { from: from.clone(), to: to.clone(), by, share, place });
        from = to;
    }
    if arrows.is_empty() {
        return Err(Fault::new("an arrow needs two ends").at(place).label("expected `from -> to`"));
    }
    Ok(arrows)
}

struct ArrowReader<'a> {
    text: &'a str,
    place: TextSpan,
    sources: &'a Sources,
}

/// A stretch of the text, trimmed.
#[derive(Clone, Copy)]
struct ArrowPiece {
    from: usize,
    to: usize,
}

type ArrowLeg = (Stop, Option<Stop>, Option<f64>);

impl ArrowReader<'_> {
    fn pieces(&self) -> Vec<ArrowPiece> {
        let mut from = 0;
        let mut pieces = Vec::new();
        for part in self.text.split("->") {
            pieces.push(self.trimmed(from, from + part.len()));
            from += part.len() + "->".len();
        }
        pieces
    }

    fn trimmed(&self, from: usize, to: usize) -> ArrowPiece {
        let text = &self.text[from..to];
        let start = from + text.len() - text.trim_start().len();
        ArrowPiece { from: start, to: start + text.trim().len() }
    }

    fn written(&self, piece: ArrowPiece) -> &str {
        &self.text[piece.from..piece.to]
    }

    fn underlined(&self, piece: ArrowPiece) -> TextSpan {
        part_of_text(self.place, self.sources, piece.from, piece.to)
    }

    fn first(&self, piece: ArrowPiece) -> Result<Stop, Fault> {
        let written = self.written(piece);
        if written.contains(" by ") || written.ends_with('%') {
            let fault = Fault::new("a share or robot stands behind the element that the part goes to");
            return Err(fault
                .at(self.underlined(piece))
                .label("expected only a name")
                .help("write `from -> to by robot`"));
        }
        self.stop(piece)
    }

    /// `weld 70 % by loader`.
    fn leg(&self, piece: ArrowPiece) -> Result<ArrowLeg, Fault> {
        let written = self.written(piece);
        let (target, by) = match written.find(" by ") {
            Some(at) => {
                let robot = self.trimmed(piece.from + at + " by ".len(), piece.to);
                (self.trimmed(piece.from, piece.from + at), Some(self.robot(robot)?))
            }
            None if written == "by" || written.ends_with(" by") => {
                let word = ArrowPiece { from: piece.to - 2, to: piece.to };
                return Err(Fault::new("a robot's name is missing")
                    .at(self.underlined(word))
                    .label("by whom?"));
            }
            None => (piece, None),
        };
        let (name, share) = self.share(target)?;
        Ok((self.stop(name)?, by, share))
    }

    fn robot(&self, piece: ArrowPiece) -> Result<Stop, Fault> {
        if self.written(piece).ends_with('%') || self.written(piece).contains(" by ") {
            let fault = Fault::new("a robot's name must be the last word").at(self.underlined(piece));
            return Err(fault.help("the share comes before it: `from -> to 70 % by robot`"));
        }
        self.stop(piece)
    }

    fn share(&self, piece: ArrowPiece) -> Result<(ArrowPiece, Option<f64>), Fault> {
        let Some(rest) = self.written(piece).strip_suffix('%') else {
            return Ok((piece, None));
        };
        let rest = rest.trim_end();
        let begin = rest.rfind(char::is_whitespace).map_or(0, |space| space + 1);
        let begin =
            piece.from + (begin..=rest.len()).find(|&at| rest.is_char_boundary(at)).unwrap_or(rest.len());
        let number = &self.text[begin..piece.from + rest.len()];
        match number.parse::<f64>() {
            Ok(percent) if percent > 0.0 && percent <= 100.0 => {
                Ok((self.trimmed(piece.from, begin), Some(percent / 100.0)))
            }
            _ => {
                let fault = Fault::new(format!("\"{} %\" is no share", brief(number)));
                let place = self.underlined(ArrowPiece { from: begin, to: piece.to });
                Err(fault.at(place).label("expected a number above 0 and at most 100, such as `70 %`"))
            }
        }
    }

    fn stop(&self, piece: ArrowPiece) -> Result<Stop, Fault> {
        let written = self.written(piece);
        if written.is_empty() {
            return Err(Fault::new("the name of an element is missing")
                .at(self.place)
                .label("expected `from -> to`"));
        }
        let (name, port) = match written.split_once('.') {
            Some((name, port)) => (name.trim_end(), Some(port.trim_start().to_owned())),
            None => (written, None),
        };
        Ok(Stop { name: name.to_owned(), port, place: self.underlined(piece) })
    }
}

/// Why an element cannot have this name, if it cannot.
pub(crate) fn wrong_name(name: &str) -> Option<&'static str> {
    const RESERVED: [&str; 7] = ["run", "energy", "calendars", "products", "elements", "flow", "expect"];
    match name {
        "" => Some("a name cannot be empty"),
        _ if name.chars().count() > 100 => Some("a name may have at most 100 letters"),
        _ if name.trim() != name => Some("a name cannot begin or end with a space"),
        _ if name.contains('.') => Some("a name cannot have a point in it, which leads to a field"),
        _ if name.contains("->") => Some("a name cannot have an arrow in it"),
        _ if name.contains(" by ") || name.starts_with("by ") || name.ends_with(" by") || name == "by" => {
            Some("a name cannot have the word \"by\" in it, which names a robot")
        }
        _ if name.ends_with('%') => Some("a name cannot end with %, which is a share"),
        _ if letters::looks(name).trim().is_empty() => {
            Some("a name cannot be made of letters that nobody sees")
        }
        _ if letters::unprintable(name).is_some() => match name.chars().any(char::is_control) {
            true => Some("a name cannot have line breaks or control characters in it"),
            false => Some("a name cannot have characters in it that turn the direction of writing"),
        },
        _ if RESERVED.contains(&name) => Some("this name is a part of every line"),
        _ => None,
    }
}

#[cfg(test)]
#[path = "arrow_tests.rs"]
mod tests;
