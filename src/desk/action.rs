//! Everything a user can do: keys, buttons and scripts all become one of these.

use crate::stage::Arrangement;
use crate::twin::Trouble;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What a user wants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Action {
    /// Play if it stands, stand if it plays.
    PlayOrPause,
    /// So many simulated seconds in a second.
    Speed(f64),
    /// As fast as it goes, or not.
    AsFastAsItGoes(bool),
    /// The next step on the ladder of speeds.
    Faster,
    /// The step before.
    Slower,
    /// To the next event.
    Forward,
    /// To the last event.
    Back,
    /// To the next breakdown, blockage or starvation: of the chosen element, or of any.
    NextTrouble(Trouble),
    /// To the last one.
    LastTrouble(Trouble),
    /// To the next beginning of a shift: of the chosen element, or of the line.
    NextShift,
    /// To the last one.
    LastShift,
    /// To a time as people write it: "2 h 15 min" since the start, or "10:42", or "2026-03-02 10:42".
    GoTo(String),
    /// To a time in seconds since the start.
    Seek(f64),
    /// Chooses an element, or none.
    Choose(Option<String>),
    /// Sets a field of the line from now on, such as `bend.cycle.mean` to `50 s`.
    Set(String, String),
    /// The same, beside the future without it.
    Branch(String, String),
    /// Goes on with only one of the two lines.
    Keep(usize),
    /// Takes the last change back.
    Undo,
    /// Makes it again.
    Redo,
    /// Switches a change off or on.
    Switch(usize),
    /// Calls a change by a name.
    Rename(usize, String),
    /// Asks where to save the changes.
    SaveAs,
    /// Saves the changes as an upgrade file.
    Save(PathBuf),
    /// Asks for a file to open.
    OpenDialog,
    /// Asks for a file to compare with.
    CompareDialog,
    /// Opens a line or an upgrade.
    Open(PathBuf),
    /// Opens a second line beside the first.
    Compare(PathBuf),
    /// Which lines are shown, and how.
    Arrange(Arrangement),
    /// Runs the replications in the background.
    Replicate,
    /// Stops them.
    StopReplications,
    /// Opens or shuts a panel.
    Panel(Panel),
    /// The colours for colour-blind people, or the usual ones.
    ColorBlindSafe(bool),
    /// Seen from above.
    TopView,
    /// The chosen element fills the picture.
    Frame,
    /// The whole line fits.
    Home,
    /// Keeps the chosen element, or the part in it, in the middle.
    Follow,
    /// A picture of the window, at a place or where pictures go.
    Picture(Option<PathBuf>),
    /// The curves as a table.
    ExportCurves(PathBuf),
    /// Shuts a message.
    Dismiss(usize),
    /// Ends the program.
    Quit,
}

/// A panel that can be folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Panel {
    /// The elements.
    Elements,
    /// What is known of the chosen element.
    Inspector,
    /// The Gantt chart.
    Timeline,
    /// The curves.
    Instruments,
    /// The calendars.
    Calendar,
    /// What the colours mean.
    Legend,
    /// The keys.
    Help,
    /// What to open.
    Welcome,
}
