//! The people for the work and for the stops of a machine.

use super::Downtimes;
use crate::context::Context;
use crate::disruption::JobPeople;
use crate::event::{Listener, Slot};
use crate::kernel::EventId;
use crate::resource::Token;

impl Downtimes {
    /// The people whom its work needs, if it needs any.
    pub(in crate::disruption) fn people(&self) -> Option<&JobPeople> {
        self.people.as_deref()
    }

    /// The same, to be changed.
    pub(in crate::disruption) fn people_mut(&mut self) -> Option<&mut JobPeople> {
        self.people.as_deref_mut()
    }

    /// A person was requested for the present stop.
    pub(in crate::disruption) fn requested(&mut self, person: Token) {
        self.person = Some(person);
    }

    /// Whether a person was requested under this token for the stop at hand.
    pub(in crate::disruption) fn waits_for(&self, person: Token) -> bool {
        self.stands && self.person == Some(person)
    }

    /// The people for the present stop arrive with this event.
    pub(in crate::disruption) fn expect_at(&mut self, arrival: EventId) {
        self.arrival = arrival;
    }

    /// They have arrived.
    pub(in crate::disruption) fn people_have_come<L: Listener>(&mut self, ctx: &mut Context<'_, L>) {
        self.arrival = EventId::default();
        self.person.into_iter().for_each(|person| ctx.arrived(person));
    }

    /// The people for the present stop will not come: others are called.
    pub(in crate::disruption) fn call_again<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        self.arrival = EventId::default();
        self.person.take().into_iter().for_each(|person| ctx.give_back(person));
        let request = self.downtime(self.current).and_then(|downtime| downtime.request.clone());
        self.person = request.map(|request| ctx.request(me, request));
    }
}
