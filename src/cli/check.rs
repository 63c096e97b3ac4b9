//! `taktwin check FILE..`: reads and checks lines and upgrades, and runs nothing.

use super::options::Color;
use super::output::Destination;
use super::{Exit, Failure};
use crate::line::{self, Line};
use clap::Args;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Read and check lines and upgrades; nothing is run
#[derive(Args, Clone, Debug)]
#[command(after_help = "All faults of all files are shown at once, each with its place and a remedy.

Examples:
  taktwin check line.ron
  taktwin check scenes/              every .ron file below the folder")]
pub struct Check {
    /// Lines, upgrades, or folders: of a folder every .ron file below it
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    color: Color,
}

impl Check {
    pub(crate) fn carry_out(&self) -> Result<Exit, Failure> {
        let (mut failures, mut checked) = (Vec::new(), 0);
        for layout in self.files.iter().flat_map(|path| layouts_at(path)) {
            checked += 1;
            failures.extend(match layout {
                Ok(file) => self.check(&file)?,
                Err(failure) => Some(failure),
            });
        }
        verdict(failures, checked)
    }

    /// Says that a file is in order, or returns what is wrong with it.
    fn check(&self, file: &Path) -> Result<Option<Failure>, Failure> {
        match line::read(file, &[]) {
            Ok(line) => Destination::Terminal.print(&praise(file, &line)).map(|()| None),
            Err(rejected) => Ok(Some(Failure::rejected(&rejected, self.color.on_stderr()))),
        }
    }
}

fn praise(file: &Path, line: &Line) -> String {
    let elements = count(line.elements.len(), "element");
    let products = count(line.products.len(), "product");
    format!("{}: ok ({elements}, {products})\n", file.display())
}

fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// All failures as one, with a last line that counts them.
fn verdict(failures: Vec<Failure>, checked: usize) -> Result<Exit, Failure> {
    let wrong = failures.len();
    let Some(all) = failures.into_iter().reduce(Failure::and) else { return Ok(Exit::Done) };
    Err(all.and(Failure::plain(Exit::InputWrong, format_args!("{wrong} of {checked} cannot be used"))))
}

/// The file itself, or the layouts in a folder, or why there are none.
fn layouts_at(path: &Path) -> Vec<Result<PathBuf, Failure>> {
    if !path.is_dir() {
        return vec![Ok(path.to_owned())];
    }
    let mut found = Vec::new();
    if let Err(error) = collect(path, &mut found) {
        return vec![Err(Failure::io("read", path, &error, "name the files themselves"))];
    }
    if found.is_empty() {
        let wrong = format!("there is no .ron file below `{}`", path.display());
        return vec![Err(Failure::new(
            Exit::InputWrong,
            wrong,
            "name a line, an upgrade, or a folder with some",
        ))];
    }
    found.sort();
    found.into_iter().map(Ok).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // The type of a link is `link`: links to folders are left alone, so that no circle is walked for ever.
        if entry.file_type()?.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "ron") {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_every_layout_below_it_in_order() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("deep")).unwrap();
        for name in ["b.ron", "a.ron", "notes.txt", "deep/c.ron"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let found = layouts_at(folder.path());
        let names = ["a.ron", "b.ron", "deep/c.ron"].map(|name| Ok(folder.path().join(name)));
        assert_eq!(found, names);
    }

    #[test]
    fn a_folder_without_layouts_is_a_mistake() {
        let folder = tempfile::tempdir().unwrap();
        let failure = layouts_at(folder.path()).remove(0).unwrap_err();
        assert!(failure.to_string().contains("there is no .ron file below"), "{failure}");
        assert_eq!(failure.exit(), Exit::InputWrong);
    }

    #[test]
    fn one_wrong_file_among_good_ones_makes_the_call_fail() {
        let wrong = Failure::plain(Exit::InputWrong, "this is wrong");
        let failure = verdict(vec![wrong], 3).unwrap_err();
        assert_eq!(failure.to_string(), "error: this is wrong\nerror: 1 of 3 cannot be used\n");
        assert_eq!(verdict(Vec::new(), 3), Ok(Exit::Done));
    }
}
