//! Breakdowns: competing modes, each with its own clock, repaired one at a time.
//!
//! A mode carries a life that its clock runs down. [`Clock::Working`] counts only the time in which the machine works
//! (operation-dependent failures), [`Clock::Calendar`] counts all time since the last repair of the mode, and
//! [`Clock::Parts`] counts finished parts; a life in parts that is used up stops the machine when it starts the next
//! part. The work in hand is neither lost nor shortened: it goes on after the repair with what was left of it.
//! A calendar breakdown that falls due during another repair is repaired right after that one.
//!
//! Not modelled: repair crews (a repairer is always at hand), scrapping the part in work.

use crate::distribution::{Distribution, Life};
use crate::equipment::Check;
use crate::kernel::{Law, Purpose, Stream, Ticket, Time};
use crate::units::Duration;
use serde::Deserialize;

/// A way to break down, as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breakdown {
    /// Life between repairs: a time, or a number of parts.
    pub after: Distribution<Life>,
    /// Length of the repair.
    pub repair: Distribution<Duration>,
    /// What the life counts; times count working time unless told otherwise.
    pub clock: Option<Clock>,
}

/// What runs a life down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Clock {
    /// Time in which the machine works on a part.
    Working,
    /// All time since the last repair of this mode.
    Calendar,
    /// Finished parts.
    Parts,
}

/// One mode of the running machine.
#[derive(Clone, Debug, PartialEq)]
struct Mode {
    clock: Clock,
    after: Law,
    repair: Law,
    lives: Stream,
    repairs: Stream,
    /// Nanoseconds of work, or parts, until the next stop. Unused by calendar modes, whose stop is an alarm.
    left: u64,
    /// Its place among the calendar modes that wait for the end of a repair; 0 if it does not wait.
    queued: u32,
    /// The alarm of a calendar mode.
    ticket: Ticket,
}

impl Mode {
    fn renew(&mut self) {
        self.left = match self.clock {
            // At least one part is made between two stops, or the machine would never make any.
            Clock::Parts => (self.after.draw(&mut self.lives) + 0.5).max(1.0) as i64 as u64,
            Clock::Working | Clock::Calendar => self.after.draw_time(&mut self.lives).0,
        }
    }
}

/// All modes of a machine, and the one that it is down with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Breakdowns {
    modes: Box<[Mode]>,
    /// The mode under repair.
    down: u8,
    /// The last place given to a calendar mode that fell due during a repair.
    queued: u32,
    /// The alarm of the end of the repair.
    ticket: Ticket,
    /// What was left of the shortest lives when the clocks of all modes were last read.
    read: Lives,
}

/// How long a machine may go on before the first of its modes stops it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lives {
    /// How much work it may do.
    pub(crate) work: Time,
    /// How many parts it may begin.
    pub(crate) parts: i64,
}

impl Lives {
    /// Nothing will stop it: more than any run has.
    pub(crate) const ENDLESS: Lives = Lives { work: Time::NEVER, parts: i64::MAX };
}

impl Default for Lives {
    fn default() -> Lives {
        Lives::ENDLESS
    }
}

/// What an alarm means to the breakdowns of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// The repair at hand is over.
    Repair,
    /// A calendar mode stops the machine.
    Mode(u8),
}

/// The modes are numbered in a byte.
const MODES: usize = 250;

impl Breakdowns {
    /// Reads the modes of a layout.
    pub(crate) fn checked(said: &[Breakdown], check: &mut Check<'_>) -> Breakdowns {
        if said.len() > MODES {
            check.fault(
                "breakdowns",
                format!("{} breakdowns, but a machine can have {MODES}", said.len()),
                "join those that are alike",
            );
        }
        let modes = said.iter().enumerate().filter_map(|(i, mode)| Mode::checked(mode, i, check)).collect();
        Breakdowns { modes, ..Breakdowns::default() }
    }

    /// Gives every mode its streams and its first life; the shortest lives.
    pub(crate) fn seed(&mut self, stream: impl Fn(Purpose, u32) -> Stream) -> Lives {
        for (mode, i) in self.modes.iter_mut().zip(0..) {
            mode.lives = stream(Purpose::Failure, i);
            mode.repairs = stream(Purpose::Repair, i);
            mode.renew();
        }
        self.shortest()
    }

    /// The shortest lives of all modes, as their clocks stand now.
    fn shortest(&mut self) -> Lives {
        let of = |clock| self.modes.iter().filter(move |mode| mode.clock == clock).map(|mode| mode.left);
        let work = of(Clock::Working).min().map_or(Lives::ENDLESS.work, Time);
        let parts = of(Clock::Parts).min().map_or(Lives::ENDLESS.parts, |left| left as i64);
        self.read = Lives { work, parts };
        self.read
    }

    /// Brings the clocks of all modes up to where the shortest lives are now.
    fn read_clocks(&mut self, lives: Lives) {
        let (worked, begun) = (self.read.work - lives.work, self.read.parts - lives.parts);
        self.read = lives;
        for mode in &mut self.modes {
            // Only modes that end at one instant, and work of no length, can meet zero here.
            match mode.clock {
                Clock::Working => mode.left = mode.left.saturating_sub(worked.0),
                Clock::Parts => mode.left = mode.left.saturating_sub(begun as u64),
                Clock::Calendar => {}
            }
        }
    }

    /// Whether running modes can go on as these: as many, and with the same clocks.
    pub(crate) fn can_become(&self, settings: &Breakdowns) -> bool {
        self.modes.iter().map(|mode| mode.clock).eq(settings.modes.iter().map(|mode| mode.clock))
    }

