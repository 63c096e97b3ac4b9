//! The clocks of all stops of a machine: what falls due, and when.

use super::{Downtimes, Due, FailureClock, HOURS, TimeToStop};
use crate::disruption::downtime::Downtime;
use crate::kernel::{EventId, Time};

impl Downtimes {
    /// The shortest times to stop, as the clocks stand now. A plan is checked before the work in which it falls due, also if that is
    /// at its end; once it is due, before any work.
    pub(in crate::disruption) fn shortest(&mut self) -> TimeToStop {
        let mut time_to_stop = TimeToStop::ENDLESS;
        if self.people.is_some()
            || self.hours.as_ref().is_some_and(|hours| hours.due > 0 || hours.looks_at_work())
        {
            time_to_stop.parts = 0;
        }
        for downtime in &self.all {
            if !downtime.is_breakdown() && downtime.due > 0 {
                time_to_stop.parts = 0;
                continue;
            }
            let left = downtime.left - i64::from(!downtime.is_breakdown());
            match downtime.clock {
                FailureClock::Working => time_to_stop.work = Time(left.max(0) as u64).min(time_to_stop.work),
                // Of more parts than fit, the first are looked at first.
                FailureClock::Parts => {
                    time_to_stop.parts = left.clamp(0, i64::from(time_to_stop.parts)) as i32
                }
                FailureClock::Calendar | FailureClock::Scheduled => {}
            }
        }
        self.read = time_to_stop;
        time_to_stop
    }

    /// Advances all clocks to where the shortest times to stop are now, and further by some work and parts.
    pub(in crate::disruption) fn pass(&mut self, time_to_stop: TimeToStop, work: Time, parts: i64) {
        let worked = ((self.read.work - time_to_stop.work) + work).0 as i64;
        let made = i64::from(self.read.parts) - i64::from(time_to_stop.parts) + parts;
        self.read = time_to_stop;
        for downtime in &mut self.all {
            match downtime.clock {
                FailureClock::Working => downtime.left -= worked,
                FailureClock::Parts => downtime.left -= made,
                FailureClock::Calendar | FailureClock::Scheduled => continue,
            }
            if downtime.is_breakdown() {
                // Only modes that end at one instant, and work of no length, can meet zero here.
                downtime.left = downtime.left.max(0);
            }
        }
    }

    /// Marks what is due by working time or parts. A time to failure that ends with an operation stops the next operation.
    /// Returns whether a maintenance is due now.
    pub(in crate::disruption) fn note_due(&mut self, work_is_done: bool, now: Time) -> bool {
        let place = self.place_among_due(now);
        for downtime in self.all.iter_mut().filter(|downtime| downtime.is_used_up()) {
            if downtime.is_breakdown() && work_is_done {
                self.worn_at = Some(now);
            } else {
                downtime.due = if downtime.due == 0 { place } else { downtime.due };
                downtime.count_on();
            }
        }
        self.awaits_stop()
    }

    /// The rank of a stop that falls due now: the same for all stops of one instant.
    fn place_among_due(&mut self, now: Time) -> u32 {
        if self.dues == 0 || now > self.due_at {
            (self.dues, self.due_at) = (self.dues + 1, now);
        }
        self.dues
    }

    /// The meaning of an event; none if it was cancelled.
    pub(in crate::disruption) fn meaning_of(&self, event_id: EventId) -> Option<Due> {
        match event_id {
            _ if event_id == self.end => Some(Due::End),
            _ if event_id == self.arrival => Some(Due::Arrival),
            _ if event_id == self.begin => Some(Due::Begin),
            _ if self.hours.as_ref().is_some_and(|hours| hours.is_event(event_id)) => Some(Due::Hours),
            _ if self.saver.as_ref().is_some_and(|saver| saver.is_event(event_id)) => Some(Due::Saving),
            _ => {
                let by_calendar =
                    |downtime: &Downtime| downtime.clock.runs_by_itself() && downtime.event_id == event_id;
                self.all.iter().position(by_calendar).map(|downtime| Due::Downtime(downtime as u8))
            }
        }
    }

    /// How much of the next `work` is done when a stop falls due, if that is before the end of the work.
    pub(in crate::disruption) fn falls_due_within(&self, work: Time) -> Option<Time> {
        let after = |downtime: &Downtime| match downtime.clock {
            FailureClock::Working => Some(Time(downtime.left.max(0) as u64)),
            // Changed settings may leave no time to stop.
            FailureClock::Parts => (downtime.left <= 0).then_some(Time::ZERO),
            FailureClock::Calendar | FailureClock::Scheduled => None,
        };
        let all = self.all.iter().filter(|downtime| downtime.due == 0).filter_map(after);
        all.min().filter(|after| *after < work)
    }

    /// The hours begin or end now, or are looked at for the first time. Returns whether they are over, if that has changed.
    pub(in crate::disruption) fn look_at_hours(
        &mut self,
        now: Time,
        schedule: &mut dyn FnMut(Time, u8) -> EventId,
    ) -> Option<bool> {
        let changed = self.hours.as_mut()?.look(now, schedule);
        let place = self.place_among_due(now);
        let hours = self.hours.as_mut().filter(|_| changed)?;
        if hours.are_over() {
            hours.due = place;
        }
        Some(hours.are_over())
    }

    /// Whether the machine is down because its hours are over.
    pub(in crate::disruption) fn rests(&self) -> bool {
        self.stands && self.current == HOURS
    }

    /// Whether work of this length may begin now. If not, its hours are as good as over.
    pub(in crate::disruption) fn holds(&mut self, work: Time, now: Time) -> bool {
        let admits = self.hours.as_mut().is_none_or(|hours| hours.admits(work, now));
        if !admits {
            let place = self.place_among_due(now);
            self.hours.iter_mut().for_each(|hours| hours.hold(place));
        }
        !admits
    }

    /// A stop falls due by the calendar; false if it waits already or goes on now.
    pub(in crate::disruption) fn fall_due(
        &mut self,
        number: u8,
        now: Time,
        schedule: impl FnOnce(Time, u8) -> EventId,
    ) -> bool {
        let under_way = self.stands && self.current == number;
        let place = self.place_among_due(now);
        let hours = self.hours.as_ref().map(|hours| hours.timetable());
        let downtime = &mut self.all[usize::from(number)];
        downtime.event_id = EventId::default();
        let waits_already = downtime.due > 0;
        if downtime.is_fixed() {
            let due = downtime.due;
            downtime.renew(hours, now, schedule);
            downtime.due = due;
        }
        if under_way || waits_already {
            return false;
        }
        downtime.due = place;
        true
    }
}
