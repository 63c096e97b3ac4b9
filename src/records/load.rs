//! What the parts inside an element add to its draw while it works, [`PowerTerm::Load`]: the load of a belt, the heat that tiles take
//! up.
//!
//! Counted by product, in whole steps like everything else, so that the meters add up. A part counts with the mass of its product,
//! whatever was joined to it since.

use crate::energy::{EnergyCarrier, EnergyFlows, PowerChange, PowerTable, PowerTerm};
use crate::event::State;
use crate::kernel::Time;

/// The load of one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Load {
    /// Parts inside, by product.
    inside: Vec<u32>,
    since: Time,
    electricity: LoadFlow,
    /// Of the other carriers that its parts draw.
    others: Vec<(EnergyCarrier, LoadFlow)>,
}

/// What the parts inside draw of one carrier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct LoadFlow {
    /// Whole steps a second for one part, by product.
    each: Vec<u64>,
    /// Of all that are inside.
    now: u64,
    /// Steps times nanoseconds since the window was opened.
    amount: u128,
}

impl LoadFlow {
    fn new(each: &[u64]) -> LoadFlow {
        LoadFlow { each: each.to_vec(), now: 0, amount: 0 }
    }

    fn change(&mut self, product: usize, comes: bool) {
        let each = self.each.get(product).copied().unwrap_or(0);
        self.now = if comes { self.now + each } else { self.now - each };
    }

    /// From now on each part draws otherwise.
    fn change_loads(&mut self, each: &[u64], inside: &[u32]) {
        self.each = each.to_vec();
        self.now = each.iter().zip(inside).map(|(each, inside)| each * u64::from(*inside)).sum();
    }
}

impl Load {
    /// The load of an empty element; none if parts add nothing to what it draws.
    pub fn new(table: &PowerTable) -> Option<Load> {
        let products = table.loads.len();
        let others = table.others.iter().filter(|flows| flows.loads.iter().any(|each| *each > 0));
        (products > 0).then(|| Load {
            inside: vec![0; products],
            since: Time::ZERO,
            electricity: LoadFlow::new(&table.loads),
            others: others.map(|flows| (flows.carrier, LoadFlow::new(&flows.loads))).collect(),
        })
    }

    /// What the parts inside draw of electricity in a state, in milliwatts.
    pub fn power_in(&self, state: Option<State>) -> u64 {
        if state.is_some_and(|state| PowerTerm::Load.acts_in(state)) { self.electricity.now } else { 0 }
    }

    /// The element changes from one state to another.
    #[inline(never)]
    pub fn enter(&mut self, now: Time, from: Option<State>, to: State) -> PowerChange {
        self.settle(now, from);
        PowerChange { before: self.power_in(from), after: self.power_in(Some(to)) }
    }

    /// A part comes or leaves; the state is that of the element.
    pub fn carry(&mut self, now: Time, state: Option<State>, product: u32, comes: bool) -> PowerChange {
        let before = self.power_in(state);
        self.settle(now, state);
        let product = product as usize;
        if let Some(inside) = self.inside.get_mut(product) {
            *inside = if comes { *inside + 1 } else { *inside - 1 };
            self.electricity.change(product, comes);
            self.others.iter_mut().for_each(|(_, flow)| flow.change(product, comes));
        }
        PowerChange { before, after: self.power_in(state) }
    }

    /// From now on each part draws otherwise; settled until then.
    pub fn change_loads(&mut self, table: &PowerTable) {
        self.electricity.change_loads(&table.loads, &self.inside);
        let known: Vec<EnergyCarrier> = self.others.iter().map(|(carrier, _)| *carrier).collect();
        let is_new = |flows: &&EnergyFlows| {
            flows.loads.iter().any(|each| *each > 0) && !known.contains(&flows.carrier)
        };
        let new = table.others.iter().filter(is_new);
        self.others.extend(new.map(|flows| (flows.carrier, LoadFlow::default())));
        for (carrier, flow) in &mut self.others {
            let flows = table.others.iter().find(|flows| flows.carrier == *carrier);
            flow.change_loads(flows.map_or(&[], |flows| &flows.loads), &self.inside);
        }
    }

    /// Brings the amounts up to an instant; the state is that since the last.
    pub fn settle(&mut self, now: Time, state: Option<State>) {
        if state.is_some_and(|state| PowerTerm::Load.acts_in(state)) {
            let nanos = u128::from((now - self.since).0);
            self.electricity.amount += u128::from(self.electricity.now) * nanos;
            self.others.iter_mut().for_each(|(_, flow)| flow.amount += u128::from(flow.now) * nanos);
        }
        self.since = now;
    }

    /// Adds the settled amounts of another stretch.
    pub fn add(&mut self, stretch: &Load) {
        self.electricity.amount += stretch.electricity.amount;
        for (carrier, more) in &stretch.others {
            match self.others.iter_mut().find(|(known, _)| known == carrier) {
                Some((_, flow)) => flow.amount += more.amount,
                None => self.others.push((*carrier, more.clone())),
            }
        }
    }

    pub fn open_window(&mut self, now: Time) {
        self.electricity.amount = 0;
        self.others.iter_mut().for_each(|(_, flow)| flow.amount = 0);
        self.since = now;
    }

    /// The other carriers that its parts draw, or drew.
    pub fn others(&self) -> impl Iterator<Item = EnergyCarrier> {
        self.others.iter().map(|(carrier, _)| *carrier)
    }

    /// Steps of a carrier times nanoseconds since the window was opened, while the element was in a state; it is one state alone in which
    /// parts add anything.
    pub fn amount_in(&self, carrier: EnergyCarrier, state: State) -> u128 {
        if !PowerTerm::Load.acts_in(state) {
            return 0;
        }
        match carrier {
            EnergyCarrier::Electricity => self.electricity.amount,
            other => self.others.iter().find(|(known, _)| *known == other).map_or(0, |(_, flow)| flow.amount),
        }
    }
}
