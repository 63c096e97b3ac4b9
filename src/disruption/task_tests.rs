//! A task by itself: what no kind of equipment asks of it yet.

use super::{
    Breakdown, Downtimes, FailureClock, Maintenance, Policy, Preemption, StopSettings, Task, TaskProgress,
    When,
};
use crate::calendar::Calendars;
use crate::checking::{Check, Crews, Surroundings, Zones};
use crate::context::Context;
use crate::distribution::{CatalogColumn, DistributionSpec, ReadCell};
use crate::event::{LineEvent, Listener, ResourcePurpose, Slot, State};
use crate::kernel::{EventQueue, Purpose, Stream, Time};
use crate::material::{Families, PartStore};
use crate::resource::Pools;
use std::sync::Arc;

struct Deaf;

impl Listener for Deaf {
    fn on_event(&mut self, _: LineEvent) {}
}

const ME: Slot = Slot(0);

fn breakdown(after: &str, clock: FailureClock) -> Breakdown {
    Breakdown {
        after: DistributionSpec::written(after),
        repair: DistributionSpec::written("\"3 ns\""),
        clock: Some(clock),
        part: Preemption::Restart,
        skill: None,
        people: Vec::new(),
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
        calendars: &Calendars::default(),
        run_ends: Time::ZERO,
        gas_heat: None,
        has_start_limit: false,
        break_even: None,
    };
    let mut no_file =
        |_: &str, _: &CatalogColumn<'_>, _: &ReadCell<'_>| Err("there are no files here".to_owned());
    let settings = StopSettings { breakdowns, maintenance, ..StopSettings::default() };
    let downtimes = Downtimes::checked(settings, &mut Check::new(around, &mut faults, &mut no_file));
    assert!(faults.is_empty(), "{faults:?}");
    let mut task = Task::new(downtimes);
    task.seed(&|purpose, index| Stream::new(1, 0, "task", purpose as Purpose, index));
    task
}

/// What came of every event up to a time, as long as `act` says what to do then.
fn run(
    task: &mut Task,
    until: u64,
    mut act: impl FnMut(&mut Task, TaskProgress, &mut Context<'_, Deaf>),
) -> Vec<(u64, TaskProgress)> {
    let (mut queue, mut parts, mut listener) = (EventQueue::default(), PartStore::default(), Deaf);
    let mut pools = Pools::default();
    let mut ctx = Context {
        now: Time::ZERO,
        queue: &mut queue,
        parts: &mut parts,
        listener: &mut listener,
        pools: &mut pools,
        notes: Vec::new(),
    };
    let mut told = Vec::new();
    task.start(ME, &mut ctx);
    act(task, TaskProgress::Up, &mut ctx);
    while let Some(event) = ctx.queue.pop(Time(until)) {
        ctx.now = event.time;
        let progress = task.on_event(event, ME, &mut ctx);
        if progress != TaskProgress::Unchanged {
            told.push((ctx.now.0, progress));
            act(task, progress, &mut ctx);
        }
    }
    told
}

#[test]
fn work_without_wear_is_interrupted_by_the_calendar_alone() {
    // 6 ns aside and 6 ns of work in turn. Times to failure of 10 ns of work and of 27 ns by the calendar; after each stop the work begins
    // again.
    let modes =
        [breakdown("\"10 ns\"", FailureClock::Working), breakdown("\"27 ns\"", FailureClock::Calendar)];
    let mut aside = false;
    let told = run(&mut task(&modes, &[]), 50, |task, progress, ctx| {
        if matches!(progress, TaskProgress::Finished) || ctx.now == Time::ZERO {
            aside = !aside;
            if aside {
                task.begin_without_wear(Time(6), ResourcePurpose::Loading, ME, ctx)
            } else {
                task.begin(Time(6), ME, ctx)
            }
        }
    });
    let (down, up, done) = (TaskProgress::Down(State::Failed), TaskProgress::Up, TaskProgress::Finished);
    let by_hand = [
        // Aside to 6, work to 12, aside to 18, 4 ns of work to 22, a repair, and the work again.
        (6, done),
        (12, done),
        (18, done),
        (22, down),
        (25, up),
        // After 2 of 6 ns, by the calendar; the new time to failure of the other has 8 ns left.
        (27, down),
        (30, up),
        (36, done),
        (42, done),
        // 2 ns of work are left of that time to failure.
        (44, down),
        (47, up),
    ];
    assert_eq!(told, by_hand);
}

#[test]
fn a_stop_of_work_without_wear_keeps_what_was_done_of_it() {
    let modes = [breakdown("\"4 ns\"", FailureClock::Calendar)];
    let told = run(&mut task(&modes, &[]), 20, |task, _, ctx| {
        if ctx.now == Time::ZERO {
            task.begin_without_wear(Time(10), ResourcePurpose::Loading, ME, ctx);
        }
    });
    let (down, up) = (TaskProgress::Down(State::Failed), TaskProgress::Up);
    let by_hand = [(4, down), (7, up), (11, down), (14, up), (16, TaskProgress::Finished), (18, down)];
    assert_eq!(told, by_hand);
}

#[test]
fn maintenance_after_the_part_waits_for_work_that_follows_work_without_wear() {
    let plan = Maintenance {
        every: DistributionSpec::written("\"3 ns\""),
        first: None,
        takes: DistributionSpec::written("\"2 ns\""),
        clock: None,
        when: When::AfterPart,
        policy: Policy::Age,
        renews: None,
        skill: None,
        people: Vec::new(),
        priority: None,
    };
    let told = run(&mut task(&[], &[plan]), 20, |task, progress, ctx| match progress {
        TaskProgress::Up if ctx.now == Time::ZERO => {
            task.begin_without_wear(Time(4), ResourcePurpose::Loading, ME, ctx)
        }
        TaskProgress::Finished => task.begin(Time(5), ME, ctx),
        _ => {}
    });
    let by_hand = [
        (3, TaskProgress::Due),
        (4, TaskProgress::Finished),
        (9, TaskProgress::Last),
        (9, TaskProgress::Down(State::Maintenance)),
        (11, TaskProgress::Up),
        // Without work it begins at the instant at which it is due.
        (14, TaskProgress::Due),
        (14, TaskProgress::Down(State::Maintenance)),
        (16, TaskProgress::Up),
        (19, TaskProgress::Due),
        (19, TaskProgress::Down(State::Maintenance)),
    ];
    assert_eq!(told, by_hand);
}
