//! How two lines are shown in one picture.

use serde::{Deserialize, Serialize};

/// How the sides are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arrangement {
    /// Only this side.
    Single(usize),
    /// Both beside each other.
    Split,
    /// Both in one place: before in grey, after in colour, what was changed stands out.
    #[default]
    Overlaid,
}
