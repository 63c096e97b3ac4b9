//! A batch machine: works on many parts at once, such as an oven, a kiln car or a dye vessel. A part load costs the full run.
//!
//! It collects parts that go together until it is full; or until it has at least the smallest load and nobody whom it would
//! take waits at that instant; or until the first part in it has waited long enough. This is Neuts's bulk service rule
//! (1967): whoever is there goes along, up to the largest load. While it runs nothing comes in. Afterwards it is emptied,
//! and only then takes the next parts.
//!
//! Conventions: parts that robots bring count as loaded from the moment they are booked, and the run waits for them. It is
//! `Starved` while it collects. A breakdown or maintenance that counts parts counts runs here, `AfterPart` is after the run, and
//! for `WhenEmpty` what has been collected runs. A part that alone is heavier than the largest
//! load is never taken; a line in which no other way takes it either is refused.
//!
//! Not modelled: heating that depends on the load, parts that share a run and need different times.

mod load;
mod look;

use super::appearance::{Appearance, Pose};
use super::interruptible::Interruptible;
use super::passage::longest_secs;
use super::{Capability, Demand, Equipment, Leaving, Outlook, Settings, Specimen, Work};
use crate::checking::Check;
use crate::checking::contents::{self, Contents};
use crate::context::{DECISION, Moment, Rang};
use crate::dispatch::{Effort, Errand, Rule, Search};
use crate::disruption::{
    self, Begun, Breakdown, Causes, Initial, Maintenance, StaffDemand, Stops, Task, share,
};
use crate::distribution::Distribution;
use crate::energy::{Power, PowerTable};
use crate::event::{Incident, Listener, Slot, State, What};
use crate::kernel::{Alarm, Draws, Purpose, Stream, Ticket, Time};
use crate::material::{Calls, Furnishing, Offer, PartId, PartStore, Place, Ware};
use crate::resource::Token;
use crate::units::{Duration, LoadAmount, Mass};
use bevy::ecs::component::Component;
use load::{Amount, Filling, Limits, amount, milligrams};
use serde::Deserialize;
use std::ops::Add;
use std::sync::Arc;

/// A batch machine as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Length of one run, whatever the load.
    pub cycle: Distribution<Duration>,
    /// The largest load, counted or weighed.
    pub max: LoadAmount,
    /// The smallest load that is worth a run; one part without it.
    pub min: Option<LoadAmount>,
    /// How long the first part waits for others at most; then a smaller load runs.
    pub wait: Option<Duration>,
    /// Which parts can share a run.
    #[serde(default)]
    pub together: Together,
    /// The masses of the parts that it takes, from and to: what tells a small vessel from a large one.
    pub takes: Option<(Mass, Mass)>,
    /// Which part is next.
    #[serde(default)]
    pub order: Rule,
    /// Ways to break down.
    #[serde(default)]
    pub breakdowns: Vec<Breakdown>,
    /// Plans of preventive maintenance.
    #[serde(default)]
    pub maintenance: Vec<Maintenance>,
    /// How it is when the run begins: empty and up unless told otherwise.
    pub initial: Option<Initial>,
    /// What it draws.
    #[serde(default)]
    pub power: Power,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

/// Which parts can share a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Together {
    /// Any.
    #[default]
    Any,
    /// Those of one product.
    Product,
    /// Those of one family of products.
    Family,
}

