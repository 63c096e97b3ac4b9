//! The load of a line: what it draws over the window of one replication, as a meter would record it.
//!
//! Power is a step function and is kept exactly, up to [`MOST_STEPS`] steps. Beyond that, steps within the same cell of a second, then of
//! two seconds and so on, become their mean: energy by period is then off by one cell, and a highest mean over 15 minutes by at most the range of the power times two
//! cells over 15 minutes. Read [`line_load`].

use super::{StudyFailure, StudyPlan, Watch, narrate_to};
use crate::event::{LineEvent, Listener, Slot};
use crate::kernel::Time;
use crate::line::Line;
use crate::records::Records;
use crate::tariff::{LoadCurve, LoadStep};

/// So many steps are kept; they take 50 MB.
const MOST_STEPS: usize = 1 << 21;
const SECOND: u64 = 1_000_000_000;

/// What a line draws.
#[derive(Clone, Debug)]
pub struct LineLoad {
    /// The load, by date and time.
    pub load: LoadCurve,
    /// The elements that have states and give no power.
    pub without_power: Vec<Slot>,
    /// How long the cells are in which steps became their mean; none if all steps were kept.
    pub cell: Option<Time>,
}

/// Runs a replication of a line and records what it draws after the warm-up. It runs as in the study. Time zero is `start`, in
/// nanoseconds since the beginning of 1970.
pub fn line_load(
    line: &Line,
    plan: &StudyPlan,
    number: u32,
    (warm_up, start): (Time, i64),
    watch: &Watch<'_>,
) -> Result<LineLoad, StudyFailure> {
    let end = warm_up + plan.length;
    let mut listener = LoadListener { records: Records::of(line), steps: Vec::new(), cell: None };
    narrate_to(line, plan, number, warm_up, &mut listener, watch)?;
    let nanos = |time: u64| start.saturating_add(i64::try_from(time).unwrap_or(i64::MAX));
    let ends = listener.steps.iter().skip(1).map(|step| step.time).chain([end.0]);
    let steps = listener.steps.iter().zip(ends).filter_map(|(step, until)| {
        let (from, to) = (step.time.max(warm_up.0), until.min(end.0));
        (from < to).then(|| LoadStep { from: nanos(from), to: nanos(to), kw: step.milliwatts / 1e6 })
    });
    let elements = line.elements.iter().zip(0..);
    let has_states = |slot: u32| listener.records.clock(slot as usize).state().is_some();
    let silent = elements.filter(|(element, slot)| !element.power.known && has_states(*slot));
    let without_power = silent.map(|(_, slot)| Slot(slot)).collect();
    Ok(LineLoad { load: LoadCurve::new(steps.collect()), without_power, cell: listener.cell.map(Time) })
}

/// From an instant on, a power.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PowerStep {
    time: u64,
    milliwatts: f64,
}

struct LoadListener {
    records: Records,
    steps: Vec<PowerStep>,
    cell: Option<u64>,
}

impl LoadListener {
    fn set(&mut self, time: u64, milliwatts: f64) {
        match self.steps.last_mut() {
            Some(last) if last.milliwatts == milliwatts => return,
            // Only the last power of an instant has a length.
            Some(last) if last.time == time => last.milliwatts = milliwatts,
            _ => self.steps.push(PowerStep { time, milliwatts }),
        }
        if self.steps.len() > MOST_STEPS {
            let cell = self.cell.map_or(SECOND, |cell| cell * 2);
            self.cell = Some(cell);
            self.steps = coarsened(&self.steps, cell);
        }
    }
}

/// The same energy with the mean power in each cell in which a step begins; the last step is kept.
fn coarsened(steps: &[PowerStep], cell: u64) -> Vec<PowerStep> {
    let mut coarse: Vec<PowerStep> = Vec::new();
    let mut push = |time: u64, milliwatts: f64| {
        if coarse.last().is_none_or(|last: &PowerStep| last.milliwatts != milliwatts) {
            coarse.push(PowerStep { time, milliwatts });
        }
    };
    // The energy in the cell that is being filled, and from when on it is.
    let (mut inside, mut begun) = (0.0, steps.first().map_or(0, |step| step.time));
    for pair in steps.windows(2) {
        let PowerStep { time, milliwatts } = pair[0];
        let until = pair[1].time;
        let cell_end = (time / cell + 1) * cell;
        if until < cell_end {
            inside += milliwatts * (until - time) as f64;
            continue;
        }
        inside += milliwatts * (cell_end - time) as f64;
        push(begun, inside / (cell_end - begun) as f64);
        let whole_end = until / cell * cell;
        if whole_end > cell_end {
            push(cell_end, milliwatts);
        }
        (inside, begun) = (milliwatts * (until - whole_end) as f64, whole_end);
    }
    if let Some(last) = steps.last() {
        if begun < last.time {
            push(begun, inside / (last.time - begun) as f64);
        }
        push(last.time, last.milliwatts);
    }
    coarse
}

impl Listener for LoadListener {
    fn on_event(&mut self, event: LineEvent) {
        self.records.on_event(event);
        self.set(event.time.0, self.records.line.power() as f64);
    }

    fn weighs_parts(&self) -> bool {
        self.records.weighs_parts()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn energy(steps: &[PowerStep], end: u64) -> f64 {
        let ends = steps.iter().skip(1).map(|step| step.time).chain([end]);
        steps.iter().zip(ends).map(|(step, until)| step.milliwatts * (until - step.time) as f64).sum()
    }

    #[test]
    fn coarser_steps_have_the_same_energy_in_every_cell() {
        let mut random = 5_u64;
        let mut steps = Vec::new();
        let mut time = 3;
        for _ in 0..2000 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            steps.push(PowerStep { time, milliwatts: (random >> 60) as f64 });
            time += 1 + (random >> 20) % if random >> 63 == 0 { 4 } else { 30 };
        }
        for cell in [8, 16, 64] {
            let coarse = coarsened(&steps, cell);
            assert!(coarse.len() < steps.len() && coarse.windows(2).all(|pair| pair[0].time < pair[1].time));
            let until = |steps: &[PowerStep], end: u64| {
                let before: Vec<PowerStep> = steps.iter().copied().filter(|step| step.time < end).collect();
                energy(&before, end)
            };
            let last = steps[steps.len() - 1].time;
            for end in (cell..last / cell * cell).step_by(cell as usize) {
                let (fine, coarse) = (until(&steps, end), until(&coarse, end));
                assert!((fine - coarse).abs() < 1e-6, "cell {cell}, {end}: {fine} and {coarse}");
            }
        }
    }
}
