//! From arrows to connections: names become slots, and the network as a whole must lead parts from sources to sinks.

use super::Exit;
use super::connections::Connections;
use super::products::Goods;
use crate::equipment::{AnySettings, Role};
use crate::event::Slot;
use crate::flow::DeadlockCheck;
use crate::layout::{Arrow, Fault, Faults, LineLayout, Stop};
use crate::units::spelling::brief;
use std::collections::{BTreeMap, BTreeSet};

/// How all elements are joined, by slot.
pub(super) struct Flow<'a> {
    pub connections: Vec<Connections>,
    /// Which products can come where, if that is known and needed.
    pub goods: Option<Goods<'a>>,
    /// Whether an arrow could not be read, so that what is missing here may stand there.
    pub broken: bool,
}

/// Resolves all arrows of a layout and reports what does not fit.
pub(super) fn resolve<'a>(layout: &'a LineLayout<AnySettings>, faults: &mut Faults) -> Flow<'a> {
    let mut resolver = Resolver::new(layout);
    for arrow in &layout.flow {
        if let Err(fault) = resolver.arrow(arrow, faults) {
            resolver.broken = true;
            fault.into_iter().for_each(|fault| faults.push(fault));
        }
    }
    // A name that is unknown leaves holes that are no fault of their own.
    resolver.sort_by_port();
    if !resolver.broken {
        resolver.check_shares(faults);
        resolver.check_ends(faults);
    }
    resolver.mark_loops();
    resolver.mark_refusals();
    let goods = resolver.goods();
    Flow { broken: resolver.broken, connections: resolver.connections, goods }
}

struct Resolver<'a> {
    layout: &'a LineLayout<AnySettings>,
    slots: BTreeMap<&'a str, Slot>,
    roles: Vec<Role>,
    connections: Vec<Connections>,
    /// Arrows by giver, as they were written, with the number of the port they begin at.
    written: Vec<Vec<(usize, &'a Arrow)>>,
    broken: bool,
}

