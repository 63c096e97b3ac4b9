//! One run of a line: warm up, count, check the four invariants, measure.
//!
//! Read [`replicate`] first.

use super::pile::Crowd;
use super::plan::{Counter, Pace};
use super::{StudyFailure, StudyPlan, Watch};
use crate::event::{Incident, Listener, ResourcePurpose, Slot, State};
use crate::flow::Standstill;
use crate::kernel::Time;
use crate::kpi::{self, Factors, Measured, of_product};
use crate::line::Line;
use crate::records::Records;
use crate::records::invariants::{self, PartsInside};
use crate::sim::Replication;
use bevy::ecs::world::World;
use std::borrow::BorrowMut;
use std::sync::atomic::{AtomicBool, Ordering};

/// What one replication has shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its number, from 0.
    pub replication: u32,
    /// The values of the KPIs, in the order of [`kpi::ALL`]; `None` where the run has none.
    pub kpis: Vec<Option<f64>>,
    /// What the elements did, by slot.
    pub elements: Vec<ElementOutcome>,
    /// The values of the figures of each product, in the order of [`of_product::ALL`].
    pub products: Vec<Vec<Option<f64>>>,
    /// The element whose OEE is that of the line, if that is known.
    pub oee_of: Option<Slot>,
    /// Mean work in process in each twentieth of the window.
    pub wip: Vec<f64>,
    /// What stood still for ever while the rest of the line went on, or at its end.
    pub standstills: Vec<Standstill>,
    /// Since when nothing moved, and who waited for whom, if that took a large share of the window and has no other reason.
    pub quiet: Option<(Time, Vec<Slot>)>,
}

/// What one element did in one replication.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementOutcome {
    /// Nanoseconds in each state, in the order of [`State::ALL`]; all zero for what only stores.
    pub times: [u64; State::ALL.len()],
    /// The same for one of its places, on average, where it has several; the state of a place is that of the part in it,
    /// unless something stops them all.
    pub place_times: [f64; State::ALL.len()],
    /// Picojoules, all [terms](crate::energy::PowerTerm) together.
    pub energy: u128,
    /// The same in each state, in the order of [`State::ALL`].
    pub energy_by_state: [f64; State::ALL.len()],
    /// Operations finished.
    pub operations: u64,
    /// Its OEE with its factors, if it has a cycle.
    pub factors: Option<Factors>,
    /// Parts inside, averaged over time.
    pub contents_mean: f64,
    /// People of a crew at work, or robots in a zone, averaged over time.
    pub at_work_mean: f64,
    /// The same by purpose, in the order of [`ResourcePurpose::ALL`]; together that is all of them.
    pub at_work_by_purpose: [f64; ResourcePurpose::ALL.len()],
    /// The most parts that were inside at once.
    pub contents_max: u64,
    /// How often each of [`Incident::ALL`] happened.
    pub incidents: [u64; Incident::ALL.len()],
    /// Parts that left by each way out, by the number of the port; one number if it has one way out.
    pub parts_out: Vec<u64>,
    /// Seconds that a part which left in the window waited for its work, on average; where nothing is done to parts, how long it
    /// stayed; on a belt, how much longer than the free run it took to the end. `None` if no part left, or no part ever stays.
    pub queue_time_s: Option<f64>,
    /// Seconds from the end of its work until it left, on average; `None` also where nothing is done to parts.
    pub blocked_time_s: Option<f64>,
}

/// A share of the window in which nothing moves is large from one in so many.
const QUIET: u64 = 4;
/// Parts of the window in which work in process is averaged, to see whether it grows.
const PIECES: u64 = 20;

/// Runs a line once. `number` picks the random numbers, from 0; `stop` ends it early.
pub fn replicate(
    line: &Line,
    plan: &StudyPlan,
    number: u32,
    warm_up: Time,
    stop: &AtomicBool,
) -> Result<Outcome, StudyFailure> {
    let watch = Watch { stop, ..Watch::nobody() };
    at_pace(line, plan, number, warm_up, Pace::new(warm_up + plan.length, &watch, &|_| ()))
}

