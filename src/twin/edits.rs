//! The changes that a user makes: `element.field = value` from an instant on, which can be taken back, switched off
//! and on, and saved as an upgrade.

use crate::kernel::Time;
use crate::layout::{NewChange, base_from, upgrade_text};
use crate::line::{self, Element, Line, Rejected};
use crate::sim::LinePhase;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// From when on it was meant to hold.
    pub at: Time,
    /// What it changes, such as `bend.cycle.mean`.
    pub way: String,
    /// What it said before, as one would write it after `--set`.
    pub before: String,
    /// What it says now.
    pub written: String,
    /// What it is called in an upgrade file.
    pub name: String,
    /// Whether it holds.
    pub on: bool,
}

impl Edit {
    /// The change as `--set` takes it.
    pub fn set(&self) -> String {
        format!("{}={}", self.way, self.written)
    }
}

/// A file and what was changed of it, in the order of the changes.
#[derive(Clone, Debug)]
pub struct Edits {
    path: PathBuf,
    list: Vec<Edit>,
    /// The lists before each change, and those that were taken back.
    past: Vec<Vec<Edit>>,
    future: Vec<Vec<Edit>>,
    /// Lines that were read: a line is read once.
    read: Vec<(Vec<String>, Arc<Line>)>,
}

/// Lines that are kept; more are read again.
const KEPT: usize = 64;

