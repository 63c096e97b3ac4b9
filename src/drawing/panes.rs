//! Which line is seen where in the window, and in which style.

use super::show::Show;
use crate::stage::Arrangement;
use bevy::math::Rect;
use smallvec::SmallVec;

/// How a side is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// In colour.
    Solid,
    /// In translucent grey, behind the other.
    Ghost,
}

/// A piece of the window that shows sides of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pane {
    /// The side that is seen in colour, that has names and can be picked.
    pub(crate) side: usize,
    /// Whether the first side is seen behind it.
    pub(crate) with_ghost: bool,
    /// Its rectangle in logical pixels.
    pub(crate) area: Rect,
}

/// The panes of a window, from the left.
pub(crate) type Panes = SmallVec<[Pane; SIDES]>;

/// Half the gap between two panes, in logical pixels.
const GAP: f32 = 1.0;

/// There are never more sides.
pub(crate) const SIDES: usize = 2;

impl Show {
    /// The panes of an area of the window, from the left.
    pub(crate) fn panes(&self, area: Rect) -> Panes {
        let pane = |side, with_ghost, area| Pane { side, with_ghost, area };
        let mut panes = SmallVec::new();
        match (self.arrangement, self.sides.len()) {
            (_, 0) => {}
            (_, 1) => panes.push(pane(0, false, area)),
            (Arrangement::Single(side), count) => panes.push(pane(side.min(count - 1), false, area)),
            (Arrangement::Overlaid, _) => panes.push(pane(1, true, area)),
            (Arrangement::Split, _) => {
                let middle = area.center().x.round();
                panes.push(pane(0, false, Rect { max: area.max.with_x(middle - GAP), ..area }));
                panes.push(pane(1, false, Rect { min: area.min.with_x(middle + GAP), ..area }));
            }
        }
        panes
    }

    /// How each side is drawn; none for one that is not seen.
    pub(crate) fn styles(&self) -> [Option<Style>; SIDES] {
        let mut styles = [None; SIDES];
        for pane in self.panes(Rect::new(0.0, 0.0, 1.0, 1.0)) {
            styles[pane.side] = Some(Style::Solid);
            if pane.with_ghost {
                styles[0] = Some(Style::Ghost);
            }
        }
        styles
    }
}
