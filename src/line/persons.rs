//! Crews whose persons are listed in a table with the skills of each: every person becomes a crew of one, and the crew their group.
//!
//! Read [`with_persons`] first.

use crate::calendar::ALWAYS;
use crate::distribution::TableFields;
use crate::equipment::AnySettings;
use crate::equipment::crew::{Crew, SkillMatrix};
use crate::layout::{ElementGroup, Fault, Faults, LineLayout, Placed, Sources, TextSpan, wrong_name};
use crate::tables::{TableFile, Tables, TextTable};
use crate::units::spelling::{brief, suggestion};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The layout with a crew of one for each person of a table.
pub(super) fn with_persons<'l>(
    layout: &'l LineLayout<AnySettings>,
    sources: &Sources,
    tables: &mut Tables,
    faults: &mut Faults,
) -> Cow<'l, LineLayout<AnySettings>> {
    let matrix_of = |written: &'l Placed<AnySettings>| match &written.value {
        AnySettings::Crew(crew) => crew.persons.as_ref().map(|matrix| (crew, matrix)),
        _ => None,
    };
    if !layout.elements.values().any(|written| matrix_of(written).is_some()) {
        return Cow::Borrowed(layout);
    }
    let called: BTreeSet<&str> = layout.elements.values().flat_map(|written| written.value.needs()).collect();
    let mut all = layout.clone();
    all.elements.clear();
    for (name, written) in &layout.elements {
        let Some((crew, matrix)) = matrix_of(written) else {
            all.elements.insert(name.clone(), written.clone());
            continue;
        };
        let reader = MatrixReader { name, layout, sources, written, crew, matrix, called: &called };
        let Some(persons) = reader.persons(tables, faults) else {
            all.unread.insert(name.clone());
            continue;
        };
        let members: Vec<String> = persons.keys().map(|person| format!("{name}[{person}]")).collect();
        if let Some(taken) = members.iter().find(|member| layout.elements.contains_key(*member)) {
            let fault =
                Fault::new(format!("\"{}\" is a person of this table and another element", brief(taken)));
            faults.push(fault.at(written.key).help("give the element another name"));
            all.unread.insert(name.clone());
            continue;
        }
        let (right, up) = layout.shifts.get(name).copied().unwrap_or_default();
        for (nth, (member, crew)) in members.iter().zip(persons.into_values()).enumerate() {
            let value = AnySettings::Crew(crew);
            all.elements.insert(member.clone(), Placed { value, ..written.clone() });
            // Each has a place, four abreast.
            let (column, row) = ((nth % 4) as f64, (nth / 4) as f64);
            all.shifts.insert(member.clone(), (right + column * APART, up + row * APART));
        }
        all.groups.push(ElementGroup { name: name.clone(), members, key: written.key });
    }
    Cow::Owned(all)
}

/// How far persons stand from each other who have one home, in metres.
const APART: f64 = 2.4;

/// A crew and its table.
struct MatrixReader<'a> {
    name: &'a str,
    layout: &'a LineLayout<AnySettings>,
    sources: &'a Sources,
    written: &'a Placed<AnySettings>,
    crew: &'a Crew,
    matrix: &'a SkillMatrix,
    /// The skills that anybody calls for.
    called: &'a BTreeSet<&'a str>,
}

/// The persons of a table.
#[derive(Debug, Default)]
struct Persons {
    /// Those whom anybody can call, by name.
    able: BTreeMap<String, Crew>,
    /// The names of the others.
    idle: Vec<String>,
}

/// What is wrong with a table, and what to do about it.
type MatrixFault = (String, String);

/// The column with the calendars of the persons.
const CALENDAR: &str = "calendar";

