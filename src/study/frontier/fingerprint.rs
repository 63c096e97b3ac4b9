//! Whether two lines are the same: a hash over all that was checked.
//!
//! A line with 10,000 elements is a long text, so only the hash of it is kept. Read [`LineFingerprint`].

use crate::line::Line;
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};

/// The hash of a line. Two lines that run alike may differ in it, but lines that are written alike do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LineFingerprint([u8; 32]);

/// Hashes what is written to it.
struct HashWriter(Sha256);

impl Write for HashWriter {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

impl LineFingerprint {
    pub(super) fn of(line: &Line) -> LineFingerprint {
        let mut out = HashWriter(Sha256::new());
        // Hashing cannot fail.
        let _ = write!(out, "{line:?}");
        LineFingerprint(out.0.finalize().into())
    }
}

/// Whether two lines run alike, whatever they are called and wherever they were read from.
pub(crate) fn run_alike(one: &Line, other: &Line) -> bool {
    let nameless = |line: &Line| {
        let (name, provenance, changes) = (String::new(), None, Vec::new());
        let (files, notes, expectations) = (Vec::new(), Vec::new(), Vec::new());
        LineFingerprint::of(&Line { name, provenance, changes, files, notes, expectations, ..line.clone() })
    };
    nameless(one) == nameless(other)
}

#[cfg(test)]
mod tests {
    use super::super::super::test_lines::{WORKED_BY_HAND, serial};
    use super::*;

    #[test]
    fn lines_have_one_fingerprint_if_and_only_if_they_are_the_same() {
        let (line, mut other) = (serial(&WORKED_BY_HAND), serial(&WORKED_BY_HAND));
        assert_eq!(LineFingerprint::of(&line), LineFingerprint::of(&other));
        other.name = "another name".to_owned();
        assert_ne!(LineFingerprint::of(&line), LineFingerprint::of(&other));
        assert!(run_alike(&line, &other));
        other.products[0].mass_mg += 1;
        assert!(!run_alike(&line, &other));
    }
}
