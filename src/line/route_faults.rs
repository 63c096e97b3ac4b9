//! The faults of a route, found by following it, and their messages.

use crate::equipment::AnySettings;
use crate::event::Slot;
use crate::layout::{self, Fault, LineLayout, Placed, Sources, TextSpan};
use crate::units::spelling::brief;

/// What is wrong with a route.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wrong {
    /// From an element no way leads to the stop of this number, or only past a machine that leaves its time to the route.
    NoWay { from: Slot, step: usize, past: Option<Slot> },
    /// Parts reach a sink before they have come to the stop of this number, maybe packed in a carrier.
    TooEarly { sink: Slot, step: usize, packed: bool },
    /// A machine that leaves its time to the route works on parts that have come to so many stops, and none is said for that.
    NoTime { machine: Slot, step: usize },
    /// After this number of stops, an element cannot distinguish parts before their work from parts after it.
    Ambiguous { at: Slot, step: usize },
    /// Parts at the beginning cannot have come to so many stops.
    NoSuchStep { at: Slot, stops: usize },
}

impl Wrong {
    /// What is said of it.
    pub fn fault(
        self,
        product: &str,
        written: &Placed<layout::Product>,
        layout: &LineLayout<AnySettings>,
        sources: &Sources,
    ) -> Fault {
        let route = RouteReport { product: brief(product), written, layout, sources };
        match self {
            Wrong::NoWay { from, step, past } => route.no_way(from, step, past),
            Wrong::TooEarly { sink, step, packed } => route.too_early(sink, step, packed),
            Wrong::NoTime { machine, step } => route.no_time(machine, step),
            Wrong::Ambiguous { at, step } => route.ambiguous(at, step),
            Wrong::NoSuchStep { at, stops } => route.no_such_step(at, stops),
        }
    }
}

/// The route of a product as it is written, and the words for what is wrong with it.
struct RouteReport<'a> {
    product: String,
    written: &'a Placed<layout::Product>,
    layout: &'a LineLayout<AnySettings>,
    sources: &'a Sources,
}

impl RouteReport<'_> {
    fn name(&self, slot: Slot) -> String {
        let element = self.layout.elements.get_index(slot.index());
        element.map_or_else(String::new, |(name, _)| brief(name))
    }

    /// Where the name of an element is written.
    fn key(&self, slot: Slot) -> TextSpan {
        let element = self.layout.elements.get_index(slot.index());
        element.map_or(self.layout.head, |(_, written)| written.key)
    }

    fn stop(&self, step: usize) -> String {
        self.written.value.route.get(step).map_or_else(String::new, |stage| brief(&stage.to))
    }

    /// Where a stop is written.
    fn at_stop(&self, step: usize) -> TextSpan {
        self.written.place_of(&format!("route[{step}].to"), self.sources)
    }

    fn no_way(&self, from: Slot, step: usize, past: Option<Slot>) -> Fault {
        let (from, stop, product) = (self.name(from), self.stop(step), &self.product);
        let Some(machine) = past.map(|machine| self.name(machine)) else {
            let help =
                "add arrows from the one to the other, through buffers, conveyors and inspections if need be";
            return Fault::new(format!("no way leads from \"{from}\" to \"{stop}\""))
                .at(self.at_stop(step))
                .label(format!("the next stop of \"{product}\""))
                .help(help);
        };
        let message = format!(
            "the way from \"{from}\" to \"{stop}\" leads past \"{machine}\", which does not say how long it works on \"{product}\""
        );
        let help = format!("give \"{machine}\" a `cycle` of its own, or make it a stop of the route");
        Fault::new(message).at(self.at_stop(step)).help(help)
    }

    fn too_early(&self, sink: Slot, step: usize, packed: bool) -> Fault {
        let (how, help) = match packed {
            false => ("", "lead them elsewhere"),
            true => (" in a carrier", "unpack them before, or give the carrier a route that leads elsewhere"),
        };
        let message = format!(
            "parts of product \"{}\" leave{how} by \"{}\" before their stop \"{}\"",
            self.product,
            self.name(sink),
            self.stop(step)
        );
        let help = format!("{help}, make the sink a stop of the route, or declare it as `Sink(scrap: true)`");
        Fault::new(message).at(self.key(sink)).help(help)
    }

    fn no_time(&self, machine: Slot, step: usize) -> Fault {
        let name = self.name(machine);
        let when = match step.checked_sub(1) {
            None => format!("before its stop \"{}\"", self.stop(0)),
            Some(last) if self.stop(last) == name => "at that stop of its route".to_owned(),
            Some(last) => format!("after its stop \"{}\"", self.stop(last)),
        };
        let message = format!("how long \"{name}\" works on \"{}\" {when} is not said", self.product);
        let help =
            "a `cycle` at a stop is for the first machine there; give this one a `cycle`, or make it a stop";
        Fault::new(message).at(self.key(machine)).help(help)
    }

    fn ambiguous(&self, at: Slot, step: usize) -> Fault {
        let product = &self.product;
        let message = format!(
            "\"{}\" cannot tell \"{product}\" before its work at \"{}\" from \"{product}\" after it",
            self.name(at),
            self.stop(step - 1)
        );
        let help = "make the machine that works on it a stop of the route, with the `cycle` there";
        Fault::new(message).at(self.at_stop(step - 1)).help(help)
    }

    fn no_such_step(&self, at: Slot, stops: usize) -> Fault {
        let element = self.layout.elements.get_index(at.index());
        let place =
            element.map_or(self.layout.head, |(_, written)| written.place_of("initial.step", self.sources));
        Fault::new(format!("the route of \"{}\" has {stops} stops", self.product))
            .at(place)
            .help("give the number of stops that its parts have come to, from 0")
    }
}
