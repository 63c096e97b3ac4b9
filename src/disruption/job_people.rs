//! The people whom equipment needs for its work, phase by phase: as a layout says it, and who is there now.
//!
//! Before a phase begins, all people are requested at once who are needed for it and are not there. The phase waits until all
//! of them have arrived. Who is needed for the next phase too stays; the others are given back when the next phase begins
//! or the work is over. A stop gives all of them back, and the work calls again when it goes on.
//!
//! Tools and fixtures are called and given back in the same way. Read [`JobPeople`] first.

use super::job_groups::Needed;
use super::wants::MOST_GROUPS;
use super::{Account, JobPhase, StaffDemand, StopSettings};
use crate::checking::Check;
use crate::context::{COMPLETION, Context};
use crate::event::{Listener, ResourcePurpose, Slot, State};
use crate::kernel::{EventId, Time};
use crate::resource::{Grant, Request, Token, Want};
use std::sync::Arc;

/// Some of the groups: a bit for each.
type Groups = u64;

fn bit(nth: usize) -> Groups {
    1 << nth
}

/// Who is needed for a phase, and the call for all of them.
#[derive(Clone, Debug, PartialEq)]
struct PhaseCall {
    purpose: ResourcePurpose,
    groups: Groups,
    request: Request,
}

/// The people and tools that equipment needs for its work, and those that are there.
#[derive(Clone, Debug, PartialEq)]
pub struct JobPeople {
    needed: Arc<[Needed]>,
    phases: Arc<[PhaseCall]>,
    /// The groups that are tools.
    tools: Groups,
    /// The groups that are there.
    there: Groups,
    /// By what each group is held: the request, and the number of its want.
    held: Vec<Option<(Token, u8)>>,
    /// Whether a phase has begun with those that are there.
    used: bool,
    /// Whether tools are missing for that request, and no people.
    pub(super) only_tools: bool,
    /// The request that waits, or whose people are on their way.
    called: Option<Called>,
    /// What the work without wear is, if that is at hand.
    pub(super) aside: ResourcePurpose,
}

/// A request that was made for a phase.
#[derive(Clone, Debug, PartialEq)]
struct Called {
    token: Token,
    /// The groups that it is for.
    groups: Groups,
    /// The event of the arrival; a void id before it is granted.
    arrival: EventId,
}

impl JobPeople {
    /// Those of a layout; none if nobody is needed. These are the phases that the equipment has.
    pub(crate) fn checked(settings: StopSettings<'_>, check: &mut Check<'_>) -> Option<Box<JobPeople>> {
        let StopSettings { people, tools, phases, other_phases, until_shift_ends, .. } = settings;
        let all_phases = (phases, other_phases);
        let all = people.len() + tools.len();
        if all > MOST_GROUPS {
            let message = format!("{all} groups of people and tools, but a job can call {MOST_GROUPS}");
            let field = if tools.len() > people.len() { "tools" } else { "people" };
            check.fault(field, message, "join those that are alike");
            return None;
        }
        let people =
            people.iter().enumerate().filter_map(|(nth, group)| group.checked(nth, all_phases, check));
        let mut needed: Vec<Needed> = people.collect();
        needed.iter_mut().for_each(|group| group.want.until_shift_ends = until_shift_ends);
        let tools = tools.iter().enumerate().filter_map(|(nth, group)| group.checked(nth, all_phases, check));
        needed.extend(tools);
        let in_phase = |phase: &JobPhase| {
            let there = needed.iter().filter(|group| group.purposes.contains(&phase.purpose()));
            there.map(|group| group.want.clone()).collect::<Vec<Want>>()
        };
        // The first phase in which they are too many says enough.
        phases.iter().all(|phase| check.can_come_together("people", &in_phase(phase)));
        // In whatever order they are written, they are called alike.
        needed.sort_by(|one, other| one.want.cmp(&other.want));
        (!needed.is_empty()).then(|| Box::new(JobPeople::of(needed)))
    }

    fn of(needed: Vec<Needed>) -> JobPeople {
        let phases = [JobPhase::Setup, JobPhase::Load, JobPhase::Work, JobPhase::Unload].map(|phase| {
            let purpose = phase.purpose();
            let groups = needed.iter().enumerate().filter(|(_, group)| group.purposes.contains(&purpose));
            let groups = groups.map(|(nth, _)| bit(nth)).sum();
            PhaseCall { purpose, groups, request: request(&needed, purpose, groups) }
        });
        let tools = needed.iter().enumerate().filter(|(_, group)| group.is_tool);
        JobPeople {
            tools: tools.map(|(nth, _)| bit(nth)).sum(),
            held: vec![None; needed.len()],
            needed: needed.into(),
            phases: phases.into(),
            there: 0,
            used: false,
            only_tools: false,
            called: None,
            aside: ResourcePurpose::Work,
        }
    }

