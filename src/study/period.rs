//! Figures by period: by shift, by hour of the day, by day, or by the period of the tariff.
//!
//! All figures are counts, or integrals over time. So the window is cut wherever a period ends, the records of each stretch are
//! added to those of its period, and the figures of a period follow from these sums by the definitions of the whole window.
//! Read [`PeriodStudy`] first, then [`PeriodRecorder`].

use super::{Outcome, Study, StudyFailure, StudyPlan};
use crate::calendar::{Period, Periods, TimeRange, Timetable};
use crate::event::{LineEvent, Listener};
use crate::kernel::Time;
use crate::kpi::Measured;
use crate::line::Line;
use crate::records::Records;
use crate::tariff::TariffClock;
use std::collections::BTreeMap;

/// Into what the time of a run is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodKind {
    /// The shifts of the calendar of the line.
    Shift,
    /// The 24 hours of the day.
    Hour,
    /// The days of the run.
    Day,
    /// The periods of the tariff of the line.
    Tariff,
}

impl PeriodKind {
    /// The word on the command line and in every file.
    pub fn name(self) -> &'static str {
        match self {
            PeriodKind::Shift => "shift",
            PeriodKind::Hour => "hour",
            PeriodKind::Day => "day",
            PeriodKind::Tariff => "tariff",
        }
    }
}

/// What many runs of one line have shown in one period, such as in all early shifts.
#[derive(Clone, Debug)]
pub struct PeriodStudy<'a> {
    /// Which period.
    pub period: Period,
    /// Its figures; without warnings, and of each replication only what figures follow from.
    pub study: Study<'a>,
}

impl PeriodStudy<'_> {
    /// How long the calendar of the line is open in this period, in one replication; none without a calendar.
    pub fn scheduled(&self) -> Option<Time> {
        self.study.line.calendars.of_line().map(|hours| self.period.counted.open_in(hours))
    }
}

/// More outcomes of elements than this are not kept: they take some 700 MB.
const MOST_OUTCOMES: usize = 1 << 20;
/// More elements in periods than this are not reported: their figures as JSON take some 200 MB.
const MOST_ELEMENTS: usize = 1 << 16;

const NANOS_PER_DAY: u64 = 24 * 3600 * 1_000_000_000;

/// The shifts by which a line is divided, or its clock on the wall.
fn hours_of(line: &Line, kind: PeriodKind) -> Result<Timetable, StudyFailure> {
    let none = |seen: String, advice: &str| {
        Err(StudyFailure::NoPeriods { line: line.name.clone(), seen, advice: advice.to_owned() })
    };
    match (kind, line.calendars.of_line()) {
        (_, Some(hours)) => Ok(hours.clone()),
        (PeriodKind::Shift, None) => none(
            "its `run` names no calendar whose shifts could be told apart".to_owned(),
            "name one there, as `calendar: \"two shifts\"`, or take --by hour or --by day",
        ),
        (PeriodKind::Hour | PeriodKind::Day | PeriodKind::Tariff, None) => {
            let clock = Timetable::always_open(line.run.zone.clone(), line.run.start);
            clock.or_else(|fault| none(fault.message, &fault.help))
        }
    }
}

/// Whether figures of a line can be divided as the plan says, and be kept for so many runs.
pub(super) fn check(line: &Line, plan: &StudyPlan, runs: usize) -> Result<(), StudyFailure> {
    let Some(kind) = plan.by else { return Ok(()) };
    let days = (plan.length.0 / NANOS_PER_DAY) as usize + 1;
    let periods = match kind {
        PeriodKind::Shift => hours_of(line, kind)?.shift_names().len() + 1,
        PeriodKind::Hour => hours_of(line, kind).map(|_| 24)?,
        PeriodKind::Day => hours_of(line, kind).map(|_| days)?,
        PeriodKind::Tariff => tariff_of(line)?.periods(),
    };
    let elements = periods.saturating_mul(line.elements.len());
    if elements <= MOST_ELEMENTS && elements.saturating_mul(runs) <= MOST_OUTCOMES {
        return Ok(());
    }
    Err(StudyFailure::NoPeriods {
        line: line.name.clone(),
        seen: format!(
            "{periods} periods of {} elements in {runs} runs are too many to keep",
            line.elements.len()
        ),
        advice: "take fewer replications or a shorter `length`, or a longer period".to_owned(),
    })
}

