//! Pictures of what is drawn: an image, and the bytes of a PNG file. The same run gives the same bytes.

use super::eyes::Canvas;
use super::hardware::NoPicture;
use bevy::camera::RenderTarget;
use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy::time::TimeUpdateStrategy;
use image::{ImageEncoder, RgbaImage};
use std::io;
use std::time::Duration;

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
        // A picture shows nothing of what is behind the window.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_can_be_read_again() {
        let picture = RgbaImage::from_fn(32, 16, |x, y| image::Rgba([x as u8 * 8, y as u8 * 16, 90, 255]));
        let bytes = png(&picture).unwrap();
        assert_eq!(image::load_from_memory(&bytes).unwrap().to_rgba8(), picture);
    }
}
