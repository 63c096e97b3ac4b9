//! Where results go: standard output, or a file that appears whole or not at all.
//!
//! A file is written under a temporary name in its own folder, flushed to the disk and then renamed, so that no reader ever
//! sees half of it. Temporary files are listed in one place, so that an interrupted program can remove them. Read
//! [`Destination`] first.

use super::{ExitStatus, Failure};
use crate::units::letters::harmless;
use std::collections::BTreeSet;
use std::fs::{self, File, Metadata, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::{Builder, NamedTempFile};

/// Where one result goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Standard output.
    Terminal,
    /// A file that is replaced whole.
    File(PathBuf),
    /// Something that only takes bytes, such as `/dev/null` or a pipe with a name.
    Device(PathBuf),
}

impl Destination {
    /// The place a user named, or standard output. Refuses a place that cannot be written to, before any work is done.
    pub(crate) fn of(place: Option<&Path>) -> Result<Destination, Failure> {
        let Some(path) = place else {
            return Ok(Destination::Terminal);
        };
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => Err(Failure::new(
                ExitStatus::InputWrong,
                format_args!("`{}` is a folder", path.display()),
                "name a file in it to write to",
            )),
            Ok(found) if !found.is_file() => Ok(Destination::Device(path.to_owned())),
            found => {
                let path = real(path);
                temporary_beside(&path, found.ok().as_ref()).map_err(|error| cannot_write(&path, &error))?;
                Ok(Destination::File(path))
            }
        }
    }

    /// The file, if it is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Destination::File(path) => Some(path),
            Destination::Terminal | Destination::Device(_) => None,
        }
    }

    /// Writes the result.
    pub(crate) fn fill(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        match self {
            Destination::Terminal => {
                heard(write(&mut io::stdout().lock()).and_then(|()| io::stdout().flush()))
            }
            Destination::File(path) => replace(path, write).map_err(|error| cannot_write(path, &error)),
            Destination::Device(path) => pour(path, write).map_err(|error| cannot_write(path, &error)),
        }
    }

    /// Writes a text.
    pub(crate) fn print(&self, text: &str) -> Result<(), Failure> {
        self.fill(|out| out.write_all(text.as_bytes()))
    }
}

/// Writes a message beside the result, on standard error.
pub(crate) fn note(text: &str) {
    // If standard error is closed, there is nothing left to do.
    let _ = io::stderr().write_all(harmless(&format!("note: {text}\n")).as_bytes());
}

/// The same place for every spelling of it. A link stays a link, and what it points to is replaced.
fn real(path: &Path) -> PathBuf {
    let in_folder = || Some(fs::canonicalize(folder_of(path)).ok()?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(in_folder).unwrap_or_else(|| path.to_owned())
}

/// A reader that has seen enough, such as `head`, is no failure.
fn heard(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::plain(
            ExitStatus::InputWrong,
            format_args!("cannot write to standard output: {error}"),
        )),
        _ => Ok(()),
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    let folder = folder_of(path);
    let remedy = match folder.is_dir() {
        true => "choose a place that you may write to and that has room".to_owned(),
        false => format!("make the folder `{}` first, or choose another place", folder.display()),
    };
    Failure::io("write", path, error, &remedy)
}

/// Temporary files that have not been renamed yet. Code that makes, renames or removes one holds the lock meanwhile.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    // A set of names is never half changed, so a panic elsewhere does not spoil it.
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes every unfinished file. No file can be made or renamed while the guard exists.
pub(crate) fn discard_unfinished() -> impl Drop {
    let mut unfinished = unfinished();
    for path in std::mem::take(&mut *unfinished) {
        let _ = fs::remove_file(path);
    }
    unfinished
}

/// A temporary file that is on the list until it is dropped.
struct Unfinished(NamedTempFile);

