//! A change of a line, as its upgrade describes it. Read [`ChangeHead`] first.

use crate::units::Money;

/// One change of a line: what it is called and what it costs.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeHead {
    /// Its name.
    pub name: String,
    /// Its price, if it has one.
    pub cost: Option<Money>,
}
