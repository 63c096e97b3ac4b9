//! What an element draws in each state, in whole steps, so that the meters of the elements add up to the meter of the line to the
//! last digit.
//!
//! Energy is power times time, counted in whole milliwatts and nanoseconds (picojoules); other media are counted in whole nanograms or
//! nanolitres a second. Read [`PowerTable`].

use super::{Draw, EnergyCarrier};
use crate::checking::Check;
use crate::event::State;
use std::array;

/// What an element draws, complete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PowerTable {
    /// Milliwatts of electricity by state.
    pub milliwatts: [u64; State::ALL.len()],
    /// Milliwatts of electricity for each part inside while the element works, by the number of its product; empty for elements that
    /// draw the same whatever is in them.
    pub loads: Vec<u64>,
    /// The other carriers that it draws, in their order.
    pub others: Vec<EnergyFlows>,
    /// The states whose power was assumed.
    pub assumed: Vec<State>,
    /// Whether the layout gives its power, even if that is zero. Otherwise its energy is unknown.
    pub known: bool,
    /// The tables while its saving modes hold, by their numbers; empty without any. The first is as this one.
    pub modes: Vec<PowerTable>,
}

/// What an element draws of one carrier, in whole steps a second, as [`PowerTable`] has electricity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnergyFlows {
    /// Of what.
    pub carrier: EnergyCarrier,
    /// By state.
    pub by_state: [u64; State::ALL.len()],
    /// For each part inside while the element works, by the number of its product.
    pub loads: Vec<u64>,
}

impl PowerTable {
    /// The electric power in one state, in milliwatts.
    #[inline]
    pub fn of(&self, state: State) -> u64 {
        self.milliwatts[state as usize]
    }

    /// What it draws of a carrier other than electricity.
    fn other(&self, carrier: EnergyCarrier) -> Option<&EnergyFlows> {
        self.others.iter().find(|flows| flows.carrier == carrier)
    }

    /// In one state it draws this instead.
    pub(crate) fn set_state(&mut self, state: State, draw: Draw, check: &mut Check<'_>) {
        let mut alone = DrawTable::default();
        alone.by_state[state as usize] = draw;
        self.take_state(state, &alone.settled(check));
    }

    /// In one state it draws what another table says.
    pub(crate) fn take_state(&mut self, state: State, other: &PowerTable) {
        let nth = state as usize;
        self.milliwatts[nth] = other.milliwatts[nth];
        for flows in &other.others {
            if flows.by_state[nth] > 0 && self.other(flows.carrier).is_none() {
                let (carrier, loads) = (flows.carrier, vec![0; self.loads.len()]);
                self.others.push(EnergyFlows { carrier, by_state: [0; State::ALL.len()], loads });
            }
        }
        self.others.sort_by_key(|flows| flows.carrier);
        for flows in &mut self.others {
            flows.by_state[nth] = other.flow(flows.carrier, state);
        }
    }

    /// What it draws of a carrier in one state, in whole steps a second.
    pub fn flow(&self, carrier: EnergyCarrier, state: State) -> u64 {
        match carrier {
            EnergyCarrier::Electricity => self.of(state),
            other => self.other(other).map_or(0, |flows| flows.by_state[state as usize]),
        }
    }

    /// Whether the parts inside draw of a carrier.
    pub fn parts_draw(&self, carrier: EnergyCarrier) -> bool {
        let loads = match carrier {
            EnergyCarrier::Electricity => Some(&self.loads),
            other => self.other(other).map(|flows| &flows.loads),
        };
        loads.is_some_and(|loads| loads.iter().any(|flow| *flow > 0))
    }

    /// Whether it ever draws of a carrier.
    pub fn draws(&self, carrier: EnergyCarrier) -> bool {
        match carrier {
            EnergyCarrier::Electricity => self.milliwatts.iter().chain(&self.loads).any(|power| *power > 0),
            other => self.other(other).is_some(),
        }
    }
}

