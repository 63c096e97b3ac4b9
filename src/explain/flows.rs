//! The capacity of a line, by linear programs over its network.
//!
//! The variables are the flow from each source, the flow through each cut, and the flow into each option of a hub. All flows are
//! sums of the waves of these variables. The constraints are: the flow into a hub or a cut equals the flow out of it; an element
//! that puts parts together gets them in the proportions of its bill; no element, robot or population of carriers is used above
//! its limit. In the long run every line satisfies these constraints, with any choices. So the largest sum of good parts is a
//! bound.
//!
//! Read [`Flows`] first.

use super::is_end;
use super::needs::{Counted, Limit, Needs};
use super::network::{Edge, PartNetwork};
use super::simplex::{Program, Sum};
use super::traffic::{Spread, Wave, wave};
use crate::equipment::Feed;
use crate::event::Slot;
use crate::line::Line;
use std::collections::BTreeMap;

/// The variables of a line and their waves.
pub(super) struct Flows<'a> {
    line: &'a Line,
    network: &'a PartNetwork,
    needs: &'a Needs<'a>,
    spread: Spread,
    waves: Vec<Wave>,
    /// The variable of each source.
    sources: Vec<(Slot, usize)>,
    /// The variables of the cuts.
    cuts: Vec<(usize, usize)>,
    /// The variables of the options at each hub where waves end.
    options: Vec<(usize, Vec<usize>)>,
}

/// The best that a program finds.
#[derive(Clone, Debug, Default)]
pub(super) struct Optimum {
    /// All flows.
    pub(super) wave: Wave,
    /// Parts that sources give, by slot.
    pub(super) given: BTreeMap<Slot, f64>,
    /// How many of the sums have a largest value.
    pub(super) bounded: usize,
}