impl<'a> Resolver<'a> {
    fn new(layout: &'a LineLayout<AnySettings>) -> Resolver<'a> {
        let slots = layout.elements.keys().zip(0..).map(|(name, slot)| (name.as_str(), Slot(slot))).collect();
        let roles: Vec<Role> = layout.elements.values().map(|settings| settings.value.role()).collect();
        let connections = vec![Connections::default(); roles.len()];
        let written = vec![Vec::new(); roles.len()];
        Resolver {
            layout,
            slots,
            roles,
            connections,
            written,
            broken: layout.holes.flow || !layout.unread.is_empty(),
        }
    }

    fn role(&self, slot: Slot) -> Role {
        self.roles[slot.index()]
    }

    fn arrow(&mut self, arrow: &'a Arrow, faults: &mut Faults) -> Result<(), Option<Fault>> {
        let from = self.end(&arrow.from, faults);
        let to = self.end(&arrow.to, faults);
        let by = arrow.by.as_ref().map(|robot| self.robot(robot, faults)).transpose();
        let (from, to, by) = (from?, to?, by?);
        self.check_ends_of(arrow, from, to)?;
        let port = self.port(&arrow.from, from)?;
        self.no_port(&arrow.to)?;
        let outlet = (to, by);
        let connections = &mut self.connections[from.index()];
        let written = connections.outlets.iter().zip(&self.written[from.index()]);
        if written.clone().any(|(other, (begins, _))| *other == outlet && *begins == port) {
            let fault = Fault::new("this arrow is there already")
                .at(arrow.to.place)
                .label("the same way a second time");
            return Err(Some(
                fault.help("remove one; the share of parts is written behind the name, such as `drill 70 %`"),
            ));
        }
        connections.outlets.push(outlet);
        self.written[from.index()].push((port, arrow));
        if let Some(robot) = by {
            self.connections[robot.index()].carries.push((from, to));
        }
        Ok(())
    }

    /// The element at one end of an arrow.
    fn end(&self, stop: &Stop, faults: &mut Faults) -> Result<Slot, Option<Fault>> {
        let slot = self.slot(stop, faults)?;
        if self.role(slot) == Role::Carrier {
            let fault =
                Fault::new(format!("\"{}\" is a robot: parts do not flow through it", brief(&stop.name)))
                    .at(stop.place);
            return Err(Some(
                fault.help(format!("name it behind the arrow it serves: `a -> b by {}`", brief(&stop.name))),
            ));
        }
        if self.role(slot) == Role::Staff {
            let (kind, help) = match self.layout.elements[slot.index()].value {
                AnySettings::Zone(_) => {
                    ("zone", "take it out of the flow; name the elements in it under its `around`")
                }
                AnySettings::Tools(_) => {
                    ("set of tools", "take it out of the flow; machines name it in their `tools`")
                }
                _ => ("crew", "take it out of the flow; it comes when a machine calls for one of its skills"),
            };
            let message = format!("\"{}\" is a {kind}: parts do not flow through it", brief(&stop.name));
            return Err(Some(Fault::new(message).at(stop.place).help(help)));
        }
        Ok(slot)
    }

    /// The number of the port that an arrow begins at; the first if it names none.
    fn port(&self, stop: &Stop, slot: Slot) -> Result<usize, Option<Fault>> {
        let Some(port) = &stop.port else { return Ok(0) };
        let ports = self.layout.elements[slot.index()].value.ports();
        ports.iter().position(|known| known == port).ok_or_else(|| {
            let fault = Fault::new(format!("\"{}\" has no way named \"{}\"", brief(&stop.name), brief(port)));
            let help = match ports[..] {
                [] => "write the name of the element alone".to_owned(),
                _ => format!("its ways out are {}", ports.join(", ")),
            };
            Some(fault.at(stop.place).help(help))
        })
    }

    /// Where an arrow ends there is no choice.
    fn no_port(&self, stop: &Stop) -> Result<(), Option<Fault>> {
        let Some(port) = &stop.port else { return Ok(()) };
        let fault = Fault::new(format!("\"{}\" has no way in named \"{}\"", brief(&stop.name), brief(port)));
        Err(Some(fault.at(stop.place).help("write the name of the element alone")))
    }

    /// Brings the ways out of every element into the order of its ports.
    fn sort_by_port(&mut self) {
        for ((connections, written), settings) in
            self.connections.iter_mut().zip(&mut self.written).zip(self.layout.elements.values())
        {
            let mut pairs: Vec<_> = connections.outlets.drain(..).zip(written.drain(..)).collect();
            pairs.sort_by_key(|(_, (port, _))| *port);
            (connections.outlets, *written) = pairs.into_iter().unzip();
            let ports = settings.value.ports().len().max(1);
            let first = |port: usize| written.partition_point(|(begins, _)| *begins < port);
            let exit = |port| Exit { ways: first(port)..first(port + 1), shares: None };
            connections.exits = (0..ports).map(exit).collect();
        }
    }

    fn robot(&self, stop: &Stop, faults: &mut Faults) -> Result<Slot, Option<Fault>> {
        let slot = self.slot(stop, faults)?;
        if self.role(slot) == Role::Carrier {
            return Ok(slot);
        }
        let kind = self.layout.elements[slot.index()].value.kind();
        Err(Some(
            Fault::new(format!("\"{}\" is a {kind}, which carries nothing", brief(&stop.name)))
                .at(stop.place)
                .label("expected a robot"),
        ))
    }

    fn slot(&self, stop: &Stop, faults: &mut Faults) -> Result<Slot, Option<Fault>> {
        if let Some(slot) = self.slots.get(stop.name.as_str()) {
            return Ok(*slot);
        }
        // Without any element, each arrow would complain.
        let complete = !(self.layout.holes.flow && self.slots.is_empty());
        if complete && !self.layout.unread.contains(&stop.name) {
            let fault = Fault::new(format!("unknown element \"{}\"", brief(&stop.name))).at(stop.place);
            faults.push_unknown(fault, &stop.name, self.slots.keys().copied());
        }
        Err(None)
    }

    fn check_ends_of(&self, arrow: &Arrow, from: Slot, to: Slot) -> Result<(), Option<Fault>> {
        let fault = if from == to {
            Fault::new("an element cannot feed itself")
                .at(arrow.to.place)
                .label("the same element as before the arrow")
        } else if self.role(from) == Role::Sink {
            Fault::new(format!("\"{}\" is a sink: nothing flows out of it", brief(&arrow.from.name)))
                .at(arrow.from.place)
        } else if self.role(to) == Role::Source {
            Fault::new(format!("\"{}\" is a source: nothing flows into it", brief(&arrow.to.name)))
                .at(arrow.to.place)
        } else {
            return Ok(());
        };
        Err(Some(fault))
    }

    /// Shares are said of all ways out of an element or of none, and make a whole.
    fn check_shares(&mut self, faults: &mut Faults) {
        let exits = self.connections.iter_mut().zip(&self.written).flat_map(|(connections, written)| {
            connections.exits.iter_mut().map(move |exit| (&written[exit.ways.clone()], exit))
        });
        for (written, exit) in exits {
            let shares: Vec<f64> = written.iter().filter_map(|(_, arrow)| arrow.share).collect();
            let Some((_, last)) = written.last().filter(|_| !shares.is_empty()) else { continue };
            let sum: f64 = shares.iter().sum();
            let name = brief(&last.from.name);
            if shares.len() < written.len() {
                let without = written.iter().map(|(_, arrow)| arrow).find(|arrow| arrow.share.is_none());
                let without = without.unwrap_or(last);
                let fault =
                    Fault::new(format!("some ways out of \"{name}\" have a share and some have none"))
                        .at(without.to.place);
                faults.push(fault.label("expected a share, such as `30 %`"));
            } else if (sum - 1.0).abs() > 1e-9 {
                let fault = Fault::new(format!(
                    "the shares of the ways out of \"{name}\" make {}",
                    crate::units::share(sum)
                ))
                .at(last.to.place);
                faults.push(fault.label("expected 100 % together"));
            } else {
                exit.shares = Some(shares.iter().map(|share| share / sum).collect());
            }
        }
    }

    /// Whether parts begin at an element: it makes them, or has some when the run begins.
    fn begins(&self, slot: Slot) -> bool {
        let all: Vec<&str> = self.layout.products.keys().map(String::as_str).collect();
        self.role(slot) == Role::Source || !self.layout.elements[slot.index()].value.holds(&all).is_empty()
    }

    /// What a line lacks at one of its ends, and how that is written.
    fn lacks(&self) -> Option<(&str, &str)> {
        let mut slots = (0..self.roles.len() as u32).map(Slot);
        if !slots.any(|slot| self.begins(slot)) {
            let remedy = "add a source to the elements, `\"name\": Source()`, or parts to begin with, such as `Buffer(initial: 5)`";
            return Some(("source", remedy));
        }
        let sink = "add a sink to the elements: `\"name\": Sink()`";
        (!self.roles.contains(&Role::Sink)).then_some(("sink", sink))
    }

    /// Every part must come from a source, or be there from the beginning, and reach a sink.
    fn check_ends(&self, faults: &mut Faults) {
        if let Some((what, remedy)) = self.lacks() {
            let fault = Fault::new(format!("this line has no {what}")).at(self.layout.head);
            return faults.push(fault.help(remedy));
        }
        let forward: Vec<Vec<Slot>> = self
            .connections
            .iter()
            .map(|connections| connections.outlets.iter().map(|(to, _)| *to).collect())
            .collect();
        let back = reversed(&forward);
        // Behind an element that is cut off, nothing is cut off once more: one fault each, at its root.
        let fed = self.reached(&forward, |slot| self.begins(slot) || back[slot.index()].is_empty());
        let drained =
            self.reached(&back, |slot| self.role(slot) == Role::Sink || forward[slot.index()].is_empty());
        for ((name, written), slot) in self.layout.elements.iter().zip((0..).map(Slot)) {
            let fault = |message: String| Fault::new(message).at(written.key);
            if self.role(slot) == Role::Staff {
                continue;
            }
            if self.role(slot) == Role::Carrier {
                if self.connections[slot.index()].carries.is_empty() {
                    faults.push(fault(format!("robot \"{}\" carries nothing", brief(name))).help(format!(
                        "name it behind an arrow, such as \"a -> b by {}\", or remove it",
                        brief(name)
                    )));
                }
            } else if self.connections[slot.index()].outlets.is_empty() && self.role(slot) != Role::Sink {
                faults.push(
                    fault(format!("nothing leads away from \"{}\"", brief(name)))
                        .label("parts end here")
                        .help(format!("add an arrow to the flow: \"{} -> ..\"", brief(name))),
                );
            } else if !drained.contains(&slot) {
                faults.push(
                    fault(format!("parts at \"{}\" never reach a sink", brief(name)))
                        .label("they go round for ever")
                        .help("lead them out of their circle with an arrow"),
                );
            } else if !fed.contains(&slot) || (back[slot.index()].is_empty() && !self.begins(slot)) {
                faults.push(
                    fault(format!("no source leads to \"{}\"", brief(name)))
                        .label("no part ever comes here")
                        .help("join it to the flow with an arrow, or remove it"),
                );
            }
        }
    }

    /// Which products can come where; none if every element takes every product, or arrows are missing.
    fn goods(&self) -> Option<Goods<'a>> {
        let products = &self.layout.products;
        let has_routes = products.values().any(|written| !written.value.route.is_empty());
        let particular = |written: &AnySettings| {
            let of_another_crate = matches!(written, AnySettings::Foreign(_));
            of_another_crate
                || written.refuses()
                || products.keys().any(|product| written.leaves_time_to_route(product))
        };
        let asked = has_routes || self.layout.elements.values().any(|written| particular(&written.value));
        let known = !self.broken && !self.layout.holes.products;
        (known && asked).then(|| Goods::of(self.layout, &self.connections))
    }