impl Unfinished {
    fn finish(self, path: &Path) -> io::Result<()> {
        let _nobody_discards_it_now = unfinished();
        fs::rename(self.0.path(), path)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut unfinished = unfinished();
        // After it was renamed there is nothing under this name any more.
        let _ = fs::remove_file(self.0.path());
        unfinished.remove(self.0.path());
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// How the names of temporary files begin and end.
const PREFIX: &str = ".taktwin-";
const SUFFIX: &str = ".part";

/// A new file in the folder of `path`, with the rights of the file it will replace, or those of any new file. It is locked as
/// long as this program runs. Files left by programs that run no more are removed.
fn temporary_beside(path: &Path, replaced: Option<&Metadata>) -> io::Result<Unfinished> {
    let mut unfinished = unfinished();
    remove_left_over(folder_of(path), &unfinished);
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    if let Some(rights) = replaced.map(Metadata::permissions).or_else(rights_of_new_files) {
        builder.permissions(rights);
    }
    loop {
        let file = builder.tempfile_in(folder_of(path))?;
        // Another run may have taken the file for left over before it was locked. Not every disk has locks; without
        // one nothing is ever taken for left over there.
        let locked = file.as_file().try_lock();
        if !matches!(locked, Err(TryLockError::WouldBlock)) && file.path().exists() {
            unfinished.insert(file.path().to_owned());
            return Ok(Unfinished(file));
        }
    }
}

/// Removes temporary files of runs that were killed: those that are not locked.
fn remove_left_over(folder: &Path, ours: &BTreeSet<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let named = |name: &str| name.starts_with(PREFIX) && name.ends_with(SUFFIX);
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let path = folder.join(entry.file_name());
        if !is_file || !entry.file_name().to_str().is_some_and(named) || ours.contains(&path) {
            continue;
        }
        let left_over = File::options().write(true).open(&path).is_ok_and(|file| file.try_lock().is_ok());
        if left_over {
            // Another process may have removed it, or access is denied.
            let _ = fs::remove_file(path);
        }
    }
}

/// Temporary files are private to their owner; a result is as public as the user's mask lets it be.
fn rights_of_new_files() -> Option<fs::Permissions> {
    #[cfg(unix)]
    return Some(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    #[cfg(not(unix))]
    None
}

fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let unfinished = temporary_beside(path, fs::metadata(path).ok().as_ref())?;
    let mut out = BufWriter::new(unfinished.0.as_file());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    unfinished.0.as_file().sync_all()?;
    unfinished.finish(path)
}

fn pour(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(File::options().write(true).open(path)?);
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_in(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| name.to_string_lossy().into_owned()).collect()
    }

    fn file_at(path: &Path) -> Destination {
        Destination::of(Some(path)).unwrap_or_else(|failure| panic!("{failure}"))
    }

    #[test]
    fn a_result_replaces_the_file_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("result.json");
        fs::write(&path, "something longer than the result").unwrap();
        assert_eq!(file_at(&path).print("result\n"), Ok(()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "result\n");
        assert_eq!(names_in(folder.path()), ["result.json"]);
    }

    #[test]
    fn a_result_that_cannot_be_finished_leaves_everything_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("result.json");
        fs::write(&path, "before").unwrap();
        let written = file_at(&path).fill(|out| {
            out.write_all(b"half a res")?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(written.unwrap_err().to_string().contains("the disk is full"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        assert_eq!(names_in(folder.path()), ["result.json"]);
    }

    #[test]
    fn what_a_killed_run_has_left_is_removed_and_what_a_living_one_writes_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in [".taktwin-dead.part", ".taktwin-notes.txt", "x.part"] {
            fs::write(at(name), "half").unwrap();
        }
        let living = File::create(at(".taktwin-living.part")).unwrap();
        living.try_lock().unwrap();
        assert_eq!(file_at(&at("result.json")).print("whole"), Ok(()));
        let mut names = names_in(folder.path());
        names.sort();
        assert_eq!(names, [".taktwin-living.part", ".taktwin-notes.txt", "result.json", "x.part"]);
    }

    #[test]
    fn looking_at_a_place_leaves_nothing_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("result.json");
        assert_eq!(file_at(&path), Destination::File(real(&path)));
        assert!(names_in(folder.path()).is_empty());
    }

    #[test]
    fn a_missing_folder_is_named_with_the_remedy_before_any_work() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none/result.json");
        let failure = Destination::of(Some(&path)).unwrap_err();
        assert_eq!(failure.exit(), ExitStatus::InputWrong);
        assert!(failure.to_string().contains("help: make the folder `"), "{failure}");
        assert!(Destination::of(Some(folder.path())).unwrap_err().to_string().contains("is a folder"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_rights_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("real.json"), folder.path().join("link.json"));
        fs::write(&path, "before").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&path, &link).unwrap();
        assert_eq!(file_at(&link).print("after"), Ok(()));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "after");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_reader_who_has_seen_enough_is_no_failure() {
        assert_eq!(heard(Err(io::ErrorKind::BrokenPipe.into())), Ok(()));
        assert!(heard(Err(io::ErrorKind::StorageFull.into())).is_err());
    }
}
