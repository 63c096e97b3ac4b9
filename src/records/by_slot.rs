//! A record that only few elements have, found by the slot without a search.

/// By slot; nothing where there was never anything to note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BySlot<T>(Vec<Option<Box<T>>>);

impl<T> Default for BySlot<T> {
    fn default() -> BySlot<T> {
        BySlot(Vec::new())
    }
}

impl<T: Default> BySlot<T> {
    /// That of an element, from now on if it has none yet.
    pub(super) fn at(&mut self, slot: usize) -> &mut T {
        if self.0.len() <= slot {
            self.0.resize_with(slot + 1, || None);
        }
        self.0[slot].get_or_insert_default()
    }

    /// That of an element, if it has one.
    pub(super) fn get(&self, slot: usize) -> Option<&T> {
        self.0.get(slot)?.as_deref()
    }

    /// All, with their slots.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &T)> {
        self.0.iter().enumerate().filter_map(|(slot, one)| Some((slot, one.as_deref()?)))
    }

    /// All, to be changed.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().filter_map(Option::as_deref_mut)
    }
}
