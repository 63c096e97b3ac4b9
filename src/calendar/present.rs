//! Which shifts are there: at an instant in words, over a window of time, and when the next one begins.

use super::Timetable;
use crate::kernel::Time;

const DAY: Time = Time(86_400_000_000_000);

/// A stretch in which the same shifts are there, breaks included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftStretch {
    /// Its beginning.
    pub from: Time,
    /// Its end.
    pub until: Time,
    /// The names of the shifts, with a plus between them; nothing where none is there.
    pub name: String,
}

impl Timetable {
    /// The shifts of an instant in words: `early`, `early + late`, `early, break`, or `closed`.
    pub fn words_at(&self, time: Time) -> String {
        let attendance = self.at(time);
        match (self.names_of(attendance.present), attendance.is_open()) {
            (names, _) if names.is_empty() => "closed".to_owned(),
            (names, true) => names,
            (names, false) => format!("{names}, break"),
        }
    }

    /// The stretches of a window in which the same shifts are there, in order; at most so many.
    pub fn shift_stretches(&self, from: Time, until: Time, most: usize) -> Vec<ShiftStretch> {
        let until = until.min(Time::LONGEST);
        let mut stretches = Vec::new();
        let (mut begin, mut present) = (from, self.at(from).present);
        let mut changes = std::iter::successors(self.next_change(from), |(last, _)| self.next_change(*last));
        while begin < until && stretches.len() < most {
            let next = changes.find(|(at, attendance)| *at >= until || attendance.present != present);
            let (end, after) =
                next.map_or((until, 0), |(at, attendance)| (at.min(until), attendance.present));
            stretches.push(ShiftStretch { from: begin, until: end, name: self.names_of(present) });
            (begin, present) = (end, after);
        }
        stretches
    }

    /// The first time after this one, and not after `end`, at which a shift begins.
    pub fn next_shift(&self, after: Time, end: Time) -> Option<Time> {
        self.beginnings(after).take_while(|at| *at <= end).next()
    }

    /// The last time before this one at which a shift began, later than the start of the run.
    pub fn last_shift(&self, before: Time) -> Option<Time> {
        let mut back = DAY;
        loop {
            let from = Time(before.0.saturating_sub(back.0));
            if let Some(last) = self.beginnings(from).take_while(|at| *at < before).last() {
                return Some(last);
            }
            if from == Time::ZERO {
                return None;
            }
            back = back + back;
        }
    }

    /// When shifts begin after an instant: somebody comes who was not there just before.
    fn beginnings(&self, after: Time) -> impl Iterator<Item = Time> {
        let first = (after, self.at(after), false);
        let changes = std::iter::successors(Some(first), |(last, before, _)| {
            let (at, attendance) = self.next_change(*last)?;
            Some((at, attendance, attendance.present & !before.present != 0))
        });
        changes.filter(|(_, _, begins)| *begins).map(|(at, ..)| at)
    }

    fn names_of(&self, present: u64) -> String {
        let names = self.shift_names().iter().enumerate();
        let there: Vec<&str> =
            names.filter(|(shift, _)| present >> shift & 1 != 0).map(|(_, name)| name.as_str()).collect();
        there.join(" + ")
    }
}
