//! A crew: people who come when a machine needs a skill, one to each machine, and go back when they are done.
//!
//! A breakdown or a plan of maintenance that names a `skill` needs one person of any crew that has it. Until a person comes
//! the machine is `WaitingForRepair`. A crew is no part of the flow and has no state. Reports show the mean number of its
//! people at work. Its utilisation is that number divided by the mean number of people who are there.
//!
//! With a calendar, each shift has `size` people, or as many as `by_shift` says; where two shifts overlap, those of both are
//! there. A person who is at a machine when the shift or the time before a break ends finishes the job, which is overtime, and
//! takes no other.
//!
//! With a speed or a table of times they walk to the machines (`resource/mod.rs`).
//!
//! Persons with skills of their own stand in a table: each becomes a crew of one (`line/persons.rs`).
//!
//! Not modelled: how fast one person works compared with another.

mod skill_matrix;

pub use skill_matrix::SkillMatrix;

use super::appearance::{Appearance, Paint, Piece, Shape, Stand, Symbol};
use super::travel::Travel;
use super::{Datasheet, Equipment, Forecast, Improvement, Retune, Role, Settings};
use crate::calendar::{Attendance, Timetable};
use crate::checking::Check;
use crate::context::{Context, DUE, EventOutcome};
use crate::event::{Listener, Slot, What};
use crate::kernel::{Event, EventId, Purpose, Stream, Time};
use crate::material::{Place, PlaceSpec};
use crate::resource::TravelTimes;
use crate::units::spelling::listed;
use crate::units::{Duration, Speed};
use bevy::ecs::component::Component;
use indexmap::IndexMap;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A crew as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crew {
    /// How many people.
    pub size: Option<u32>,
    /// What each of them is able to do.
    #[serde(default)]
    pub skills: Vec<String>,
    /// Or a table with the skills of each person.
    pub persons: Option<SkillMatrix>,
    /// The calendar of its shifts; that of the line without it.
    pub calendar: Option<String>,
    /// How many people a shift has, by its name, where that is not `size`.
    #[serde(default)]
    pub by_shift: IndexMap<String, u32>,
    /// How fast they walk, in a straight line between the positions of the elements that call them.
    pub speed: Option<Speed>,
    /// Or how long they walk: `{ "lathe -> mill": "20 s" }`, and as long back unless that is written too.
    #[serde(default)]
    pub travel: IndexMap<String, Duration>,
    /// Where they are at home, in metres.
    pub at: Option<(f64, f64)>,
    /// Whether it is one person of a table.
    #[serde(skip)]
    pub is_person: bool,
}

impl Settings for Crew {
    type Component = CrewState;
    const ROLE: Role = Role::Staff;

    fn checked(&self, check: &mut Check<'_>) -> Option<CrewState> {
        if self.size.is_none() {
            let help = "give the number of people, such as `size: 2`, or a table of `persons`";
            check.fault("", "how many people there are is not said".to_owned(), help);
        }
        let size = self.size?;
        let attendance = self.attendance(size, check);
        let nobody = match &attendance {
            Some(shifts) => shifts.sizes.iter().all(|size| *size == 0),
            None => size == 0,
        };
        if nobody {
            check.fault(
                "size",
                "a crew of nobody never comes".to_owned(),
                "give the number of people, such as 2",
            );
        }
        if size.max(self.by_shift.values().copied().max().unwrap_or(0)) > MOST_PEOPLE {
            let message = format!("a crew of more than {MOST_PEOPLE} people is none");
            check.fault("size", message, "write the people of one line, or several crews");
        }
        let crews = check.around.crews;
        if !crews.incomplete && !self.skills.iter().any(|skill| crews.callers.contains_key(skill)) {
            let help = match self.skills.is_empty() {
                true => {
                    "give it `skills`, and name one of them in `people` of a machine, robot or conveyor or as the `skill` of a breakdown"
                }
                false => {
                    "name one of its skills in `people` of a machine, robot or conveyor or as the `skill` of a breakdown, or remove it"
                }
            };
            let message = match self.skills.is_empty() {
                true => "nobody ever calls this crew: it has no skills".to_owned(),
                false => {
                    let skills = listed(self.skills.iter().map(String::as_str));
                    format!("nobody ever calls this crew for {skills}")
                }
            };
            check.fault("skills", message, help);
        }
        let walks = self.walks(check)?;
        Some(CrewState {
            is_person: self.is_person,
            size,
            walks,
            attendance: attendance.map(Box::new),
            event_id: EventId::default(),
        })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }

