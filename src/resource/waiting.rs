//! Who waits for what is lent, in the order in which they are served.

use crate::context::Call;
use crate::event::Slot;

/// Who waits for what is lent.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pools {
    /// In the order in which they are served.
    pub(crate) waiting: Vec<(Slot, Call)>,
    /// Whether an event is scheduled at which they are given out.
    pub(crate) called: bool,
}

impl Pools {
    pub(crate) fn wait(&mut self, who: Slot, call: Call) {
        let place = self.waiting.partition_point(|(_, other)| other.priority >= call.priority);
        self.waiting.insert(place, (who, call));
    }
}
