//! What can be wrong with a route, found by walking along it, and what is said of it.

use crate::equipment::AnySettings;
use crate::event::Slot;
use crate::layout::{self, Fault, LineLayout, Placed, Sources};
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
    /// An element cannot tell parts that are still to be worked on, at the last of so many stops, from those that were.
    Ambiguous { at: Slot, step: usize },
    /// Parts at the beginning cannot have come to so many stops.
    NoSuchStep { at: Slot, stops: usize },
}

impl Wrong {
    /// What is said of it.
    pub fn fault(
        self,
        product: &str,
        said: &Placed<layout::Product>,
        layout: &LineLayout<AnySettings>,
        sources: &Sources,
    ) -> Fault {
        let element = |slot: Slot| layout.elements.get_index(slot.index());
        let name = |slot: Slot| element(slot).map_or_else(String::new, |(name, _)| brief(name));
        let key = |slot: Slot| element(slot).map_or(layout.head, |(_, said)| said.key);
        let stop =
            |step: usize| said.value.route.get(step).map_or_else(String::new, |stage| brief(&stage.to));
        let at_stop = |step: usize| said.place_of(&format!("route[{step}].to"), sources);
        let product = brief(product);
        match self {
            Wrong::NoWay { from, step, past: Some(machine) } => {
                let message = format!(
                    "the way from \"{}\" to \"{}\" leads past \"{}\", which does not say how long it works on \"{product}\"",
                    name(from),
                    stop(step),
                    name(machine)
                );
                let help = format!(
                    "give \"{}\" a `cycle` of its own, or make it a stop of the route",
                    name(machine)
                );
                Fault::new(message).at(at_stop(step)).help(help)
            }
            Wrong::NoWay { from, step, past: None } => {
                let message = format!("no way leads from \"{}\" to \"{}\"", name(from), stop(step));
                let help = "add arrows from the one to the other, through buffers, conveyors and inspections if need be";
                Fault::new(message)
                    .at(at_stop(step))
                    .label(format!("the next stop of \"{product}\""))
                    .help(help)
            }
            Wrong::TooEarly { sink, step, packed } => {
                let (how, help) = match packed {
                    false => ("", "lead them elsewhere"),
                    true => (
                        " in a carrier",
                        "unpack them before, or give the carrier a route that leads elsewhere",
                    ),
                };
                let message = format!(
                    "parts of product \"{product}\" leave{how} by \"{}\" before their stop \"{}\"",
                    name(sink),
                    stop(step)
                );
                let help = format!(
                    "{help}, make the sink a stop of the route, or declare it as `Sink(scrap: true)`"
                );
                Fault::new(message).at(key(sink)).help(help)
            }
            Wrong::NoTime { machine, step } => {
                let when = match step.checked_sub(1) {
                    None => format!("before its stop \"{}\"", stop(0)),
                    Some(last) if stop(last) == name(machine) => "at that stop of its route".to_owned(),
                    Some(last) => format!("after its stop \"{}\"", stop(last)),
                };
                let message =
                    format!("how long \"{}\" works on \"{product}\" {when} is not said", name(machine));
                let help = "a `cycle` at a stop is for the first machine there; give this one a `cycle`, or make it a stop";
                Fault::new(message).at(key(machine)).help(help)
            }
            Wrong::Ambiguous { at, step } => {
                let message = format!(
                    "\"{}\" cannot tell \"{product}\" before its work at \"{}\" from \"{product}\" after it",
                    name(at),
                    stop(step - 1)
                );
                let help = "make the machine that works on it a stop of the route, with the `cycle` there";
                Fault::new(message).at(at_stop(step - 1)).help(help)
            }
            Wrong::NoSuchStep { at, stops } => {
                let place =
                    element(at).map_or(layout.head, |(_, said)| said.place_of("initial.step", sources));
                let message = format!("the route of \"{product}\" has {stops} stops");
                Fault::new(message)
                    .at(place)
                    .help("give the number of stops that its parts have come to, from 0")
            }
        }
    }
}
