//! `taktwin render LINE`: a picture or a film of a line, without a window.

use super::{ExitStatus, Failure};
use clap::{Args, value_parser};
use std::path::PathBuf;

/// Draw a line at an instant, or a film of it, without a window or a screen
#[derive(Args, Clone, Debug)]
#[command(after_help = "The picture is that of the first replication, as the window and a journal show
it. A film is a GIF, or a folder of numbered pictures for any other tool. The
machine needs no screen and no graphics card, but a Vulkan driver; without a
card lavapipe will do (Debian: apt-get install mesa-vulkan-drivers).

Drawing is part of a build with the feature `desktop`:
  cargo run --release --features desktop -- render line.ron -o line.png

Examples:
  taktwin render line.ron --at \"2 h 15 min\" --size 1920x1080 -o line.png
  taktwin render before.ron upgrade.ron -o both.png
  taktwin render line.ron --video \"10 s\" --speed 30 -o line.gif
  taktwin render line.ron --video \"30 s\" -o frames/")]
pub struct Render {
    /// The line, or an upgrade of one
    line: PathBuf,
    /// A line or an upgrade to set beside it
    other: Option<PathBuf>,
    /// The instant: \"2 h 15 min\" since the start, \"10:42\", or a date and a time
    #[arg(long, value_name = "TIME", default_value = "1 h")]
    at: String,
    /// Width and height in pixels
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "1280x720", value_parser = size)]
    size: (u32, u32),
    /// Draw a film of this length from that instant on
    #[arg(long, value_name = "TIME", value_parser = secs)]
    video: Option<f64>,
    /// Simulated seconds in a second of the film
    #[arg(long, value_name = "N", default_value_t = 30.0, value_parser = speed)]
    speed: f64,
    /// Pictures in a second of the film
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = value_parser!(u32).range(1..=60))]
    fps: u32,
    /// Seen from above
    #[arg(long)]
    above: bool,
    /// Both lines in one place, the first in grey
    #[arg(long, requires = "other")]
    overlaid: bool,
    /// Only the line, without names and figures
    #[arg(long)]
    plain: bool,
    /// With colours for colour-blind people
    #[arg(long)]
    color_blind_safe: bool,
    /// Where to write it: .png for a picture, .gif or a folder for a film
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    /// Show no progress
    #[arg(long, short)]
    quiet: bool,
}

/// Larger pictures are no pictures for reports, and no graphics card draws them.
const LARGEST: u32 = 8192;

fn size(text: &str) -> Result<(u32, u32), String> {
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|size| (16..=LARGEST).contains(size));
    let size =
        text.split_once(['x', '×']).and_then(|(width, height)| Some((number(width)?, number(height)?)));
    size.ok_or_else(|| {
        format!("write width and height in pixels, such as 1920x1080, each from 16 to {LARGEST}")
    })
}

fn secs(text: &str) -> Result<f64, String> {
    use crate::units::{Duration, Quantity};
    match Duration::parse(text)?.0 {
        secs if secs > 0.0 && secs <= 600.0 => Ok(secs),
        _ => Err("a film is longer than nothing and at most 10 min long, such as \"30 s\"".into()),
    }
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse::<f64>().ok().filter(|speed| (0.01..=1e6).contains(speed));
    speed.ok_or_else(|| "write a number from 0.01 to 1,000,000, such as 30".to_owned())
}

#[cfg(not(feature = "desktop"))]
/// What a build without the window says.
pub(super) fn no_window() -> Failure {
    Failure::new(
        ExitStatus::InputWrong,
        "this taktwin was built without the window",
        "build it with the feature `desktop`: cargo run --release --features desktop -- view LINE",
    )
}

#[cfg(feature = "desktop")]
/// Why the window or the picture did not come, as a failure of the call.
pub(super) fn failure(refusal: &crate::desktop::Refusal) -> Failure {
    use crate::desktop::Refusal;
    use std::io::IsTerminal;
    match refusal {
        Refusal::Line(rejected) => Failure::rejected(rejected, std::io::stderr().is_terminal()),
        Refusal::Other { wrong, remedy } => Failure::new(ExitStatus::InputWrong, wrong, remedy),
    }
}

