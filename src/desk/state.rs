//! The desk: what a user works at. It has the runs, the clock and the changes, and carries out every [`Action`]. It draws
//! nothing and knows nothing of the window; what it shows is copied into [`Show`](crate::drawing::show::Show) once a frame.
//!
//! The lines on the desk are entities in the world of the app. Code without access to the world, such as a panel,
//! [asks](Desk::ask) for an action, and the desk carries it out when the next frame begins. Read [`Desk::act`] first, then
//! [`Desk::go_on`].

use super::action::Action;
use super::background::{Background, Found};
use super::clock::{Clock, PATIENCE, wall};
use super::memory::Memory;
use super::side::Side;
use super::{Message, text};
use crate::event::Slot;
use crate::kernel::Time;
use crate::line::Rejected;
use crate::stage::Arrangement;
use crate::stage::palette::Palette;
use crate::study::{Divergence, Split};
use bevy::ecs::prelude::{Resource, World};
use std::path::PathBuf;

/// Everything at the desk.
#[derive(Resource)]
pub(crate) struct Desk {
    /// The line; or the one before and the one after, on one clock.
    pub(crate) sides: Vec<Side>,
    pub(crate) clock: Clock,
    /// The name of the chosen element.
    pub(crate) chosen: Option<String>,
    pub(crate) arrangement: Arrangement,
    pub(crate) messages: Vec<Message>,
    /// The search for the first instant at which two lines differ.
    pub(crate) divergence: Option<Divergence>,
    pub(crate) background: Background,
    /// What the replications have shown, until the lines change.
    pub(crate) found: Option<Found>,
    pub(crate) memory: Memory,
    /// What is to be carried out.
    asked: Vec<Action>,
    /// What others are to do: camera, dialogs, pictures.
    pub(crate) pending: Vec<Action>,
    /// Seconds since the figures were computed.
    figures_age_secs: f64,
    /// Whether the desk is to be left.
    pub(crate) done: bool,
    /// Whether the sides must go to the instant of the leading one once a search is over.
    pub(super) searching: Option<usize>,
    /// The deadlocks that were reported so far.
    pub(super) standing: Vec<String>,
    /// The changes that were saved last, and whether the user was warned that others are not.
    pub(super) saved: Vec<String>,
    pub(super) warned: bool,
}

/// A notice of success stays for this time; a fault stays until the user closes it.
const TOLD_SECS: f64 = 12.0;
/// How often the figures are computed at most, in seconds of the wall.
const FIGURES_EVERY_SECS: f64 = 0.2;

impl Desk {
    /// A desk with these files, their lines in the world: one, or one before and one after; none if one of them is refused.
    pub(crate) fn open(world: &mut World, paths: &[PathBuf], memory: Memory) -> Result<Desk, Rejected> {
        let mut desk = Desk::empty(memory);
        let titles: &[&str] = if paths.len() > 1 { &["before", "after"] } else { &[""] };
        for (path, title) in paths.iter().zip(titles) {
            match Side::open(world, path, title) {
                Ok(side) => desk.sides.push(side),
                Err(rejected) => {
                    desk.clear(world);
                    return Err(rejected);
                }
            }
        }
        paths.iter().for_each(|path| desk.memory.opened(path));
        desk.arrange_for_sides();
        desk.tell_notes();
        Ok(desk)
    }

    fn empty(memory: Memory) -> Desk {
        Desk {
            sides: Vec::new(),
            clock: Clock::default(),
            chosen: None,
            arrangement: Arrangement::default(),
            messages: Vec::new(),
            divergence: None,
            background: Background::default(),
            found: None,
            memory,
            asked: Vec::new(),
            pending: vec![Action::Home],
            figures_age_secs: 0.0,
            done: false,
            searching: None,
            standing: Vec::new(),
            saved: Vec::new(),
            warned: false,
        }
    }

    /// Takes all lines off the desk, and out of the world.
    pub(super) fn clear(&mut self, world: &mut World) {
        self.sides.drain(..).for_each(|side| side.twin.leave(world));
    }

    /// Asks for what a user wants, to be carried out when the next frame begins.
    pub(crate) fn ask(&mut self, action: Action) {
        self.asked.push(action);
    }

    /// Carries out what was asked for.
    pub(crate) fn act_as_asked(&mut self, world: &mut World) {
        std::mem::take(&mut self.asked).into_iter().for_each(|action| self.act(world, action));
    }

    /// Whether nothing is left of what was asked for, here and with others.
    pub(crate) fn has_done_all(&self) -> bool {
        self.asked.is_empty() && self.pending.is_empty()
    }

    /// The side that changes are made on, and that leads: the last.
    pub(crate) fn leading(&self) -> Option<&Side> {
        self.sides.last()
    }

    /// The instant that is shown.
    pub(crate) fn now(&self) -> Time {
        self.sides.last().map_or(Time::ZERO, |side| side.twin.now())
    }

    /// When the run of the side that leads ends.
    pub(crate) fn end(&self) -> Time {
        self.sides.last().map_or(Time::ZERO, |side| side.twin.end())
    }