impl MatrixReader<'_> {
    fn fault(&self, field: &str, message: impl Into<String>, help: &str) -> Fault {
        Fault::new(message.into()).at(self.place(field)).help(help.to_owned())
    }

    fn place(&self, field: &str) -> TextSpan {
        self.written.place_of(field, self.sources)
    }

    /// The persons whom anybody can call, by name; none after a fault.
    fn persons(&self, tables: &mut Tables, faults: &mut Faults) -> Option<BTreeMap<String, Crew>> {
        if self.matrix.from_level.is_some_and(|level| !(level > 0.0 && level <= 100.0)) {
            let help = "give a level above 0 and up to 100, such as 2";
            faults.push(self.fault("persons.from_level", "this is no level", help));
            return None;
        }
        if let Some(fault) = self.contradiction() {
            faults.push(fault);
            return None;
        }
        let (field, file) = faults.keep(self.file())?;
        // A path that is set alone still starts where the crew was written.
        let folder = self.sources.folder(self.place("persons").file);
        let table = tables.table(folder, &file).map_err(|wrong| {
            let help = "name a table with a row for each person, such as `csv: \"skills.csv\"`";
            let (message, help) = wrong.split_once("; ").unwrap_or((&wrong, help));
            self.fault(&field, message, help)
        });
        let table = faults.keep(table)?;
        let found =
            self.read(file.path, &table).map_err(|(message, help)| self.fault(&field, message, &help));
        let Persons { able: persons, idle } = faults.keep(found)?;
        if persons.is_empty() {
            let message = format!("nobody in {} has a skill that is called for", brief(file.path));
            faults.push(self.fault(
                &field,
                message,
                "name a skill of the first row in `people` of a machine, robot or conveyor or as the `skill` of a breakdown",
            ));
            return None;
        }
        if !idle.is_empty() {
            let few: Vec<&str> = idle.iter().take(5).map(String::as_str).collect();
            let more = if idle.len() > few.len() { ", .." } else { "" };
            tables.notes.insert(format!(
                "of \"{}\" these are left out, since nobody calls for what they can do: {}{more}",
                brief(self.name),
                few.join(", ")
            ));
        }
        Some(persons)
    }

    /// What a crew with a table must not say as well.
    fn contradiction(&self) -> Option<Fault> {
        let Crew { size, skills, by_shift, .. } = self.crew;
        let said = [
            ("size", size.is_some(), "each row is one person"),
            ("skills", !skills.is_empty(), "each person has those of the table"),
            ("by_shift", !by_shift.is_empty(), "give the table a column `calendar` instead"),
        ];
        let (field, _, why) = *said.iter().find(|(_, is_said, _)| *is_said)?;
        let message = format!("`{field}` and a table of persons contradict each other: {why}");
        Some(self.fault(field, message, &format!("remove `{field}`, or `persons`")))
    }

    fn file(&self) -> Result<(String, TableFile<'_>), Fault> {
        let (csv, xlsx) = (self.matrix.csv.as_deref(), self.matrix.xlsx.as_deref());
        let (sheet, encoding) = (self.matrix.sheet.as_deref(), self.matrix.encoding.as_deref());
        let named = TableFields { csv, xlsx, sheet, encoding }.file();
        let (field, path) =
            named.map_err(|wrong| self.fault(&wrong.place("persons"), wrong.message, wrong.help))?;
        let is_workbook = xlsx.is_some();
        Ok((format!("persons.{field}"), TableFile { path, is_workbook, sheet, encoding }))
    }

    /// All persons of the table.
    fn read(&self, path: &str, table: &TextTable) -> Result<Persons, MatrixFault> {
        let path = brief(path);
        let mut persons = Persons::default();
        let mut rows: BTreeMap<String, usize> = BTreeMap::new();
        columns_differ(&path, table)?;
        if table.rows.is_empty() || table.names.len() < 2 {
            let message = format!("{path} lists nobody and no skill");
            let help = "write a row with the names of the columns, and one for each person: `person, operator, setter`";
            return Err((message, help.to_owned()));
        }
        for (row, cells) in &table.rows {
            let cell = |nth: usize| cells.get(nth).map_or("", |cell| cell.trim());
            let person = cell(0);
            if person.is_empty() {
                let message = format!("row {row} of {path} names nobody");
                return Err((message, "write a name in its first cell, or remove the row".to_owned()));
            }
            if let Some(wrong) = wrong_name(&format!("{}[{person}]", self.name)) {
                let message = format!("\"{}\" in row {row} of {path}: {wrong}", brief(person));
                return Err((
                    message,
                    "write the name in another way, such as A Smith for A. Smith".to_owned(),
                ));
            }
            if let Some(before) = rows.insert(person.to_owned(), *row) {
                let message = format!("\"{}\" stands in rows {before} and {row} of {path}", brief(person));
                return Err((message, "give one of them another name, or join the rows".to_owned()));
            }
            let crew = self.person(&path, *row, &table.names, &cell)?;
            match crew.skills.iter().any(|skill| self.called.contains(skill.as_str())) {
                true => _ = persons.able.insert(person.to_owned(), crew),
                false => persons.idle.push(person.to_owned()),
            }
        }
        Ok(persons)
    }

    fn person<'c>(
        &self,
        path: &str,
        row: usize,
        names: &[String],
        cell: &dyn Fn(usize) -> &'c str,
    ) -> Result<Crew, MatrixFault> {
        let mut skills = Vec::new();
        let mut calendar = self.crew.calendar.clone();
        for (nth, name) in names.iter().enumerate().skip(1) {
            let (name, text) = (name.trim(), cell(nth));
            if name.is_empty() {
                continue;
            }
            if name.eq_ignore_ascii_case(CALENDAR) {
                if !text.is_empty() {
                    self.knows_calendar(path, row, text)?;
                    calendar = Some(text.to_owned());
                }
                continue;
            }
            let Some(has) = self.matrix.means(text) else {
                let message = format!(
                    "\"{}\" in row {row} of {path}, column \"{}\", is no mark",
                    brief(text),
                    brief(name)
                );
                let help = "write x, yes or a level such as 2 for who has the skill, and nothing, no or 0 for the others";
                return Err((message, help.to_owned()));
            };
            skills.extend(has.then(|| name.to_owned()));
        }
        Ok(Crew { size: Some(1), skills, calendar, persons: None, is_person: true, ..self.crew.clone() })
    }

    fn knows_calendar(&self, path: &str, row: usize, name: &str) -> Result<(), MatrixFault> {
        if name == ALWAYS || self.layout.calendars.contains_key(name) || self.layout.holes.calendars {
            return Ok(());
        }
        let message = format!("row {row} of {path} names a calendar \"{}\" that there is not", brief(name));
        let known = self.layout.calendars.keys().map(String::as_str);
        let help = suggestion(name, known, "the calendars are");
        Err((message, help.unwrap_or_else(|| "add it to the `calendars` of the line".to_owned())))
    }
}

/// Two columns with one name say two things of one skill.
fn columns_differ(path: &str, table: &TextTable) -> Result<(), MatrixFault> {
    let mut seen = BTreeSet::new();
    let lower = |name: &String| match name.trim() {
        name if name.eq_ignore_ascii_case(CALENDAR) => CALENDAR.to_owned(),
        name => name.to_owned(),
    };
    let mut names = table.names.iter().map(lower).filter(|name| !name.is_empty());
    match names.find(|name| !seen.insert(name.clone())) {
        Some(name) => {
            let message = format!("{path} has two columns \"{}\"", brief(&name));
            Err((message, "give one of them another name, or remove it".to_owned()))
        }
        None => Ok(()),
    }
}
