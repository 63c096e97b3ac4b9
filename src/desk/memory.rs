//! What the window remembers from one time to the next: recent files, which panels are open and how large, the colours.

use super::action::Panel;
use crate::stage::palette::Palette;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What is remembered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Memory {
    /// The files that were opened, the latest first.
    pub(crate) recent: Vec<PathBuf>,
    /// The panels that are open.
    pub(crate) open: Vec<Panel>,
    /// The width of the elements and the inspector, and the height of the timeline and the instruments, in points.
    pub(crate) sizes: [f32; 4],
    /// The width of the calendar, in points.
    pub(crate) calendar_width: f32,
    /// Which eyes the colours are for.
    pub(crate) palette: Palette,
    /// The size of the window in points.
    pub(crate) window: (u32, u32),
}

impl Default for Memory {
    fn default() -> Memory {
        Memory {
            recent: Vec::new(),
            open: vec![Panel::Elements, Panel::Inspector, Panel::Timeline, Panel::Instruments, Panel::Legend],
            sizes: [200.0, 300.0, 150.0, 190.0],
            calendar_width: 250.0,
            palette: Palette::House,
            window: (1440, 900),
        }
    }
}

/// So many recent files are kept.
const RECENT: usize = 10;

impl Memory {
    /// What was remembered at a place; the first time, or if it cannot be read, as everything is at first.
    pub(crate) fn read(place: Option<&Path>) -> Memory {
        let text = place.and_then(|place| std::fs::read_to_string(place).ok());
        text.and_then(|text| ron::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps it, whole or not at all. A window that cannot keep it works on all the same.
    pub(crate) fn keep(&self, place: Option<&Path>) {
        let write = |place: &Path| {
            let folder = place.parent()?;
            std::fs::create_dir_all(folder).ok()?;
            let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default()).ok()?;
            let mut file = tempfile::NamedTempFile::new_in(folder).ok()?;
            file.write_all(text.as_bytes()).ok()?;
            file.persist(place).ok()
        };
        place.and_then(write);
    }

    /// Where a user's own is kept.
    pub(crate) fn place() -> Option<PathBuf> {
        Some(dirs::config_dir()?.join("taktwin").join("window.ron"))
    }

    /// Whether a panel is open.
    pub(crate) fn is_open(&self, panel: Panel) -> bool {
        self.open.contains(&panel)
    }

    /// Opens or shuts a panel.
    pub(crate) fn toggle(&mut self, panel: Panel) {
        if self.is_open(panel) {
            self.open.retain(|open| *open != panel);
        } else {
            self.open.push(panel);
        }
    }

    /// A file was opened.
    pub(crate) fn opened(&mut self, path: &Path) {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|recent| *recent != path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_read_again_and_rubbish_is_as_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("deep").join("window.ron");
        assert_eq!(Memory::read(Some(&place)), Memory::default());
        let mut memory = Memory { palette: Palette::ColorBlindSafe, ..Memory::default() };
        memory.toggle(Panel::Elements);
        memory.opened(Path::new("b.ron"));
        memory.opened(Path::new("a.ron"));
        memory.opened(Path::new("b.ron"));
        memory.keep(Some(&place));
        assert_eq!(Memory::read(Some(&place)), memory);
        assert_eq!(memory.recent, [Path::new("b.ron"), Path::new("a.ron")]);
        std::fs::write(&place, "what?").expect("a file");
        assert_eq!(Memory::read(Some(&place)), Memory::default());
    }
}