impl Settings for Batch {
    type Component = Charging;
    const PORTS: &'static [&'static str] = disruption::PORTS;

    fn step(&self) -> Option<u32> {
        self.initial.as_ref()?.step
    }

    fn holds<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
        self.initial.iter().flat_map(|initial| initial.products(all)).collect()
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<Charging> {
        disruption::check_ports(&self.breakdowns, false, check);
        let causes = Causes::checked(&self.breakdowns, &self.maintenance, check);
        let cycle = check.law("cycle", &self.cycle);
        let limits = self.limits(check);
        let groups = self.groups(check);
        let limits = limits?;
        let begun = match &self.initial {
            Some(initial) => Some(self.begun(initial, limits, &groups, check)?),
            None => None,
        };
        Some(Charging {
            task: Task::new(causes.beginning(begun)),
            runs: Draws::new(cycle?),
            ideal: Time::ZERO,
            limits,
            groups,
            rule: self.order,
            phase: BatchPhase::Collects,
            load: Filling::default(),
            patience: Ticket::default(),
            decision: Ticket::default(),
            waited_long_enough: false,
        })
    }

    fn refuses(&self) -> bool {
        // What it holds runs after a while, if not at once, and then it takes any part. But one may weigh too much for it.
        let runs_alone = matches!(self.min.map(amount), None | Some(Amount::Parts(0 | 1)));
        !(runs_alone || self.wait.is_some())
            || self.takes.is_some()
            || matches!(self.max, LoadAmount::Mass(_))
    }

    fn masses(&self) -> Option<(u64, u64)> {
        let largest = match amount(self.max) {
            Amount::Mass(most) => Some(most),
            Amount::Parts(_) => None,
        };
        let (from, to) = self.takes.map_or((0, u64::MAX), |(from, to)| (milligrams(from), milligrams(to)));
        let to = to.min(largest.unwrap_or(u64::MAX));
        // What takes nothing at all is a fault by itself.
        ((largest.is_some() || self.takes.is_some()) && to > 0 && from <= to).then_some((from, to))
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }

    fn needs(&self) -> Vec<&str> {
        disruption::needs(&self.breakdowns, &self.maintenance)
    }

    fn power(&self, check: &mut Check<'_>) -> PowerTable {
        self.power.table(check)
    }
}

impl Batch {
    /// It begins with a load that runs, or with one that it has collected so far.
    fn begun(
        &self,
        initial: &Initial,
        limits: Limits,
        groups: &[u32],
        check: &mut Check<'_>,
    ) -> Option<Begun> {
        if initial.product.is_some() {
            let message = "a run has a load and not a part".to_owned();
            check.fault("initial.product", message, "write `parts: [(\"ring\", 12)]`");
            return None;
        }
        let parts = initial.contents(check)?;
        let load = contents::each(&parts).fold(Filling::default(), |load, ware| load.with(ware.mass_mg));
        let group = |(ware, _): &(Ware, u32)| groups.get(ware.product as usize);
        let fault = if initial.working.is_some() && parts.is_empty() {
            Some(("initial.working", "it runs with nothing in it", "write `parts: [(\"ring\", 12)]`"))
        } else if !load.fits(limits.max) {
            Some((
                "initial.parts",
                "the parts are more than the largest load",
                "raise `max` or begin with fewer",
            ))
        } else if parts.iter().any(|row| group(row) != group(&parts[0])) {
            Some(("initial.parts", "these parts cannot share a run", "begin with parts that go `together`"))
        } else {
            None
        };
        if let Some((field, message, help)) = fault {
            check.fault(field, message.to_owned(), help);
            return None;
        }
        let stop = initial.stop(&self.breakdowns, &self.maintenance, check)?;
        let work = initial.work();
        let (in_work, parts) =
            if work.is_some() { (parts, Contents::default()) } else { (Contents::default(), parts) };
        Some(Begun { work, in_work, parts, stop })
    }

    fn limits(&self, check: &mut Check<'_>) -> Option<Limits> {
        let max = amount(self.max);
        let min = self.min.map_or(Amount::Parts(1), amount);
        let wait = self.wait.map(|wait| Time::from_secs(wait.0));
        let takes = self.takes.map(|(from, to)| (milligrams(from), milligrams(to)));
        match (min, max) {
            (_, Amount::Parts(0) | Amount::Mass(0)) => {
                check.fault("max", "a machine without load never runs".to_owned(), "give a load above zero");
                return None;
            }
            (Amount::Parts(min), Amount::Parts(max)) if min > max => self.min_above_max(check),
            (Amount::Mass(min), Amount::Mass(max)) if min > max => self.min_above_max(check),
            (Amount::Mass(_), Amount::Parts(_)) | (Amount::Parts(2..), Amount::Mass(_)) => check.fault(
                "min",
                "the smallest load is not measured as the largest".to_owned(),
                "give both in parts or both as masses",
            ),
            _ => {}
        }
        if let Some((from, to)) = takes
            && from > to
        {
            check.fault(
                "takes",
                "the heaviest part is lighter than the lightest".to_owned(),
                "write the lighter mass first",
            );
        }
        self.check_masses(max, takes, check);
        Some(Limits { min, max, wait, takes })
    }