/// The periods of a line from one instant to another.
pub(super) fn periods(line: &Line, kind: PeriodKind, from: Time, to: Time) -> Result<Periods, StudyFailure> {
    Ok(match kind {
        PeriodKind::Shift => Periods::by_shift(&hours_of(line, kind)?, from, to),
        PeriodKind::Hour => Periods::by_hour(&hours_of(line, kind)?, from, to),
        PeriodKind::Day => Periods::by_day(&hours_of(line, kind)?, from, to),
        PeriodKind::Tariff => by_tariff(tariff_of(line)?, from, to),
    })
}

fn by_tariff(tariff: &TariffClock, from: Time, to: Time) -> Periods {
    let mut begin = from;
    let stretches = tariff.spans(from, to).into_iter().map(|span| {
        let range = TimeRange { from: begin, to: span.until };
        begin = span.until;
        (span.period, range)
    });
    Periods::of_stretches(stretches.collect(), |period| tariff.name(period))
}

/// The periods of the tariff by which a line is divided.
fn tariff_of(line: &Line) -> Result<&TariffClock, StudyFailure> {
    let clock = line.electricity.as_ref().and_then(|supply| supply.clock.as_deref());
    clock.ok_or_else(|| StudyFailure::NoPeriods {
        line: line.name.clone(),
        seen: "it names no tariff whose periods could be told apart".to_owned(),
        advice: "add `energy: (electricity: (tariff: \"guangdong_2021\"))` to the line".to_owned(),
    })
}

/// Keeps the records of each period of a run beside those of the whole window.
pub(super) struct PeriodRecorder<'a> {
    line: &'a Line,
    number: u32,
    periods: &'a Periods,
    /// The stretch that goes on, and its records.
    nth: usize,
    stretch: Records,
    /// What was added up of periods that have more to come, by their number.
    sums: BTreeMap<usize, Records>,
    /// The outcomes of those that are over, by their number.
    outcomes: BTreeMap<usize, Outcome>,
}

impl<'a> PeriodRecorder<'a> {
    /// For a window that is opened now, with the records as they are.
    pub(super) fn new(
        line: &'a Line,
        number: u32,
        periods: &'a Periods,
        opened: &Records,
    ) -> PeriodRecorder<'a> {
        let (sums, outcomes) = Default::default();
        PeriodRecorder { line, number, periods, nth: 0, stretch: opened.clone(), sums, outcomes }
    }

    /// When the stretch ends that goes on; none after the last.
    pub(super) fn next_end(&self) -> Option<Time> {
        self.periods.stretches.get(self.nth).map(|(range, _)| range.to)
    }

    /// Ends the stretch; `in_hand` is the ideal time of the work in hand that is done, by slot.
    pub(super) fn end_stretch(&mut self, in_hand: &[Time]) {
        let Some((range, period)) = self.periods.stretches.get(self.nth).copied() else { return };
        self.stretch.settle(range.to);
        self.stretch.count_in_hand(in_hand);
        let sums = self.sums.entry(period).or_insert_with(|| Records::of(self.line));
        sums.add_stretch(&self.stretch);
        let counted = &self.periods.all[period].counted;
        let is_last = counted.ranges().last().is_some_and(|last| last.to == range.to);
        if let Some(records) = is_last.then(|| self.sums.remove(&period)).flatten() {
            let measured = Measured { line: self.line, records: &records, counted };
            self.outcomes.insert(period, Outcome::of(self.number, &measured));
        }
        self.stretch.open_window(range.to);
        self.stretch.leave_out_in_hand(in_hand);
        self.nth += 1;
    }

    /// Writes every event to the records of the whole window and to those of the stretch.
    pub(super) fn beside<'r>(&'r mut self, whole: &'r mut Records) -> TwoRecords<'r> {
        TwoRecords { whole, stretch: &mut self.stretch }
    }

    /// The outcomes of all periods, in their order.
    pub(super) fn outcomes(self) -> Vec<Outcome> {
        self.outcomes.into_values().collect()
    }
}

/// The records of the whole window, and those of the stretch that goes on.
pub(super) struct TwoRecords<'r> {
    whole: &'r mut Records,
    stretch: &'r mut Records,
}

impl Listener for TwoRecords<'_> {
    fn on_event(&mut self, event: LineEvent) {
        self.whole.on_event(event);
        self.stretch.on_event(event);
    }

    fn weighs_parts(&self) -> bool {
        self.whole.weighs_parts()
    }

    fn on_plain_event(&mut self, event: LineEvent) {
        self.whole.on_plain_event(event);
        self.stretch.on_plain_event(event);
    }

    fn on_exchange_event(&mut self, event: LineEvent) {
        self.whole.on_exchange_event(event);
        self.stretch.on_exchange_event(event);
    }
}