impl Edits {
    /// A file without changes.
    pub fn of(path: &Path) -> Edits {
        Edits {
            path: path.to_owned(),
            list: Vec::new(),
            past: Vec::new(),
            future: Vec::new(),
            read: Vec::new(),
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The changes, in the order in which they were made.
    pub fn list(&self) -> &[Edit] {
        &self.list
    }

    /// The changes that hold, as `--set` takes them, in the order in which they come into force.
    pub fn sets(&self) -> Vec<String> {
        self.in_order().into_iter().map(Edit::set).collect()
    }

    /// The file changed on disk: nothing that was read of it counts any more.
    pub fn forget_what_was_read(&mut self) {
        self.read.clear();
    }

    /// Adds a change, if the line with it is in order.
    pub fn add(&mut self, edit: Edit) -> Result<(), Rejected> {
        let mut list = self.list.clone();
        list.push(edit);
        self.replace(list)
    }

    /// Switches a change off or on, if the line is in order then.
    pub fn switch(&mut self, nth: usize) -> Result<(), Rejected> {
        let mut list = self.list.clone();
        if let Some(edit) = list.get_mut(nth) {
            edit.on = !edit.on;
        }
        self.replace(list)
    }

    /// Calls a change by another name.
    pub fn rename(&mut self, nth: usize, name: &str) {
        if let Some(edit) = self.list.get_mut(nth) {
            edit.name = name.to_owned();
        }
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step that was taken back.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes the last step back; false if there is none.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.past.pop() else { return false };
        self.future.push(std::mem::replace(&mut self.list, before));
        true
    }

    /// Takes back that a step was taken back; false if there is none.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.future.pop() else { return false };
        self.past.push(std::mem::replace(&mut self.list, after));
        true
    }

    fn replace(&mut self, list: Vec<Edit>) -> Result<(), Rejected> {
        let before = std::mem::replace(&mut self.list, list);
        match self.phases() {
            Ok(_) => {
                self.past.push(before);
                self.future.clear();
                Ok(())
            }
            Err(rejected) => {
                self.list = before;
                Err(rejected)
            }
        }
    }

    /// The lines that hold, from time zero on. All changes of one instant are made together.
    ///
    /// A change that a running line cannot make holds from the beginning, and so does every change before it that would
    /// otherwise override it.
    pub fn phases(&mut self) -> Result<Vec<LinePhase>, Rejected> {
        let edits: Vec<Edit> = self.in_order().into_iter().cloned().collect();
        let mut at_first: Vec<bool> = edits.iter().map(|edit| edit.at == Time::ZERO).collect();
        loop {
            match self.phases_with(&edits, &at_first) {
                Ok(EditPlan::Holds(phases)) => return Ok(phases),
                Ok(EditPlan::TooLate(nth)) => at_first[nth] = true,
                Err(rejected) => match first_overtaken(&at_first) {
                    Some(nth) => at_first[nth] = true,
                    None => return Err(rejected),
                },
            }
        }
    }

    /// The phases if exactly these changes hold from the beginning, or the first change that must join them.
    fn phases_with(&mut self, edits: &[Edit], at_first: &[bool]) -> Result<EditPlan, Rejected> {
        let numbered = || edits.iter().zip(at_first).enumerate();
        let holds_at_first = numbered().filter(|(_, (_, at_first))| **at_first);
        let mut sets: Vec<String> = holds_at_first.map(|(_, (edit, _))| edit.set()).collect();
        let mut line = self.line(&sets)?;
        let mut phases = vec![LinePhase { from: Time::ZERO, line: Arc::clone(&line) }];
        for (nth, (edit, _)) in numbered().filter(|(_, (_, at_first))| !**at_first) {
            sets.push(edit.set());
            let after = self.line(&sets)?;
            if !can_become(&line, &after) {
                return Ok(EditPlan::TooLate(nth));
            }
            line = Arc::clone(&after);
            match phases.last_mut().filter(|last| last.from == edit.at) {
                Some(last) => last.line = after,
                None => phases.push(LinePhase { from: edit.at, line: after }),
            }
        }
        let in_order: Vec<String> = edits.iter().map(Edit::set).collect();
        Ok(match first_overtaken(at_first) {
            Some(nth) if !is_same(&line, &*self.line(&in_order)?) => EditPlan::TooLate(nth),
            _ => EditPlan::Holds(phases),
        })
    }

    /// The changes that hold, by the instant.
    fn in_order(&self) -> Vec<&Edit> {
        let mut edits: Vec<&Edit> = self.list.iter().filter(|edit| edit.on).collect();
        edits.sort_by_key(|edit| edit.at);
        edits
    }

    fn line(&mut self, sets: &[String]) -> Result<Arc<Line>, Rejected> {
        if let Some((_, line)) = self.read.iter().find(|(read, _)| read == sets) {
            return Ok(Arc::clone(line));
        }
        let line = Arc::new(line::read(&self.path, sets)?);
        if self.read.len() == KEPT {
            self.read.remove(0);
        }
        self.read.push((sets.to_vec(), Arc::clone(&line)));
        Ok(line)
    }

    /// The text of an upgrade file with the changes that hold, for a place beside or away from the base. Changes of one name
    /// become one change.
    pub fn upgrade(&self, name: &str, place: &Path) -> String {
        let mut changes: Vec<NewChange> = Vec::new();
        for edit in self.in_order() {
            let set = (edit.way.clone(), edit.written.clone());
            match changes.iter_mut().find(|change| change.name == edit.name) {
                Some(change) => change.sets.push(set),
                None => changes.push(NewChange { name: edit.name.clone(), sets: vec![set] }),
            }
        }
        upgrade_text(name, &base_from(place, &self.path), &changes)
    }
}

/// What comes of a choice of the changes that hold from the beginning.
enum EditPlan {
    /// The run goes through these phases.
    Holds(Vec<LinePhase>),
    /// This change must hold from the beginning too.
    TooLate(usize),
}

/// The first change that does not hold from the beginning while a change after it does.
fn first_overtaken(at_first: &[bool]) -> Option<usize> {
    let last = at_first.iter().rposition(|at_first| *at_first)?;
    at_first[..last].iter().position(|at_first| !at_first)
}

/// Whether a running line can go on as another one.
fn can_become(before: &Line, after: &Line) -> bool {
    let each = before.elements.iter().zip(&after.elements);
    before.elements.len() == after.elements.len()
        && before.run == after.run
        && before.products == after.products
        && each.clone().all(|(before, after)| {
            is_joined_alike(before, after) && before.prototype.can_become(&after.prototype)
        })
}

/// Whether two lines run alike.
fn is_same(one: &Line, other: &Line) -> bool {
    let each = one.elements.iter().zip(&other.elements);
    one.elements.len() == other.elements.len()
        && one.run == other.run
        && one.products == other.products
        && each.clone().all(|(one, other)| {
            is_joined_alike(one, other) && (&one.prototype, &one.power) == (&other.prototype, &other.power)
        })
}

fn is_joined_alike(one: &Element, other: &Element) -> bool {
    (&one.name, &one.outlets, &one.exits, &one.carries)
        == (&other.name, &other.outlets, &other.exits, &other.carries)
}