    fn skills(&self) -> &[String] {
        &self.skills
    }

    fn most_people(&self) -> u32 {
        self.size.unwrap_or(0)
    }
}

impl Crew {
    /// How long they walk between the elements that call them; none inside if they are wherever they are needed.
    fn walks(&self, check: &mut Check<'_>) -> Option<Option<Arc<TravelTimes>>> {
        if self.speed.is_none() && self.travel.is_empty() {
            return Some(None);
        }
        let callers = &check.around.crews.callers;
        let stops: BTreeSet<Slot> =
            self.skills.iter().filter_map(|skill| callers.get(skill)).flatten().copied().collect();
        let stops: Vec<Slot> = stops.into_iter().collect();
        let ways: Vec<(Slot, Slot)> = stops.windows(2).map(|pair| (pair[0], pair[1])).collect();
        let travel =
            Travel { who: "a crew", speed: self.speed, table: &self.travel, at: self.at, ways: &ways };
        Some(Some(Arc::new(travel.times(&stops, check)?)))
    }

    /// Who is there when; none if all are always there.
    fn attendance(&self, size: u32, check: &mut Check<'_>) -> Option<CrewShifts> {
        let timetable = check.hours(self.calendar.as_deref());
        let names = timetable.as_ref().map_or(&[][..], |timetable| timetable.shift_names());
        // A crew that comes around the clock for a time keeps the numbers of its shifts.
        let known = |shift: &&String| match timetable {
            Some(_) => names.contains(shift),
            None => check.around.calendars.incomplete || check.around.calendars.have_shift(shift),
        };
        let unknown: Vec<&String> = self.by_shift.keys().filter(|shift| !known(shift)).collect();
        for shift in unknown {
            let without_calendar = "give the crew a `calendar`, or leave `by_shift` out";
            check.unknown_shift("by_shift", shift, names, without_calendar);
        }
        let of_shift = |name: &String| self.by_shift.get(name).copied().unwrap_or(size);
        let sizes = names.iter().map(of_shift).collect();
        let until = check.around.run_ends;
        Some(CrewShifts { timetable: timetable?, sizes, until })
    }
}

/// How many people of a crew are there, by its calendar.
#[derive(Clone, Debug, PartialEq)]
struct CrewShifts {
    timetable: Timetable,
    /// By the number of the shift.
    sizes: Vec<u32>,
    /// The end of the run, if that is as long as the layout says.
    until: Time,
}

impl CrewShifts {
    /// How many are there at an instant.
    fn at(&self, now: Time) -> u32 {
        self.attending(self.timetable.at(now))
    }

    fn attending(&self, attendance: Attendance) -> u32 {
        let of_shift = self.sizes.iter().enumerate().filter(|(shift, _)| attendance.is_working(*shift));
        of_shift.map(|(_, size)| *size).fold(0, u32::saturating_add)
    }

    /// The most that are there at once during the run, and at least those of the largest shift.
    fn most(&self) -> u32 {
        let largest = self.sizes.iter().copied().max().unwrap_or(0);
        let (mut most, mut next) = (largest.max(self.at(Time::ZERO)), self.timetable.next_change(Time::ZERO));
        for _ in 0..MOST_CHANGES {
            let Some((time, attendance)) = next.filter(|(time, _)| *time < self.until) else { break };
            most = most.max(self.attending(attendance));
            next = self.timetable.next_change(time);
        }
        most
    }
}

/// Two years of five changes a day: whatever overlaps later has done so before.
const MOST_CHANGES: usize = 3_650;