    /// Goes on with the laws of other settings. What is left of a life becomes as much longer or shorter as its mean does;
    /// repairs under way and alarms that are set stay as they are.
    pub(crate) fn become_like(&mut self, settings: &Breakdowns, lives: Lives) -> Lives {
        self.read_clocks(lives);
        for (mode, settings) in self.modes.iter_mut().zip(&settings.modes) {
            let left = mode.left as f64 * mode.after.ratio(&settings.after);
            mode.left = match mode.clock {
                Clock::Working => Time::from_secs(left * 1e-9).0,
                Clock::Parts => left as u64,
                Clock::Calendar => mode.left,
            };
            mode.after = settings.after.clone();
            mode.repair = settings.repair.clone();
        }
        self.shortest()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.modes.is_empty()
    }

    /// What each mode follows: its clock, its life, its repair.
    pub(super) fn laws(&self) -> impl Iterator<Item = (Clock, &Law, &Law)> {
        self.modes.iter().map(|mode| (mode.clock, &mode.after, &mode.repair))
    }

    /// Sets the alarms of the calendar modes.
    pub(crate) fn start(&mut self, mut alarm: impl FnMut(Time) -> Ticket) {
        for mode in self.modes.iter_mut().filter(|mode| mode.clock == Clock::Calendar) {
            mode.ticket = alarm(Time(mode.left));
        }
    }

    /// What an alarm means; nothing if it was cancelled.
    pub(crate) fn heard(&self, ticket: Ticket) -> Option<Due> {
        if ticket == self.ticket {
            return Some(Due::Repair);
        }
        let mode = self.modes.iter().position(|mode| mode.clock == Clock::Calendar && mode.ticket == ticket);
        mode.map(|mode| Due::Mode(mode as u8))
    }

    /// The first stop within the next `work`: which mode, and after how much of the work.
    pub(crate) fn stop_within(&mut self, work: Time, lives: Lives) -> Option<(u8, Time)> {
        self.read_clocks(lives);
        let mut first = None;
        let mut earliest = work;
        for (mode, i) in self.modes.iter().zip(0..) {
            let stop = match mode.clock {
                Clock::Working => Time(mode.left),
                Clock::Parts if mode.left == 0 => Time::ZERO,
                Clock::Parts | Clock::Calendar => continue,
            };
            if stop < earliest {
                (first, earliest) = (Some(i), stop);
            }
        }
        first.map(|mode| (mode, earliest))
    }

    /// Goes down with a mode, and sets the alarm of the end of its repair.
    pub(crate) fn fail(&mut self, mode: u8, alarm: impl FnOnce(Time) -> Ticket) {
        self.down = mode;
        let mode = &mut self.modes[usize::from(mode)];
        self.ticket = alarm(mode.repair.draw_time(&mut mode.repairs));
    }

    /// Keeps a calendar mode waiting until the repair at hand is over.
    pub(crate) fn postpone(&mut self, mode: u8) {
        self.queued += 1;
        self.modes[usize::from(mode)].queued = self.queued;
    }

    /// Ends the repair at hand. The mode that was repaired has a new life, and sets its alarm if it runs by the calendar.
    pub(crate) fn repaired(&mut self, lives: Lives, alarm: impl FnOnce(Time) -> Ticket) -> Lives {
        self.read_clocks(lives);
        let mode = &mut self.modes[usize::from(self.down)];
        mode.renew();
        if mode.clock == Clock::Calendar {
            mode.ticket = alarm(Time(mode.left));
        }
        self.shortest()
    }

    /// The calendar mode that has waited longest for its repair.
    pub(crate) fn next_due(&mut self) -> Option<u8> {
        if self.queued == 0 {
            return None;
        }
        let waiting = self.modes.iter_mut().zip(0..).filter(|(mode, _)| mode.queued > 0);
        let Some((mode, number)) = waiting.min_by_key(|(mode, _)| mode.queued) else {
            self.queued = 0;
            return None;
        };
        mode.queued = 0;
        Some(number)
    }
}

impl Mode {
    fn checked(said: &Breakdown, index: usize, check: &mut Check<'_>) -> Option<Mode> {
        let field = |name: &str| format!("breakdowns[{index}].{name}");
        let after = check.law(&field("after"), &said.after);
        let repair = check.law(&field("repair"), &said.repair);
        let in_parts = said.after.is_parts();
        let clock = said.clock.unwrap_or(if in_parts { Clock::Parts } else { Clock::Working });
        if in_parts != (clock == Clock::Parts) {
            let (message, help) = if in_parts {
                (
                    "a life in parts cannot run on a clock of time",
                    "write a time such as \"2 h\", or `clock: Parts`",
                )
            } else {
                (
                    "a life in time cannot run on a clock of parts",
                    "write a count such as \"500 parts\", or `clock: Working`",
                )
            };
            check.fault(&field("clock"), message.to_owned(), help);
        }
        let (after, repair) = (after?, repair?);
        if after.mean() <= 0.0 {
            check.fault(
                &field("after"),
                "a life of zero would stop the machine for ever".to_owned(),
                "give a mean above zero",
            );
        }
        let (lives, repairs) = (Stream::default(), Stream::default());
        let (left, queued, ticket) = (0, 0, Ticket::default());
        Some(Mode { clock, after, repair, lives, repairs, left, queued, ticket })
    }
}
