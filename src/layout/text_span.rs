//! Places in the texts that a user wrote. Read [`TextSpan`] first.

/// One of the texts in [`Sources`](super::Sources).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(super) u32);

/// A stretch of one text, in bytes; `end` is behind the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextSpan {
    /// The text.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte behind the last one.
    pub end: u32,
}

impl TextSpan {
    /// The part of this place from `start` to `end`, counted from its beginning and kept inside it.
    pub fn part(self, start: usize, end: usize) -> TextSpan {
        let length = (self.end - self.start) as usize;
        let (start, end) = (start.min(length) as u32, end.min(length) as u32);
        TextSpan { file: self.file, start: self.start + start, end: self.start + end.max(start) }
    }

    /// Whether a byte lies inside.
    pub(crate) fn holds(self, file: FileId, at: u32) -> bool {
        self.file == file && self.start <= at && at < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Sources;

    #[test]
    fn a_part_of_a_place_stays_inside_it() {
        let mut sources = Sources::default();
        let file = sources.add_argument("--set", "bend.cycle=50 s");
        let place = TextSpan { file, start: 5, end: 15 };

        assert_eq!(sources.text(place.part(0, 5)), "cycle");
        assert_eq!(sources.text(place.part(6, 99)), "50 s");
        assert_eq!(sources.text(place.part(99, 3)), "");
    }
}
