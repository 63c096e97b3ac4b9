//! All that makes one machine stand still: its breakdowns and its plans of maintenance, one at a time.
//!
//! What falls due while the machine stands waits for the end of that, and so does what falls due at the instant of that end.
//! Then breakdowns come before maintenance, each in the order in which they fell due; those of one instant in the order of the
//! layout. A repair or maintenance puts right whatever it renews, also what fell due of that in the meantime.
//!
//! Read [`Causes`] first, then `Lives`.

use super::cause::{Cause, DowntimeKind};
use super::{Begun, Breakdown, FailureClock, Fate, Maintenance, When};
use crate::checking::Check;
use crate::event::{Incident, State};
use crate::kernel::{Law, Purpose, Stream, Ticket, Time};
use crate::resource::{Request, Token};

/// The breakdowns of a machine and its plans of maintenance, and what it stands for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Causes {
    /// Breakdowns, then plans.
    all: Box<[Cause]>,
    /// What it stands for, or stood for last.
    standing: u8,
    /// Whether it stands for that.
    stands: bool,
    /// The request for a person for that, who comes or is there.
    person: Option<Token>,
    /// The last place given to what fell due, and the instant of that.
    dues: u32,
    due_at: Time,
    /// When a life was last used up at the end of an operation.
    worn_at: Option<Time>,
    /// The alarm of the end of the stop.
    end: Ticket,
    /// The alarm of the beginning of what is due and waits for nothing, and whether the machine is empty then.
    begin: Ticket,
    empty: bool,
    /// The length of the work in hand, once it was interrupted.
    whole: Time,
    /// How long the stop at hand lasts, if that was told.
    told: Option<Time>,
    /// What was left of the shortest lives when the clocks were last read.
    read: Lives,
    /// How the machine is when the run begins, if that is not empty and up.
    begun: Option<Box<Begun>>,
}

/// How long a machine may go on before somebody must look at what makes it stand still.
///
/// Packed, since every machine has it: with the room that usually lies behind a number of half the size, a machine with a
/// skill of its own would not fit into two cache lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(Rust, packed(4))]
pub(crate) struct Lives {
    /// How much work it may do.
    pub(crate) work: Time,
    /// How many parts it may begin.
    pub(crate) parts: i32,
}

impl Lives {
    /// Nothing will stop it soon: more work than any run has, and so many parts that to look again then costs nothing.
    pub(crate) const ENDLESS: Lives = Lives { work: Time::NEVER, parts: i32::MAX };
}

impl Default for Lives {
    fn default() -> Lives {
        Lives::ENDLESS
    }
}

/// What an alarm means to what makes a machine stand still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// The stop at hand is over.
    End,
    /// Something that is due begins.
    Begin,
    /// Something falls due by the calendar.
    Cause(u8),
}

/// Breakdowns and plans are numbered in a byte.
const MOST: usize = 250;

impl Causes {
    /// Reads breakdowns and plans of a layout.
    pub(crate) fn checked(
        breakdowns: &[Breakdown],
        maintenance: &[Maintenance],
        check: &mut Check<'_>,
    ) -> Causes {
        let count = breakdowns.len() + maintenance.len();
        let too_many = if breakdowns.len() > MOST {
            Some(("breakdowns", format!("{} breakdowns", breakdowns.len())))
        } else {
            (count > MOST).then(|| ("maintenance", format!("{count} breakdowns and plans of maintenance")))
        };
        if let Some((field, many)) = too_many {
            let message = format!("{many}, but a machine can have {MOST}");
            check.fault(field, message, "join those that are alike");
        }
        let mut all = Vec::with_capacity(count);
        all.extend(breakdowns.iter().enumerate().filter_map(|(i, mode)| mode.checked(i, check)));
        let modes = breakdowns.len();
        all.extend(maintenance.iter().enumerate().filter_map(|(i, plan)| plan.checked(i, modes, check)));
        Causes { all: all.into(), ..Causes::default() }
    }

