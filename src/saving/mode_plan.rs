//! A saving mode, checked: times in nanoseconds, names of elements as their slots.

use super::level::{LevelCondition, SavingView};
use super::mode::{SavingMode, SwitchOff, SwitchOn};
use crate::checking::{Check, Concern};
use crate::event::Slot;
use crate::kernel::Time;
use crate::units::Duration;
use crate::units::spelling::{brief, suggestion};

/// A checked saving mode.
#[derive(Clone, Debug, PartialEq)]
pub struct ModePlan {
    /// How long it takes to enter it.
    pub to_pause: Time,
    /// How long it takes to come back to work.
    pub to_operate: Time,
    /// The shortest closed time for which it is entered.
    pub minimum_pause: Time,
    /// How long it stays in it at least.
    pub minimum_stay: Time,
    /// How long it stays in it at most.
    pub maximum_stay: Option<Time>,
    /// The shortest pause in which it saves energy; none if no pause is long enough.
    pub break_even: Option<Time>,
    /// After which waiting time it is entered, the shortest if there are several.
    pub after: Option<Time>,
    /// Whether it is entered when the hours are over.
    pub closed: bool,
    /// Levels at any of which it is entered.
    pub off: Vec<LevelCondition>,
    /// What must hold, all of it, to come back.
    pub on: Vec<WakeCondition>,
}

/// What must hold for equipment to leave a saving mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WakeCondition {
    /// So many parts wait for it.
    Parts(u32),
    /// Another element has so many parts.
    Level(LevelCondition),
}

impl WakeCondition {
    /// Whether it holds.
    pub fn holds(&self, view: &dyn SavingView) -> bool {
        match self {
            WakeCondition::Parts(parts) => view.waiting() >= *parts,
            WakeCondition::Level(level) => level.holds(view),
        }
    }
}

/// Equipment that comes back by itself does so once a second at most.
const SHORTEST_STAY_SECS: f64 = 1.0;

/// A device declares a handful; the number of a mode is kept in a byte.
const MOST_MODES: usize = 20;

impl ModePlan {
    /// Whether nothing ever sends equipment into it.
    pub fn is_never_entered(&self) -> bool {
        self.after.is_none() && !self.closed && self.off.is_empty()
    }

    /// The checked modes of an element.
    pub(crate) fn all(modes: &[SavingMode], check: &mut Check<'_>) -> Vec<ModePlan> {
        if !modes.is_empty() && check.around.break_even.is_none() {
            check.fault(
                "saving",
                "what a mode saves is not known without the power of the element".to_owned(),
                "write its `power`, such as `power: (working: \"10 kW\", idle: \"4 kW\")`",
            );
        }
        if modes.len() > MOST_MODES {
            let message = format!("{} saving modes, but an element can have {MOST_MODES}", modes.len());
            check.fault("saving", message, "leave out those between which it makes no difference");
        }
        modes.iter().take(MOST_MODES).enumerate().map(|(nth, mode)| mode.checked(nth, check)).collect()
    }
}

impl SavingMode {
    fn checked(&self, nth: usize, check: &mut Check<'_>) -> ModePlan {
        let field = |name: &str| format!("saving[{nth}].{name}");
        let time =
            |written: Option<Duration>| written.map_or(Time::ZERO, |written| Time::from_secs(written.0));
        let (to_pause, to_operate) = (time(self.time_to_pause), time(self.time_to_operate));
        let minimum_stay = time(self.minimum_stay);
        let changes = [
            ("energy_to_pause", self.energy_to_pause, "time_to_pause", to_pause),
            ("energy_to_operate", self.energy_to_operate, "time_to_operate", to_operate),
        ];
        for (name, _, needs, _) in
            changes.into_iter().filter(|(_, energy, _, time)| energy.is_some() && *time == Time::ZERO)
        {
            let message = "an energy needs a time in which it is drawn".to_owned();
            check.fault(&field(name), message, &format!("write `{needs}` beside it, such as \"20 s\""));
        }
        if self.maximum_stay.is_some_and(|most| most.0 < SHORTEST_STAY_SECS) {
            let message =
                "a longest stay of less than a second would make it come and go without end".to_owned();
            check.fault(&field("maximum_stay"), message, "give a longer time, or leave it out");
        } else if self.maximum_stay.is_some_and(|most| time(Some(most)) < minimum_stay) {
            let message = "the longest stay is shorter than the shortest".to_owned();
            check.fault(&field("maximum_stay"), message, "give a time of at least `minimum_stay`");
        }
        let mut plan = ModePlan {
            to_pause,
            to_operate,
            minimum_pause: self.minimum_pause(nth, check).max(to_pause + minimum_stay + to_operate),
            minimum_stay,
            maximum_stay: self.maximum_stay.map(|most| time(Some(most))),
            break_even: check.around.break_even.and_then(|all| all.get(nth)?.waiting).map(Time::from_secs),
            after: None,
            closed: false,
            off: Vec::new(),
            on: Vec::new(),
        };
        self.switch_off(nth, &mut plan, check);
        self.switch_on(nth, &mut plan, check);
        plan
    }

    /// The shortest closed time for which it is entered: as it is written, or from which on it saves energy.
    fn minimum_pause(&self, nth: usize, check: &Check<'_>) -> Time {
        let saves_from = || check.around.break_even?.get(nth)?.closed;
        let secs = self.minimum_pause.map(|written| written.0).or_else(saves_from);
        secs.map_or(Time::ZERO, Time::from_secs)
    }

