//! What every wish does. Read [`Desk::act`] first.

use super::action::Action;
use super::clock::SPEED_RANGE;
use super::{Desk, Message, text};
use crate::kernel::Time;
use crate::stage::palette::Palette;
use crate::twin::{Edits, SearchTarget, Trouble, Twin};
use bevy::ecs::prelude::World;

impl Desk {
    /// Does what a user wants.
    pub(crate) fn act(&mut self, world: &mut World, action: Action) {
        match action {
            Action::PlayOrPause => self.play_or_pause(),
            Action::Speed(speed) => {
                self.clock.speed = speed.clamp(SPEED_RANGE.0, SPEED_RANGE.1);
                self.clock.as_fast_as_it_goes = false;
            }
            Action::AsFastAsItGoes(on) => self.clock.as_fast_as_it_goes = on,
            Action::Faster => self.clock.faster(),
            Action::Slower => self.clock.slower(),
            Action::Forward => self.search(SearchTarget::Anything, true),
            Action::Back => self.search(SearchTarget::Anything, false),
            Action::NextTrouble(trouble) => self.search(self.wanted(trouble), true),
            Action::LastTrouble(trouble) => self.search(self.wanted(trouble), false),
            Action::NextShift => self.go_to_shift(true),
            Action::LastShift => self.go_to_shift(false),
            Action::GoTo(text) => self.go_to_text(&text),
            Action::Seek(secs) => self.go_to(Time::from_secs(secs)),
            Action::Choose(name) => self.chosen = name,
            Action::Set(way, written) => self.set(world, way, written),
            Action::Branch(way, written) => self.branch(world, way, written),
            Action::Keep(side) => self.keep(world, side),
            Action::Undo => self.step_in_edits(world, Edits::undo),
            Action::Redo => self.step_in_edits(world, Edits::redo),
            Action::Switch(nth) => self.switch(world, nth),
            Action::Rename(nth, name) => {
                if let Some(side) = self.sides.last_mut() {
                    side.edits.rename(nth, &name);
                }
            }
            Action::Save(path) => self.save(&path),
            Action::Open(path) => self.open_file(world, &path),
            Action::Compare(path) => self.open_beside(world, &path),
            Action::Arrange(arrangement) => self.arrange(arrangement),
            Action::Replicate => self.replicate(),
            Action::StopReplications => self.background.stop(),
            Action::Panel(panel) => self.open_or_shut(panel),
            Action::ColorBlindSafe(on) => {
                self.memory.palette = if on { Palette::ColorBlindSafe } else { Palette::House };
            }
            Action::ExportCurves(path) => self.export_curves(&path),
            Action::Dismiss(nth) => {
                if nth < self.messages.len() {
                    self.messages.remove(nth);
                }
            }
            Action::Quit => self.leave(),
            Action::SaveAs
            | Action::OpenDialog
            | Action::CompareDialog
            | Action::TopView
            | Action::Frame
            | Action::Home
            | Action::Follow
            | Action::Picture(_) => self.pending.push(action),
        }
    }

    fn play_or_pause(&mut self) {
        if !self.clock.playing && self.now() >= self.end() {
            self.go_to(Time::ZERO);
        }
        self.clock.playing = !self.clock.playing;
    }

    fn go_to_text(&mut self, text: &str) {
        let Some(side) = self.leading() else { return };
        match text::time(side.line(), side.twin.now(), text) {
            Ok(time) => self.go_to(time),
            Err(wrong) => self.messages.push(Message::wrong(wrong, "")),
        }
    }

    fn wanted(&self, trouble: Trouble) -> SearchTarget {
        SearchTarget::Trouble(trouble, self.sides.len().checked_sub(1).and_then(|side| self.chosen_on(side)))
    }

    fn search(&mut self, wanted: SearchTarget, forward: bool) {
        self.clock.playing = false;
        let Some(leader) = self.sides.len().checked_sub(1) else { return };
        let twin: &mut Twin = &mut self.sides[leader].twin;
        if forward {
            twin.go_to_next(wanted)
        } else {
            twin.go_to_last(wanted)
        }
        self.searching = Some(leader);
    }

    /// Leaves; a user with unsaved changes is warned once.
    fn leave(&mut self) {
        let unsaved = self.sides.last().is_some_and(|side| {
            let sets = side.edits.sets();
            !sets.is_empty() && sets != self.saved
        });
        if unsaved && !std::mem::replace(&mut self.warned, true) {
            let help = "Ctrl+S saves them as an upgrade, Ctrl+Q leaves without them";
            return self.messages.push(Message::wrong("there are changes that are not saved", help));
        }
        self.done = true;
    }
}