    /// With equipment that is like this when the run begins.
    pub(crate) fn beginning(self, begun: Option<Begun>) -> Causes {
        Causes { begun: begun.map(Box::new), ..self }
    }

    /// How the machine is when the run begins.
    pub(super) fn begun(&self) -> Option<&Begun> {
        self.begun.as_deref()
    }

    /// Whether nothing ever stops it, and it begins empty and up.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.begun.is_none()
    }

    /// Gives each its streams and its first life; the shortest lives.
    pub(super) fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) -> Lives {
        let modes = self.modes();
        for (cause, i) in self.all.iter_mut().zip(0..) {
            cause.seed(if i < modes { i } else { i - modes } as u32, stream);
        }
        self.shortest()
    }

    fn modes(&self) -> usize {
        self.all.iter().filter(|cause| cause.is_breakdown()).count()
    }

    /// Each cause with its life and the length of its stop.
    pub(super) fn laws(&self) -> impl Iterator<Item = (&Cause, &Law, &Law)> {
        self.all.iter().map(|cause| (cause, cause.life(), cause.length()))
    }

    /// Sets the alarms of what runs by the calendar.
    pub(super) fn start(&mut self, now: Time, mut alarm: impl FnMut(Time, u8) -> Ticket) {
        self.all.iter_mut().for_each(|cause| cause.set_alarm(now, &mut alarm));
    }

    /// The shortest lives, as the clocks stand now. A plan is looked at before the work in which it falls due, also if that is
    /// at its end; once it is due, before any work.
    pub(super) fn shortest(&mut self) -> Lives {
        let mut lives = Lives::ENDLESS;
        for cause in &self.all {
            if !cause.is_breakdown() && cause.due > 0 {
                lives.parts = 0;
                continue;
            }
            let left = cause.left - i64::from(!cause.is_breakdown());
            match cause.clock {
                FailureClock::Working => lives.work = Time(left.max(0) as u64).min(lives.work),
                // Of more parts than fit, the first are looked at first.
                FailureClock::Parts => lives.parts = left.clamp(0, i64::from(lives.parts)) as i32,
                FailureClock::Calendar => {}
            }
        }
        self.read = lives;
        lives
    }

    /// Brings all clocks up to where the shortest lives are now, and on by some more work and parts.
    pub(super) fn pass(&mut self, lives: Lives, work: Time, parts: i64) {
        let worked = ((self.read.work - lives.work) + work).0 as i64;
        let made = i64::from(self.read.parts) - i64::from(lives.parts) + parts;
        self.read = lives;
        for cause in &mut self.all {
            match cause.clock {
                FailureClock::Working => cause.left -= worked,
                FailureClock::Parts => cause.left -= made,
                FailureClock::Calendar => continue,
            }
            if cause.is_breakdown() {
                // Only modes that end at one instant, and work of no length, can meet zero here.
                cause.left = cause.left.max(0);
            }
        }
    }

    /// What is used up of working time or parts falls due; but a life that is used up at the end of an operation stops the next
    /// one. Whether a maintenance is due now.
    pub(super) fn note_due(&mut self, work_is_done: bool, now: Time) -> bool {
        let place = self.place_among_due(now);
        for cause in self.all.iter_mut().filter(|cause| cause.is_used_up()) {
            if cause.is_breakdown() && work_is_done {
                self.worn_at = Some(now);
            } else {
                cause.due = if cause.due == 0 { place } else { cause.due };
                cause.count_on();
            }
        }
        self.awaits_maintenance()
    }

    /// The place of what falls due now among all that fell due: the same for all of one instant.
    fn place_among_due(&mut self, now: Time) -> u32 {
        if self.dues == 0 || now > self.due_at {
            (self.dues, self.due_at) = (self.dues + 1, now);
        }
        self.dues
    }

    /// What an alarm means; nothing if it was cancelled.
    pub(super) fn heard(&self, ticket: Ticket) -> Option<Due> {
        match ticket {
            _ if ticket == self.end => Some(Due::End),
            _ if ticket == self.begin => Some(Due::Begin),
            _ => {
                let by_calendar =
                    |cause: &Cause| cause.clock == FailureClock::Calendar && cause.ticket == ticket;
                self.all.iter().position(by_calendar).map(|cause| Due::Cause(cause as u8))
            }
        }
    }

    /// After how much of the next `work` something falls due, if that is before its end.
    pub(super) fn falls_due_within(&self, work: Time) -> Option<Time> {
        let after = |cause: &Cause| match cause.clock {
            FailureClock::Working => Some(Time(cause.left.max(0) as u64)),
            // Settings that changed may leave no part of a life.
            FailureClock::Parts => (cause.left <= 0).then_some(Time::ZERO),
            FailureClock::Calendar => None,
        };
        let all = self.all.iter().filter(|cause| cause.due == 0).filter_map(after);
        all.min().filter(|after| *after < work)
    }

    /// Something falls due by the calendar; false if it waits already or is under way.
    pub(super) fn fall_due(&mut self, number: u8, now: Time, alarm: impl FnOnce(Time, u8) -> Ticket) -> bool {
        let under_way = self.stands && self.standing == number;
        let place = self.place_among_due(now);
        let cause = &mut self.all[usize::from(number)];
        cause.ticket = Ticket::default();
        let waits_already = cause.due > 0;
        if cause.is_fixed() {
            let due = cause.due;
            cause.renew(now, alarm);
            cause.due = due;
        }
        if under_way || waits_already {
            return false;
        }
        cause.due = place;
        true
    }

    /// The rank of its beginning among all that happens at one instant.
    pub(super) fn rank(&self, number: u8) -> u8 {
        self.all[usize::from(number)].rank()
    }

    /// What comes next of what is due: breakdowns, then maintenance, the longest due first. Maintenance waits for the work
    /// in hand, and what waits for an empty machine until it is told that it is empty.
    pub(super) fn next(&self, work_in_hand: bool) -> Option<u8> {
        let comes = |cause: &(&Cause, u8)| match cause.0.when() {
            When::AtOnce => true,
            When::AfterPart => !work_in_hand,
            When::WhenEmpty => self.empty,
        };
        let due = self.all.iter().zip(0..).filter(|(cause, _)| cause.due > 0);
        due.filter(comes).min_by_key(|(cause, _)| (cause.rank(), cause.due)).map(|(_, number)| number)
    }

    /// Whether a maintenance is due.
    pub(super) fn awaits_maintenance(&self) -> bool {
        self.all.iter().any(|cause| !cause.is_breakdown() && cause.due > 0)
    }

    /// Whether a maintenance that is due waits for an empty machine.
    pub(super) fn drains(&self) -> bool {
        self.all.iter().any(|cause| cause.due > 0 && cause.when() == When::WhenEmpty)
    }

    /// Whether a maintenance by the calendar waits for an empty machine once it is due.
    pub(super) fn will_drain(&self) -> bool {
        let by_calendar = |cause: &&Cause| cause.clock == FailureClock::Calendar && !cause.is_breakdown();
        self.all.iter().filter(by_calendar).any(|cause| cause.when() == When::WhenEmpty)
    }

    /// The machine is empty at this instant.
    pub(super) fn note_empty(&mut self) {
        self.empty = true;
    }

    /// What is due begins with this alarm of this instant, unless an earlier one is set.
    pub(super) fn begin_soon(&mut self, alarm: Ticket) {
        if self.begin == Ticket::default() || alarm < self.begin {
            self.begin = alarm;
        }
    }

    /// What begins now of what is due.
    pub(super) fn begins(&mut self, work_in_hand: bool, now: Time) -> Option<u8> {
        self.begin = Ticket::default();
        let next = self.next(work_in_hand)?;
        if !self.all[usize::from(next)].is_breakdown() && self.worn_at == Some(now) {
            // The life that was used up at this instant ends before the maintenance.
            let worn = self.all.iter().position(|cause| cause.is_breakdown() && cause.is_used_up());
            return Some(worn.map_or(next, |worn| worn as u8));
        }
        Some(next)
    }

    /// The machine stops for this. What it needs of people, if anybody must come.
    pub(super) fn stop(&mut self, number: u8) -> Option<Request> {
        (self.begin, self.empty) = (Ticket::default(), false);
        (self.standing, self.stands) = (number, true);
        let cause = &mut self.all[usize::from(number)];
        cause.due = 0;
        if cause.is_fixed() {
            cause.count_on();
        } else {
            cause.ticket = Ticket::default();
        }
        cause.request.clone()
    }

    /// Somebody was requested for the stop at hand.
    pub(super) fn requested(&mut self, person: Token) {
        self.person = Some(person);
    }

    /// Whether a person was requested under this token for the stop at hand.
    pub(super) fn waits_for(&self, person: Token) -> bool {
        self.stands && self.person == Some(person)
    }

    /// Whether that is a breakdown and no maintenance.
    pub(super) fn is_breakdown(&self, number: u8) -> bool {
        self.all[usize::from(number)].is_breakdown()
    }

    /// What is over when the stop at hand is: a repair or a maintenance.
    pub(super) fn what_ends(&self) -> Incident {
        if self.is_breakdown(self.standing) { Incident::Repair } else { Incident::Maintenance }
    }

    /// The repair or maintenance begins: who must come is there. The state of the machine.
    pub(super) fn begin_stop(&mut self, alarm: impl FnOnce(Time) -> Ticket) -> State {
        let cause = &mut self.all[usize::from(self.standing)];
        let length = match self.told.take() {
            Some(length) => length,
            None => cause.draw_length(),
        };
        self.end = alarm(length);
        cause.state()
    }

    /// The stop at hand will last so long, and not as long as its law would say.
    pub(super) fn tell_length(&mut self, length: Time) {
        self.told = Some(length);
    }

    /// The stop at hand is over, and what it renews begins a new life. The person who is free now.
    pub(super) fn end(&mut self, now: Time, mut alarm: impl FnMut(Time, u8) -> Ticket) -> Option<Token> {
        self.stands = false;
        self.end = Ticket::default();
        let standing = usize::from(self.standing);
        let is_breakdown = self.all[standing].is_breakdown();
        for number in 0..self.all.len() {
            let (cause, done) = (&self.all[number], &self.all[standing]);
            let renewed = match (number == standing, is_breakdown) {
                (true, _) => !cause.is_fixed(),
                (false, true) => cause.renews(standing) && !cause.is_fixed(),
                (false, false) => done.renews(number),
            };
            if renewed {
                self.all[number].renew(now, &mut alarm);
            }
        }
        self.person.take()
    }

    /// Work was interrupted that was whole until now.
    pub(super) fn note_whole(&mut self, whole: Time) {
        self.whole = whole;
    }

    /// The length of the work that was interrupted last, as a whole.
    pub(super) fn whole(&self) -> Time {
        self.whole
    }

    /// What becomes of the work that this interrupts; maintenance spoils nothing.
    pub(super) fn fate(&self, number: u8) -> Fate {
        match self.all[usize::from(number)].kind {
            DowntimeKind::Breakdown(fate) => fate,
            DowntimeKind::Maintenance { .. } => Fate::Resume,
        }
    }

    /// Whether running ones can go on as these: as many, of the same kinds, with the same clocks and the same beginning.
    pub(super) fn can_become(&self, settings: &Causes) -> bool {
        self.begun == settings.begun
            && self.all.len() == settings.all.len()
            && self.all.iter().zip(&settings.all).all(|(before, after)| before.can_become(after))
    }

    /// Goes on with the laws of other settings; a stop under way lasts as long as it would.
    pub(super) fn become_like(
        &mut self,
        settings: &Causes,
        lives: Lives,
        now: Time,
        mut alarm: impl FnMut(Time, u8) -> Ticket,
    ) -> Lives {
        self.pass(lives, Time::ZERO, 0);
        for (cause, settings) in self.all.iter_mut().zip(&settings.all) {
            cause.become_like(settings, now, &mut alarm);
        }
        self.shortest()
    }
}