    /// When the mode is entered.
    fn switch_off(&self, nth: usize, plan: &mut ModePlan, check: &mut Check<'_>) {
        let is_known = check.around.break_even.is_some();
        for (which, occasion) in self.off.iter().enumerate() {
            let field = format!("saving[{nth}].off[{which}]");
            let mut after = |time: Time| plan.after = Some(plan.after.map_or(time, |least| least.min(time)));
            match occasion {
                SwitchOff::After(time) => after(Time::from_secs(time.0)),
                SwitchOff::BreakEven => match plan.break_even {
                    Some(time) => after(time),
                    None if is_known => check.fault(
                        &format!("saving[{nth}].power"),
                        "in this mode it draws no less than while it is starved, or in a mode before, so that no pause is long enough".to_owned(),
                        "give it a lower power, or write when it is entered: `off: [After(\"2 min\")]`",
                    ),
                    None => {}
                },
                SwitchOff::Closed => {
                    plan.closed = true;
                    let known = check.around.break_even.and_then(|all| all.get(nth));
                    if self.minimum_pause.is_none() && known.is_some_and(|known| known.closed.is_none()) {
                        check.fault(
                            &field,
                            "in this mode it draws no less than outside its hours, or in a mode before, so that no closed time is long enough"
                                .to_owned(),
                            "give the mode a lower power, or say what it draws outside its hours: `power: (.., paused: \"4 kW\")`",
                        );
                    }
                    if check.around.calendars.are_none() {
                        let message = "this line has no hours that could be over".to_owned();
                        check.fault(&field, message, "declare `calendars`, or leave `Closed` out");
                    }
                }
                SwitchOff::AtMost(name, parts) | SwitchOff::AtLeast(name, parts) => {
                    let or_more = matches!(occasion, SwitchOff::AtLeast(..));
                    let of = slot_named(name, &field, check);
                    plan.off.extend(of.map(|of| LevelCondition { of, parts: *parts, or_more }));
                }
            }
        }
    }

    /// When it is left.
    fn switch_on(&self, nth: usize, plan: &mut ModePlan, check: &mut Check<'_>) {
        for (which, condition) in self.on.iter().enumerate() {
            let field = format!("saving[{nth}].on[{which}]");
            match condition {
                SwitchOn::Parts(0) => {
                    let message = "no part need wait for it, so that it would come back at once".to_owned();
                    check.fault(&field, message, "write `Parts(1)`, or leave `on` out");
                }
                SwitchOn::Parts(parts) => plan.on.push(WakeCondition::Parts(*parts)),
                SwitchOn::AtMost(name, parts) | SwitchOn::AtLeast(name, parts) => {
                    let or_more = matches!(condition, SwitchOn::AtLeast(..));
                    let of = slot_named(name, &field, check);
                    let level = of.map(|of| LevelCondition { of, parts: *parts, or_more });
                    plan.on.extend(level.map(WakeCondition::Level));
                }
            }
        }
        if self.on.is_empty() {
            let message = "it is not said when it comes back".to_owned();
            check.fault(&format!("saving[{nth}].on"), message, "write `on: [Parts(1)]`, or leave `on` out");
        }
        if let Some((one, other)) = contradiction(&plan.on) {
            let name = brief(&check.around.names[one.of.index()]);
            let message =
                format!("\"{name}\" never has at most {} and at least {} parts", one.parts, other.parts);
            check.fault(
                &format!("saving[{nth}].on"),
                message,
                "all conditions must hold at once: leave one of them out",
            );
        }
        for (which, off) in plan.off.iter().enumerate() {
            let undone = |on: &WakeCondition| match on {
                WakeCondition::Parts(_) => false,
                WakeCondition::Level(on) => {
                    on.of == off.of && on.or_more != off.or_more && on.lies_beyond(off)
                }
            };
            if !plan.on.iter().any(undone) {
                let name = brief(&check.around.names[off.of.index()]);
                let (other, parts) = match off.or_more {
                    true => ("AtMost", off.parts.saturating_sub(1)),
                    false => ("AtLeast", off.parts + 1),
                };
                check.fault(
                    &format!("saving[{nth}].off[{which}]"),
                    format!("it would come back while the level of \"{name}\" still sends it to sleep"),
                    &format!("say at which level it comes back: `on: [{other}(\"{name}\", {parts})]`, or one farther away"),
                );
            }
        }
    }
}

impl LevelCondition {
    /// Whether both can never hold at once.
    fn lies_beyond(&self, other: &LevelCondition) -> bool {
        if self.or_more { self.parts > other.parts } else { self.parts < other.parts }
    }
}

/// Two conditions of one element that never hold at once: at most so many parts, and at least more.
fn contradiction(on: &[WakeCondition]) -> Option<(LevelCondition, LevelCondition)> {
    let levels = || {
        on.iter().filter_map(|condition| match condition {
            WakeCondition::Level(level) => Some(*level),
            WakeCondition::Parts(_) => None,
        })
    };
    let least = |one: &LevelCondition| {
        levels().find(|other| other.of == one.of && other.or_more && !one.or_more && other.parts > one.parts)
    };
    levels().find_map(|one| Some((one, least(&one)?)))
}

/// The element of that name.
fn slot_named(name: &str, field: &str, check: &mut Check<'_>) -> Option<Slot> {
    let names = check.around.names;
    let slot = names.iter().position(|known| known == name).map(|slot| Slot(slot as u32));
    match slot {
        Some(slot) if slot == check.around.me => {
            let message = "it cannot look at its own level".to_owned();
            check.fault(field, message, "name an element before it or behind it");
            None
        }
        Some(slot) => Some(slot),
        None => {
            let help =
                suggestion(name, names.iter().map(String::as_str), "the elements are").unwrap_or_default();
            let concern = Concern::Element(name.to_owned());
            check.fault_about(concern, field, format!("unknown element \"{}\"", brief(name)), &help);
            None
        }
    }
}
