//! How an operation goes on with other settings while its machine runs.

use super::{AfterPause, Extras, Operation};
use crate::kernel::Sampler;

impl Operation {
    /// Whether a running machine can go on with other settings.
    pub(in crate::equipment::machine) fn can_become(&self, settings: &Operation) -> bool {
        let shape = |one: &Operation| {
            let extras = one.extras.as_deref().map_or([false; 3], |extras| {
                [extras.load.is_some(), extras.unload.is_some(), extras.pause.is_some()]
            });
            (one.places(), one.chooses(), one.setup.is_some(), extras)
        };
        let setups = match (&self.setup, &settings.setup) {
            (Some(before), Some(after)) => before.can_become(after),
            _ => true,
        };
        shape(self) == shape(settings) && setups
    }

    /// Goes on with other distributions; what was begun ends as it was begun.
    pub(in crate::equipment::machine) fn become_like(&mut self, settings: &Operation) {
        let Operation { rule, extras, setup, cycles, phase: _, ideal: _ } = settings;
        self.cycles.become_like(cycles);
        if let (Some(own), Some(extras)) = (&mut self.extras, extras) {
            own.become_like(extras);
        }
        if let (Some(own), Some(setup)) = (&mut self.setup, setup) {
            own.become_like(setup);
        }
        self.rule = *rule;
    }
}

impl Extras {
    /// Goes on with other distributions.
    fn become_like(&mut self, settings: &Extras) {
        let follow = |sampler: &mut Option<Sampler>, settings: &Option<Sampler>| {
            if let (Some(sampler), Some(settings)) = (sampler, settings) {
                sampler.follow(settings.distribution());
            }
        };
        // There are as many places.
        let Extras { load, unload, pause, places: _ } = settings;
        follow(&mut self.load, load);
        follow(&mut self.unload, unload);
        if let (Some(own), Some(AfterPause { pause, longer, idle_since: _ })) = (&mut self.pause, pause) {
            own.pause = *pause;
            own.longer.follow(longer.distribution());
        }
    }
}