/// Runs a line once and reports its progress.
pub(super) fn at_pace(
    line: &Line,
    plan: &StudyPlan,
    number: u32,
    warm_up: Time,
    pace: Pace<'_>,
) -> Result<Outcome, StudyFailure> {
    let mut run = ReplicationRun::new(line, plan.seed, number, pace);
    run.open_window(warm_up)?;
    let mut wip = Vec::with_capacity(PIECES as usize);
    run.in_pieces(warm_up, plan.length, PIECES, |piece| wip.push(piece.wip))?;
    let end = warm_up + plan.length;
    run.records.settle(end);
    run.check_invariants(end)?;
    let quiet = run.look_for_standstills(end, plan.length)?;
    let standstills = run.world.standstills().to_vec();
    run.records.count_in_hand(&run.world.ideal_in_hand());
    let measured = Measured { line, records: &run.records, window: plan.length };
    let kpis = kpi::ALL.iter().map(|kpi| kpi.of(&measured)).collect();
    let elements = (0..line.elements.len())
        .map(|slot| ElementOutcome::of(&run.records, line, slot, end, plan.length))
        .collect();
    let products = (0..line.products.len()).map(|product| {
        let totals = run.records.product(product, end);
        of_product::ALL.iter().map(|figure| figure.of(&totals, plan.length)).collect()
    });
    let products = products.collect();
    let oee_of = kpi::element_of_oee(&measured);
    Ok(Outcome { replication: number, kpis, elements, products, oee_of, wip, standstills, quiet })
}

/// Runs a line once more and emits every event from time zero on to a listener, such as a journal.
pub fn narrate<L: Listener>(
    line: &Line,
    plan: &StudyPlan,
    number: u32,
    warm_up: Time,
    listener: &mut L,
) -> Result<(), StudyFailure> {
    narrate_to(line, plan, number, warm_up, listener, &Watch::nobody())
}

/// The same with progress reports: the steps are those of this one run.
pub fn narrate_to<L: Listener>(
    line: &Line,
    plan: &StudyPlan,
    number: u32,
    warm_up: Time,
    listener: &mut L,
    watch: &Watch<'_>,
) -> Result<(), StudyFailure> {
    let mut world = Replication::new(line, plan.seed, u64::from(number));
    let end = warm_up + plan.length;
    let counter = Counter::new(watch);
    let tell = |steps| counter.count(steps);
    let mut pace = Pace::new(end, watch, &tell);
    advance(&mut world, line, number, end, &mut pace, listener)
}

/// Advances a line that the caller has spawned; `crowd` is kept from one call to the next.
pub(crate) fn go_on<W: BorrowMut<World>, L: Listener>(
    world: &mut Replication<W>,
    line: &Line,
    number: u32,
    until: Time,
    crowd: &mut Crowd,
    listener: &mut L,
) -> Result<(), StudyFailure> {
    let watch = Watch::nobody();
    let mut pace = Pace::new(until, &watch, &|_| ());
    pace.crowd = *crowd;
    let done = advance(world, line, number, until, &mut pace, listener);
    *crowd = pace.crowd;
    done
}

/// Goes on to an instant, stretch by stretch.
fn advance<W: BorrowMut<World>, L: Listener>(
    world: &mut Replication<W>,
    line: &Line,
    number: u32,
    until: Time,
    pace: &mut Pace<'_>,
    listener: &mut L,
) -> Result<(), StudyFailure> {
    loop {
        if pace.watch.stop.load(Ordering::Relaxed) {
            return Err(StudyFailure::Interrupted);
        }
        let (next, before) = (pace.next(world.now(), until), world.events());
        world
            .advance(next, listener)
            .map_err(|stuck| StudyFailure::stuck(line, number, world.now(), &stuck))?;
        pace.passed(next, world.events() - before);
        pace.crowd.look(world, line, number, pace.watch.piles_up).map_err(StudyFailure::PileUp)?;
        if next >= until {
            return Ok(());
        }
    }
}

/// One run under way.
pub(super) struct ReplicationRun<'a> {
    pub(super) records: Records,
    world: Replication,
    line: &'a Line,
    number: u32,
    pace: Pace<'a>,
}

/// What happened in one piece of a run.
pub(super) struct RunPiece {
    /// Good parts that left the line.
    pub(super) finished: u64,
    /// Mean work in process.
    pub(super) wip: f64,
}

