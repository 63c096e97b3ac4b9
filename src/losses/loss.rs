//! The causes to which time and energy are charged.

use crate::event::{Activity, Slot, State};

/// One cause of time and energy of an element: what it did, and for whom it waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// What the element did.
    pub kind: LossKind,
    /// To whom that is due, if it waited.
    pub root: Option<Root>,
}

/// What an element did with its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossKind {
    /// It worked on parts of which none has left the line as scrap.
    Work,
    /// It worked on parts that an inspection had found bad, to mend them.
    Rework,
    /// It worked on parts that left the line as scrap.
    Scrap,
    /// It was in another state than working.
    In(State),
}

/// An element that makes others wait, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Root {
    /// The element.
    pub element: Slot,
    /// What it does, or does not do.
    pub reason: RootReason,
}

/// How an element makes others wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RootReason {
    /// It is in a state: broken down, set up, at work.
    In(State),
    /// A source whose next part is still to come.
    Arrivals,
    /// A source that makes no more parts.
    Ended,
    /// A store whose parts must stay for a time.
    Stay,
    /// A robot waits for a place in a zone.
    Zone,
    /// It lets no part in, although it does nothing: a stop of its own is due, or it waits for its lot.
    Shut,
    /// The parts that are there are none that it takes now.
    NoneSuits,
    /// Elements wait for each other in turn.
    Circle,
    /// It mends parts.
    Rework,
    /// It works on parts that become scrap.
    Scrap,
}

impl Loss {
    /// The element and the reason that made an element lose time: the root that it waited for, or itself. None for time that was
    /// not lost.
    pub fn root_at(&self, element: Slot) -> Option<Root> {
        let own = match self.kind {
            LossKind::Work => None,
            LossKind::Rework => Some(RootReason::Rework),
            LossKind::Scrap => Some(RootReason::Scrap),
            LossKind::In(state) => Some(RootReason::In(state)),
        };
        self.root.or_else(|| Some(Root { element, reason: own.filter(|_| self.kind.is_lost())? }))
    }
}

impl LossKind {
    /// Being in a state.
    pub fn of(state: State) -> LossKind {
        if state == State::Working { LossKind::Work } else { LossKind::In(state) }
    }

    /// The state of the element meanwhile.
    pub fn state(self) -> State {
        match self {
            LossKind::Work | LossKind::Rework | LossKind::Scrap => State::Working,
            LossKind::In(state) => state,
        }
    }

    /// The names of all kinds.
    pub fn names() -> Vec<&'static str> {
        let states = State::ALL.into_iter().filter(|state| *state != State::Working).map(LossKind::In);
        [LossKind::Work, LossKind::Rework, LossKind::Scrap]
            .into_iter()
            .chain(states)
            .map(LossKind::name)
            .collect()
    }

    /// The name that programs read.
    pub fn name(self) -> &'static str {
        match self {
            LossKind::Work => "work",
            LossKind::Rework => "rework",
            LossKind::Scrap => "scrap",
            LossKind::In(_) => self.state().name(),
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            LossKind::Work => "work on good parts",
            LossKind::Rework => "rework",
            LossKind::Scrap => "work on scrap",
            LossKind::In(_) => self.state().words(),
        }
    }

    /// Whether the time is lost: nothing was done to a part that was to be done, and nothing was carried.
    pub fn is_lost(self) -> bool {
        let activity = self.state().activity();
        self != LossKind::Work
            && !matches!((self, activity), (LossKind::In(_), Activity::Production | Activity::Transport))
    }
}

impl RootReason {
    /// Those that are no states.
    const OTHERS: [RootReason; 9] = [
        RootReason::Arrivals,
        RootReason::Ended,
        RootReason::Stay,
        RootReason::Zone,
        RootReason::Shut,
        RootReason::NoneSuits,
        RootReason::Circle,
        RootReason::Rework,
        RootReason::Scrap,
    ];

    /// The names of all reasons.
    pub fn names() -> Vec<&'static str> {
        let states = State::ALL.into_iter().map(RootReason::In);
        states.chain(RootReason::OTHERS).map(RootReason::name).collect()
    }

    /// The state of the element, if that is the reason.
    pub fn state(self) -> Option<State> {
        if let RootReason::In(state) = self { Some(state) } else { None }
    }

    /// The name that programs read.
    pub fn name(self) -> &'static str {
        match self {
            RootReason::In(state) => state.name(),
            RootReason::Arrivals => "arrivals",
            RootReason::Ended => "ended",
            RootReason::Stay => "stay",
            RootReason::Zone => "zone",
            RootReason::Shut => "shut",
            RootReason::NoneSuits => "none_suits",
            RootReason::Circle => "circle",
            RootReason::Rework => "rework",
            RootReason::Scrap => "scrap",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            RootReason::In(State::Working) => "cycle time",
            RootReason::In(state) => state.words(),
            RootReason::Arrivals => "no arrivals",
            RootReason::Ended => "no more parts",
            RootReason::Stay => "parts must stay",
            RootReason::Zone => "waits for a zone",
            RootReason::Shut => "takes no part yet",
            RootReason::NoneSuits => "no suitable part",
            RootReason::Circle => "all wait in turn",
            RootReason::Rework => "rework",
            RootReason::Scrap => "work on scrap",
        }
    }

    /// Of several elements that make another wait, the one with the lowest number is the root: unplanned stops come before planned
    /// ones, and these before elements that rest, carry, work, or wait for arrivals.
    pub(super) fn rank(self) -> u8 {
        let Some(state) = self.state() else {
            return match self {
                RootReason::Zone => 3,
                RootReason::Stay => 4,
                RootReason::Arrivals | RootReason::Ended => 5,
                RootReason::Shut => 6,
                _ => 7,
            };
        };
        match (state, state.activity()) {
            (State::WaitingForPeople | State::WaitingForTools, _) | (_, Activity::Down) => 0,
            (_, Activity::Planned | Activity::Preparation) => 1,
            (_, Activity::Rest) => 2,
            (State::Working, _) | (_, Activity::Waiting) => 4,
            (_, Activity::Transport | Activity::Production) => 3,
        }
    }
}
