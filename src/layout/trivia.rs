//! What stands between the values of a text: spaces, line breaks, commas, and comments. Read [`Gap`] first.

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// With its slashes, without spaces at its end.
    pub(super) text: String,
    /// Whether a line begins before it; else it stands behind something.
    pub(super) own_line: bool,
    /// Whether there is a blank line before it.
    pub(super) blank_before: bool,
}

/// The text between two values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) comments: Vec<Comment>,
    /// Whether there is a line break before anything else.
    pub(super) newline: bool,
    /// Whether there is a blank line at its end.
    pub(super) blank_at_end: bool,
    /// How many bytes it has.
    pub(super) length: usize,
}

impl Gap {
    /// A gap that is nothing but such.
    pub(super) fn of(text: &str) -> Gap {
        Gap::read(text, |_| false)
    }

    /// The gap before the opening bracket that a text has after a name.
    pub(super) fn up_to_bracket(text: &str) -> Gap {
        Gap::read(text, |letter| matches!(letter, '(' | '[' | '{'))
    }

    /// Whether what stands before it and what stands behind it are apart.
    pub(super) fn parts(&self) -> bool {
        self.blank_at_end || self.comments.iter().any(|comment| comment.own_line)
    }

    fn read(text: &str, ends: impl Fn(char) -> bool) -> Gap {
        let (mut gap, mut lines, mut at) = (Gap::default(), 0, 0);
        // A line comment ends with its line, which is no blank line.
        let mut any_line = false;
        while let Some(letter) = text[at..].chars().next().filter(|letter| !ends(*letter)) {
            let rest = &text[at..];
            if !rest.starts_with("//") && !rest.starts_with("/*") {
                lines += usize::from(letter == '\n');
                any_line |= letter == '\n';
                gap.newline |= letter == '\n' && gap.comments.is_empty();
                at += letter.len_utf8();
                continue;
            }
            let length = comment_length(rest);
            let text = rest[..length].trim_end().replace("\r\n", "\n");
            gap.comments.push(Comment { text, own_line: any_line, blank_before: lines > 1 });
            lines = 0;
            at += length;
        }
        (gap.blank_at_end, gap.length) = (lines > 1, at);
        gap
    }
}

/// How long the comment is that a text begins with; blocks may stand in blocks.
fn comment_length(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    let (mut level, mut at) = (0, 0);
    while at < text.len() {
        match &text.as_bytes()[at..(at + 2).min(text.len())] {
            b"/*" => (level, at) = (level + 1, at + 2),
            b"*/" => (level, at) = (level - 1, at + 2),
            _ => at += 1,
        }
        if level == 0 {
            return at;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_knows_where_its_comments_stand() {
        let gap = Gap::of(", // behind\n\n  // its own\n  /* block /* in */ block */ \n\n");

        let shown: Vec<(&str, bool, bool)> =
            gap.comments.iter().map(|it| (it.text.as_str(), it.own_line, it.blank_before)).collect();
        assert_eq!(
            shown,
            [
                ("// behind", false, false),
                ("// its own", true, true),
                ("/* block /* in */ block */", true, false)
            ]
        );
        assert!(gap.blank_at_end && !gap.newline && gap.parts());
    }

    #[test]
    fn a_gap_ends_at_the_bracket() {
        let gap = Gap::up_to_bracket(" /* ( */ (a: 1)");
        assert_eq!((gap.length, gap.comments.len()), (9, 1));
    }
}