impl Render {
    #[cfg(not(feature = "desktop"))]
    #[expect(clippy::unused_self, reason = "a build without the window only says how to get one")]
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        Err(no_window())
    }

    #[cfg(feature = "desktop")]
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        match self.video {
            Some(secs) => self.film(secs),
            None => self.picture(),
        }
    }
}

#[cfg(feature = "desktop")]
impl Render {
    fn picture(&self) -> Result<ExitStatus, Failure> {
        use super::options::refuse_input;
        if !self.ends_with("png") {
            return Err(self.wrong_ending("a picture is written as .png"));
        }
        let place = super::output::Destination::of(Some(&self.out))?;
        let mut studio = self.studio()?;
        refuse_input(&place, &studio.files())?;
        let picture = studio.picture().map_err(|refusal| failure(&refusal))?;
        let png = crate::desktop::png(&picture).map_err(|refusal| failure(&refusal))?;
        place.fill(|out| out.write_all(&png))?;
        Ok(ExitStatus::Done)
    }

    fn film(&self, secs: f64) -> Result<ExitStatus, Failure> {
        use super::output::Destination;
        let frames = (secs * f64::from(self.fps)).round().max(1.0) as usize;
        let progress = super::progress::RunProgress::of_pictures(frames, self.quiet);
        if self.ends_with("gif") {
            let place = Destination::of(Some(&self.out))?;
            let mut studio = self.studio()?;
            super::options::refuse_input(&place, &studio.files())?;
            place.fill(|out| {
                let pictures = (0..frames).map(|frame| {
                    studio.go_on_to(frame as f64 * self.speed / f64::from(self.fps));
                    progress.done(frame + 1);
                    studio.picture()
                });
                crate::desktop::gif(out, self.fps, pictures)
            })?;
        } else if self.out.extension().is_none() {
            std::fs::create_dir_all(&self.out).map_err(|error| {
                Failure::io("make", &self.out, &error, "choose a place that you may write to")
            })?;
            let mut studio = self.studio()?;
            for frame in 0..frames {
                studio.go_on_to(frame as f64 * self.speed / f64::from(self.fps));
                let picture = studio.picture().map_err(|refusal| failure(&refusal))?;
                let png = crate::desktop::png(&picture).map_err(|refusal| failure(&refusal))?;
                let path = self.out.join(format!("frame-{:04}.png", frame + 1));
                Destination::of(Some(&path))?.fill(|out| out.write_all(&png))?;
                progress.done(frame + 1);
            }
        } else {
            return Err(self.wrong_ending("a film is written as .gif, or as pictures into a folder"));
        }
        Ok(ExitStatus::Done)
    }

    fn studio(&self) -> Result<crate::desktop::Studio, Failure> {
        let order = crate::desktop::RenderOrder {
            paths: [Some(&self.line), self.other.as_ref()].into_iter().flatten().cloned().collect(),
            at: self.at.clone(),
            size: self.size,
            speed: self.video.map(|_| self.speed),
            above: self.above,
            overlaid: self.overlaid,
            plain: self.plain,
            color_blind_safe: self.color_blind_safe,
        };
        crate::desktop::Studio::open(&order).map_err(|refusal| failure(&refusal))
    }

    fn ends_with(&self, ending: &str) -> bool {
        self.out.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
    }

    fn wrong_ending(&self, rule: &str) -> Failure {
        Failure::new(
            ExitStatus::InputWrong,
            format!("cannot write `{}`: {rule}", self.out.display()),
            "rename it",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_two_numbers() {
        assert_eq!(size("1920x1080"), Ok((1920, 1080)));
        assert!(size("1920").is_err() && size("0x5").is_err() && size("9000x9000").is_err());
    }

    #[test]
    fn a_film_has_a_length_that_somebody_will_watch() {
        assert_eq!(secs("30 s"), Ok(30.0));
        assert!(secs("0 s").is_err() && secs("2 h").is_err() && secs("30").is_err());
    }
}