    fn min_above_max(&self, check: &mut Check<'_>) {
        check.fault(
            "min",
            "the smallest load is larger than the largest: it never runs".to_owned(),
            "lower `min` or raise `max`",
        );
    }

    /// What is loaded by mass must have one.
    fn check_masses(&self, max: Amount, takes: Option<(u64, u64)>, check: &mut Check<'_>) {
        let weighs = matches!(max, Amount::Mass(_)) || takes.is_some();
        let products = check.around.products;
        let Some(first) = products.first().filter(|_| weighs) else { return };
        if products.iter().all(|product| product.ware.mass_mg == 0) {
            let help =
                format!("give the products a `mass`, such as `\"{}\": (mass: \"0.8 kg\")`", first.name);
            check.fault("max", "parts are loaded by mass, but no product has one".to_owned(), &help);
        }
    }

    /// The number of the group of each product; all the same where any parts go together.
    fn groups(&self, check: &Check<'_>) -> Arc<[u32]> {
        let families = &check.around.families.of;
        match self.together {
            Together::Any => families.iter().map(|_| 0).collect(),
            Together::Product => (0..families.len() as u32).collect(),
            Together::Family => Arc::clone(families),
        }
    }
}

/// The running batch machine.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Charging {
    task: Task,
    runs: Draws,
    /// How long the run in hand takes on average.
    ideal: Time,
    limits: Limits,
    groups: Arc<[u32]>,
    rule: Rule,
    phase: BatchPhase,
    /// What is in it or on its way to it.
    load: Filling,
    /// The alarm that ends the waiting of the first part.
    patience: Ticket,
    /// The alarm of the decision to run that is under way.
    decision: Ticket,
    waited_long_enough: bool,
}

/// What it is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum BatchPhase {
    #[default]
    Collects,
    Runs,
    Empties,
}

impl Charging {
    fn group(&self, product: u32) -> u32 {
        self.groups.get(product as usize).copied().unwrap_or(0)
    }

    /// Whether a part goes with what it has, and fits in besides.
    fn admits(&self, offer: &Offer<'_>) -> bool {
        let mass = offer.traits.mass_mg;
        let goes_along = self.load.parts == 0 || self.group(offer.record.product) == self.load.group;
        self.phase == BatchPhase::Collects
            && goes_along
            && self.limits.takes.is_none_or(|(from, to)| (from..=to).contains(&mass))
            && self.load.with(mass).fits(self.limits.max)
    }

    /// Whether the load is worth a run, once all that is on its way has come.
    fn is_worth_a_run(&self, place: &Place) -> bool {
        let enough = self.load.reaches(self.limits.min) || self.waited_long_enough;
        self.phase == BatchPhase::Collects && enough && place.booked() == 0 && place.inside() > 0
    }

    /// So many parts are inside now. The first begins to wait for others.
    fn collect<L: Listener>(&mut self, inside: u32, place: &Place, me: Slot, at: &mut Moment<'_, L>) {
        if let (1, Some(wait)) = (inside, self.limits.wait) {
            self.patience = at.alarm(wait, DECISION, me);
        }
        self.decide_later(place, me, at);
    }

    /// Decides at the end of this instant, when everybody who could come has come.
    fn decide_later<L: Listener>(&mut self, place: &Place, me: Slot, at: &mut Moment<'_, L>) {
        if self.is_worth_a_run(place) && !self.task.down() {
            self.decision = at.alarm(Time::ZERO, DECISION, me);
        }
    }

    /// What a part takes of the mean run: as much as it takes of the largest load.
    fn ideal_of(&self, part: PartId, parts: &PartStore) -> Time {
        match self.limits.max {
            Amount::Parts(most) => share(self.ideal, Time(1), Time(u64::from(most))),
            Amount::Mass(most) => share(self.ideal, Time(parts.traits(part).mass_mg), Time(most)),
        }
    }

