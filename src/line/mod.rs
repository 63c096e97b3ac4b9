//! The checked line: names are slots, quantities are numbers, and there are no contradictions.
//!
//! All later modules rely on that. Read [`Line`] first.

mod calendars;
mod check;
mod clock;
mod connections;
mod distances;
mod electricity;
mod elements;
mod expectations;
mod factors;
mod flow;
mod heavy;
mod journey;
mod leads;
mod levels;
mod people;
mod period;
mod persons;
mod products;
mod route_faults;
mod routes;
mod tariff_file;
mod zones;

pub use check::{Rejected, read, read_with_changes, settings};
pub use clock::WallClock;
pub use electricity::Electricity;
pub(crate) use expectations::{ExpectationGround, expected, figure_named, no_part};
pub use expectations::{ExpectedFigure, FilePlace};
pub use factors::{CarrierFactors, Emission, EnergyFactors};
pub use period::{LinePattern, LinePeriod};
pub use tariff_file::{TariffFile, read_tariff};

use crate::calendar::Calendars;
use crate::energy::{EnergyCarrier, PowerTable};
use crate::equipment::appearance::Symbol;
use crate::equipment::{Capability, Datasheet, Improvement, Prototype};
use crate::event::Slot;
use crate::flow::{DeadlockCheck, Lead};
use crate::kernel::Time;
use crate::material::RouteStop;
use crate::units::Money;
use std::path::PathBuf;

/// A production line, checked and ready to run any number of times.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is called.
    pub name: String,
    /// Where its numbers come from.
    pub provenance: Option<String>,
    /// How long and how often to run it.
    pub run: RunPlan,
    /// What its electricity costs, if it says so.
    pub electricity: Option<Electricity>,
    /// What an amount of each carrier is, costs and causes.
    pub factors: EnergyFactors,
    /// When people work.
    pub calendars: Calendars,
    /// What it makes.
    pub products: Vec<ProductSpec>,
    /// What it consists of, by slot.
    pub elements: Vec<Element>,
    /// Which of these are alike and have one name together, in the order of the file.
    pub groups: Vec<Group>,
    /// Of parts that are there when the run begins and follow a route: the element, the number of the product, and to how many
    /// stops they have come; ascending.
    pub begun: Vec<(Slot, u32, u32)>,
    /// What was changed against its base, in order.
    pub changes: Vec<Change>,
    /// What it is expected to reach.
    pub expectations: Vec<ExpectedFigure>,
    /// The files that it was read from, those that they refer to included.
    pub files: Vec<PathBuf>,
    /// What a user should know of these files although nothing is wrong with them.
    pub notes: Vec<String>,
}

impl Line {
    /// What a skill is called for which an element calls people, by its number in the line.
    pub fn skill_name(&self, element: Slot, skill: u32) -> &str {
        let mut calls = self.elements[element.index()].calls.iter();
        calls.find(|(number, _)| *number == skill).map_or("", |(_, name)| name)
    }

    /// The currency of its figures that are money: that of the material of its products, or else that of its tariff, or of other
    /// prices of energy.
    pub fn currency(&self) -> Option<[u8; 3]> {
        currency_of(&self.products, self.electricity.as_ref()).or(self.factors.currency)
    }

    /// Whether any of its elements ever draws of a carrier.
    pub fn draws(&self, carrier: EnergyCarrier) -> bool {
        self.elements.iter().any(|element| element.power.draws(carrier))
    }

    /// Whether any of them draws anything but electricity.
    pub fn draws_others(&self) -> bool {
        self.elements.iter().any(|element| !element.power.others.is_empty())
    }

    /// Whether it gives any price of energy.
    pub fn has_prices(&self) -> bool {
        let has_tariff = self.electricity.as_ref().is_some_and(|supply| supply.clock.is_some());
        has_tariff || EnergyCarrier::ALL.into_iter().any(|carrier| self.factors.of(carrier).price.is_some())
    }

