//! A journal read back: its rows become the events of the run.

use super::{
    ANSWERED, AT_WORK, ATTENDS, IN_CARRIER, JournalFormat, JournalRow, LACKS, LACKS_NO_MORE, LEAVES_BY,
    SAVES, WAITED,
};
use crate::event::{Incident, LineEvent, Part, ResourcePurpose, Slot, State, Stay, What};
use crate::kernel::Time;
use crate::line::Line;
use std::collections::BTreeMap;
use std::io::BufRead;

/// Emits all events of a journal to a listener; the message says which row cannot be read.
pub fn replay(
    journal: impl BufRead,
    format: JournalFormat,
    line: &Line,
    mut hear: impl FnMut(LineEvent),
) -> Result<(), String> {
    let mut reader = JournalReader::new(line);
    let mut row_number = 0;
    let mut take = |row: Result<JournalRow<'_>, String>| {
        row_number += 1;
        let event = row.and_then(|row| reader.event(&row));
        event.map(&mut hear).map_err(|error| format!("row {row_number} of the journal: {error}"))
    };
    match format {
        JournalFormat::JsonLines => journal.lines().try_for_each(|text| {
            let text = text.map_err(|error| error.to_string());
            take(
                text.as_ref()
                    .map_err(String::clone)
                    .and_then(|text| serde_json::from_str(text).map_err(|error| error.to_string())),
            )
        }),
        JournalFormat::Csv => {
            let mut rows = csv::Reader::from_reader(journal);
            rows.deserialize().try_for_each(|row: Result<JournalRow<'static>, _>| {
                take(row.map_err(|error| error.to_string()))
            })
        }
    }
}

/// Turns rows back into facts: names into slots, numbers into the parts that were created under them.
struct JournalReader<'a> {
    line: &'a Line,
    slots: BTreeMap<&'a str, u32>,
    products: BTreeMap<&'a str, (u32, i32)>,
    parts: BTreeMap<u64, (Part, Stay)>,
}