    /// Whether a run is on its way to the instant asked for.
    pub(crate) fn is_busy(&self) -> bool {
        self.sides.iter().any(|side| side.twin.is_busy())
    }

    /// Whether the other side must still follow the one that leads.
    pub(crate) fn is_searching(&self) -> bool {
        self.searching.is_some()
    }

    /// The chosen element on a side.
    pub(crate) fn chosen_on(&self, side: usize) -> Option<Slot> {
        self.sides.get(side)?.slot(self.chosen.as_deref()?)
    }

    /// The palette.
    pub(crate) fn palette(&self) -> Palette {
        self.memory.palette
    }

    /// One frame, which lasts so many seconds: the runs go on as far as the clock wants and patience lasts.
    pub(crate) fn go_on(&mut self, world: &mut World, frame_secs: f64) {
        if self.clock.playing && !self.is_busy() {
            let (now, end) = (self.now(), self.end());
            if now >= end || self.sides.iter().any(|side| side.twin.stuck().is_some()) {
                self.clock.playing = false;
            } else {
                self.go_to_on_all(now + self.clock.step(frame_secs));
            }
        }
        let began = wall();
        self.pursue(world, &mut || began.elapsed().as_secs_f64() < PATIENCE);
        if self.clock.playing && self.clock.as_fast_as_it_goes {
            self.clock.learn(began.elapsed().as_secs_f64());
        }
        self.figures_age_secs += frame_secs;
        let missing = self.sides.iter().any(|side| side.figures.is_empty());
        if missing || self.figures_age_secs >= FIGURES_EVERY_SECS {
            self.refresh_figures(world);
        }
        self.tell_results(world);
        for message in &mut self.messages {
            message.age_secs += frame_secs;
        }
        self.messages.retain(|message| message.wrong || message.age_secs < TOLD_SECS);
    }

    /// Goes on until every run is where it is going, however long that takes.
    pub(crate) fn catch_up(&mut self, world: &mut World) {
        while self.is_busy() || self.searching.is_some() {
            self.pursue(world, &mut || true);
        }
        self.refresh_figures(world);
    }

    /// Computes the key figures of all sides again where anything has happened since.
    pub(crate) fn refresh_figures(&mut self, world: &mut World) {
        self.sides.iter_mut().for_each(|side| side.refresh_figures(world));
        self.figures_age_secs = 0.0;
    }

    fn pursue(&mut self, world: &mut World, patience: &mut dyn FnMut() -> bool) {
        for side in &mut self.sides {
            side.twin.pursue(world, patience);
        }
        if let Some(leader) = self.searching.filter(|leader| !self.sides[*leader].twin.is_busy()) {
            self.searching = None;
            let there = self.sides[leader].twin.now();
            self.go_to_on_all(there);
            self.sides.iter_mut().for_each(|side| _ = side.twin.pursue(world, patience));
        }
        if let Some(divergence) = &mut self.divergence {
            let was_found = divergence.found().is_some();
            divergence.pursue(patience);
            if let (false, Some(split)) = (was_found, divergence.found()) {
                self.tell_divergence(split);
            }
        }
    }

    fn tell_divergence(&mut self, split: Split) {
        let Some(side) = self.sides.last() else { return };
        let names = [split.first, split.second].map(|event| {
            event.map_or("nothing".to_owned(), |event| {
                format!("{} {}", side.names[event.element.index()], event.what.words())
            })
        });
        let when = text::date_and_clock(side.line(), split.time);
        let [before, after] = names;
        self.messages
            .push(Message::done(format!("the futures part at {when}: before, {before}; after, {after}")));
    }

    fn tell_results(&mut self, world: &World) {
        match self.background.take() {
            Some(Ok(found)) => {
                self.messages.push(Message::done(format!(
                    "{} replications are done: means and intervals stand beside the figures of this run",
                    found.replications
                )));
                self.found = Some(found);
            }
            Some(Err(reason)) => self.messages.push(Message::wrong(reason, "")),
            None => {}
        }
        for side in &mut self.sides {
            let Some(reason) = side.twin.stuck().map(str::to_owned) else { continue };
            if self.messages.iter().all(|message| message.text != reason) {
                let help = "drag the time back to see how it came to that";
                self.messages.push(Message::wrong(reason, help));
            }
        }
        for reason in self.sides.iter().flat_map(|side| side.twin.standstills(world)) {
            if !self.standing.contains(&reason) {
                let help = "the rest of the line goes on; drag the time back to see how it came to that";
                self.messages.push(Message::wrong(reason.clone(), help));
                self.standing.push(reason);
            }
        }
    }

    /// Goes to an instant on every side.
    pub(crate) fn go_to(&mut self, time: Time) {
        self.searching = None;
        self.go_to_on_all(time.min(self.end()));
    }

    pub(super) fn go_to_on_all(&mut self, time: Time) {
        self.sides.iter_mut().for_each(|side| side.twin.go_to(time));
    }
}
