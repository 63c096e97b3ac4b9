//! An inspection: judges one part at a time and sends it on by what it found.
//!
//! It makes two kinds of mistakes, told apart as in every table of a test: a part with a defect escapes, or a good part is
//! found bad (a false call). What is found bad goes to rework, or out of the line, or to rework until it was reworked too
//! often. Where only a sample is inspected the other parts pass at once and take no time; a part that comes back after
//! this inspection found it bad is always inspected.
//!
//! Conventions: reworks are counted over the whole line, by the machines that rework. A breakdown that counts parts counts
//! inspections. Parts that are not inspected wait like all others while it is down.
//!
//! Not modelled: measurements and drift, tests that find some defects and not others, mistakes that repeat themselves on the
//! same part, sampling plans that sharpen after a finding.

mod judge;

use super::appearance::{Appearance, Drive, Motion, Paint, Piece, Pose, Shape, Stand, Symbol};
use super::interruptible::{Interruptible, state_when_up};
use super::passage::longest_secs;
use super::quality::{Chance, DefectCause, Quality};
use super::{Capability, Demand, Equipment, Outlook, Settings, Specimen, Work};
use crate::checking::{Check, contents};
use crate::context::{Moment, Rang};
use crate::disruption::{
    self, Begun, Breakdown, Causes, Fate, Initial, Maintenance, StaffDemand, Stops, Task,
};
use crate::distribution::Distribution;
use crate::energy::{Power, PowerTable};
use crate::event::{Listener, Slot, State, What};
use crate::kernel::{Alarm, Draws, Purpose, Stream, Time};
use crate::material::{Furnishing, Offer, PartId, PartStore, Place, Ware};
use crate::resource::Token;
use crate::units::Duration;
use bevy::ecs::component::Component;
use judge::{FAIL, Judge, PASS, Rejects, SCRAP, Sample};
use serde::Deserialize;

/// An inspection as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inspection {
    /// Length of one inspection.
    pub cycle: Distribution<Duration>,
    /// The share of the parts that have a defect when they come, for defects that arise nowhere in particular.
    #[serde(default)]
    pub defects: f64,
    /// The share of the defective parts that it finds good.
    #[serde(default)]
    pub escapes: f64,
    /// The share of the good parts that it finds bad.
    #[serde(default)]
    pub false_calls: f64,
    /// Which parts are inspected.
    #[serde(default)]
    pub sample: Sample,
    /// How often a part is reworked at most; after that it is scrapped if it is found bad once more.
    pub rework_limit: Option<u32>,
    /// Ways to break down.
    #[serde(default)]
    pub breakdowns: Vec<Breakdown>,
    /// Plans of preventive maintenance.
    #[serde(default)]
    pub maintenance: Vec<Maintenance>,
    /// How it is when the run begins: empty and up unless told otherwise.
    pub initial: Option<Initial>,
    /// What it draws.
    #[serde(default)]
    pub power: Power,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

/// No part is reworked more often.
const MOST_REWORKS: u32 = 200;

impl Settings for Inspection {
    type Component = Inspecting;
    const LETS_PASS: bool = true;
    const PORTS: &'static [&'static str] = &["pass", "fail", "scrap"];

    fn step(&self) -> Option<u32> {
        self.initial.as_ref()?.step
    }

    fn holds<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
        self.initial.iter().flat_map(|initial| initial.products(all)).collect()
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<Inspecting> {
        let causes = Causes::checked(&self.breakdowns, &self.maintenance, check);
        if let Some(nth) = self.breakdowns.iter().position(|mode| mode.part == Fate::Scrap) {
            check.fault(
                &format!("breakdowns[{nth}].part"),
                "an inspection spoils no part".to_owned(),
                "write `Resume` or `Restart`",
            );
        }
        for (field, share) in
            [("defects", self.defects), ("escapes", self.escapes), ("false_calls", self.false_calls)]
        {
            check.share(field, share);
        }
        match self.sample {
            Sample::All | Sample::Every(1..) => {}
            Sample::Every(0) => {
                let help = "`Every(10)` inspects one part in ten";
                check.fault("sample", "there is no part in every zero".to_owned(), help);
            }
            Sample::Share(share) => check.share("sample", share),
        }
        let rejects = self.rejects(check);
        let cycle = check.law("cycle", &self.cycle);
        let judge = Judge {
            defects: Chance::new(self.defects),
            mistakes: Chance::default(),
            escapes: self.escapes,
            false_calls: self.false_calls,
            sample: self.sample,
            sampled: Chance::default(),
            met: 0,
            rejects,
        };
        let begun = match &self.initial {
            Some(initial) => Some(initial.of_one_part(&self.breakdowns, &self.maintenance, check)?),
            None => None,
        };
        let task = Task::new(causes.beginning(begun));
        Some(Inspecting { task, cycles: Draws::new(cycle?), judge, bad: false, ideal: Time::ZERO })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }

    fn needs(&self) -> Vec<&str> {
        disruption::needs(&self.breakdowns, &self.maintenance)
    }

    fn power(&self, check: &mut Check<'_>) -> PowerTable {
        self.power.table(check)
    }
}