/// No line has so many people, and each who walks takes memory.
const MOST_PEOPLE: u32 = 100_000;

/// The running crew.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct CrewState {
    size: u32,
    /// Whether it is one person of a table, who is never two.
    is_person: bool,
    /// How long they walk; none if they are wherever they are needed.
    walks: Option<Arc<TravelTimes>>,
    /// Who is there when; none if all are always there.
    attendance: Option<Box<CrewShifts>>,
    /// The event of the next change of shifts.
    event_id: EventId,
}

impl CrewState {
    /// Sends those to work whose shift it is, and schedules the next change.
    fn attend<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        let Some(shifts) = &self.attendance else { return };
        let there = shifts.at(ctx.now);
        ctx.attend(me, there);
        ctx.emit(me, What::Attends { there });
        if let Some((time, _)) = shifts.timetable.next_change(ctx.now) {
            self.event_id = ctx.schedule(time - ctx.now, DUE, me);
        }
    }

    fn most(&self) -> u32 {
        self.attendance.as_ref().map_or(self.size, |shifts| shifts.most())
    }
}

impl Equipment for CrewState {
    fn seed(&mut self, _stream: &dyn Fn(Purpose, u32) -> Stream) {}

    fn start<L: Listener>(&mut self, _place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.attend(me, ctx);
    }

    fn on_event<L: Listener>(
        &mut self,
        event: Event,
        _place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome {
        if event.id != self.event_id {
            return EventOutcome::Allocate;
        }
        self.attend(me, ctx);
        EventOutcome::NeedsSettling
    }

    fn has_pending_event(&self, _place: &Place) -> bool {
        true
    }
}

impl Forecast for CrewState {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: PlaceSpec { capacity: Some(0), ..PlaceSpec::default() },
            lends: Some(self.most()),
            walks: self.walks.clone(),
            lends_by_shift: self.attendance.as_ref().map_or_else(Vec::new, |shifts| shifts.sizes.clone()),
            hours: self.attendance.as_ref().map(|shifts| shifts.timetable.clone()),
            ..Datasheet::of(appearance())
        }
    }
}

impl Retune for CrewState {
    fn can_become(&self, settings: &CrewState) -> bool {
        let timetable = |one: &'_ CrewState| one.attendance.as_ref().map(|shifts| shifts.timetable.clone());
        timetable(self) == timetable(settings) && self.walks == settings.walks
    }

    fn improve(&mut self, improvement: Improvement) {
        let more = u32::from(improvement == Improvement::Person && !self.is_person);
        self.size = self.size.saturating_add(more);
        let sizes = self.attendance.iter_mut().flat_map(|shifts| shifts.sizes.iter_mut());
        sizes.filter(|size| **size > 0).for_each(|size| *size = size.saturating_add(more));
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &CrewState,
        _before: &CrewState,
        _place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let CrewState { size, attendance, is_person: _, walks: _, event_id: _ } = settings;
        (self.size, self.attendance) = (*size, attendance.clone());
        ctx.resize(me, self.most());
        if let Some(shifts) = &self.attendance {
            let there = shifts.at(ctx.now);
            ctx.attend(me, there);
            ctx.emit(me, What::Attends { there });
        }
    }
}

/// The bench of a crew, and places for three people abreast who are there.
fn appearance() -> Appearance {
    let pieces = vec![
        Piece::fixed(Shape::Block([1.8, 0.02, 2.0]), [0.0, 0.01, 0.0], Paint::Marking),
        Piece::fixed(Shape::Block([1.6, 0.06, 0.5]), [0.0, 0.9, -0.7], Paint::Wood),
        Piece::fixed(Shape::Block([1.5, 0.86, 0.4]), [0.0, 0.45, -0.7], Paint::Accent),
    ];
    Appearance {
        footprint: [1.8, 2.0],
        height: 1.9,
        symbol: Symbol::Staff,
        pieces,
        stand: Stand::Rows { front: [0.6, 0.0, 0.7], pitch: 0.6, columns: 3, rows: 2 },
        lamp: None,
        arm: None,
    }
}