impl<'a> JournalReader<'a> {
    fn new(line: &'a Line) -> JournalReader<'a> {
        let slots =
            line.elements.iter().zip(0..).map(|(element, slot)| (element.name.as_str(), slot)).collect();
        let products =
            line.products.iter().zip(0..).map(|(product, i)| (product.name.as_str(), (i, product.priority)));
        JournalReader { line, slots, products: products.collect(), parts: BTreeMap::new() }
    }

    fn event(&mut self, row: &JournalRow<'_>) -> Result<LineEvent, String> {
        let slot = self.slot(&row.element)?;
        let what = match (State::named(&row.what), Incident::named(&row.what)) {
            (Some(state), _) => What::Became(state),
            (None, Some(incident)) => What::Happened(incident),
            (None, None) if row.what.starts_with(AT_WORK) => self.lent(row)?,
            (None, None) if row.what.starts_with(ATTENDS) => {
                What::Attends { there: number(&row.what, ATTENDS)? }
            }
            (None, None) if row.what.starts_with(SAVES) => What::Saves { mode: number(&row.what, SAVES)? },
            (None, None) if row.what.starts_with(ANSWERED) => {
                What::Answered { waited: Time(number(&row.what, ANSWERED)?) }
            }
            (None, None) => match (row.what.strip_prefix(LACKS), row.what.strip_prefix(LACKS_NO_MORE)) {
                (Some(skill), _) => What::Lacks { skill: self.skill(slot, skill)?, lacks: true },
                (None, Some(skill)) => What::Lacks { skill: self.skill(slot, skill)?, lacks: false },
                (None, None) => self.part_event(row)?,
            },
        };
        Ok(LineEvent { time: Time(row.time_ns), element: slot, what })
    }

    /// The number of a skill that an element calls for.
    fn skill(&self, element: Slot, name: &str) -> Result<u32, String> {
        let mut calls = self.line.elements[element.index()].calls.iter();
        let found = calls.find(|(_, known)| known == name).map(|(number, _)| *number);
        found.ok_or_else(|| format!("the element calls for no \"{name}\""))
    }

    fn slot(&self, name: &str) -> Result<Slot, String> {
        let slot = self.slots.get(name).copied().map(Slot);
        slot.ok_or_else(|| format!("no element \"{name}\" in the line"))
    }

    fn lent(&self, row: &JournalRow<'_>) -> Result<What, String> {
        let purpose = row.purpose.as_deref().ok_or("the purpose is missing")?;
        let purpose = ResourcePurpose::named(purpose)
            .ok_or_else(|| format!("\"{purpose}\" is nothing that people or zones are lent for"))?;
        let holder = self.slot(row.holder.as_deref().ok_or("the holder is missing")?)?;
        Ok(What::AtWork { busy: number(&row.what, AT_WORK)?, purpose, holder })
    }

    /// The number and the priority of the product that a row names.
    fn product(&self, row: &JournalRow<'_>) -> Result<(u32, i32), String> {
        let name = row.product.as_deref().ok_or("the product is missing")?;
        self.products.get(name).copied().ok_or_else(|| format!("no product \"{name}\" in the line"))
    }

    fn part_event(&mut self, row: &JournalRow<'_>) -> Result<What, String> {
        let serial = row.part.ok_or("the number of the part is missing")?;
        if row.what == "created" {
            let (product, priority) = self.product(row)?;
            let now = Time(row.time_ns);
            let part = Part { serial, entered: now, product, priority };
            self.parts.insert(serial, (part, Stay::from(now)));
            return Ok(What::Created(part));
        }
        let known = self.parts.get(&serial).ok_or_else(|| format!("part {serial} was never created"))?;
        let (part, stay) = (known.0, stay_after(row, known.1)?);
        let what = match row.what.as_ref() {
            "converted" => {
                let (product, priority) = self.product(row)?;
                What::Converted { part: Part { product, priority, ..part }, from: part.product }
            }
            written => fact_of_part(written, part, stay, row.ideal_ns)?,
        };
        match what {
            What::Merged { .. } | What::Withdrawn(_) | What::Delivered(_) | What::Scrapped(_) => {
                self.parts.remove(&serial);
            }
            What::Converted { part, .. } => _ = self.parts.insert(serial, (part, stay)),
            What::Packed { .. } => _ = self.parts.insert(serial, (part, Stay::PACKED)),
            _ => _ = self.parts.insert(serial, (part, stay)),
        }
        Ok(what)
    }
}

/// What a word of a journal says of a part that stays the product that it is.
fn fact_of_part(written: &str, part: Part, stay: Stay, ideal_ns: Option<u64>) -> Result<What, String> {
    Ok(match written {
        waited if waited.starts_with(WAITED) => What::Waited { part, queued: stay.queued },
        leaves if leaves.starts_with(LEAVES_BY) => What::LeavesBy { part, port: number(leaves, LEAVES_BY)? },
        since if since.starts_with(IN_CARRIER) => {
            What::FromCarrier { part, since: Time(number(since, IN_CARRIER)?) }
        }
        "packed" => What::Packed { part, stay },
        "unpacked" => What::Unpacked(part),
        "merged" => What::Merged { part, stay },
        "withdrawn" => What::Withdrawn(part),
        "arrived" => What::Arrived(part),
        "left" => What::Left { part, stay },
        "completed" => {
            let ideal = ideal_ns.ok_or("the ideal time of the operation is missing")?;
            What::Completed { part, ideal: Time(ideal) }
        }
        "spoilt" => What::Spoilt(part),
        "found_good" => What::Judged { part, bad: false },
        "found_bad" => What::Judged { part, bad: true },
        "reworked" => What::Reworked(part),
        "first_pass" => What::Inspected { part, first_pass: true },
        "no_first_pass" => What::Inspected { part, first_pass: false },
        "escaped" => What::Escaped(part),
        "delivered" => What::Delivered(part),
        "scrapped" => What::Scrapped(part),
        other => return Err(format!("\"{other}\" is nothing that happens on a line")),
    })
}

/// The number behind the words that a fact begins with.
fn number<T: std::str::FromStr>(what: &str, begins: &str) -> Result<T, String> {
    let number = what.strip_prefix(begins).unwrap_or(what);
    number.parse().map_err(|_| format!("\"{number}\" is no number for \"{}\"", begins.trim_end()))
}

/// The stay of a part once this has happened to it.
fn stay_after(row: &JournalRow<'_>, stay: Stay) -> Result<Stay, String> {
    let now = Time(row.time_ns);
    Ok(match row.what.as_ref() {
        "arrived" if stay.is_packed() => stay,
        "arrived" | "unpacked" => Stay::from(now),
        "completed" | "spoilt" => Stay { idle_since: now, ..stay },
        waited if waited.starts_with(WAITED) => Stay { queued: Time(number(waited, WAITED)?), ..stay },
        _ => stay,
    })
}