    /// The currency in which its products give their material; none if one of them gives none, or two differ.
    pub fn material_currency(&self) -> Option<[u8; 3]> {
        currency(&self.products)
    }

    /// The same line with some elements better in one respect; none if that is nothing to any of them.
    pub fn improved(&self, elements: &[Slot], improvement: Improvement) -> Option<Line> {
        let better =
            |slot: &Slot| Some((*slot, self.elements[slot.index()].prototype.improved(improvement)?));
        let found: Vec<(Slot, Prototype)> = elements.iter().filter_map(better).collect();
        (!found.is_empty()).then(|| {
            let mut line = self.clone();
            for (slot, prototype) in found {
                let element = &mut line.elements[slot.index()];
                element.datasheet = prototype.datasheet();
                element.prototype = prototype;
            }
            line
        })
    }

    /// What each element can do by itself, by slot.
    pub fn capabilities(&self) -> impl Iterator<Item = &Capability> {
        self.elements.iter().map(|element| &element.datasheet.capability)
    }
}

fn currency_of(products: &[ProductSpec], electricity: Option<&Electricity>) -> Option<[u8; 3]> {
    let of_tariff = || electricity.and_then(|supply| Some(supply.tariff.as_ref()?.currency));
    currency(products).or_else(of_tariff)
}

fn currency(products: &[ProductSpec]) -> Option<[u8; 3]> {
    let first = products.first()?.material?.currency;
    let same = |product: &ProductSpec| product.material.is_some_and(|material| material.currency == first);
    products.iter().all(same).then_some(first)
}

/// How long and how often to run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunPlan {
    /// Date and time of the start.
    pub start: jiff::civil::DateTime,
    /// The zone of its clock; without daylight saving if the line names none.
    pub zone: jiff::tz::TimeZone,
    /// Whether the line names it.
    pub names_zone: bool,
    /// What does not count.
    pub warm_up: WarmUpTime,
    /// What counts.
    pub length: Time,
    /// How many times.
    pub replications: u32,
    /// The seed of all random-number streams.
    pub seed: u64,
    /// Confidence of all intervals, between 0 and 1.
    pub confidence: f64,
}

impl RunPlan {
    /// The zone of its clock, or another one, such as that of a tariff, if the line names none.
    pub fn zone_or(&self, other: Option<&jiff::tz::TimeZone>) -> jiff::tz::TimeZone {
        other.filter(|_| !self.names_zone).unwrap_or(&self.zone).clone()
    }

    /// When it ends; a warm-up that is still to be found counts as none.
    pub fn end(&self) -> Time {
        let warm_up = match self.warm_up {
            WarmUpTime::Given(warm_up) => warm_up,
            WarmUpTime::Auto => Time::ZERO,
        };
        warm_up + self.length
    }
}

/// How long a run warms up before it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarmUpTime {
    /// As long as was said.
    Given(Time),
    /// As long as MSER-5 finds, or MSER over whole periods of the line's calendars and rates.
    Auto,
}

/// Something the line makes.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductSpec {
    /// What it is called.
    pub name: String,
    /// What goes into one.
    pub material: Option<Money>,
    /// What one sells for.
    pub value: Option<Money>,
    /// The higher number goes first where a rule asks for it.
    pub priority: i32,
    /// What one weighs, in milligrams.
    pub mass_mg: u64,
    /// What it belongs to where elements change over between families.
    pub family: Option<String>,
    /// Whether parts are packed into it.
    pub carrier: bool,
    /// The elements that it goes to, one after the other; empty if it goes wherever the arrows lead.
    pub route: Vec<RouteStop>,
}

