//! The keys: one list, from which the window reads them and the help card is written.

use super::Desk;
use super::action::{Action, Panel};
use crate::stage::Arrangement;
use crate::twin::Trouble;

/// A key and what it does.
pub(crate) struct Key {
    /// How it is pressed: `Shift+Right`, `Ctrl+S`, `+`.
    pub(crate) press: &'static str,
    /// What it does, in a few words.
    pub(crate) does: &'static str,
    action: fn() -> Action,
}

/// The list of keys.
pub(crate) const KEYS: &[Key] = &[
    Key { press: "Space", does: "play, pause", action: || Action::PlayOrPause },
    Key { press: "Right", does: "next event", action: || Action::Forward },
    Key { press: "Left", does: "last event", action: || Action::Back },
    Key {
        press: "Shift+Right",
        does: "next breakdown, blockage or starvation (of the chosen element)",
        action: || Action::NextTrouble(Trouble::Any),
    },
    Key {
        press: "Shift+Left",
        does: "last breakdown, blockage or starvation",
        action: || Action::LastTrouble(Trouble::Any),
    },
    Key { press: "+", does: "faster", action: || Action::Faster },
    Key { press: "-", does: "slower", action: || Action::Slower },
    Key { press: "T", does: "view from above", action: || Action::TopView },
    Key { press: "F", does: "frame the chosen element", action: || Action::Frame },
    Key { press: "G", does: "follow the chosen element or the part in it", action: || Action::Follow },
    Key { press: "Home", does: "the whole line", action: || Action::Home },
    Key { press: "1", does: "before", action: || Action::Arrange(Arrangement::Single(0)) },
    Key { press: "2", does: "both, side by side", action: || Action::Arrange(Arrangement::Split) },
    Key { press: "3", does: "after", action: || Action::Arrange(Arrangement::Single(1)) },
    Key { press: "4", does: "both in one place", action: || Action::Arrange(Arrangement::Overlaid) },
    Key { press: "Esc", does: "choose nothing", action: || Action::Choose(None) },
    Key { press: "Ctrl+Z", does: "take the last change back", action: || Action::Undo },
    Key { press: "Ctrl+Shift+Z", does: "make it again", action: || Action::Redo },
    Key { press: "Ctrl+S", does: "save the changes as an upgrade", action: || Action::SaveAs },
    Key { press: "Ctrl+O", does: "open a line", action: || Action::OpenDialog },
    Key { press: "R", does: "run the replications in the background", action: || Action::Replicate },
    Key { press: "L", does: "what the colours mean", action: || Action::Panel(Panel::Legend) },
    Key { press: "F12", does: "save a picture", action: || Action::Picture(None) },
    Key { press: "?", does: "this card", action: || Action::Panel(Panel::Help) },
    Key { press: "Ctrl+Q", does: "leave", action: || Action::Quit },
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
    if let Some(action) = meaning(press) {
        desk.act(action);
    }
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
        assert_eq!(meaning(&written("x", false, false)), None);
    }
}
