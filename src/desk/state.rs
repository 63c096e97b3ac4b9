//! The desk: what a user works at. It owns the runs, the clock and the changes, and carries out every [`Action`]. It draws
//! nothing and knows nothing of the window; what it shows is copied into [`Show`](crate::drawing::show::Show) once a frame.
//!
//! Read [`Desk::act`] first, then [`Desk::go_on`].

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
use crate::twin::{Divergence, Split};
use bevy::ecs::resource::Resource;
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
    /// Where two futures part, if it is searched.
    pub(crate) divergence: Option<Divergence>,
    pub(crate) background: Background,
    /// What the replications have shown, until the lines change.
    pub(crate) found: Option<Found>,
    pub(crate) memory: Memory,
    /// What others are to do: camera, dialogs, pictures.
    pub(crate) pending: Vec<Action>,
    /// Whether the desk is to be left.
    pub(crate) done: bool,
    /// Whether the sides must go to the instant of the leading one once a search is over.
    pub(super) searching: Option<usize>,
    /// What was told of parts of the lines that stand still for ever.
    pub(super) standing: Vec<String>,
    /// The changes that were saved last, and whether somebody was warned that others are not.
    pub(super) saved: Vec<String>,
    pub(super) warned: bool,
}

/// What was done is told for so long; what is wrong stays until it is shut.
const TOLD_SECS: f64 = 12.0;

impl Desk {
    /// A desk with these files: a line, or one before and one after.
    pub(crate) fn open(paths: &[PathBuf], memory: Memory) -> Result<Desk, Rejected> {
        let titles: &[&str] = if paths.len() > 1 { &["before", "after"] } else { &[""] };
        let sides = paths.iter().zip(titles).map(|(path, title)| Side::open(path, title));
        let sides = sides.collect::<Result<Vec<Side>, Rejected>>()?;
        let mut desk = Desk {
            sides,
            clock: Clock::default(),
            chosen: None,
            arrangement: Arrangement::default(),
            messages: Vec::new(),
            divergence: None,
            background: Background::default(),
            found: None,
            memory,
            pending: vec![Action::Home],
            done: false,
            searching: None,
            standing: Vec::new(),
            saved: Vec::new(),
            warned: false,
        };
        paths.iter().for_each(|path| desk.memory.opened(path));
        desk.arrange_for_sides();
        desk.tell_notes();
        Ok(desk)
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
    pub(crate) fn go_on(&mut self, frame_secs: f64) {
        if self.clock.playing && !self.is_busy() {
            let (now, end) = (self.now(), self.end());
            if now >= end || self.sides.iter().any(|side| side.twin.stuck().is_some()) {
                self.clock.playing = false;
            } else {
                self.go_to_on_all(now + self.clock.step(frame_secs));
            }
        }
        let began = wall();
        self.pursue(&mut || began.elapsed().as_secs_f64() < PATIENCE);
        if self.clock.playing && self.clock.as_fast_as_it_goes {
            self.clock.learn(began.elapsed().as_secs_f64());
        }
        self.tell_results();
        for message in &mut self.messages {
            message.age_secs += frame_secs;
        }
        self.messages.retain(|message| message.wrong || message.age_secs < TOLD_SECS);
    }

    /// Goes on until every run is where it is going, however long that takes.
    pub(crate) fn catch_up(&mut self) {
        while self.is_busy() || self.searching.is_some() {
            self.pursue(&mut || true);
        }
    }

    fn pursue(&mut self, patience: &mut dyn FnMut() -> bool) {
        for side in &mut self.sides {
            side.twin.pursue(patience);
        }
        if let Some(leader) = self.searching.filter(|leader| !self.sides[*leader].twin.is_busy()) {
            self.searching = None;
            let there = self.sides[leader].twin.now();
            self.go_to_on_all(there);
            self.sides.iter_mut().for_each(|side| _ = side.twin.pursue(patience));
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
            event.map_or("nothing more".to_owned(), |event| {
                format!("{} {}", side.names[event.element.index()], super::text::what(&event.what))
            })
        });
        let when = text::date_and_clock(side.line(), split.time());
        let [before, after] = names;
        self.messages
            .push(Message::done(format!("the futures part at {when}: before, {before}; after, {after}")));
    }

    fn tell_results(&mut self) {
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
        for reason in self.sides.iter().flat_map(|side| side.twin.standstills()) {
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