    fn reached(&self, next: &[Vec<Slot>], from: impl Fn(Slot) -> bool) -> BTreeSet<Slot> {
        let mut open: Vec<Slot> = (0..).map(Slot).take(self.roles.len()).filter(|slot| from(*slot)).collect();
        let mut reached: BTreeSet<Slot> = open.iter().copied().collect();
        while let Some(slot) = open.pop() {
            open.extend(next[slot.index()].iter().filter(|other| reached.insert(**other)));
        }
        reached
    }

    /// What is left of all that can wait for room when everything that no part can come back to is taken away, from both ends.
    fn mark_loops(&mut self) {
        let can_be_full = |to: &Slot| !self.layout.elements[to.index()].value.is_never_full();
        let waits_for = |connections: &Connections| {
            connections.outlets.iter().map(|(to, _)| *to).filter(can_be_full).collect()
        };
        let mut edges: Vec<Vec<Slot>> = self.connections.iter().map(waits_for).collect();
        let mut looping = vec![true; edges.len()];
        for _ in 0..2 {
            let back = reversed(&edges);
            let mut inlets: Vec<usize> = back.iter().map(Vec::len).collect();
            let mut free: Vec<usize> = (0..inlets.len()).filter(|slot| inlets[*slot] == 0).collect();
            while let Some(slot) = free.pop() {
                looping[slot] = false;
                for to in &edges[slot] {
                    inlets[to.index()] -= 1;
                    if inlets[to.index()] == 0 {
                        free.push(to.index());
                    }
                }
            }
            edges = back;
        }
        for slot in 0..looping.len() {
            for robot in self.connections[slot].outlets.iter().filter_map(|(_, by)| *by) {
                looping[robot.index()] |= looping[slot];
            }
        }
        for (connections, looping) in self.connections.iter_mut().zip(looping) {
            connections.deadlock_check =
                if looping { DeadlockCheck::OnStateChange } else { DeadlockCheck::Never };
        }
    }

    /// Everything that leads to an element which takes some parts and lets others stand, and the robots on the way.
    fn mark_refusals(&mut self) {
        let forward: Vec<Vec<Slot>> = self
            .connections
            .iter()
            .map(|connections| connections.outlets.iter().map(|(to, _)| *to).collect())
            .collect();
        let refuses = |slot: Slot| self.layout.elements[slot.index()].value.refuses();
        let before = self.reached(&reversed(&forward), refuses);
        for slot in before {
            let robots: Vec<Slot> =
                self.connections[slot.index()].outlets.iter().filter_map(|(_, by)| *by).collect();
            for one in robots.into_iter().chain([slot]) {
                self.connections[one.index()].deadlock_check = DeadlockCheck::OnWait;
            }
        }
    }
}

fn reversed(edges: &[Vec<Slot>]) -> Vec<Vec<Slot>> {
    let mut back = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().zip((0..).map(Slot)).map(|(targets, from)| (from, targets)) {
        targets.iter().for_each(|to: &Slot| back[to.index()].push(from));
    }
    back
}
