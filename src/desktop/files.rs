//! Files from outside: dialogs to choose one, files dropped on the window, and files that change on disk.

use crate::desk::action::Action;
use crate::desk::clock::wall;
use crate::desk::{Desk, Message};
use bevy::ecs::prelude::{Resource, World};
use bevy::platform::time::Instant;
use bevy::tasks::IoTaskPool;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// What is watched, and what was chosen.
#[derive(Resource)]
pub(crate) struct Files {
    watcher: Option<RecommendedWatcher>,
    watched: Vec<PathBuf>,
    changes: Mutex<Receiver<PathBuf>>,
    changed: Sender<PathBuf>,
    /// When a watched file changed last; an editor writes several times.
    stirred: Option<Instant>,
    chosen: Mutex<Receiver<Action>>,
    choose: Sender<Action>,
}

/// A file is read again when it has been left alone for so long.
const CALM: Duration = Duration::from_millis(200);

impl Default for Files {
    fn default() -> Files {
        let ((changed, changes), (choose, chosen)) = (channel(), channel());
        let (changes, chosen) = (Mutex::new(changes), Mutex::new(chosen));
        Files { watcher: None, watched: Vec::new(), changes, changed, stirred: None, chosen, choose }
    }
}

impl Files {
    /// Once a frame: watches the files of the desk, reads them again when they have changed, and does what was chosen.
    pub(crate) fn attend(&mut self, world: &mut World, desk: &mut Desk) {
        self.watch(desk);
        let watched = &self.watched;
        let changes = self.changes.get_mut().ok().map(|changes| changes.try_iter().collect::<Vec<_>>());
        if changes.unwrap_or_default().iter().any(|path| watched.contains(path)) {
            self.stirred = Some(wall());
        }
        if self.stirred.is_some_and(|stirred| stirred.elapsed() > CALM) {
            self.stirred = None;
            desk.reload(world);
        }
        let chosen = self.chosen.get_mut().ok().map(|chosen| chosen.try_iter().collect::<Vec<_>>());
        chosen.unwrap_or_default().into_iter().for_each(|action| desk.act(world, action));
    }

    /// Watches the folders of all files that the lines are read from: an editor may replace a file by another.
    fn watch(&mut self, desk: &mut Desk) {
        let files = desk.sides.iter().flat_map(|side| side.line().files.iter());
        let mut files: Vec<PathBuf> = files.filter_map(|file| file.canonicalize().ok()).collect();
        files.sort();
        files.dedup();
        // A file that is gone for a moment is still watched for.
        if files == self.watched || files.is_empty() {
            return;
        }
        self.watched = files;
        let sender = self.changed.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if !event.kind.is_access() {
                // The receiver is gone once the window is closed.
                event.paths.into_iter().for_each(|path| _ = sender.send(path));
            }
        });
        let mut folders: Vec<&Path> = self.watched.iter().filter_map(|file| file.parent()).collect();
        folders.dedup();
        let watching = watcher.and_then(|mut watcher| {
            folders.iter().try_for_each(|folder| watcher.watch(folder, RecursiveMode::NonRecursive))?;
            Ok(watcher)
        });
        match watching {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => desk.messages.push(Message::wrong(
                format!("changes of the files on disk are not noticed: {error}"),
                "open the line again after a change",
            )),
        }
    }

    /// Asks for a file; the answer comes in one of the next frames.
    pub(crate) fn ask(&self, action: &Action, desk: &Desk) {
        let folder = desk.leading().and_then(|side| side.edits.path().parent().map(Path::to_owned));
        let dialog = rfd::AsyncFileDialog::new().add_filter("lines and upgrades", &["ron", "json"]);
        let dialog = match folder.as_deref().and_then(|folder| folder.canonicalize().ok()) {
            Some(folder) => dialog.set_directory(folder),
            None => dialog,
        };
        let sender = self.choose.clone();
        let compares = *action == Action::CompareDialog;
        // The dialog must be made here, in the thread of the window. Another thread waits for it.
        let answer = async move |file: Option<rfd::FileHandle>, action: fn(PathBuf) -> Action| {
            let Some(file) = file else { return };
            // The receiver is gone once the window is closed.
            let _ = sender.send(action(file.path().to_owned()));
        };
        if *action == Action::SaveAs {
            let file =
                dialog.set_file_name("upgrade.ron").set_title("Save the changes as an upgrade").save_file();
            IoTaskPool::get().spawn(async move { answer(file.await, Action::Save).await }).detach();
        } else {
            let file = dialog.set_title("Open a line or an upgrade").pick_file();
            let action = if compares { Action::Compare } else { Action::Open };
            IoTaskPool::get().spawn(async move { answer(file.await, action).await }).detach();
        }
    }
}