    fn run<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.phase = BatchPhase::Runs;
        place.state = State::Working;
        at.begin_all_work(me, place);
        self.ideal = self.runs.mean_time();
        self.task.begin(self.runs.draw(), me, at);
    }
}

impl Interruptible for Charging {
    fn task(&mut self) -> &mut Task {
        &mut self.task
    }

    fn finish<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.phase = BatchPhase::Empties;
        place.state = State::Blocked;
        at.tell(me, What::Happened(Incident::Run));
        for nth in 0..place.inside() {
            if let Some(part) = place.part_at(nth, at.parts) {
                let ideal = self.ideal_of(part, at.parts);
                at.complete(me, part, ideal);
            }
        }
        place.ready(place.inside() as i32);
    }

    /// All parts in it are scrap.
    fn spoil<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.phase = BatchPhase::Empties;
        let spoilt: Vec<PartId> = place.each_part(at.parts).collect();
        for part in &spoilt {
            at.parts.traits_mut(*part).exit = disruption::SCRAP;
            at.spoil(me, *part);
        }
        place.ready(spoilt.len() as i32);
    }

    fn state(&self, _place: &Place) -> State {
        match self.phase {
            BatchPhase::Collects => State::Starved,
            BatchPhase::Runs => State::Working,
            BatchPhase::Empties => State::Blocked,
        }
    }

    fn has_at_first<L: Listener>(
        &mut self,
        begun: &Begun,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        for part in contents::lay_in(&begun.in_work, place, me, at) {
            self.expect(&at.parts.offer(part));
            (self.phase, place.state) = (BatchPhase::Runs, State::Working);
            self.ideal = begun.work.unwrap_or_default().min(self.runs.mean_time());
        }
        for (nth, part) in (1..).zip(contents::lay_in(&begun.parts, place, me, at)) {
            self.expect(&at.parts.offer(part));
            at.parts.let_wait(part);
            self.collect(nth, place, me, at);
        }
    }

    /// What it has collected runs.
    fn collects_no_more<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.waited_long_enough |=
            self.phase == BatchPhase::Collects && (place.inside() > 0 || place.is_pledged());
        self.decide_later(place, me, at);
    }

    fn is_up<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.decide_later(place, me, at);
    }
}