impl Inspection {
    /// Where parts go that are found bad. A limit needs a way to rework and a way to give up; without one, one way is
    /// enough and a second is never taken.
    fn rejects(&self, check: &mut Check<'_>) -> Rejects {
        let leads = |port: u8| check.around.exits.get(usize::from(port)).is_some_and(|ways| *ways > 0);
        let (fail, scrap) = (leads(FAIL), leads(SCRAP));
        check.port(Inspection::PORTS, usize::from(PASS), true, "parts that are found good");
        match self.rework_limit {
            None => {
                if scrap && fail {
                    let message = "no part ever leaves by the way `scrap`".to_owned();
                    let help = "give a `rework_limit`, or remove the arrows of `fail` or `scrap`";
                    check.fault("", message, help);
                }
                check.port(Inspection::PORTS, usize::from(FAIL), !scrap || fail, "parts that are found bad");
                Rejects::All(if fail { FAIL } else { SCRAP })
            }
            Some(limit) => {
                let why = "parts that are found bad after their last rework";
                check.port(Inspection::PORTS, usize::from(SCRAP), true, why);
                check.port(Inspection::PORTS, usize::from(FAIL), true, "parts that are to be reworked");
                self.check_limit(limit, check);
                Rejects::Until(limit.min(MOST_REWORKS) as u8)
            }
        }
    }

    fn check_limit(&self, limit: u32, check: &mut Check<'_>) {
        let (message, help) = if !(1..=MOST_REWORKS).contains(&limit) {
            (
                format!("{limit} is no limit for reworks"),
                "give a number from 1 to 200; to scrap all that is found bad, leave `rework_limit` and `fail` out",
            )
        } else if !check.around.reworks {
            (
                "no machine reworks, so that no part ever comes to the limit".to_owned(),
                "write `rework: (success: 0.9)` in the machine that reworks",
            )
        } else {
            return;
        };
        check.fault("rework_limit", message, help);
    }
}

/// The running inspection.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Inspecting {
    task: Task,
    cycles: Draws,
    judge: Judge,
    /// What will be found of the part in hand.
    bad: bool,
    /// How long the work in hand takes on average.
    ideal: Time,
}

impl Interruptible for Inspecting {
    fn task(&mut self) -> &mut Task {
        &mut self.task
    }

    /// The part in hand has been inspected.
    fn finish<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        at.complete_first(me, place, self.ideal);
        if let Some(part) = place.first_part(at.parts) {
            let bad = self.bad;
            self.judge.pronounce(bad, at.parts.traits_mut(part), me);
            at.tell_of(me, part, |part| What::Judged { part, bad });
        }
        place.ready(1);
        place.state = State::Blocked;
    }

    fn spoil<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _at: &mut Moment<'_, L>) {
        unreachable!("an inspection spoils no part")
    }

    fn state(&self, place: &Place) -> State {
        state_when_up(&self.task, place.inside())
    }

    fn is_up<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        at.begin_all_work(me, place);
    }

    fn has_at_first<L: Listener>(
        &mut self,
        begun: &Begun,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        for part in contents::lay_in(&begun.in_work, place, me, at) {
            self.bad = self.judge.has_in_hand(at.parts.traits_mut(part));
            place.state = State::Working;
            self.ideal = begun.work.unwrap_or_default().min(self.cycles.mean_time());
        }
    }
}

