//! The keys: one list, from which the window reads them and the help card is written.

use super::Desk;
use super::action::{Action, Panel};
use crate::stage::Arrangement;
use crate::twin::Trouble;

/// A key and what it does.
pub(crate) struct KeyBinding {
    /// How it is pressed: `Shift+Right`, `Ctrl+S`, `+`.
    pub(crate) press: &'static str,
    /// What it does, in a few words.
    pub(crate) does: &'static str,
    action: fn() -> Action,
}

/// The list of keys.
pub(crate) const KEYS: &[KeyBinding] = &[
    KeyBinding { press: "Space", does: "play, pause", action: || Action::PlayOrPause },
    KeyBinding { press: "Right", does: "next event", action: || Action::Forward },
    KeyBinding { press: "Left", does: "last event", action: || Action::Back },
    KeyBinding {
        press: "Shift+Right",
        does: "next breakdown, blockage or starvation (of the chosen element)",
        action: || Action::NextTrouble(Trouble::Any),
    },
    KeyBinding {
        press: "Shift+Left",
        does: "last breakdown, blockage or starvation",
        action: || Action::LastTrouble(Trouble::Any),
    },
    KeyBinding {
        press: "N",
        does: "next beginning of a shift (of the chosen element, or of the line)",
        action: || Action::NextShift,
    },
    KeyBinding { press: "Shift+N", does: "last beginning of a shift", action: || Action::LastShift },
    KeyBinding { press: "+", does: "faster", action: || Action::Faster },
    KeyBinding { press: "-", does: "slower", action: || Action::Slower },
    KeyBinding { press: "T", does: "view from above", action: || Action::TopView },
    KeyBinding { press: "F", does: "frame the chosen element", action: || Action::Frame },
    KeyBinding { press: "G", does: "follow the chosen element or the part in it", action: || Action::Follow },
    KeyBinding { press: "Home", does: "the whole line", action: || Action::Home },
    KeyBinding { press: "1", does: "before", action: || Action::Arrange(Arrangement::Single(0)) },
    KeyBinding { press: "2", does: "both, side by side", action: || Action::Arrange(Arrangement::Split) },
    KeyBinding { press: "3", does: "after", action: || Action::Arrange(Arrangement::Single(1)) },
    KeyBinding { press: "4", does: "both in one place", action: || Action::Arrange(Arrangement::Overlaid) },
    KeyBinding { press: "Esc", does: "choose nothing", action: || Action::Choose(None) },
    KeyBinding { press: "Ctrl+Z", does: "take the last change back", action: || Action::Undo },
    KeyBinding { press: "Ctrl+Shift+Z", does: "make it again", action: || Action::Redo },
    KeyBinding { press: "Ctrl+S", does: "save the changes as an upgrade", action: || Action::SaveAs },
    KeyBinding { press: "Ctrl+O", does: "open a line", action: || Action::OpenDialog },
    KeyBinding { press: "R", does: "run the replications in the background", action: || Action::Replicate },
    KeyBinding {
        press: "C",
        does: "calendar, in a line that has one",
        action: || Action::Panel(Panel::Calendar),
    },
    KeyBinding { press: "L", does: "what the colours mean", action: || Action::Panel(Panel::Legend) },
    KeyBinding { press: "F12", does: "save a picture", action: || Action::Picture(None) },
    KeyBinding { press: "?", does: "this card", action: || Action::Panel(Panel::Help) },
    KeyBinding { press: "Ctrl+Q", does: "leave", action: || Action::Quit },
];

/// What a key means, written as in the list.
pub(crate) fn meaning(press: &str) -> Option<Action> {
    KEYS.iter().find(|key| key.press.eq_ignore_ascii_case(press)).map(|key| (key.action)())
}

/// How a key with these modifiers is written in the list. What is a sign already holds its Shift.
pub(crate) fn written(name: &str, ctrl: bool, shift: bool) -> String {
    let sign = name.chars().count() == 1 && !name.chars().all(char::is_alphabetic);
    let name = if name == "=" { "+" } else { name };
    let shift = if shift && !sign { "Shift+" } else { "" };
    format!("{}{shift}{name}", if ctrl { "Ctrl+" } else { "" })
}

/// A key was pressed.
pub(crate) fn press(desk: &mut Desk, press: &str) {
    meaning(press).into_iter().for_each(|action| desk.ask(action));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_given_twice() {
        for (nth, key) in KEYS.iter().enumerate() {
            assert!(KEYS[..nth].iter().all(|other| other.press != key.press), "{}", key.press);
        }
    }

    #[test]
    fn a_key_is_found_as_it_is_pressed() {
        assert_eq!(meaning(&written("z", true, true)), Some(Action::Redo));
        assert_eq!(meaning(&written("z", true, false)), Some(Action::Undo));
        assert_eq!(meaning(&written("?", false, true)), Some(Action::Panel(Panel::Help)));
        assert_eq!(meaning(&written("+", false, true)), Some(Action::Faster));
        assert_eq!(meaning(&written("=", false, false)), Some(Action::Faster));
        assert_eq!(meaning(&written("Right", false, true)), Some(Action::NextTrouble(Trouble::Any)));
        assert_eq!(meaning(&written("n", false, false)), Some(Action::NextShift));
        assert_eq!(meaning(&written("N", false, true)), Some(Action::LastShift));
        assert_eq!(meaning(&written("x", false, false)), None);
    }
}
