//! A stop of a route. Read [`RouteStop`] first; who follows routes is in [`part_store`](super::part_store).

use crate::event::Slot;
use smallvec::SmallVec;

/// A stop of a route: one element, or the members of a group, of which a part comes to any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteStop {
    elements: SmallVec<[Slot; 1]>,
}

impl RouteStop {
    /// A stop at any of these elements; none if there are none.
    pub fn at_any(elements: impl IntoIterator<Item = Slot>) -> Option<RouteStop> {
        let elements: SmallVec<[Slot; 1]> = elements.into_iter().collect();
        (!elements.is_empty()).then_some(RouteStop { elements })
    }

    /// Whether a part that comes to this element has come to the stop.
    #[inline]
    pub fn is_at(&self, slot: Slot) -> bool {
        self.elements.contains(&slot)
    }

    /// The first of its elements, which stands for all of them.
    #[inline]
    pub fn first(&self) -> Slot {
        self.elements[0]
    }

    /// Whether it has several elements.
    pub fn is_group(&self) -> bool {
        self.elements.len() > 1
    }
}

/// To how many stops a part has come that begins its route at an element: up to the first stop there, or to none.
pub fn steps_at_beginning(route: &[RouteStop], slot: Slot) -> usize {
    route.iter().position(|stop| stop.is_at(slot)).map_or(0, |nth| nth + 1)
}