impl<'a> ReplicationRun<'a> {
    /// A run at time zero.
    pub(super) fn new(line: &'a Line, seed: u64, number: u32, pace: Pace<'a>) -> ReplicationRun<'a> {
        let world = Replication::new(line, seed, u64::from(number));
        ReplicationRun { records: Records::of(line), world, line, number, pace }
    }

    /// Warms up. Without a warm-up the window begins with the run and contains the first instant.
    fn open_window(&mut self, warm_up: Time) -> Result<(), StudyFailure> {
        if warm_up > Time::ZERO {
            self.go_to(warm_up)?;
            self.records.open_window(warm_up);
        }
        self.records.leave_out_in_hand(&self.world.ideal_in_hand());
        Ok(())
    }

    fn go_to(&mut self, until: Time) -> Result<(), StudyFailure> {
        advance(&mut self.world, self.line, self.number, until, &mut self.pace, &mut self.records)
    }

    /// Goes on in equal pieces and shows what happened in each.
    pub(super) fn in_pieces(
        &mut self,
        from: Time,
        length: Time,
        pieces: u64,
        mut see: impl FnMut(RunPiece),
    ) -> Result<(), StudyFailure> {
        let (mut begin, mut stay) = (from, self.records.line.stay_until(from));
        let mut delivered = self.records.line.delivered;
        for piece in 1..=pieces {
            let share = u128::from(length.0) * u128::from(piece) / u128::from(pieces);
            let end = from + Time(share as u64);
            self.go_to(end)?;
            let (line, nanos) = (&self.records.line, (end - begin).0.max(1));
            let wip = (line.stay_until(end) - stay) as f64 / nanos as f64;
            see(RunPiece { finished: line.delivered - delivered, wip });
            (begin, stay, delivered) = (end, line.stay_until(end), line.delivered);
        }
        Ok(())
    }

    /// Looks at the end whether anything stands still; since when nothing moved, if that is long ago for no other reason.
    fn look_for_standstills(
        &mut self,
        end: Time,
        window: Time,
    ) -> Result<Option<(Time, Vec<Slot>)>, StudyFailure> {
        let since = self.world.last_move();
        let looked = self.world.look_for_standstills(&mut self.records);
        looked.map_err(|stuck| StudyFailure::stuck(self.line, self.number, since, &stuck))?;
        if !self.world.standstills().is_empty() || (end - since).0 < window.0 / QUIET {
            return Ok(None);
        }
        Ok(self.world.waits_without_work(&mut self.records).map(|chain| (since, chain)))
    }

    fn check_invariants(&mut self, now: Time) -> Result<(), StudyFailure> {
        let (mut inside, opened) = (PartsInside::default(), self.records.line.opened);
        self.world.each_part(|part| inside.count(part, opened, now));
        invariants::check(&self.records, inside, now).map_err(|broken| {
            let line = self.line.name.clone();
            StudyFailure::BrokenLaw { line, replication: self.number, broken }
        })
    }
}

impl ElementOutcome {
    /// From settled records.
    fn of(records: &Records, line: &Line, slot: usize, now: Time, window: Time) -> ElementOutcome {
        let (record, tally) = (&records.elements[slot], records.tally(slot));
        let (element, waits) = (&line.elements[slot], records.waits(slot));
        let stay = record.stay_until(now) as f64;
        let (meter, clock) = (&records.meters[slot], records.clock(slot));
        let stores = clock.state().is_none();
        // Parts leave the line at the instant at which they come to a sink.
        let keeps = !(stores && element.outlets.is_empty());
        let mean = |nanos: u128| nanos as f64 / (waits.parts as f64 * 1e9);
        let known = waits.parts > 0 && keeps;
        ElementOutcome {
            times: clock.times,
            place_times: records.state_times(slot),
            energy: meter.energy(),
            energy_by_state: State::ALL.map(|state| meter.energy_in(state) as f64),
            operations: record.completed,
            factors: Factors::of(line, records, slot, window),
            contents_mean: stay / window.0.max(1) as f64,
            contents_max: record.most,
            at_work_mean: records.people_nanos(slot) as f64 / window.0.max(1) as f64,
            at_work_by_purpose: ResourcePurpose::ALL
                .map(|purpose| records.people_nanos_for(slot, purpose) as f64 / window.0.max(1) as f64),
            incidents: Incident::ALL.map(|incident| tally.count(incident)),
            parts_out: (0..element.ways_out().len()).map(|nth| tally.left_by(nth, record.left)).collect(),
            queue_time_s: known.then(|| mean(waits.queue)),
            blocked_time_s: (known && !stores).then(|| mean(waits.blocked)),
        }
    }

    /// Whether it has states at all: sources, buffers and sinks only store.
    pub fn has_states(&self) -> bool {
        self.times.iter().any(|time| *time > 0)
    }

    /// The share of the window in such states, of its places on average; zero for what only stores.
    pub fn share(&self, such: impl Fn(State) -> bool) -> f64 {
        let clock: u64 = self.times.iter().sum();
        let states = State::ALL.into_iter().filter(|state| such(*state));
        let time: f64 = states.map(|state| self.place_times[state as usize]).sum();
        time / clock.max(1) as f64
    }
}
