//! Comments behind lines that follow each other stand below each other. Read [`aligned`] first.

/// A line that is longer than another by more than this leaves both comments where they are.
const FARTHEST: usize = 24;

/// A line with a comment behind it.
struct CommentedLine {
    /// Its number.
    number: usize,
    indent: usize,
    /// How many letters stand before the two spaces of the comment.
    letters: usize,
    /// Where these spaces begin in the text.
    at: usize,
}

/// The text with more spaces before the comments that begin, with their two spaces, at these places.
pub(super) fn aligned(text: &str, places: &[usize]) -> String {
    let lines = lines_with(text, places);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for block in lines.chunk_by(|one, next| next.number == one.number + 1 && next.indent == one.indent) {
        let letters = || block.iter().map(|line| line.letters);
        let (least, most) = (letters().min().unwrap_or(0), letters().max().unwrap_or(0));
        let column = if most - least > FARTHEST { 0 } else { most };
        for line in block {
            out.push_str(&text[done..line.at]);
            out.push_str(&" ".repeat(column.saturating_sub(line.letters)));
            done = line.at;
        }
    }
    out + &text[done..]
}

/// The lines that have a comment behind them; of several comments in a line the first counts. A comment behind an opening bracket
/// stays there: it is about all that follows.
fn lines_with(text: &str, places: &[usize]) -> Vec<CommentedLine> {
    let (mut begin, mut found) = (0, Vec::new());
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let place = places.iter().copied().find(|at| (begin..begin + line.len()).contains(at));
        if let Some(at) = place.filter(|at| !text[..*at].ends_with(['(', '[', '{'])) {
            let indent = line.len() - line.trim_start_matches(' ').len();
            found.push(CommentedLine { number, indent, letters: text[begin..at].chars().count(), at });
        }
        begin += line.len();
    }
    found
}
