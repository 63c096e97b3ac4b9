//! The desk: what a user works at. It owns the runs, the clock and the changes, and carries out every [`Action`]. It draws
//! nothing and knows nothing of the window; what it shows is copied into [`Show`](crate::drawing::show::Show) once a frame.
//!
//! Read [`Desk::act`] first, then [`Desk::go_on`].

use super::action::{Action, Panel, Trouble};
use super::background::{Background, Found};
use super::clock::{Clock, PATIENCE, wall};
use super::memory::Memory;
use super::side::Side;
use super::words;
use crate::drawing::show::Arrangement;
use crate::event::Slot;
use crate::kernel::Time;
use crate::line::Rejected;
use crate::stage::palette::Palette;
use crate::twin::{Edit, Edits, Parting, Twin, Wanted};
use bevy::ecs::resource::Resource;
use std::path::{Path, PathBuf};

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
    pub(crate) parting: Option<Parting>,
    pub(crate) background: Background,
    /// What the replications have shown, until the lines change.
    pub(crate) found: Option<Found>,
    pub(crate) memory: Memory,
    /// What others are to do: camera, dialogs, pictures.
    pub(crate) wishes: Vec<Action>,
    /// Whether the desk is to be left.
    pub(crate) done: bool,
    /// Whether the sides must go to the instant of the leading one once a search is over.
    searching: Option<usize>,
    /// Until when there is an upgrade to save.
    pub(crate) saved: Vec<String>,
}

/// Something to tell the user, in a strip and never in a box.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Message {
    /// Whether something went wrong.
    pub(crate) wrong: bool,
    /// Where, such as `line.ron:12:8`.
    pub(crate) place: String,
    /// What.
    pub(crate) text: String,
    /// What to do about it.
    pub(crate) help: String,
    /// For how many seconds it has been shown.
    pub(crate) age_secs: f64,
}

/// What was done is told for so long; what is wrong stays until it is shut.
const TOLD_SECS: f64 = 12.0;

impl Message {
    pub(crate) fn done(text: impl Into<String>) -> Message {
        Message { wrong: false, place: String::new(), text: text.into(), help: String::new(), age_secs: 0.0 }
    }

    pub(crate) fn wrong(text: impl Into<String>, help: impl Into<String>) -> Message {
        Message { wrong: true, place: String::new(), text: text.into(), help: help.into(), age_secs: 0.0 }
    }