impl<'a> Flows<'a> {
    /// All waves of a line; none if parts go round for ever.
    pub(super) fn of(
        line: &'a Line,
        network: &'a PartNetwork,
        needs: &'a Needs<'a>,
        spread: Spread,
    ) -> Option<Flows<'a>> {
        let (sources, cuts, options) = (Vec::new(), Vec::new(), Vec::new());
        let mut flows = Flows { line, network, needs, spread, waves: Vec::new(), sources, cuts, options };
        for (slot, point) in &network.sources {
            let edge = Edge { to: *point, count: 1.0, way: None };
            let number = flows.add(wave(network, None, &[edge], spread)?);
            flows.sources.push((*slot, number));
        }
        for (number, point) in network.points.iter().enumerate() {
            if point.cut {
                let variable = flows.add(wave(network, Some(number), &[], spread)?);
                flows.cuts.push((number, variable));
            }
            if let Some(hub) = point.hub.as_ref().filter(|_| spread.ends_at(point)) {
                let waves: Option<Vec<Wave>> =
                    hub.options.iter().map(|edges| wave(network, None, edges, spread)).collect();
                let variables = waves?.into_iter().map(|wave| flows.add(wave)).collect();
                flows.options.push((number, variables));
            }
        }
        Some(flows)
    }

    fn add(&mut self, wave: Wave) -> usize {
        self.waves.push(wave);
        self.waves.len() - 1
    }

    /// What must hold of the variables, whatever limits them: what comes leaves, and bills are kept to.
    fn balance(&self) -> Program {
        let mut comes: BTreeMap<usize, Sum> = BTreeMap::new();
        let mut stops: BTreeMap<usize, Sum> = BTreeMap::new();
        for (variable, wave) in self.waves.iter().enumerate() {
            wave.flow
                .iter()
                .for_each(|(point, parts)| comes.entry(*point).or_default().push((variable, *parts)));
            wave.stopped
                .iter()
                .for_each(|(point, parts)| stops.entry(*point).or_default().push((variable, *parts)));
        }
        let mut program = Program { variables: self.waves.len(), rows: Vec::new() };
        for (point, variable) in &self.cuts {
            let mut row = stops.remove(point).unwrap_or_default();
            row.push((*variable, -1.0));
            program.rows.push((row, None));
        }
        for (point, variables) in &self.options {
            let mut row = comes.get(point).cloned().unwrap_or_default();
            row.extend(variables.iter().map(|variable| (*variable, -1.0)));
            program.rows.push((row, None));
        }
        self.keep_to_bills(&comes, &mut program);
        program
    }

    /// As many parts of each row come as one piece of work after the other takes.
    fn keep_to_bills(&self, comes: &BTreeMap<usize, Sum>, program: &mut Program) {
        for (slot, element) in self.line.elements.iter().enumerate() {
            let Some(matching) = &element.datasheet.matching else { continue };
            let of_row = |row: usize, sign: f64| {
                let each = sign / f64::from(matching.needed[row].max(1));
                let points = self.network.points.iter().enumerate();
                let points = points.filter(move |(_, point)| {
                    point.slot.index() == slot && point.arrives && !point.packed && point.row == Some(row)
                });
                points
                    .flat_map(|(point, _)| comes.get(&point).into_iter().flatten())
                    .map(move |(variable, parts)| (*variable, parts * each))
                    .collect::<Sum>()
            };
            for row in 1..matching.needed.len() {
                let mut sum = of_row(row, 1.0);
                sum.extend(of_row(0, -1.0));
                let short = matching.may_be_short && self.spread == Spread::UpToHubs;
                program.rows.push((sum, short.then_some(0.0)));
            }
        }
    }

    /// Nothing is needed for more than there is.
    fn limit(&self, program: &mut Program, counted: Counted) {
        let mut limits: BTreeMap<Limit, Sum> = BTreeMap::new();
        for (variable, wave) in self.waves.iter().enumerate() {
            for (limit, share) in self.needs.shares(wave, counted) {
                limits.entry(limit).or_default().push((variable, share));
            }
        }
        program.rows.extend(limits.into_values().map(|sum| (sum, Some(1.0))));
    }

    fn arriving(&self) -> impl Iterator<Item = (Slot, usize, f64)> + '_ {
        self.sources.iter().filter_map(|(slot, variable)| {
            match self.line.elements[slot.index()].datasheet.capability.feed {
                Some(Feed::Arrivals(rate)) => Some((*slot, *variable, rate)),
                _ => None,
            }
        })
    }

    fn endless(&self) -> impl Iterator<Item = usize> + '_ {
        let endless = self.sources.iter().filter(|(slot, _)| {
            self.line.elements[slot.index()].datasheet.capability.feed == Some(Feed::Endless)
        });
        endless.map(|(_, variable)| *variable)
    }

    /// The sum of good parts that leave the line.
    fn good(&self) -> Sum {
        let sums = self.waves.iter().enumerate();
        sums.map(|(variable, wave)| (variable, self.good_of(wave))).filter(|(_, good)| *good > 0.0).collect()
    }

    /// Good parts that leave the line with a wave.
    pub(super) fn good_of(&self, wave: &Wave) -> f64 {
        let good = wave.flow.iter().filter(|(point, _)| {
            let at = &self.network.points[*point];
            let slot = at.slot.index();
            let is_good = is_end(self.line, slot) && !self.line.elements[slot].datasheet.is_for_scrap;
            is_good && at.arrives && !at.part.carrier
        });
        good.map(|(_, parts)| parts).sum()
    }

    /// The most good parts that can leave the line, if no more arrives than does; none without a limit.
    pub(super) fn bound(&self) -> Option<f64> {
        let mut program = self.balance();
        self.limit(&mut program, Counted::AtLeast);
        for (_, variable, rate) in self.arriving() {
            program.rows.push((vec![(variable, 1.0)], Some(rate)));
        }
        let found = self.find(&program, &[self.good()])?;
        (found.bounded == 1).then(|| self.good_of(&found.wave))
    }

    /// What arrives, as far as bills let it, and what it needs of sources that never run dry.
    pub(super) fn offered(&self) -> Option<Optimum> {
        let mut program = self.balance();
        for (_, variable, rate) in self.arriving() {
            program.rows.push((vec![(variable, 1.0)], Some(rate)));
        }
        let arriving = self.arriving().map(|(_, variable, _)| (variable, 1.0)).collect();
        let pulled = self.endless().map(|variable| (variable, -1.0)).collect();
        self.find(&program, &[arriving, pulled]).filter(|found| found.bounded == 2)
    }

    /// What a line does to which this much arrives, as far as there is room for it; sources that never run dry fill it up, each
    /// as much as the others as long as it can. None if nothing limits them.
    pub(super) fn filled(&self, offered: &Optimum) -> Option<Optimum> {
        let mut program = self.balance();
        self.limit(&mut program, Counted::Expected);
        let (scale, least) = (program.variable(), program.variable());
        self.scale(offered, scale, &mut program);
        program.rows.push((vec![(scale, 1.0)], Some(1.0)));
        for variable in self.endless() {
            program.rows.push((vec![(least, 1.0), (variable, -1.0)], Some(0.0)));
        }
        let all = self.endless().map(|variable| (variable, 1.0)).collect();
        let round = self.cuts.iter().map(|(_, variable)| (*variable, 1.0)).collect();
        let has_endless = self.endless().next().is_some();
        let least = if has_endless { vec![(least, 1.0)] } else { Vec::new() };
        let found = self.find(&program, &[vec![(scale, 1.0)], least, all, self.good(), round])?;
        (found.bounded >= 4).then_some(found)
    }

    /// The most good parts that a line can make of what arrives in these proportions; none without a limit.
    pub(super) fn scaled(&self, offered: &Optimum) -> Option<Optimum> {
        let mut program = self.balance();
        self.limit(&mut program, Counted::Expected);
        let scale = program.variable();
        self.scale(offered, scale, &mut program);
        let less = vec![(scale, -1.0)];
        self.find(&program, &[self.good(), less]).filter(|found| found.bounded == 2)
    }

    /// What arrives is a multiple of what is offered.
    fn scale(&self, offered: &Optimum, scale: usize, program: &mut Program) {
        for (slot, variable, _) in self.arriving() {
            let given = offered.given.get(&slot).copied().unwrap_or(0.0);
            program.rows.push((vec![(variable, 1.0), (scale, -given)], None));
        }
    }

    fn find(&self, program: &Program, sums: &[Sum]) -> Option<Optimum> {
        let best = program.largest(sums)?;
        let value = |variable: usize| best.values[variable];
        let mut total = Total::default();
        for (wave, value) in self.waves.iter().zip(&best.values).filter(|(_, value)| **value > 0.0) {
            total.add(wave, *value);
        }
        let given = self.sources.iter().map(|(slot, variable)| (*slot, value(*variable))).collect();
        Some(Optimum { wave: total.wave(), given, bounded: best.bounded })
    }
}

/// Waves that are added up.
#[derive(Default)]
struct Total {
    flow: BTreeMap<usize, f64>,
    moved: BTreeMap<(usize, usize), f64>,
    brought: BTreeMap<(usize, usize), f64>,
}

impl Total {
    fn add(&mut self, wave: &Wave, times: f64) {
        for (point, parts) in &wave.flow {
            *self.flow.entry(*point).or_insert(0.0) += parts * times;
        }
        for (way, parts) in &wave.moved {
            *self.moved.entry(*way).or_insert(0.0) += parts * times;
        }
        for (way, parts) in &wave.brought {
            *self.brought.entry(*way).or_insert(0.0) += parts * times;
        }
    }

    fn wave(self) -> Wave {
        Wave {
            flow: self.flow.into_iter().collect(),
            stopped: Vec::new(),
            moved: self.moved.into_iter().collect(),
            brought: self.brought.into_iter().collect(),
        }
    }
}
