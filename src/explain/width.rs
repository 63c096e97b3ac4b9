//! How many columns a text takes on a terminal: Chinese, Japanese and Korean letters take two.
//!
//! Not modelled: letters that are put together from several, which are taken for wider than they are.

/// Wide and full-width ranges of Unicode (UAX 11), joined where only unassigned letters lie between.
const WIDE: [(u32, u32); 9] = [
    (0x1100, 0x115f),
    (0x2e80, 0xa4cf),
    (0xac00, 0xd7a3),
    (0xf900, 0xfaff),
    (0xfe30, 0xfe6f),
    (0xff00, 0xff60),
    (0xffe0, 0xffe6),
    (0x1f300, 0x1faff),
    (0x20000, 0x3fffd),
];

/// Columns of a letter.
fn of_letter(letter: char) -> usize {
    let wide = |&(first, last): &(u32, u32)| (first..=last).contains(&u32::from(letter));
    if WIDE.iter().any(wide) { 2 } else { 1 }
}

/// Columns of a text.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(of_letter).sum()
}

/// As much of a text as fits, with `…` for the rest.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let (mut kept, mut used) = (String::new(), 1);
    for letter in text.chars() {
        used += of_letter(letter);
        if used > columns {
            break;
        }
        kept.push(letter);
    }
    kept.truncate(kept.trim_end().len());
    if columns > 0 { kept + "…" } else { kept }
}

/// The text with spaces behind it, up to so many columns.
pub(super) fn padded(text: &str, columns: usize) -> String {
    text.to_owned() + &" ".repeat(columns.saturating_sub(width(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_names_take_two_columns_a_letter() {
        assert_eq!([width("weld 1"), width("焊接 1"), width("")], [6, 6, 0]);
        assert_eq!(padded("焊接", 6), "焊接  ");
    }

    #[test]
    fn what_does_not_fit_is_cut_before_it_gets_too_wide() {
        assert_eq!(cut("underbody", 9), "underbody");
        assert_eq!(cut("underbody", 6), "under…");
        assert_eq!(cut("焊接机器人", 6), "焊接…");
        assert_eq!(cut("a b", 3), "a b");
        assert_eq!([cut("weld 1", 1), cut("weld 1", 0)], ["…", ""]);
    }
}