impl Equipment for Charging {
    fn furnishing(&self) -> Furnishing {
        let capacity = match self.limits.max {
            Amount::Parts(parts) => Some(parts),
            Amount::Mass(_) => None,
        };
        Furnishing {
            capacity,
            idle: Some(State::Starved),
            works: true,
            minds: true,
            calls: Calls::Chooses,
            ..Furnishing::default()
        }
    }

    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.runs.seed(stream(Purpose::Cycle, 0));
        self.task.seed(stream);
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.begin_run(place, me, at);
    }

    fn effort(&self, offer: &Offer<'_>, rule: Rule) -> Option<Effort> {
        let work = || if rule.asks_for_work() { self.runs.mean_time() } else { Time::ZERO };
        self.admits(offer).then(|| Effort { work: work(), ..Effort::default() })
    }

    fn search(&self) -> Option<Search> {
        (self.phase == BatchPhase::Collects).then_some(Search::by(self.rule))
    }

    fn expect(&mut self, offer: &Offer<'_>) {
        self.load.group = self.group(offer.record.product);
        self.load = self.load.with(offer.traits.mass_mg);
    }

    fn choose(&mut self, errands: &mut [Errand], now: Time) -> Option<usize> {
        if self.rule == Rule::FillTheBatch {
            for nth in 0..errands.len() {
                let group = self.group(errands[nth].product);
                let together = errands.iter().filter(|other| self.group(other.product) == group).count();
                errands[nth].together = together as u32;
            }
        }
        self.rule.choose(errands, now)
    }

    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        at.parts.let_wait(part);
        self.collect(place.inside(), place, me, at);
    }

    fn ring<L: Listener>(
        &mut self,
        alarm: Alarm,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Rang {
        if alarm.ticket == self.patience || alarm.ticket == self.decision {
            self.waited_long_enough |= alarm.ticket == self.patience;
            if !self.is_worth_a_run(place) || self.task.down() {
                return Rang::Nothing;
            }
            self.run(place, me, at);
            return Rang::Changed;
        }
        self.hear(alarm, place, me, at)
    }

    fn granted<L: Listener>(
        &mut self,
        token: Token,
        _lender: Slot,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        self.person_comes(token, place, me, at);
    }

    fn gave<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if self.phase == BatchPhase::Empties && place.inside() == 0 {
            (self.phase, self.load, self.waited_long_enough) =
                (BatchPhase::Collects, Filling::default(), false);
            self.patience = Ticket::default();
            if !self.task.down() {
                place.state = State::Starved;
            }
            self.note_if_empty(place, me, at);
        }
    }

    fn works_in(&self) -> Option<u32> {
        Some(1)
    }

    fn ideal_in_hand(&self, place: &Place, parts: &PartStore, now: Time) -> Time {
        let of_part = |part| self.task.part_of(self.ideal_of(part, parts), now);
        place.each_part(parts).map(of_part).fold(Time::ZERO, Time::add)
    }

    fn waits_for_time(&self, place: &Place) -> bool {
        // Before a maintenance that waits for an empty machine it runs what it has.
        let will_run = self.limits.wait.is_some() || self.task.will_drain();
        let patient = self.phase == BatchPhase::Collects && place.inside() > 0 && will_run;
        self.task.has_work() || place.is_pledged() || patient || self.is_worth_a_run(place)
    }

    fn could_take(&self, product: u32) -> bool {
        self.phase == BatchPhase::Collects && (self.load.parts == 0 || self.group(product) == self.load.group)
    }

    fn keeps_to_its_load(&self) -> bool {
        self.phase == BatchPhase::Collects && self.load.parts > 0
    }

    /// Full loads; by mass a part takes its share of the largest.
    fn demand(&self, offer: &Offer<'_>, _me: Slot) -> Demand {
        let law = self.runs.law();
        let operations = match self.limits.max {
            Amount::Parts(parts) => 1.0 / f64::from(parts.max(1)),
            Amount::Mass(most) => offer.traits.mass_mg as f64 / most.max(1) as f64,
        };
        Demand { operations, ..Demand::one(law.mean(), law.variance()) }
    }

    fn outlook(&self, part: Specimen, work_secs: f64, _me: Slot) -> Outlook {
        self.task.outlook(Outlook::sure(vec![Leaving::of(part, 0)]), part, work_secs, false)
    }

    fn seats(&self) -> Option<u32> {
        Some(1)
    }

    fn staff_demands(&self) -> Vec<StaffDemand> {
        self.task.staff_demands()
    }

    fn stops(&self) -> Stops {
        self.task.stops(2.0 * longest_secs(self.runs.law()), 2.0)
    }

    fn stock(&self) -> Vec<(Ware, u32)> {
        self.task.stock()
    }

    /// By full loads; how many parts weigh as much as the largest load depends on who comes.
    fn capability(&self) -> Capability {
        let law = self.runs.law();
        let parts_per_cycle = match self.limits.max {
            Amount::Parts(parts) => Some(f64::from(parts)),
            Amount::Mass(_) => None,
        };
        let availability = self.task.availability(law.mean());
        let work = Work { parts_per_cycle, availability, ..Work::one_by_one(law.mean(), law.variance()) };
        Capability { work: Some(work), initial: self.task.parts_at_first(), ..Capability::default() }
    }

    fn appearance(&self) -> Appearance {
        look::oven()
    }

    fn pose(&self, _place: &Place, now: Time) -> Pose {
        let work = self.task.share_done(now);
        // It glows while it runs, coming up and going down at the ends.
        let heat = work.map_or(0.0, |share| (share / 0.1).min((1.0 - share) / 0.1).clamp(0.0, 1.0));
        Pose { work, heat, ..Pose::default() }
    }

    fn can_become(&self, settings: &Charging) -> bool {
        self.limits == settings.limits
            && self.groups == settings.groups
            && self.task.can_become(&settings.task)
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &Charging,
        _before: &Charging,
        _place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        self.runs.follow(settings.runs.law());
        self.rule = settings.rule;
        self.task.become_like(&settings.task, me, at);
    }
}
