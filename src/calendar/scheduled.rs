//! Lengths of time that count only while somebody works.

use super::Timetable;
use crate::kernel::Time;

impl Timetable {
    /// When so much scheduled time has passed; [`Time::LONGEST`] if it never does.
    pub fn after_open(&self, from: Time, scheduled: Time) -> Time {
        let (mut now, mut left) = (from, scheduled);
        loop {
            if !self.at(now).is_open() {
                let Some(opening) = self.next_opening(now) else { return Time::LONGEST.max(from) };
                now = opening;
            }
            let closing = self.next_closing(now).unwrap_or(Time::NEVER);
            if left <= closing - now {
                return now + left;
            }
            left = left - (closing - now);
            now = closing;
        }
    }

    /// The share of the time from the start until then in which somebody works.
    pub fn open_share(&self, until: Time) -> f64 {
        if until > Time::ZERO { self.open_between(Time::ZERO, until).secs() / until.secs() } else { 1.0 }
    }
}
