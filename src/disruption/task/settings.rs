//! A task takes over other settings while it runs.

use super::Task;
use crate::context::Context;
use crate::event::{Listener, Slot};

impl Task {
    /// Whether it can take over the downtimes of another task while it runs.
    pub fn can_become(&self, settings: &Task) -> bool {
        match (&self.downtimes, &settings.downtimes) {
            (None, None) => true,
            (Some(before), Some(after)) => before.can_become(after),
            _ => false,
        }
    }

    /// Takes over the distributions of other downtimes.
    pub fn become_like<L: Listener>(&mut self, settings: &Task, me: Slot, ctx: &mut Context<'_, L>) {
        let runs = self.runs();
        if self.downtimes.is_some() && runs {
            // The events of the work in hand are scheduled again.
            self.halt(ctx.now);
        }
        if let (Some(downtimes), Some(settings)) = (&mut self.downtimes, &settings.downtimes) {
            let now = ctx.now;
            let time_to_stop = self.time_to_stop;
            self.time_to_stop =
                downtimes.become_like(settings, time_to_stop, now, |due, rank| ctx.schedule(due, rank, me));
        }
        if self.downtimes.is_some() && runs {
            self.go_on(me, ctx);
        }
        // A stop that is due may have less to wait for than before.
        self.begin_what_is_due(self.is_at_work(), me, ctx);
    }
}
