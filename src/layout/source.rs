//! Every text that a user wrote, and places in it.
//!
//! A layout, its base, an upgrade and each `--set` are texts of equal standing: whatever is read from them keeps its
//! [`TextSpan`], so that a fault found much later can still be underlined. What the texts mean is left to
//! [`scan`](super::scan) and those after it. Read [`TextSpan`] first, then [`Sources`].

use super::fault::Fault;
use super::settle::JsonTurn;
use super::text_span::{FileId, TextSpan};
use crate::units::spelling::nearest;
use std::fs::File;
use std::io::{self, Read};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The largest file that is read. A line of 10,000 machines needs about 3 MB.
const MAX_BYTES: u64 = 64 << 20;

/// All texts read so far.
#[derive(Debug, Default)]
pub struct Sources {
    texts: Vec<SourceText>,
    /// What values of JSON files were taken for, the outer ones first.
    turns: Mutex<Vec<JsonTurn>>,
}

#[derive(Debug)]
struct SourceText {
    name: String,
    /// None for an argument.
    path: Option<PathBuf>,
    folder: PathBuf,
    text: String,
}

impl Sources {
    /// Reads a file. It is called in messages what the user called it.
    pub(crate) fn read(&mut self, path: &Path) -> Result<FileId, Fault> {
        let bytes = read_bytes(path).map_err(|error| unreadable(path, &error))?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Fault::new(format!("{} is larger than 64 MB", path.display()))
                .help("a line of 10,000 machines needs about 3 MB: is this the right file?"));
        }
        let text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        Ok(self.add(path.display().to_string(), Some(path.to_path_buf()), folder, text))
    }

    /// Adds a text that is no file, such as an argument of the command line; paths in it start from where the program
    /// was started.
    pub(crate) fn add_argument(&mut self, name: &str, text: &str) -> FileId {
        self.add(name.to_string(), None, PathBuf::new(), text.to_string())
    }

    fn add(&mut self, name: String, path: Option<PathBuf>, folder: PathBuf, text: String) -> FileId {
        let id = FileId(self.texts.len() as u32);
        self.texts.push(SourceText { name, path, folder, text });
        id
    }

    /// Whether a text is JSON, by the ending of its file.
    pub(super) fn is_json(&self, file: FileId) -> bool {
        self.texts[file.0 as usize].path.as_deref().is_some_and(is_json)
    }

    /// Keeps what a value of a JSON file was taken for.
    pub(super) fn remember(&self, turn: JsonTurn) {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).push(turn);
    }

    /// What values of JSON files were taken for, and forgets it.
    pub(super) fn take_turns(&self) -> Vec<JsonTurn> {
        mem::take(&mut self.turns.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The files among them.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.texts.iter().filter_map(|source| source.path.as_ref())
    }

    /// What the user calls the text.
    pub fn name(&self, file: FileId) -> &str {
        &self.texts[file.0 as usize].name
    }

    /// The folder that relative paths in this text start from.
    pub fn folder(&self, file: FileId) -> &Path {
        &self.texts[file.0 as usize].folder
    }

    /// The whole text.
    pub fn whole(&self, file: FileId) -> &str {
        &self.texts[file.0 as usize].text
    }

    /// The file of a place, as the user called it, and the line there, from 1.
    pub fn line_of(&self, place: TextSpan) -> (PathBuf, usize) {
        let before = self.whole(place.file).get(..place.start as usize).unwrap_or("");
        (PathBuf::from(self.name(place.file)), 1 + before.matches('\n').count())
    }

    /// What is written at a place.
    pub fn text(&self, place: TextSpan) -> &str {
        self.whole(place.file).get(place.start as usize..place.end as usize).unwrap_or("")
    }
}

/// Whether a file is JSON, by its ending in any case; else it is RON.
pub(crate) fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

/// A path that is the same for all ways to write it, if the file is there.
pub(crate) fn same_file(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let mut bytes = Vec::new();
    // One byte more than allowed shows that there is more, even where the length is unknown (a pipe, a device).
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(path: &Path, error: &io::Error) -> Fault {
    let shown = path.display();
    if path.is_dir() {
        return Fault::new(format!("{shown} is a folder, not a file"))
            .help(format!("name a layout in it, such as {}", path.join("line.ron").display()));
    }
    let fault = Fault::new(match error.kind() {
        io::ErrorKind::NotFound => format!("there is no file {shown}"),
        io::ErrorKind::PermissionDenied => format!("{shown} may not be read by this user"),
        _ => format!("{shown} cannot be read: {error}"),
    });
    match neighbour(path) {
        Some(name) => fault.help(format!("did you mean {}?", path.with_file_name(name).display())),
        None => fault,
    }
}

/// The file beside a missing one that is spelled most like it.
pub(crate) fn neighbour(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_str()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = folder
        .read_dir()
        .ok()?
        .take(1000)
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    nearest(wanted, names.iter().map(String::as_str)).map(str::to_string)
}

fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> Fault {
    let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let line = 1 + good.iter().filter(|&&byte| byte == b'\n').count();
    Fault::new(format!("{} is not UTF-8 text (line {line})", path.display()))
        .help("save the file with the encoding UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(path: &Path) -> String {
        Sources::default().read(path).expect_err("a fault").message
    }

    #[test]
    fn what_is_no_readable_text_is_a_fault_with_its_reason() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("latin.ron");
        std::fs::write(&path, b"Line(\n  name: \"Stra\xdfe\")").expect("written");

        assert!(message(&path).ends_with("latin.ron is not UTF-8 text (line 2)"));
        assert!(message(folder.path()).ends_with("is a folder, not a file"));
        assert!(message(&folder.path().join("beside.ron")).starts_with("there is no file"));
    }

    #[test]
    fn a_missing_file_names_its_neighbour() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("before.ron"), "Line()").expect("written");

        let fault = Sources::default().read(&folder.path().join("befor.ron")).expect_err("a fault");

        assert!(fault.help[0].ends_with("before.ron?"), "{fault:?}");
    }

    #[test]
    fn a_file_beyond_the_limit_is_refused_without_reading_it_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("huge.ron");
        File::create(&path).and_then(|file| file.set_len(MAX_BYTES + 10)).expect("a sparse file");

        assert!(message(&path).ends_with("is larger than 64 MB"));
    }
}
