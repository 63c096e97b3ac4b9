//! The changes a user makes at the desk: `element.field = value` from an instant on, which can be taken back, switched off
//! and on, and saved as an upgrade.

use super::Phase;
use crate::kernel::Time;
use crate::layout::{NewChange, base_from, upgrade_text};
use crate::line::{self, Line, Rejected};
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
    pub said: String,
    /// What it is called in an upgrade file.
    pub name: String,
    /// Whether it holds.
    pub on: bool,
}

impl Edit {
    /// The change as `--set` takes it.
    pub fn set(&self) -> String {
        format!("{}={}", self.way, self.said)
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

    /// The lines that hold, from time zero on. A change that a running line cannot make holds from the beginning.
    pub fn phases(&mut self) -> Result<Vec<Phase>, Rejected> {
        let mut phases = vec![Phase { from: Time::ZERO, line: self.line(&[])? }];
        let edits: Vec<Edit> = self.in_order().into_iter().cloned().collect();
        let (mut at_first, mut later) = (Vec::new(), Vec::new());
        for edit in edits {
            let from_now_on = edit.at > Time::ZERO && {
                let sets = [at_first.clone(), later.iter().map(Edit::set).collect()].concat();
                let before = self.line(&sets)?;
                let after = self.line(&[sets, vec![edit.set()]].concat())?;
                can_become(&before, &after)
            };
            if from_now_on { later.push(edit) } else { at_first.push(edit.set()) }
        }
        phases[0].line = self.line(&at_first)?;
        let mut sets = at_first;
        for edit in later {
            sets.push(edit.set());
            let phase = Phase { from: edit.at, line: self.line(&sets)? };
            match phases.last_mut().filter(|last| last.from == edit.at) {
                Some(last) => *last = phase,
                None => phases.push(phase),
            }
        }
        Ok(phases)
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
            let set = (edit.way.clone(), edit.said.clone());
            match changes.iter_mut().find(|change| change.name == edit.name) {
                Some(change) => change.sets.push(set),
                None => changes.push(NewChange { name: edit.name.clone(), sets: vec![set] }),
            }
        }
        upgrade_text(name, &base_from(place, &self.path), &changes)
    }
}

/// Whether a running line can go on as another one.
fn can_become(before: &Line, after: &Line) -> bool {
    let each = before.elements.iter().zip(&after.elements);
    before.run == after.run
        && before.products == after.products
        && each.clone().all(|(before, after)| before.prototype.can_become(&after.prototype))
}
