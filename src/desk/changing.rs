//! Changes of a line: made from now on, taken back, tried beside the future without them, and saved.

use super::side::Side;
use super::{Desk, Message, save};
use crate::study::Divergence;
use crate::twin::{Edit, Edits};
use bevy::ecs::prelude::World;
use std::path::Path;

impl Desk {
    pub(super) fn set(&mut self, world: &mut World, way: String, written: String) {
        let now = self.now();
        let Some(side) = self.sides.last_mut() else { return };
        let before = side.written(&way);
        let edit = Edit { at: now, name: way.clone(), way, before, written, on: true };
        match side.edits.add(edit) {
            Ok(()) => self.edits_changed(world),
            Err(rejected) => self.messages.push(Message::rejected(&rejected)),
        }
    }

    /// The line as it is becomes the one before; the change is made on the one after.
    pub(super) fn branch(&mut self, world: &mut World, way: String, written: String) {
        if self.sides.len() == 1 {
            let now = self.now();
            match Side::with(world, self.sides[0].edits.clone(), "before") {
                Ok(mut before) => {
                    before.twin.go_to(now);
                    self.sides[0].title = "after".to_owned();
                    self.sides.insert(0, before);
                    self.arrange_for_sides();
                }
                Err(rejected) => return self.messages.push(Message::rejected(&rejected)),
            }
        }
        self.set(world, way, written);
        self.search_divergence();
    }

    /// Searches where the sides part, if they can be compared event by event.
    pub(super) fn search_divergence(&mut self) {
        self.divergence = None;
        let end = self.end();
        let [before, after] = &mut self.sides[..] else { return };
        if before.names != after.names {
            return;
        }
        if let (Ok(first), Ok(second)) = (before.edits.phases(), after.edits.phases()) {
            self.divergence = Some(Divergence::new(first, second, end));
        }
    }

    pub(super) fn keep(&mut self, world: &mut World, side: usize) {
        if self.sides.len() == 2 && side < 2 {
            let mut kept = self.sides.remove(side);
            kept.title = String::new();
            self.clear(world);
            self.sides = vec![kept];
            self.divergence = None;
            self.found = None;
            self.arrange_for_sides();
        }
    }

    pub(super) fn step_in_edits(&mut self, world: &mut World, step: fn(&mut Edits) -> bool) {
        let stepped = self.sides.last_mut().is_some_and(|side| step(&mut side.edits));
        if stepped {
            self.edits_changed(world);
        }
    }

    pub(super) fn switch(&mut self, world: &mut World, nth: usize) {
        let Some(side) = self.sides.last_mut() else { return };
        match side.edits.switch(nth) {
            Ok(()) => self.edits_changed(world),
            Err(rejected) => self.messages.push(Message::rejected(&rejected)),
        }
    }

    /// The run goes on with the changes as they are now.
    pub(super) fn edits_changed(&mut self, world: &mut World) {
        self.warned = false;
        self.found = None;
        self.background.stop();
        let Some(side) = self.sides.last_mut() else { return };
        match side.edits.phases() {
            Ok(phases) => side.take_over(world, phases),
            Err(rejected) => self.messages.push(Message::rejected(&rejected)),
        }
        if self.divergence.is_some() {
            self.search_divergence();
        }
    }

    pub(super) fn save(&mut self, path: &Path) {
        let Some(side) = self.sides.last() else { return };
        let message = match save::upgrade(side, path) {
            Ok(()) => {
                self.saved = side.edits.sets();
                Message::done(format!("the changes are saved in {}", path.display()))
            }
            Err(message) => message,
        };
        self.messages.push(message);
    }

    pub(super) fn export_curves(&mut self, path: &Path) {
        let message = match save::curves(&self.sides, path) {
            Ok(()) => Message::done(format!("the curves are saved in {}", path.display())),
            Err(message) => message,
        };
        self.messages.push(message);
    }
}