    pub(crate) fn rejected(rejected: &Rejected) -> Message {
        let (place, text, help) = rejected.first();
        let more = match rejected.count() {
            0 | 1 => String::new(),
            count => format!(" (and {} more)", count - 1),
        };
        Message { wrong: true, place, text: format!("{text}{more}"), help, age_secs: 0.0 }
    }
}

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
            parting: None,
            background: Background::default(),
            found: None,
            memory,
            wishes: vec![Action::Home],
            done: false,
            searching: None,
            saved: Vec::new(),
        };
        paths.iter().for_each(|path| desk.memory.opened(path));
        desk.arrange_for_sides();
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

    /// When the longest run ends.
    pub(crate) fn end(&self) -> Time {
        self.sides.iter().map(|side| side.twin.end()).max().unwrap_or(Time::ZERO)
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

    /// Does what a user wants.
    pub(crate) fn act(&mut self, action: Action) {
        match action {
            Action::PlayOrPause => self.play_or_pause(),
            Action::Speed(speed) => {
                self.clock.speed = speed.clamp(super::clock::SPEED_RANGE.0, super::clock::SPEED_RANGE.1);
                self.clock.as_fast_as_it_goes = false;
            }
            Action::AsFastAsItGoes(on) => self.clock.as_fast_as_it_goes = on,
            Action::Faster => self.clock.faster(),
            Action::Slower => self.clock.slower(),
            Action::Forward => self.search(Wanted::Anything, true),
            Action::Back => self.search(Wanted::Anything, false),
            Action::NextTrouble(trouble) => self.search(self.wanted(trouble), true),
            Action::LastTrouble(trouble) => self.search(self.wanted(trouble), false),
            Action::GoTo(text) => self.go_to_text(&text),
            Action::Seek(secs) => self.go_to(Time::from_secs(secs)),
            Action::Choose(name) => self.chosen = name,
            Action::Set(way, said) => self.set(way, said),
            Action::Branch(way, said) => self.branch(way, said),
            Action::Keep(side) => self.keep(side),
            Action::Undo => self.step_in_edits(Edits::undo),
            Action::Redo => self.step_in_edits(Edits::redo),
            Action::Switch(nth) => self.switch(nth),
            Action::Rename(nth, name) => {
                if let Some(side) = self.sides.last_mut() {
                    side.edits.rename(nth, &name);
                }
            }
            Action::Save(path) => self.save(&path),
            Action::Open(path) => self.open_file(&path),
            Action::Compare(path) => self.open_beside(&path),
            Action::Arrange(arrangement) => self.arrange(arrangement),
            Action::Replicate => self.replicate(),
            Action::StopReplications => self.background.stop(),
            Action::Panel(panel) => self.memory.toggle(panel),
            Action::ColorBlindSafe(on) => {
                self.memory.palette = if on { Palette::ColorBlindSafe } else { Palette::House };
            }
            Action::ExportCurves(path) => self.export_curves(&path),
            Action::Dismiss(nth) => {
                if nth < self.messages.len() {
                    self.messages.remove(nth);
                }
            }
            Action::Quit => self.done = true,
            Action::SaveAs
            | Action::OpenDialog
            | Action::CompareDialog
            | Action::TopView
            | Action::Frame
            | Action::Home
            | Action::Follow
            | Action::Picture(_) => self.wishes.push(action),
        }
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
        if let Some(parting) = &mut self.parting {
            let was_found = parting.found().is_some();
            parting.pursue(patience);
            if let (false, Some(split)) = (was_found, parting.found()) {
                self.tell_parting(split);
            }
        }
    }

    fn tell_parting(&mut self, split: crate::twin::Split) {
        let Some(side) = self.sides.last() else { return };
        let names = [split.first, split.second].map(|event| {
            event.map_or("nothing more".to_owned(), |event| {
                format!("{} {}", side.names[event.element.index()], super::words::what(&event.what))
            })
        });
        let when = words::date_and_clock(side.line(), split.time());
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
    }

    fn play_or_pause(&mut self) {
        if !self.clock.playing && self.now() >= self.end() {
            self.go_to(Time::ZERO);
        }
        self.clock.playing = !self.clock.playing;
    }

    /// Goes to an instant on every side.
    pub(crate) fn go_to(&mut self, time: Time) {
        self.searching = None;
        self.go_to_on_all(time.min(self.end()));
    }

    fn go_to_on_all(&mut self, time: Time) {
        self.sides.iter_mut().for_each(|side| side.twin.go_to(time));
    }

    fn go_to_text(&mut self, text: &str) {
        let Some(side) = self.leading() else { return };
        match words::time(side.line(), side.twin.now(), text) {
            Ok(time) => self.go_to(time),
            Err(wrong) => self.messages.push(Message::wrong(wrong, "")),
        }
    }

    fn wanted(&self, trouble: Trouble) -> Wanted {
        let states = match trouble {
            Trouble::Any => Wanted::TROUBLE,
            Trouble::Breakdown => Wanted::BREAKDOWN,
            Trouble::Blockage => Wanted::BLOCKAGE,
            Trouble::Starvation => Wanted::STARVATION,
        };
        Wanted::States(states, self.sides.len().checked_sub(1).and_then(|side| self.chosen_on(side)))
    }

    fn search(&mut self, wanted: Wanted, forward: bool) {
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

    fn set(&mut self, way: String, said: String) {
        let now = self.now();
        let Some(side) = self.sides.last_mut() else { return };
        let before = side.said(&way);
        let edit = Edit { at: now, name: way.clone(), way, before, said, on: true };
        match side.edits.add(edit) {
            Ok(()) => self.edits_changed(),
            Err(rejected) => self.messages.push(Message::rejected(&rejected)),
        }
    }

    /// The line as it is becomes the one before; the change is made on the one after.
    fn branch(&mut self, way: String, said: String) {
        if self.sides.len() == 1 {
            let now = self.now();
            match Side::with(self.sides[0].edits.clone(), "before") {
                Ok(mut before) => {
                    before.twin.go_to(now);
                    self.sides[0].title = "after".to_owned();
                    self.sides.insert(0, before);
                    self.arrange_for_sides();
                }
                Err(rejected) => return self.messages.push(Message::rejected(&rejected)),
            }
        }
        self.set(way, said);
        self.catch_up();
        self.search_parting();
    }

    /// Searches where the sides part, if they can be compared event by event.
    fn search_parting(&mut self) {
        self.parting = None;
        let end = self.end();
        let [before, after] = &mut self.sides[..] else { return };
        if before.names != after.names {
            return;
        }
        if let (Ok(first), Ok(second)) = (before.edits.phases(), after.edits.phases()) {
            self.parting = Some(Parting::new(first, second, end));
        }
    }

    fn keep(&mut self, side: usize) {
        if self.sides.len() == 2 && side < 2 {
            let mut kept = self.sides.remove(side);
            kept.title = String::new();
            self.sides = vec![kept];
            self.parting = None;
            self.found = None;
            self.arrange_for_sides();
        }
    }

    fn step_in_edits(&mut self, step: fn(&mut Edits) -> bool) {
        let stepped = self.sides.last_mut().is_some_and(|side| step(&mut side.edits));
        if stepped {
            self.edits_changed();
        }
    }

    fn switch(&mut self, nth: usize) {
        let Some(side) = self.sides.last_mut() else { return };
        match side.edits.switch(nth) {
            Ok(()) => self.edits_changed(),
            Err(rejected) => self.messages.push(Message::rejected(&rejected)),
        }
    }

    /// The run goes on with the changes as they are now.
    fn edits_changed(&mut self) {
        self.found = None;
        self.background.stop();
        let Some(side) = self.sides.last_mut() else { return };
        match side.edits.phases() {
            Ok(phases) => side.take_over(phases),
            Err(rejected) => self.messages.push(Message::rejected(&rejected)),
        }
        if self.parting.is_some() {
            self.search_parting();
        }
    }

    fn save(&mut self, path: &Path) {
        let Some(side) = self.sides.last() else { return };
        let message = match super::save::upgrade(side, path) {
            Ok(()) => {
                self.saved = side.edits.sets();
                Message::done(format!("the changes are saved in {}", path.display()))
            }
            Err(message) => message,
        };
        self.messages.push(message);
    }

    fn export_curves(&mut self, path: &Path) {
        let message = match super::save::curves(&self.sides, path) {
            Ok(()) => Message::done(format!("the curves are saved in {}", path.display())),
            Err(message) => message,
        };
        self.messages.push(message);
    }

    /// Opens a file in place of what lies on the desk.
    fn open_file(&mut self, path: &Path) {
        match Side::open(path, "") {
            Ok(side) => {
                self.memory.opened(path);
                self.sides = vec![side];
                self.forget();
            }
            Err(rejected) => self.messages.push(Message::rejected(&rejected)),
        }
    }

    /// Opens a file beside the line, as the one after.
    fn open_beside(&mut self, path: &Path) {
        let now = self.now();
        match Side::open(path, "after") {
            Ok(mut side) => {
                side.twin.go_to(now);
                self.memory.opened(path);
                self.sides.truncate(1);
                if let Some(first) = self.sides.first_mut() {
                    first.title = "before".to_owned();
                }
                self.sides.push(side);
                let chosen = self.chosen.take();
                self.forget();
                self.chosen = chosen;
            }
            Err(rejected) => self.messages.push(Message::rejected(&rejected)),
        }
    }

    /// Other lines lie on the desk: what belonged to the old ones is gone.
    fn forget(&mut self) {
        (self.parting, self.found, self.searching, self.chosen) = (None, None, None, None);
        self.background.stop();
        self.clock.playing = false;
        self.messages.retain(|message| !message.wrong);
        self.memory.open.retain(|panel| *panel != Panel::Welcome);
        self.arrange_for_sides();
        self.wishes.push(Action::Home);
    }

    /// A file has changed on disk: it is read again, and the run comes back to where it was. What is wrong with it is
    /// told, and the last good line stays.
    pub(crate) fn reload(&mut self) {
        self.messages.retain(|message| !message.wrong);
        for nth in 0..self.sides.len() {
            let side = &mut self.sides[nth];
            let mut edits = side.edits.clone();
            edits.forget_what_was_read();
            match edits.phases() {
                Ok(phases) => {
                    side.edits = edits;
                    side.take_over(phases);
                    let name = side.edits.path().display().to_string();
                    self.messages.push(Message::done(format!("{name} has changed and was read again")));
                }
                Err(rejected) => self.messages.push(Message::rejected(&rejected)),
            }
        }
        self.found = None;
        self.background.stop();
        if self.parting.is_some() {
            self.search_parting();
        }
    }

    fn arrange(&mut self, arrangement: Arrangement) {
        self.arrangement = match (arrangement, self.sides.len()) {
            (Arrangement::Single(side), sides) if side < sides => arrangement,
            (_, 0 | 1) => Arrangement::Single(0),
            (arrangement, _) => arrangement,
        };
    }

    fn arrange_for_sides(&mut self) {
        self.arrangement = if self.sides.len() > 1 { Arrangement::Split } else { Arrangement::Single(0) };
    }

    fn replicate(&mut self) {
        let lines = self.sides.iter_mut().filter_map(|side| Some(side.edits.phases().ok()?.pop()?.line));
        self.background.begin(lines.collect());
    }
}
