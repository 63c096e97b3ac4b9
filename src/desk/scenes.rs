//! The scenes that come with the program: embedded, so that an installed binary has them in any folder. They are unpacked
//! where the user's cache is before they are opened.

use super::action::Action;
use std::path::{Path, PathBuf};

/// A scene: a line and its upgrade.
pub(crate) struct Scene {
    pub(crate) title: &'static str,
    pub(crate) about: &'static str,
    folder: &'static str,
    files: [(&'static str, &'static str); 2],
}

/// The list of scenes; the first is opened if nothing is.
pub(crate) const SCENES: &[Scene] = &[
    Scene {
        title: "Range hoods",
        about: "ten hand-operated stations; automatic screwing and wider racks",
        folder: "range_hoods",
        files: [
            ("before.ron", include_str!("../../scenes/range_hoods/before.ron")),
            ("upgrade.ron", include_str!("../../scenes/range_hoods/upgrade.ron")),
        ],
    },
    Scene {
        title: "Body in white",
        about: "eight welding zones; more bodies between them",
        folder: "body_in_white",
        files: [
            ("before.ron", include_str!("../../scenes/body_in_white/before.ron")),
            ("upgrade.ron", include_str!("../../scenes/body_in_white/upgrade.ron")),
        ],
    },
];

impl Scene {
    /// What opens its line.
    pub(crate) fn open(&self) -> Option<Action> {
        let [line, _] = self.unpack(&place()?)?;
        Some(Action::Open(line))
    }

    /// What opens its line and the upgrade beside it.
    pub(crate) fn open_both(&self) -> Vec<Action> {
        let Some([line, upgrade]) = place().and_then(|place| self.unpack(&place)) else { return Vec::new() };
        vec![Action::Open(line), Action::Compare(upgrade)]
    }

    /// Writes its files, unless they are there already.
    pub(crate) fn unpack(&self, place: &Path) -> Option<[PathBuf; 2]> {
        let folder = place.join(self.folder);
        std::fs::create_dir_all(&folder).ok()?;
        let written = self.files.map(|(name, text)| {
            let path = folder.join(name);
            let there = std::fs::read_to_string(&path).is_ok_and(|found| found == text);
            (there || std::fs::write(&path, text).is_ok()).then_some(path)
        });
        let [line, upgrade] = written;
        Some([line?, upgrade?])
    }
}

/// Where scenes are unpacked.
fn place() -> Option<PathBuf> {
    Some(dirs::cache_dir().unwrap_or_else(std::env::temp_dir).join("taktwin").join("scenes"))
}

/// The files that are opened if the user names none: the recent one if it is still there, else the first scene.
pub(crate) fn first_files(recent: &[PathBuf]) -> Vec<PathBuf> {
    if let Some(recent) = recent.first().filter(|recent| recent.is_file()) {
        return vec![recent.clone()];
    }
    let unpacked = SCENES.first().and_then(|scene| scene.unpack(&place()?));
    unpacked.map_or_else(Vec::new, |[line, _]| vec![line])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scene_is_unpacked_and_can_be_read() {
        let folder = tempfile::tempdir().expect("a folder");
        for scene in SCENES {
            for path in scene.unpack(folder.path()).expect("two files") {
                crate::line::read(&path, &[]).map_err(|rejected| rejected.render(false)).expect("a line");
            }
        }
    }
}
