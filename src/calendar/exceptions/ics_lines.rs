//! The lines of an iCalendar file (RFC 5545): folded lines are joined, and each is split into name, parameters and value.

use crate::calendar::CalendarFault;

/// One property, such as `DTSTART;VALUE=DATE:20260101`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct IcsProperty {
    /// The number of its first line in the file.
    pub(super) line: u64,
    /// Its name in upper case.
    pub(super) name: String,
    parameters: Vec<(String, String)>,
    pub(super) value: String,
}

impl IcsProperty {
    /// The value of a parameter such as `TZID`.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    fn parse(line: u64, text: &str) -> Result<IcsProperty, CalendarFault> {
        let wrong = || {
            let message = format!("line {line}: \"{}\" is not a line of iCalendar", shortened(text));
            CalendarFault::new(
                message,
                "write a name, a colon and a value, and begin the rest of a long line with a space",
            )
        };
        let (head, value) = split_outside_quotes(text, ':').ok_or_else(wrong)?;
        let mut parts = Vec::new();
        let mut rest = head;
        while let Some((part, others)) = split_outside_quotes(rest, ';') {
            parts.push(part);
            rest = others;
        }
        parts.push(rest);
        let parameters = parts[1..].iter().filter_map(|part| part.split_once('='));
        let parameters =
            parameters.map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned())).collect();
        Ok(IcsProperty { line, name: parts[0].to_uppercase(), parameters, value: value.to_owned() })
    }
}

/// Splits at the first such character that is not within double quotes.
fn split_outside_quotes(text: &str, separator: char) -> Option<(&str, &str)> {
    let mut quoted = false;
    let at = text.char_indices().find(|&(_, letter)| {
        quoted ^= letter == '"';
        letter == separator && !quoted
    })?;
    Some((&text[..at.0], &text[at.0 + separator.len_utf8()..]))
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 40 { text.to_owned() } else { text.chars().take(40).chain(['…']).collect() }
}

/// All properties of a file; lines may end in CRLF or LF.
pub(super) fn properties(text: &str) -> Result<Vec<IcsProperty>, Vec<CalendarFault>> {
    let mut lines: Vec<(u64, String)> = Vec::new();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, last))) => last.push_str(rest),
            _ if line.trim().is_empty() => {}
            _ => lines.push((number, line.to_owned())),
        }
    }
    let (mut properties, mut faults) = (Vec::new(), Vec::new());
    for (number, line) in lines {
        match IcsProperty::parse(number, &line) {
            Ok(property) => properties.push(property),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(properties) } else { Err(faults) }
}
