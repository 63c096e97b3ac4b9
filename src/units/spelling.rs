//! Spelling: the name that was most likely meant, and a user's text as a message quotes it. Read [`nearest`] first.

use super::letters::harmless;

/// Longer names are quoted in part and get no spelling.
const LONG_NAME: usize = 100;

/// The candidate that was most likely meant: at most a third of the letters differ, or only the case, or letters are
/// missing at the end.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.trim().to_lowercase();
    let length = wanted.chars().count();
    if wanted.is_empty() || length > LONG_NAME {
        return None;
    }
    let allowed = (length / 3).max(1);
    let near = candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(&wanted, candidate, allowed)?, candidate)));
    near.min_by_key(|&(distance, _)| distance).map(|(_, candidate)| candidate)
}

/// What else could be meant by an unknown name: the nearest of those that are known, or else some of them after these words;
/// none if nothing is known.
pub fn suggestion<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    some_are: &str,
) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(near) = nearest(name, known.iter().copied()) {
        return Some(format!("did you mean \"{near}\"?"));
    }
    (!known.is_empty()).then(|| format!("{some_are} {}", listed(known)))
}

/// The first twelve of these names as a message lists them.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let some: Vec<String> = names.into_iter().take(12).map(|name| format!("\"{}\"", brief(name))).collect();
    some.join(", ")
}

fn distance(wanted: &str, candidate: &str, allowed: usize) -> Option<usize> {
    // Bytes bound letters from above, four to one: most candidates are dropped here without being compared.
    if candidate.len() > 4 * (wanted.len() + allowed + LONG_NAME) {
        return None;
    }
    let candidate = candidate.to_lowercase();
    let differing = strsim::osa_distance(wanted, &candidate);
    let beginning = wanted.len() >= 3 && candidate.starts_with(wanted);
    (differing <= allowed || beginning).then_some(if beginning { differing.min(allowed) } else { differing })
}

/// A user's text as a message quotes it: one line, not too long.
pub fn brief(text: &str) -> String {
    let mut letters = text.chars();
    let start = letters.by_ref().take(60).map(|letter| if letter.is_control() { ' ' } else { letter });
    let start: String = start.collect();
    let start = harmless(&start).into_owned();
    if letters.next().is_some() { start + "…" } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_spelling_forgives_a_slip_but_does_not_guess() {
        let names = ["cycle", "breakdowns", "power", "at"];

        assert_eq!(nearest("cylce", names), Some("cycle"));
        assert_eq!(nearest("Cycle", names), Some("cycle"));
        assert_eq!(nearest("breakdown", names), Some("breakdowns"));
        assert_eq!(nearest("break", names), Some("breakdowns"));
        assert_eq!(nearest("capacity", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn a_huge_name_is_neither_compared_nor_quoted_whole() {
        let huge = "x".repeat(1 << 20);

        assert_eq!(nearest(&huge, ["x"]), None);
        assert_eq!(nearest("x", [huge.as_str()]), None);
        assert_eq!(brief(&huge).chars().count(), 61);
    }
}