    /// Whether work of this purpose must wait for people. Those who are needed and not there are called; those who are there and
    /// not needed are given back.
    pub(super) fn must_come<L: Listener>(
        &mut self,
        purpose: ResourcePurpose,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> bool {
        let phase = self.phases.iter().position(|phase| phase.purpose == purpose);
        let needed = phase.map_or(0, |phase| self.phases[phase].groups);
        self.give_back(self.there & !needed, ctx);
        let missing = needed & !self.there;
        if self.there > 0 {
            // Who is there already waits for the others.
            let now = if missing == 0 { purpose } else { ResourcePurpose::OnTheWay };
            self.held.iter().flatten().for_each(|(token, want)| ctx.use_for(*token, *want, now));
        }
        if self.called.as_ref().is_some_and(|called| called.groups != missing) {
            self.withdraw(ctx);
        }
        if missing > 0 && self.called.is_none() {
            let whole = phase.map(|phase| &self.phases[phase]).filter(|phase| phase.groups == missing);
            let whole = whole.map(|phase| phase.request.clone());
            let call = whole.unwrap_or_else(|| request(&self.needed, purpose, missing));
            let token = ctx.request(me, call);
            self.only_tools = false;
            self.called = Some(Called { token, groups: missing, arrival: EventId::default() });
        }
        self.used |= self.called.is_none();
        self.called.is_some()
    }

    /// Some of those who are there are given back.
    fn give_back<L: Listener>(&mut self, mut groups: Groups, ctx: &mut Context<'_, L>) {
        self.there &= !groups;
        while groups > 0 {
            let held = self.held[groups.trailing_zeros() as usize].take();
            held.into_iter().for_each(|(token, want)| ctx.give_back_for(token, want));
            groups &= groups - 1;
        }
    }

    /// In which state the work waits, if it does: for tools if only they are missing, or nobody is called with them.
    pub(super) fn waits(&self) -> Option<State> {
        let people = self.called.as_ref()?.groups & !self.tools;
        let for_people = people > 0 && !self.only_tools;
        Some(if for_people { State::WaitingForPeople } else { State::WaitingForTools })
    }

    /// A request is granted: whether it was made here, and all are there already.
    pub(super) fn are_granted<L: Listener>(
        &mut self,
        grant: Grant,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> bool {
        let Some(called) = self.called.as_mut().filter(|called| called.token == grant.token) else {
            return false;
        };
        if grant.walk > Time::ZERO {
            called.arrival = ctx.schedule(grant.walk, COMPLETION, me);
            return false;
        }
        self.arrive();
        true
    }

    /// Whether this is the event of the arrival of those who were called. They are there then.
    pub(super) fn arrive_at<L: Listener>(&mut self, event_id: EventId, ctx: &mut Context<'_, L>) -> bool {
        let Some(called) = self.called.as_ref().filter(|called| called.arrival == event_id) else {
            return false;
        };
        ctx.arrived(called.token);
        self.arrive();
        true
    }

    fn arrive(&mut self) {
        let Some(Called { token, mut groups, .. }) = self.called.take() else { return };
        self.there |= groups;
        let mut want = 0;
        while groups > 0 {
            self.held[groups.trailing_zeros() as usize] = Some((token, want));
            (groups, want) = (groups & (groups - 1), want + 1);
        }
    }

    /// All are given back, and nobody is called any more. A part that stays in the equipment stays in its tools, once a phase has begun
    /// with them.
    pub(super) fn go<L: Listener>(&mut self, stays: bool, ctx: &mut Context<'_, L>) {
        self.withdraw(ctx);
        self.used &= stays;
        let kept = if self.used { self.tools } else { 0 };
        self.give_back(self.there & !kept, ctx);
    }

    fn withdraw<L: Listener>(&mut self, ctx: &mut Context<'_, L>) {
        self.called.take().into_iter().for_each(|called| ctx.give_back(called.token));
    }

    /// What is asked of people for an operation, if loading and unloading take so many seconds on average.
    pub(super) fn demands(&self, [loading, unloading]: [f64; 2]) -> Vec<StaffDemand> {
        let demand = |needed: &Needed| {
            let people = f64::from(needed.want.quantity);
            let during =
                |purpose, secs: f64| if needed.purposes.contains(&purpose) { people * secs } else { 0.0 };
            let aside =
                during(ResourcePurpose::Loading, loading) + during(ResourcePurpose::Unloading, unloading);
            StaffDemand {
                crews: Arc::clone(&needed.want.from),
                time: Account {
                    per_work: during(ResourcePurpose::Work, 1.0),
                    per_operation: aside,
                    ..Account::default()
                },
                count: Account { per_operation: needed.calls([loading, unloading]), ..Account::default() },
                at_changeovers: during(ResourcePurpose::Setup, 1.0),
                for_work: true,
                is_known: true,
            }
        };
        self.needed.iter().map(demand).collect()
    }

    /// Whether the same people are called for the same phases.
    pub(super) fn is_like(&self, other: &JobPeople) -> bool {
        self.needed == other.needed
    }
}

/// The call for some groups of people.
fn request(needed: &[Needed], purpose: ResourcePurpose, groups: Groups) -> Request {
    let called = needed.iter().enumerate().filter(|(nth, _)| groups & bit(*nth) > 0).map(|(_, group)| group);
    let priority = called.clone().map(|group| group.priority).max().unwrap_or(0);
    Request { purpose, priority, wants: called.map(|group| group.want.clone()).collect() }
}
