//! OCEL 2.0 as JSON: events with the objects that take part in them, for process mining on several kinds of objects at once.
//!
//! Objects are parts, products, and elements by their kind. An event has the type that the journal calls it by, such as
//! `arrived` or `completed`, or the state that an element enters. The run is narrated twice: once for the events, once for the
//! objects, so that memory holds no more than the parts on the line. Not in it: which carrier a part lies in. Read [`write`] first.

use super::super::journal::words;
use super::{LoggedRun, date_time, each_event};
use crate::event::{LineEvent, Part, State, What};
use crate::kernel::Time;
use crate::line::Line;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// A whole log, as its schema sees it; it is written piece by piece.
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "the schema follows from it")]
pub(crate) struct OcelLog<'a> {
    object_types: Vec<OcelType<'a>>,
    event_types: Vec<OcelType<'a>>,
    events: Vec<OcelEvent<'a>>,
    objects: Vec<OcelObject<'a>>,
}

/// A type of events or objects.
#[derive(Serialize, JsonSchema)]
struct OcelType<'a> {
    name: &'a str,
    attributes: Vec<OcelAttributeType>,
}

/// An attribute that all events or objects of a type may have.
#[derive(Serialize, JsonSchema)]
struct OcelAttributeType {
    name: &'static str,
    /// `string` or `integer`.
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct OcelEvent<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'a str,
    time: String,
    attributes: Vec<OcelNumber>,
    relationships: Vec<OcelRelation>,
}

#[derive(Serialize, JsonSchema)]
struct OcelNumber {
    name: &'static str,
    value: u64,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct OcelRelation {
    object_id: String,
    /// `part`, `at` the element, `of` the product, or `for` the holder of a person or a place in a zone.
    qualifier: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct OcelObject<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'a str,
    attributes: Vec<OcelValue<'a>>,
    relationships: Vec<OcelRelation>,
}

#[derive(Serialize, JsonSchema)]
struct OcelValue<'a> {
    name: &'static str,
    /// Since when it has this value.
    time: String,
    value: &'a str,
}

/// The types of the events of parts and crews, each with the name of its number, if it has one.
const EVENT_TYPES: [(&str, Option<&str>); 32] = [
    ("created", None),
    ("arrived", None),
    ("leaves_by", Some("port")),
    ("left", None),
    ("waited", Some("waited_ns")),
    ("completed", Some("ideal_ns")),
    ("spoilt", None),
    ("found_good", None),
    ("found_bad", None),
    ("reworked", None),
    ("first_pass", None),
    ("no_first_pass", None),
    ("in_carrier_since", Some("since_ns")),
    ("escaped", None),
    ("delivered", None),
    ("scrapped", None),
    ("merged", None),
    ("converted", None),
    ("packed", None),
    ("unpacked", None),
    ("withdrawn", None),
    ("broke_down", None),
    ("repaired", None),
    ("maintained", None),
    ("set_up", None),
    ("ran", None),
    ("closed", None),
    ("opened", None),
    ("switched_off", None),
    ("saves", Some("mode")),
    ("attends", Some("there")),
    ("answered", Some("waited_ns")),
];

/// The event of crews and zones, with the name of its number.
const AT_WORK: (&str, Option<&str>) = ("at_work", Some("busy"));

fn event_types() -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    let states = State::ALL.into_iter().map(|state| (state.name(), None));
    EVENT_TYPES.into_iter().chain([AT_WORK]).chain(states)
}

/// Writes the log of a run.
pub(super) fn write(run: &LoggedRun<'_>, out: &mut dyn Write) -> io::Result<()> {
    let line = run.line;
    let kinds: BTreeSet<&str> = line.elements.iter().map(|element| element.kind).collect();
    let product = || vec![OcelAttributeType { name: "product", kind: "string" }];
    let part = OcelType { name: "part", attributes: product() };
    let others = ["product"].into_iter().chain(kinds).map(|name| OcelType { name, attributes: Vec::new() });
    let number = |name| OcelAttributeType { name, kind: "integer" };
    let events = event_types()
        .map(|(name, attribute)| OcelType { name, attributes: attribute.map(number).into_iter().collect() });
    out.write_all(b"{\n\"objectTypes\": ")?;
    array(out, [part].into_iter().chain(others))?;
    out.write_all(b",\n\"eventTypes\": ")?;
    array(out, events)?;
    out.write_all(b",\n\"events\": ")?;
    let mut list = OcelArray::open(out)?;
    let mut count = 0_u64;
    each_event(run, |event| {
        count += 1;
        list.push(&event_of(line, event, count - 1))
    })?;
    list.close()?;
    out.write_all(b",\n\"objects\": ")?;
    objects(run, out)?;
    out.write_all(b"\n}\n")
}