/// One element.
#[derive(Clone, Debug)]
pub struct Element {
    /// What it is called.
    pub name: String,
    /// The name of its kind.
    pub kind: &'static str,
    /// What it is made from.
    pub prototype: Prototype,
    /// What is known of it before anything runs.
    pub datasheet: Datasheet,
    /// What it draws.
    pub power: PowerTable,
    /// Where it stands, in metres.
    pub position: Option<(f64, f64)>,
    /// What its random-number streams hang on: its name, or that of the group that it is the first member of.
    pub streams: String,
    /// Its ways out, by port and then in the order of the file: to whom, and by which robot.
    pub outlets: Vec<(Slot, Option<Slot>)>,
    /// How the ways out belong together, by the number of the port; one for most kinds.
    pub exits: Vec<Exit>,
    /// What its ports are called, by number; nothing if it has one way out.
    pub ports: Vec<String>,
    /// Which of them parts on a route take, where these are not all; ascending.
    pub leads: Vec<Lead>,
    /// From where to where it carries parts, if it is a robot.
    pub carries: Vec<(Slot, Slot)>,
    /// When to look whether it can never go on.
    pub deadlock_check: DeadlockCheck,
    /// The skills of the people and the tools that it calls, each with its number in the line; ascending.
    pub calls: Vec<(u32, String)>,
}

/// Elements that are alike and have one name together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its members, in order.
    pub members: Vec<Slot>,
}

impl Element {
    /// Whether it is people.
    pub fn is_crew(&self) -> bool {
        self.kind == "Crew"
    }

    /// Whether it is tools.
    pub fn is_tools(&self) -> bool {
        self.kind == "Tools"
    }

    /// Which ways out parts of a product take that have come to so many stops and go through a port; none if they may take any of it.
    pub fn lead(&self, product: u32, step: u32, port: u8) -> Option<&Lead> {
        lead_among(&self.leads, &self.exits, product, step, port)
    }

    /// Whether parts wait in it between two elements and nothing is done to them there.
    pub fn stores_between(&self) -> bool {
        let sheet = &self.datasheet;
        sheet.appearance.symbol == Symbol::Store && !self.outlets.is_empty()
    }

    /// The names of the ports by which parts may leave, by number; `out` if it has one way out.
    pub fn ways_out(&self) -> Vec<&str> {
        match self.ports_in_use().count() {
            0 | 1 => vec!["out"],
            _ => self.ports.iter().map(String::as_str).collect(),
        }
    }

    /// The name of the port at which its only way out begins: another name of `out`.
    pub fn only_port(&self) -> Option<&str> {
        let mut ports = self.ports_in_use();
        ports.next().filter(|_| ports.next().is_none())
    }

    fn ports_in_use(&self) -> impl Iterator<Item = &str> {
        let leads = |nth: usize| self.exits.get(nth).is_some_and(|exit| !exit.ways.is_empty());
        self.ports.iter().enumerate().filter(move |(nth, _)| leads(*nth)).map(|(_, port)| port.as_str())
    }
}

/// Ways out that begin at one port of an element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exit {
    /// Which of the element's outlets.
    pub ways: std::ops::Range<usize>,
    /// The share of each; none if a part takes the first that has room.
    pub shares: Option<Vec<f64>>,
}

impl Exit {
    /// Whether parts leave by more than one of these, so that it matters which.
    pub fn are_several(exits: &[Exit]) -> bool {
        exits.iter().filter(|exit| !exit.ways.is_empty()).count() > 1
    }

    /// The share of each of some ways among these; none if a part takes the first that has room.
    pub fn shares_among(&self, ways: &[usize]) -> Option<Vec<f64>> {
        let written = self.shares.as_ref()?;
        let shares = || ways.iter().map(|way| written[way - self.ways.start]);
        // No share is zero.
        let sum: f64 = shares().sum();
        Some(shares().map(|share| share / sum).collect())
    }
}

/// The lead of parts of a product that have come to so many stops and leave by a port; none if they may take any way there.
fn lead_among<'l>(leads: &'l [Lead], exits: &[Exit], product: u32, step: u32, port: u8) -> Option<&'l Lead> {
    let key = (product, step, if Exit::are_several(exits) { port } else { 0 });
    leads.binary_search_by_key(&key, Lead::key).ok().map(|nth| &leads[nth])
}

/// One change of an upgrade.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What it is called.
    pub name: String,
    /// What it costs.
    pub cost: Option<Money>,
}
