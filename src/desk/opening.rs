//! Lines that come to the desk: opened, set beside another, read again; and how they are arranged.

use super::action::{Action, Panel};
use super::side::Side;
use super::{Desk, Message};
use crate::stage::Arrangement;
use bevy::ecs::prelude::World;
use std::path::Path;

impl Desk {
    /// Opens a file in place of what lies on the desk.
    pub(super) fn open_file(&mut self, world: &mut World, path: &Path) {
        match Side::open(world, path, "") {
            Ok(side) => {
                self.memory.opened(path);
                self.clear(world);
                self.sides = vec![side];
                self.forget();
                self.tell_notes();
            }
            Err(rejected) => self.messages.push(Message::rejected(&rejected)),
        }
    }

    /// Opens a file beside the line, as the one after.
    pub(super) fn open_beside(&mut self, world: &mut World, path: &Path) {
        let now = self.now();
        match Side::open(world, path, "after") {
            Ok(mut side) => {
                side.twin.go_to(now);
                self.memory.opened(path);
                let others = self.sides.split_off(self.sides.len().min(1));
                others.into_iter().for_each(|side| side.twin.leave(world));
                if let Some(first) = self.sides.first_mut() {
                    first.title = "before".to_owned();
                }
                self.sides.push(side);
                let chosen = self.chosen.take();
                self.forget();
                self.chosen = chosen;
                self.tell_notes();
            }
            Err(rejected) => self.messages.push(Message::rejected(&rejected)),
        }
    }

    /// Reports notes on the files that are no faults, such as an encoding that was guessed.
    pub(super) fn tell_notes(&mut self) {
        for note in self.sides.iter().flat_map(|side| &side.line().notes) {
            if self.messages.iter().all(|message| message.text != *note) {
                self.messages.push(Message::done(note.clone()));
            }
        }
    }

    /// Other lines lie on the desk: what belonged to the old ones is gone.
    pub(super) fn forget(&mut self) {
        (self.divergence, self.found, self.searching, self.chosen) = (None, None, None, None);
        self.background.stop();
        self.clock.playing = false;
        self.messages.retain(|message| !message.wrong);
        self.standing.clear();
        self.memory.open.retain(|panel| *panel != Panel::Welcome);
        self.arrange_for_sides();
        self.pending.push(Action::Home);
    }

    /// A file has changed on disk: it is read again, and the run comes back to where it was. What is wrong with it is
    /// reported, and the last good line stays.
    pub(crate) fn reload(&mut self, world: &mut World) {
        self.messages.retain(|message| !message.wrong);
        for nth in 0..self.sides.len() {
            let side = &mut self.sides[nth];
            let mut edits = side.edits.clone();
            edits.forget_what_was_read();
            match edits.phases() {
                Ok(phases) => {
                    side.edits = edits;
                    side.take_over(world, phases);
                    let name = side.edits.path().display().to_string();
                    self.messages.push(Message::done(format!("{name} has changed and was read again")));
                }
                Err(rejected) => self.messages.push(Message::rejected(&rejected)),
            }
        }
        self.tell_notes();
        self.found = None;
        self.background.stop();
        if self.divergence.is_some() {
            self.search_divergence();
        }
    }

    pub(super) fn arrange(&mut self, arrangement: Arrangement) {
        self.arrangement = match (arrangement, self.sides.len()) {
            (Arrangement::Single(side), sides) if side < sides => arrangement,
            (_, 0 | 1) => Arrangement::Single(0),
            (arrangement, _) => arrangement,
        };
    }

    pub(super) fn arrange_for_sides(&mut self) {
        self.arrangement = if self.sides.len() > 1 { Arrangement::Split } else { Arrangement::Single(0) };
    }

    pub(super) fn replicate(&mut self) {
        let lines = self.sides.iter_mut().filter_map(|side| Some(side.edits.phases().ok()?.pop()?.line));
        self.background.begin(lines.collect());
    }
}
