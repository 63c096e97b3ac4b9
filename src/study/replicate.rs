//! One run of a line: warm up, count, check the four invariants, measure.
//!
//! Read [`replicate`] first.

use super::period::PeriodRecorder;
use super::pile::Crowd;
use super::plan::{Counter, Pace};
use super::{StudyFailure, StudyPlan, Watch};
use crate::calendar::{CountedTime, Periods};
use crate::event::{Listener, Slot};
use crate::flow::Standstill;
use crate::kernel::Time;
use crate::kpi::{self, ElementOutcome, Measured, of_product};
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
    /// When the 15 minutes ended in which the line drew most electricity, if that is known.
    pub peak_ends: Option<Time>,
    /// Mean work in process in parts of the window of equal length: twentieths, or at most as many parts of whole periods of what
    /// the line repeats.
    pub wip: Vec<f64>,
    /// What stood still for ever while the rest of the line went on, or at its end.
    pub standstills: Vec<Standstill>,
    /// Since when nothing moved, and who waited for whom, if that took a large share of the window and has no other reason.
    pub quiet: Option<(Time, Vec<Slot>)>,
}

/// A share of the window in which nothing moves is large from one in so many.
const QUIET: u64 = 4;
/// Parts of the window in which work in process is averaged, to see whether it grows.
const PIECES: u64 = 20;

/// The length in which work in process is looked at, and the number of parts of it. A line that repeats a pattern is looked at in
/// whole periods, since its stock at the end of a week is another than at its beginning; in a window without any it is looked at
/// as any other.
fn wip_pieces(line: &Line, window: Time) -> (Time, u64) {
    let Some(period) = line.period().filter(|period| period.whole_in(window) > 0) else {
        return (window, PIECES);
    };
    let each = period.whole_in(window).div_ceil(PIECES);
    let pieces = period.whole_in(window) / each;
    (Time(period.length.0 * each * pieces), pieces)
}

/// Runs a line once. `number` picks the random numbers, from 0; `stop` ends it early.
pub fn replicate(
    line: &Line,
    plan: &StudyPlan,
    number: u32,
    warm_up: Time,
    stop: &AtomicBool,
) -> Result<Outcome, StudyFailure> {
    let watch = Watch { stop, ..Watch::nobody() };
    let pace = Pace::new(warm_up + plan.length, &watch, &|_| ());
    at_pace(line, plan, number, warm_up, pace)
}

impl Outcome {
    /// What the figures of a run follow from, as far as records tell it.
    pub(super) fn of(replication: u32, measured: &Measured<'_>) -> Outcome {
        let Measured { line, records, counted } = *measured;
        let products = (0..line.products.len()).map(|product| {
            let totals = records.product(product, records.line.settled());
            of_product::ALL.iter().map(|figure| figure.of(&totals, counted.length())).collect()
        });
        Outcome {
            replication,
            kpis: kpi::ALL.iter().map(|kpi| kpi.of(measured)).collect(),
            elements: (0..line.elements.len()).map(|slot| ElementOutcome::of(measured, slot)).collect(),
            products: products.collect(),
            oee_of: kpi::element_of_oee(measured),
            peak_ends: records.line.peak_ends().filter(|_| kpi::knows_energy(line)),
            wip: Vec::new(),
            standstills: Vec::new(),
            quiet: None,
        }
    }
}

/// Runs a line once and reports its progress.
pub(super) fn at_pace(
    line: &Line,
    plan: &StudyPlan,
    number: u32,
    warm_up: Time,
    pace: Pace<'_>,
) -> Result<Outcome, StudyFailure> {
    with_periods(line, plan, number, warm_up, None, pace).map(|(outcome, _)| outcome)
}

/// The same, with an outcome of each of these periods.
pub(super) fn with_periods(
    line: &Line,
    plan: &StudyPlan,
    number: u32,
    warm_up: Time,
    periods: Option<&Periods>,
    pace: Pace<'_>,
) -> Result<(Outcome, Vec<Outcome>), StudyFailure> {
    let mut run = ReplicationRun::new(line, plan.seed, number, pace);
    run.open_window(warm_up)?;
    let (length, pieces) = wip_pieces(line, plan.length);
    run.periods = periods.map(|periods| PeriodRecorder::new(line, number, periods, &run.records));
    let mut wip = Vec::with_capacity(PIECES as usize);
    run.in_pieces(warm_up, length, pieces, |piece| wip.push(piece.wip))?;
    let end = warm_up + plan.length;
    if length < plan.length {
        run.go_to(end)?;
    }
    run.records.settle(end);
    run.check_invariants(end)?;
    let quiet = run.look_for_standstills(end, plan.length)?;
    let standstills = run.world.standstills().to_vec();
    run.records.count_in_hand(&run.world.ideal_in_hand());
    let counted = CountedTime::whole(warm_up, end);
    let outcome = Outcome::of(number, &Measured { line, records: &run.records, counted: &counted });
    let by_period = run.periods.map_or_else(Vec::new, PeriodRecorder::outcomes);
    Ok((Outcome { wip, standstills, quiet, ..outcome }, by_period))
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
    let end = warm_up + plan.length;
    let counter = Counter::new(watch, 0);
    let tell = |steps| counter.count(steps);
    listen(line, plan, number, end, Pace::new(end, watch, &tell), listener)
}

/// The same at a pace, up to an end.
pub(super) fn listen<L: Listener>(
    line: &Line,
    plan: &StudyPlan,
    number: u32,
    end: Time,
    mut pace: Pace<'_>,
    listener: &mut L,
) -> Result<(), StudyFailure> {
    let mut world = Replication::new(line, plan.seed, u64::from(number));
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
    /// Keeps the periods apart, once the window is open.
    periods: Option<PeriodRecorder<'a>>,
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
        ReplicationRun { records: Records::of(line), world, line, number, pace, periods: None }
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
        let ReplicationRun { records, world, line, number, pace, periods } = self;
        let Some(periods) = periods else { return advance(world, line, *number, until, pace, records) };
        while let Some(end) = periods.next_end().filter(|end| *end <= until) {
            advance(world, line, *number, end, pace, &mut periods.beside(records))?;
            periods.end_stretch(&world.ideal_in_hand());
        }
        advance(world, line, *number, until, pace, &mut periods.beside(records))
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
