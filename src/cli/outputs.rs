//! The files that a result goes to, each in the format of its ending.
//!
//! All places are checked before any work is done. Each file appears whole or not at all, one after the other in the order of
//! the command line; one that cannot be written does not stop the next. Read [`Outputs`] first.

use super::options::{refuse_ending, refuse_same};
use super::output::Destination;
use super::{ExitStatus, Failure};
use crate::report::{self, Format};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// One place of a result.
struct OutputPlace {
    place: Destination,
    format: &'static Format,
}

/// Where a result goes: standard output, or one file or several.
pub(crate) struct Outputs(Vec<OutputPlace>);

impl Outputs {
    /// The places a user named, or standard output.
    pub(crate) fn of(paths: &[PathBuf], asked: Option<&'static Format>) -> Result<Outputs, Failure> {
        if let (Some(asked), [_, _, ..]) = (asked, paths) {
            let wrong = format!("`--format {}` cannot hold for {} files", asked.name, paths.len());
            let remedy = "leave `--format` out: the ending of each file says how it is written";
            return Err(Failure::new(ExitStatus::InputWrong, wrong, remedy));
        }
        let outputs = match paths {
            [] => Outputs(vec![OutputPlace::terminal(asked.unwrap_or(report::FORMATS[0]))?]),
            _ => Outputs(paths.iter().map(|path| OutputPlace::of(path, asked)).collect::<Result<_, _>>()?),
        };
        refuse_same(&outputs.places().collect::<Vec<_>>())?;
        Ok(outputs)
    }

    /// Every place, in the order of the command line.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Destination> {
        self.0.iter().map(|output| &output.place)
    }

    /// Writes the result to every place, whatever becomes of the others.
    pub(crate) fn write(
        &self,
        result: impl Fn(&Format, &mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let written = self.0.iter().map(|output| output.place.fill(|out| result(output.format, out)));
        written.filter_map(Result::err).reduce(Failure::and).map_or(Ok(()), Err)
    }
}

impl OutputPlace {
    fn terminal(format: &'static Format) -> Result<OutputPlace, Failure> {
        refuse_unbuilt(format)?;
        if format.binary && io::stdout().is_terminal() {
            let wrong = format!("{} is not for a terminal", format.name);
            let remedy = format!("name a file: `--out result.{}`", format.ending);
            return Err(Failure::new(ExitStatus::InputWrong, wrong, remedy));
        }
        Ok(OutputPlace { place: Destination::Terminal, format })
    }

    fn of(path: &Path, asked: Option<&'static Format>) -> Result<OutputPlace, Failure> {
        let place = Destination::of(Some(path))?;
        if place.file().is_some() {
            let formats = report::FORMATS.iter().map(|format| (format.name, format.ending));
            refuse_ending(path, asked.map(|format| format.name), formats)?;
        }
        let by_ending = || report::FORMATS.iter().copied().find(|format| format.fits(path));
        let format = asked.or_else(by_ending).unwrap_or(report::FORMATS[0]);
        refuse_unbuilt(format)?;
        Ok(OutputPlace { place, format })
    }
}

/// Refuses a format that this program was built without.
fn refuse_unbuilt(format: &Format) -> Result<(), Failure> {
    if format.built {
        return Ok(());
    }
    let wrong = format!("this program was built without the format {}", format.name);
    Err(Failure::new(ExitStatus::InputWrong, wrong, report::HOW_TO_BUILD))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(paths: &[&str], asked: Option<&'static Format>) -> String {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<PathBuf> = paths.iter().map(|name| folder.path().join(name)).collect();
        Outputs::of(&paths, asked).err().map_or_else(String::new, |failure| failure.to_string())
    }

    #[test]
    fn each_file_has_the_format_of_its_ending() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a.json", "b.CSV", "c.md", "d"].map(|name| folder.path().join(name));
        let outputs = Outputs::of(&paths, None).unwrap_or_else(|failure| panic!("{failure}"));
        let names: Vec<&str> = outputs.0.iter().map(|output| output.format.name).collect();
        assert_eq!(names, ["json", "csv", "markdown", "table"]);
    }

    #[test]
    fn what_contradicts_itself_is_refused_before_any_work() {
        assert!(refused(&["a.json", "a.json"], None).contains("two outputs cannot both go to"));
        assert!(refused(&["a.json", "b.csv"], Some(report::FORMATS[0])).contains("cannot hold for 2 files"));
        assert!(refused(&["a.json", "b.pdf"], None).contains("does not say how to write the result"));
        assert_eq!(refused(&["a.json", "b.csv"], None), "");
    }

    #[test]
    fn a_place_that_cannot_be_written_does_not_stop_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a.json", "b.csv"].map(|name| folder.path().join(name));
        let outputs = Outputs::of(&paths, None).unwrap_or_else(|failure| panic!("{failure}"));
        let written = outputs.write(|format, out| match format.name {
            "json" => Err(io::Error::other("the disk is full")),
            name => out.write_all(name.as_bytes()),
        });
        assert!(written.unwrap_err().to_string().contains("the disk is full"));
        assert!(!paths[0].exists());
        assert_eq!(std::fs::read(&paths[1]).unwrap(), b"csv");
    }
}