impl Equipment for Inspecting {
    fn furnishing(&self) -> Furnishing {
        Furnishing { capacity: Some(1), idle: Some(State::Starved), works: true, ..Furnishing::default() }
    }

    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.cycles.seed(stream(Purpose::Cycle, 0));
        self.task.seed(stream);
        self.judge.defects.seed(DefectCause::Defect, stream);
        self.judge.mistakes.seed(DefectCause::Judgement, stream);
        self.judge.sampled.seed(DefectCause::Sample, stream);
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.begin_run(place, me, at);
    }

    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        let traits = at.parts.traits_mut(part);
        let found = self.judge.meet(traits, me);
        traits.exit = PASS;
        if !self.task.down() {
            place.state = if found.is_some() { State::Working } else { State::Blocked };
        }
        match found {
            Some(bad) => {
                self.bad = bad;
                if self.task.down() {
                    at.parts.let_wait(part);
                }
                self.ideal = self.cycles.mean_time();
                self.task.begin(self.cycles.draw(), me, at);
            }
            None => place.ready(1),
        }
    }

    fn ring<L: Listener>(
        &mut self,
        alarm: Alarm,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Rang {
        self.hear(alarm, place, me, at)
    }

    fn gave<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.note_if_empty(place, me, at);
    }

    fn granted<L: Listener>(
        &mut self,
        token: Token,
        _lender: Slot,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        self.person_comes(token, place, me, at);
    }

    fn works_in(&self) -> Option<u32> {
        (self.judge.inspected() > 0.0).then_some(1)
    }

    fn ideal_in_hand(&self, _place: &Place, _parts: &PartStore, now: Time) -> Time {
        self.task.part_of(self.ideal, now)
    }

    fn waits_for_time(&self, place: &Place) -> bool {
        self.task.has_work() || place.is_pledged()
    }

    fn demand(&self, offer: &Offer<'_>, me: Slot) -> Demand {
        let part = Specimen { found_bad_at: offer.traits.found_bad_at, ..Specimen::default() };
        let (law, share) = (self.cycles.law(), self.judge.inspects(part, me));
        let stay_secs = share * law.mean();
        Demand { operations: share, stay_secs, ..Demand::one(law.mean(), law.variance()) }
    }

    fn outlook(&self, part: Specimen, _work_secs: f64, me: Slot) -> Outlook {
        self.judge.outlook(part, me)
    }

    fn seats(&self) -> Option<u32> {
        Some(1)
    }

    fn staff_demands(&self) -> Vec<StaffDemand> {
        self.task.staff_demands()
    }

    fn stops(&self) -> Stops {
        self.task.stops(2.0 * longest_secs(self.cycles.law()), 1.0)
    }

    fn stock(&self) -> Vec<(Ware, u32)> {
        self.task.stock()
    }

    fn capability(&self) -> Capability {
        let law = self.cycles.law();
        let inspected = self.judge.inspected();
        let availability = self.task.availability(law.mean());
        let work = Work { availability, ..Work::one_by_one(law.mean(), law.variance()) };
        // One inspection lets those pass as well that are not in the sample.
        let work = (inspected > 0.0).then(|| Work { parts_per_cycle: Some(1.0 / inspected), ..work });
        Capability { work, initial: self.task.parts_at_first(), ..Capability::default() }
    }

    fn exchanges(&self) -> bool {
        true
    }

    fn quality(&self) -> Quality {
        let mars = self.judge.defects.share > 0.0;
        Quality { mars, inspects: true, reworks: false, limit: self.judge.limit() }
    }

    fn appearance(&self) -> Appearance {
        gate()
    }

    fn pose(&self, _place: &Place, now: Time) -> Pose {
        Pose { work: self.task.share_done(now), ..Pose::default() }
    }

    fn can_become(&self, settings: &Inspecting) -> bool {
        // Parts that wait here keep the way that they were sent.
        self.task.can_become(&settings.task)
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &Inspecting,
        _before: &Inspecting,
        _place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        self.cycles.follow(settings.cycles.law());
        self.task.become_like(&settings.task, me, at);
        let Judge { defects, escapes, false_calls, sample, rejects, .. } = &settings.judge;
        self.judge.defects.share = defects.share;
        (self.judge.escapes, self.judge.false_calls) = (*escapes, *false_calls);
        (self.judge.sample, self.judge.rejects) = (*sample, *rejects);
    }
}

/// A table under a portal, from which a camera looks down and goes across the part; beside it a desk with a screen.
fn gate() -> Appearance {
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    let scans = |shape, at, paint| Piece {
        shape,
        at,
        paint,
        motion: Motion::Slide { by: [0.0, 0.0, 0.7], drive: Drive::Work },
    };
    Appearance {
        footprint: [1.8, 1.6],
        height: 2.3,
        symbol: Symbol::Work,
        pieces: vec![
            block([1.8, 0.7, 1.2], [0.0, 0.35, 0.0], Paint::Housing),
            block([1.8, 0.06, 1.1], [0.0, 0.73, 0.0], Paint::Metal),
            block([1.82, 0.1, 1.22], [0.0, 0.12, 0.0], Paint::Dark),
            block([0.16, 2.1, 0.12], [0.0, 1.05, -0.7], Paint::Accent),
            block([0.16, 2.1, 0.12], [0.0, 1.05, 0.7], Paint::Accent),
            block([0.24, 0.2, 1.6], [0.0, 2.1, 0.0], Paint::Accent),
            scans(Shape::Block([0.22, 0.24, 0.22]), [0.0, 1.88, -0.35], Paint::Dark),
            scans(Shape::Cylinder { radius: 0.07, height: 0.16 }, [0.0, 1.68, -0.35], Paint::Metal),
            block([0.5, 0.34, 0.05], [0.55, 1.3, 0.74], Paint::Dark),
            block([0.44, 0.28, 0.02], [0.55, 1.3, 0.775], Paint::Glass),
            block([0.05, 0.45, 0.05], [0.55, 0.92, 0.72], Paint::Metal),
            Piece::fixed(Shape::Cylinder { radius: 0.03, height: 0.3 }, [0.0, 2.35, -0.7], Paint::Metal),
        ],
        stand: Stand::Spot([0.0, 0.93, 0.0]),
        lamp: Some([0.0, 2.6, -0.7]),
        arm: None,
    }
}
