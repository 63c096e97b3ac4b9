//! Pictures and films of what is drawn: an image, a PNG file, a numbered sequence, an animated GIF. Files appear whole or
//! not at all, and the same run gives the same bytes.

use super::eyes::Canvas;
use super::hardware::NoPicture;
use bevy::camera::RenderTarget;
use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy::time::TimeUpdateStrategy;
use image::codecs::gif::{GifEncoder, Repeat};
use image::{Delay, Frame, ImageEncoder, RgbaImage};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::NamedTempFile;

/// Updates before the first picture: cameras learn their size, panels theirs, meshes and fonts reach the graphics card.
const SETTLING: u32 = 6;
/// A picture that has not come after so many updates does not come.
const PATIENCE: u32 = 600;

/// Whether the first picture was taken.
#[derive(Resource)]
struct Settled;

/// The picture that came last.
#[derive(Resource, Default)]
pub(crate) struct Taken(Option<RgbaImage>);

/// Asks for a picture; it lies in [`Taken`] some frames later.
pub(crate) fn ask(world: &mut World) {
    world.init_resource::<Taken>();
    let shot = match world.resource::<Canvas>().0.clone() {
        Some(target @ RenderTarget::Image(_)) => Screenshot(target),
        _ => Screenshot::primary_window(),
    };
    world.spawn(shot).observe(|captured: On<ScreenshotCaptured>, mut taken: ResMut<Taken>| {
        let Ok(picture) = captured.image.clone().try_into_dynamic() else { return };
        let mut picture = picture.to_rgba8();
        // What is behind the window is nobody's business.
        picture.pixels_mut().for_each(|pixel| pixel.0[3] = 255);
        taken.0 = Some(picture);
    });
}

/// The picture that was asked for, if it has come.
pub(crate) fn collect(world: &mut World) -> Option<RgbaImage> {
    world.get_resource_mut::<Taken>()?.0.take()
}

/// What an app without a window shows now. The clock of the app stands still meanwhile.
pub(crate) fn picture_of(app: &mut App) -> Result<RgbaImage, NoPicture> {
    let clock = app.world_mut().remove_resource::<TimeUpdateStrategy>().unwrap_or_default();
    app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::ZERO));
    let picture = take(app);
    app.insert_resource(clock);
    picture
}

fn take(app: &mut App) -> Result<RgbaImage, NoPicture> {
    if !app.world().contains_resource::<Settled>() {
        // No runner does this for an app that is updated by hand.
        app.finish();
        app.cleanup();
        app.insert_resource(Settled);
        for _ in 0..SETTLING {
            app.update();
        }
    }
    app.update();
    ask(app.world_mut());
    for _ in 0..PATIENCE {
        app.update();
        if let Some(picture) = collect(app.world_mut()) {
            return Ok(picture);
        }
    }
    Err(NoPicture::new("the graphics driver returns no picture", "try another driver, or a smaller picture"))
}

/// A picture as the bytes of a PNG file.
pub(crate) fn png(picture: &RgbaImage) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder
        .write_image(picture.as_raw(), picture.width(), picture.height(), image::ExtendedColorType::Rgba8)
        .map_err(io::Error::other)?;
    Ok(bytes)
}

/// Writes a picture to a file.
pub(crate) fn save(picture: &RgbaImage, path: &Path) -> io::Result<()> {
    write_whole(path, &png(picture)?)
}

/// The file of a picture of a sequence, counted from 1.
pub(crate) fn numbered(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("frame-{number:04}.png"))
}

/// A file appears whole or not at all.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = beside(path)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

/// A file that is still to become this one, with the rights that a new file has.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// A film in the making: an animated GIF that begins again at its end.
pub(crate) struct Film {
    path: PathBuf,
    delay: Delay,
    file: NamedTempFile,
    encoder: GifEncoder<io::BufWriter<File>>,
}

/// How much care is taken with the colours of a film: 1 is the most, 30 the least.
const SPEED: i32 = 10;

impl Film {
    /// Begins a film of so many pictures a second.
    pub(crate) fn begin(path: &Path, pictures_a_second: u32) -> io::Result<Film> {
        let file = beside(path)?;
        let mut encoder = GifEncoder::new_with_speed(io::BufWriter::new(file.reopen()?), SPEED);
        encoder.set_repeat(Repeat::Infinite).map_err(io::Error::other)?;
        let delay = Delay::from_numer_denom_ms(1_000, pictures_a_second.max(1));
        Ok(Film { path: path.to_owned(), delay, file, encoder })
    }

    /// Adds a picture.
    pub(crate) fn add(&mut self, picture: RgbaImage) -> io::Result<()> {
        self.encoder.encode_frame(Frame::from_parts(picture, 0, 0, self.delay)).map_err(io::Error::other)
    }

    /// The film appears.
    pub(crate) fn finish(self) -> io::Result<()> {
        // Its end is written when the encoder goes.
        drop(self.encoder);
        self.file.persist(&self.path)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_and_a_picture_can_be_read_again_and_are_the_same_every_time() {
        let folder = tempfile::tempdir().unwrap();
        let picture = RgbaImage::from_fn(32, 16, |x, y| image::Rgba([x as u8 * 8, y as u8 * 16, 90, 255]));
        let [one, other] = ["one", "other"].map(|name| {
            let path = folder.path().join(name);
            let mut film = Film::begin(&path, 20).unwrap();
            film.add(picture.clone()).unwrap();
            film.add(picture.clone()).unwrap();
            film.finish().unwrap();
            std::fs::read(path).unwrap()
        });
        assert_eq!(one, other);
        assert_eq!(&one[..6], b"GIF89a");
        assert_eq!(one.last(), Some(&0x3B), "the film has its end");

        let path = numbered(folder.path(), 7);
        save(&picture, &path).unwrap();
        assert!(path.ends_with("frame-0007.png"));
        let bytes = std::fs::read(path).unwrap();
        assert_eq!(image::load_from_memory(&bytes).unwrap().to_rgba8(), picture);
    }
}