/// Products, elements, and the parts as they leave the line, with the products that each was.
fn objects(run: &LoggedRun<'_>, out: &mut dyn Write) -> io::Result<()> {
    let line = run.line;
    let mut list = OcelArray::open(out)?;
    let plain = |id, kind| OcelObject { id, kind, attributes: Vec::new(), relationships: Vec::new() };
    for product in &line.products {
        list.push(&plain(product_id(&product.name), "product"))?;
    }
    for element in &line.elements {
        list.push(&plain(element_id(&element.name), element.kind))?;
    }
    let mut alive: BTreeMap<u64, Vec<(Time, u32)>> = BTreeMap::new();
    each_event(run, |event| match event.what {
        What::Created(part) | What::Converted { part, .. } => {
            alive.entry(part.serial).or_default().push((event.time, part.product));
            Ok(())
        }
        What::Merged { part, .. } | What::Withdrawn(part) | What::Delivered(part) | What::Scrapped(part) => {
            let was = alive.remove(&part.serial).unwrap_or_default();
            list.push(&part_object(line, part.serial, &was))
        }
        _ => Ok(()),
    })?;
    alive.iter().try_for_each(|(serial, was)| list.push(&part_object(line, *serial, was)))?;
    list.close()
}

fn part_object<'a>(line: &'a Line, serial: u64, was: &[(Time, u32)]) -> OcelObject<'a> {
    let value = |(since, product): &(Time, u32)| OcelValue {
        name: "product",
        time: date_time(line, *since),
        value: &line.products[*product as usize].name,
    };
    let attributes = was.iter().map(value).collect();
    OcelObject { id: part_id(serial), kind: "part", attributes, relationships: Vec::new() }
}

fn event_of(line: &Line, event: LineEvent, number: u64) -> OcelEvent<'static> {
    let (text, part) = words(event.what);
    let (word, written) = text.split_once(' ').unwrap_or((&text, ""));
    let (kind, attribute) = event_types().find(|(name, _)| *name == word).unwrap_or(AT_WORK);
    let value = match event.what {
        What::Completed { ideal, .. } => Some(ideal.0),
        _ => written.parse().ok(),
    };
    let attributes = attribute.zip(value).map(|(name, value)| OcelNumber { name, value });
    let relationships = relations(line, event, part);
    let (id, time) = (format!("event:{number}"), date_time(line, event.time));
    OcelEvent { id, kind, time, attributes: attributes.into_iter().collect(), relationships }
}

fn relations(line: &Line, event: LineEvent, part: Option<Part>) -> Vec<OcelRelation> {
    let element = |slot: crate::event::Slot| element_id(&line.elements[slot.index()].name);
    let mut found = vec![OcelRelation { object_id: element(event.element), qualifier: "at" }];
    found.extend(part.map(|part| OcelRelation { object_id: part_id(part.serial), qualifier: "part" }));
    found.extend(part.map(|part| {
        let name = &line.products[part.product as usize].name;
        OcelRelation { object_id: product_id(name), qualifier: "of" }
    }));
    if let What::AtWork { holder, .. } = event.what {
        found.push(OcelRelation { object_id: element(holder), qualifier: "for" });
    }
    found
}

// Parts, products and elements may have the same names.
fn part_id(serial: u64) -> String {
    format!("part:{serial}")
}

fn product_id(name: &str) -> String {
    format!("product:{name}")
}

fn element_id(name: &str) -> String {
    format!("element:{name}")
}

fn array<T: Serialize>(out: &mut dyn Write, items: impl Iterator<Item = T>) -> io::Result<()> {
    let mut list = OcelArray::open(out)?;
    items.into_iter().try_for_each(|item| list.push(&item))?;
    list.close()
}

/// An array that is written item by item, a line for each.
struct OcelArray<'a> {
    out: &'a mut dyn Write,
    empty: bool,
}

impl<'a> OcelArray<'a> {
    fn open(out: &'a mut dyn Write) -> io::Result<OcelArray<'a>> {
        out.write_all(b"[")?;
        Ok(OcelArray { out, empty: true })
    }

    fn push(&mut self, item: &impl Serialize) -> io::Result<()> {
        self.out.write_all(if self.empty { b"\n" } else { b",\n" })?;
        self.empty = false;
        serde_json::to_writer(&mut *self.out, item).map_err(io::Error::from)
    }

    fn close(self) -> io::Result<()> {
        self.out.write_all(b"\n]")
    }
}
