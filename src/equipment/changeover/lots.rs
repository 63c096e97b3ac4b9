//! Lots: how many parts of one family a machine makes between two changeovers, at least and at most.
//!
//! In the midst of its smallest lot it lets parts of other families stand, for ever or until it has waited long enough.

use super::Setup;
use crate::checking::Check;
use crate::kernel::{EventId, Time};

/// How large the lots of a machine are, and how long it waits for the rest of one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lots {
    pub min: u32,
    pub max: Option<u32>,
    /// How long it waits for parts of its lot at most.
    pub wait: Option<Time>,
    /// The event that ends the waiting; that of nobody if it does not wait.
    patience: EventId,
    waited_long_enough: bool,
}

impl Lots {
    /// Goes on with other settings. The smallest lot is the same.
    pub(super) fn become_like(&mut self, settings: &Lots) {
        let Lots { max, wait, min: _, patience: _, waited_long_enough: _ } = *settings;
        (self.max, self.wait) = (max, wait);
    }

    /// Those that settings say, if they say any.
    pub(super) fn of(setup: &Setup) -> Option<Box<Lots>> {
        let lots = Lots {
            min: setup.min_lot,
            max: setup.max_lot,
            wait: setup.wait.map(|wait| Time::from_secs(wait.0)),
            patience: EventId::default(),
            waited_long_enough: false,
        };
        (lots.min > 1 || lots.max.is_some()).then(|| Box::new(lots))
    }

    /// Whether a lot of so many parts is kept to.
    pub(super) fn keep(&self, made: u32) -> bool {
        made < self.min && !self.waited_long_enough
    }

    /// Whether so many parts are enough.
    pub(super) fn are_complete(&self, made: u32) -> bool {
        self.max.is_some_and(|max| made >= max)
    }

    /// The next part has come.
    pub(super) fn go_on(&mut self) {
        (self.patience, self.waited_long_enough) = (EventId::default(), false);
    }

    /// There is no part for a lot that is kept to: it begins to wait.
    pub(super) fn begin_to_wait(&mut self, schedule: impl FnOnce(Time) -> EventId) {
        if let Some(wait) = self.wait {
            self.patience = schedule(wait);
        }
    }

    /// Whether this event ends its patience. It `stands` if something else stops it, and then waits anew.
    pub(super) fn lose_patience(&mut self, event_id: EventId, stands: bool) -> bool {
        if event_id != self.patience {
            return false;
        }
        self.patience = EventId::default();
        self.waited_long_enough = !stands;
        self.waited_long_enough
    }

    /// Whether it will lose its patience some time.
    pub(super) fn wait_for_time(&self) -> bool {
        self.patience != EventId::default()
    }
}

impl Setup {
    pub(super) fn check_lots(&self, field: &str, check: &mut Check<'_>) {
        if self.wait.is_some() && self.min_lot < 2 {
            let message = "there is no lot for whose parts it would wait".to_owned();
            check.fault(
                &format!("{field}.wait"),
                message,
                "give a `min_lot` of at least 2, or leave `wait` out",
            );
        }
        match self.max_lot {
            Some(0) => {
                let message = "a lot without parts is none".to_owned();
                check.fault(&format!("{field}.max_lot"), message, "give at least 1, or leave it out");
            }
            Some(max) if max < self.min_lot => {
                let message = format!("the largest lot is smaller than the smallest, {}", self.min_lot);
                check.fault(&format!("{field}.max_lot"), message, "raise `max_lot` or lower `min_lot`");
            }
            _ => {}
        }
    }
}
