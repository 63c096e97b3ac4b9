//! The hours of the line at the desk: which calendar counts for what is chosen, and the jumps from shift to shift.

use super::action::Panel;
use super::side::Side;
use super::{Desk, Message, text};
use crate::calendar::Timetable;
use crate::event::Slot;
use crate::kernel::Time;

/// Where nothing works by a calendar, the user learns how to write one.
const HOW: &str = "topic `calendars` of the handbook says how to write one";

impl Side {
    /// The hours of the line, if it has a calendar.
    pub(crate) fn hours(&self) -> Option<&Timetable> {
        self.line().calendars.of_line()
    }

    /// The hours of an element; none if it works around the clock or never works.
    pub(crate) fn hours_of(&self, slot: Slot) -> Option<&Timetable> {
        self.line().elements.get(slot.index())?.datasheet.hours.as_ref()
    }

    /// Whether any calendar is written in the line.
    pub(crate) fn has_calendars(&self) -> bool {
        !self.line().calendars.all().is_empty()
    }
}

impl Desk {
    /// Whether the line that leads has a calendar.
    pub(crate) fn has_calendars(&self) -> bool {
        self.leading().is_some_and(Side::has_calendars)
    }

    /// The hours that a user looks at: those of the chosen element if it has any, else those of the line.
    pub(crate) fn hours_in_view(&self) -> Option<&Timetable> {
        let side = self.leading()?;
        let chosen = self.chosen_on(self.sides.len() - 1);
        chosen.and_then(|slot| side.hours_of(slot)).or_else(|| side.hours())
    }

    /// Goes to the next or the last beginning of a shift; back from the first shift to the start of the run.
    pub(super) fn go_to_shift(&mut self, forward: bool) {
        self.clock.playing = false;
        let Some(side) = self.leading() else { return };
        let Some(hours) = self.hours_in_view() else {
            let (what, help) = match side.has_calendars() {
                true => ("the line works around the clock", "choose an element that has a calendar"),
                false => ("the line has no calendar and works around the clock", HOW),
            };
            return self.messages.push(Message::done(format!("{what}: {help}")));
        };
        let there = match forward {
            true => hours.next_shift(side.twin.now(), side.twin.end()),
            false => Some(hours.last_shift(side.twin.now()).unwrap_or(Time::ZERO)),
        };
        match there {
            Some(time) => self.go_to(time),
            None => {
                let end = text::date_and_clock(side.line(), side.twin.end());
                self.messages
                    .push(Message::done(format!("no other shift begins before the run ends, {end}")));
            }
        }
    }

    /// Opens or shuts a panel; a line without a calendar has nothing to show in that of the calendars.
    pub(super) fn open_or_shut(&mut self, panel: Panel) {
        if panel == Panel::Calendar && !self.has_calendars() {
            let told = format!("the line has no calendar and works around the clock: {HOW}");
            return self.messages.push(Message::done(told));
        }
        self.memory.toggle(panel);
    }
}
