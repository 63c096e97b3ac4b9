//! A task by itself: what no kind of equipment asks of it yet.

use super::{Breakdown, Causes, Clock, Fate, Maintenance, Policy, Progress, Task, When};
use crate::checking::{Check, Crews, Surroundings, Zones};
use crate::context::Moment;
use crate::distribution::{CatalogColumn, Distribution, ReadCell};
use crate::event::{LineEvent, Listener, Slot, State};
use crate::kernel::{Calendar, Purpose, Stream, Time};
use crate::material::{Families, PartStore};
use std::sync::Arc;

struct Nobody;

impl Listener for Nobody {
    fn hear(&mut self, _: LineEvent) {}
}

const ME: Slot = Slot(0);

fn breakdown(after: &str, clock: Clock) -> Breakdown {
    Breakdown {
        after: Distribution::written(after),
        repair: Distribution::written("\"3 ns\""),
        clock: Some(clock),
        part: Fate::Restart,
        skill: None,
        priority: None,
    }
}

fn task(breakdowns: &[Breakdown], maintenance: &[Maintenance]) -> Task {
    let (mut faults, crews, zones) = (Vec::new(), Crews::default(), Zones::default());
    let around = Surroundings {
        me: ME,
        names: &[],
        positions: &[],
        products: &[],
        families: &Families::default(),
        operations: &Arc::default(),
        carries: &[],
        crews: &crews,
        zones: &zones,
        exits: &[],
        comes: None,
        load: 1.0,
        reworks: false,
        start: jiff::civil::date(2026, 1, 5).at(0, 0, 0, 0),
    };
    let mut no_file =
        |_: &str, _: &CatalogColumn<'_>, _: &ReadCell<'_>| Err("there are no files here".to_owned());
    let causes = Causes::checked(breakdowns, maintenance, &mut Check::new(around, &mut faults, &mut no_file));
    assert!(faults.is_empty(), "{faults:?}");
    let mut task = Task::new(causes);
    task.seed(&|purpose, index| Stream::new(1, 0, "task", purpose as Purpose, index));
    task
}

/// What came of every alarm up to a time, as long as `act` says what to do then.
fn run(
    task: &mut Task,
    until: u64,
    mut act: impl FnMut(&mut Task, Progress, &mut Moment<'_, Nobody>),
) -> Vec<(u64, Progress)> {
    let (mut calendar, mut parts, mut listener) = (Calendar::default(), PartStore::default(), Nobody);
    let mut at = Moment {
        now: Time::ZERO,
        calendar: &mut calendar,
        parts: &mut parts,
        listener: &mut listener,
        asks: Vec::new(),
    };
    let mut told = Vec::new();
    task.start(ME, &mut at);
    act(task, Progress::Up, &mut at);
    while let Some(alarm) = at.calendar.ring(Time(until)) {
        at.now = alarm.time;
        let progress = task.ring(alarm, ME, &mut at);
        if progress != Progress::Unchanged {
            told.push((at.now.0, progress));
            act(task, progress, &mut at);
        }
    }
    told
}

#[test]
fn work_aside_wears_nothing_and_is_interrupted_by_the_calendar() {
    // 6 ns aside and 6 ns of work in turn. Lives of 10 ns of work and of 27 ns by the calendar; after each stop work begins
    // anew.
    let modes = [breakdown("\"10 ns\"", Clock::Working), breakdown("\"27 ns\"", Clock::Calendar)];
    let mut aside = false;
    let told = run(&mut task(&modes, &[]), 50, |task, progress, at| {
        if matches!(progress, Progress::Finished) || at.now == Time::ZERO {
            aside = !aside;
            if aside { task.begin_aside(Time(6), ME, at) } else { task.begin(Time(6), ME, at) }
        }
    });
    let (down, up, done) = (Progress::Down(State::Failed), Progress::Up, Progress::Finished);
    let by_hand = [
        // Aside to 6, work to 12, aside to 18, 4 ns of work to 22, a repair, and the work anew.
        (6, done),
        (12, done),
        (18, done),
        (22, down),
        (25, up),
        // After 2 of 6 ns, by the calendar; the new life of the other has 8 ns left.
        (27, down),
        (30, up),
        (36, done),
        (42, done),
        // 2 ns of work are left of that life.
        (44, down),
        (47, up),
    ];
    assert_eq!(told, by_hand);
}

#[test]
fn a_stop_of_work_aside_keeps_what_was_done_of_it() {
    let modes = [breakdown("\"4 ns\"", Clock::Calendar)];
    let told = run(&mut task(&modes, &[]), 20, |task, _, at| {
        if at.now == Time::ZERO {
            task.begin_aside(Time(10), ME, at);
        }
    });
    let (down, up) = (Progress::Down(State::Failed), Progress::Up);
    let by_hand = [(4, down), (7, up), (11, down), (14, up), (16, Progress::Finished), (18, down)];
    assert_eq!(told, by_hand);
}

#[test]
fn maintenance_after_the_part_waits_for_work_that_follows_work_aside() {
    let plan = Maintenance {
        every: Distribution::written("\"3 ns\""),
        takes: Distribution::written("\"2 ns\""),
        clock: None,
        when: When::AfterPart,
        policy: Policy::Age,
        renews: None,
        skill: None,
        priority: None,
    };
    let told = run(&mut task(&[], &[plan]), 20, |task, progress, at| match progress {
        Progress::Up if at.now == Time::ZERO => task.begin_aside(Time(4), ME, at),
        Progress::Finished => task.begin(Time(5), ME, at),
        _ => {}
    });
    let by_hand = [
        (3, Progress::Due),
        (4, Progress::Finished),
        (9, Progress::Last),
        (9, Progress::Down(State::Maintenance)),
        (11, Progress::Up),
        // Without work it begins at the instant at which it is due.
        (14, Progress::Due),
        (14, Progress::Down(State::Maintenance)),
        (16, Progress::Up),
        (19, Progress::Due),
        (19, Progress::Down(State::Maintenance)),
    ];
    assert_eq!(told, by_hand);
}