/// The most whole steps a second in a state, and for each part inside: eighteen million parts still fit into 64 bits.
const MOST_STEPS: f64 = 1e15;
const MOST_STEPS_OF_A_PART: f64 = 1e12;

/// What an element draws by state, before it is counted in whole steps.
#[derive(Clone, Debug, Default)]
pub(super) struct DrawTable {
    pub by_state: [Draw; State::ALL.len()],
    /// For each part inside, by the number of its product.
    pub loads: Vec<Draw>,
    pub assumed: Vec<State>,
    pub known: bool,
}

impl DrawTable {
    /// What is written for a state, or a default that is noted as assumed.
    pub fn fill(&mut self, state: State, written: Option<Draw>, default: Draw) {
        if written.is_none() && !default.is_nothing() {
            self.assumed.push(state);
        }
        self.by_state[state as usize] = written.unwrap_or(default);
    }

    /// The table in whole steps.
    pub fn settled(mut self, check: &mut Check<'_>) -> PowerTable {
        self.turn_gas_to_heat(check);
        self.limit(check);
        let steps = |carrier: EnergyCarrier, draw: &Draw| {
            (draw.of(carrier) * carrier.steps_per_base()).round() as u64
        };
        let by_state = |carrier: EnergyCarrier| array::from_fn(|nth| steps(carrier, &self.by_state[nth]));
        let loads =
            |carrier: EnergyCarrier| self.loads.iter().map(|draw| steps(carrier, draw)).collect::<Vec<_>>();
        let flows = |carrier: EnergyCarrier| EnergyFlows {
            carrier,
            by_state: by_state(carrier),
            loads: loads(carrier),
        };
        let is_drawn = |flows: &EnergyFlows| flows.by_state.iter().chain(&flows.loads).any(|flow| *flow > 0);
        PowerTable {
            milliwatts: by_state(EnergyCarrier::Electricity),
            loads: loads(EnergyCarrier::Electricity),
            others: EnergyCarrier::ALL[1..].iter().map(|carrier| flows(*carrier)).filter(is_drawn).collect(),
            assumed: self.assumed,
            known: self.known,
            modes: Vec::new(),
        }
    }

    /// Refuses what no counter could hold, however many parts are inside.
    fn limit(&mut self, check: &mut Check<'_>) {
        let is_above = |draw: &Draw, most: f64| {
            EnergyCarrier::ALL.into_iter().any(|carrier| draw.of(carrier) * carrier.steps_per_base() > most)
        };
        if self.by_state.iter().any(|draw| is_above(draw, MOST_STEPS)) {
            let message = "more is drawn in a state than 1000 GW, 1000 kg/s or 1000 m3/s".to_owned();
            check.fault("power", message, "look at its units, and at the heat of a cubic metre of gas");
            self.by_state = Default::default();
        }
        if self.loads.iter().any(|draw| is_above(draw, MOST_STEPS_OF_A_PART)) {
            let message = "a part cannot draw more than 1 GW, 1 kg/s or 1 m3/s".to_owned();
            check.fault("power", message, "look at `per_part` and `per_kg`, and at the mass of the products");
            self.loads.iter_mut().for_each(|draw| *draw = Draw::default());
        }
    }

    /// Counts gas by its heat.
    fn turn_gas_to_heat(&mut self, check: &mut Check<'_>) {
        let all = || self.by_state.iter().chain(&self.loads);
        if !all().any(Draw::has_gas_volume) {
            return;
        }
        let Some(joules) = check.around.gas_heat else {
            check.fault(
                "power",
                "the gas is given by its volume, and its heat is not known".to_owned(),
                "write `energy: (gas: (energy: \"10.3 kWh/Nm3\"))` in the line that runs, or give the gas as a power, such as \"3 MW\"",
            );
            return;
        };
        self.by_state.iter_mut().chain(&mut self.loads).for_each(|draw| *draw = draw.with_gas_heat(joules));
    }
}
