//! A table of persons by skill, and what its cells say.

use serde::Deserialize;

/// The table of the persons of a crew, as a layout names it: a row for each person, a column for each skill.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillMatrix {
    /// A file of text, relative to the layout.
    pub csv: Option<String>,
    /// A workbook, relative to the layout.
    pub xlsx: Option<String>,
    /// The sheet of the workbook; the first if nothing is said.
    pub sheet: Option<String>,
    /// The encoding of the text.
    pub encoding: Option<String>,
    /// From which level on somebody has a skill, where cells are levels; 1 without it.
    pub from_level: Option<f64>,
}

/// What stands in a cell of somebody who does not have the skill.
const NO: [&str; 12] = ["", "-", "–", "no", "n", "false", "nein", "否", "无", "×", "✗", "○"];
/// And of somebody who has it.
const YES: [&str; 12] = ["x", "yes", "y", "true", "ja", "j", "是", "有", "√", "✓", "✔", "●"];

impl SkillMatrix {
    /// Whether a cell says that somebody has the skill; none if it says nothing that is understood.
    pub(crate) fn means(&self, cell: &str) -> Option<bool> {
        let cell = cell.trim().to_lowercase();
        if let Ok(level) = cell.replace(',', ".").parse::<f64>() {
            return level.is_finite().then(|| level >= self.from_level.unwrap_or(1.0));
        }
        match (NO.contains(&cell.as_str()), YES.contains(&cell.as_str())) {
            (false, false) => None,
            (_, has) => Some(has),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_levels_say_who_has_a_skill() {
        let mut matrix = SkillMatrix { csv: None, xlsx: None, sheet: None, encoding: None, from_level: None };
        for (cell, means) in [
            (" X ", Some(true)),
            ("1", Some(true)),
            ("0", Some(false)),
            ("", Some(false)),
            ("Ja", Some(true)),
            ("√", Some(true)),
            ("否", Some(false)),
            ("2,5", Some(true)),
            ("maybe", None),
            ("NaN", None),
        ] {
            assert_eq!(matrix.means(cell), means, "{cell}");
        }
        matrix.from_level = Some(3.0);
        assert_eq!(
            (matrix.means("2"), matrix.means("3"), matrix.means("x")),
            (Some(false), Some(true), Some(true))
        );
    }
}
