//! Pictures without a window: for reports, on a machine without a screen.

use super::refusal::Refusal;
use super::{fill, window};
use crate::app::TaktwinPlugin;
use crate::desk::action::Action;
use crate::desk::memory::Memory;
use crate::desk::side::Side;
use crate::desk::{Desk, text};
use crate::drawing::app;
use crate::drawing::camera::CameraView;
use crate::drawing::frame::{DrawingSystems, Plain};
use crate::drawing::shots;
use crate::kernel::Time;
use crate::stage::Arrangement;
use crate::stage::palette::Palette;
use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};
use image::RgbaImage;
use image::codecs::gif::{GifEncoder, Repeat};
use std::io::{self, Write};
use std::path::PathBuf;

/// What is to be drawn.
#[derive(Clone, Debug)]
pub struct RenderOrder {
    /// A line, or one before and one after.
    pub paths: Vec<PathBuf>,
    /// The instant, as people write a time.
    pub at: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// For a film, simulated seconds in a second.
    pub speed: Option<f64>,
    /// Seen from above.
    pub above: bool,
    /// Both lines in one place.
    pub overlaid: bool,
    /// Without names and figures.
    pub plain: bool,
    /// With colours for colour-blind people.
    pub color_blind_safe: bool,
}

/// A picture that was drawn.
pub struct StudioPicture(RgbaImage);

/// A place where pictures are taken.
pub struct Studio {
    app: App,
    began: Time,
}

impl Studio {
    /// Opens the lines, goes to the instant, and sets the camera up.
    pub fn open(order: &RenderOrder) -> Result<Studio, Refusal> {
        let mut app = App::new();
        let world = app.world_mut();
        let mut desk = Desk::open(world, &order.paths, Memory::default())?;
        window::begin_at(world, &mut desk, &order.at)?;
        if order.color_blind_safe {
            desk.memory.palette = Palette::ColorBlindSafe;
        }
        if let Some(speed) = order.speed {
            // A film shows moves as a window does at that speed.
            (desk.clock.speed, desk.clock.playing) = (speed, true);
        }
        if order.overlaid {
            desk.act(world, Action::Arrange(Arrangement::Overlaid));
        }
        let began = desk.now();
        // Names keep their size on the page: a picture of twice the height has letters of twice the height.
        let scale = (order.size.1 as f32 / 900.0).max(0.6);
        app::without_window(&mut app, UVec2::from(order.size), scale)?;
        app.add_plugins(TaktwinPlugin::default());
        app.insert_resource(desk).add_systems(Update, fill::fill.in_set(DrawingSystems::Fill));
        if order.plain {
            app.insert_resource(Plain);
        } else {
            app.add_systems(EguiPrimaryContextPass, caption.after(DrawingSystems::Labels));
        }
        let mut studio = Studio { app, began };
        if order.above {
            studio.app.world_mut().resource_mut::<CameraView>().top();
            studio.picture()?;
            studio.app.world_mut().resource_mut::<CameraView>().arrive();
        }
        Ok(studio)
    }

    /// The files that the lines were read from.
    pub fn files(&self) -> Vec<PathBuf> {
        let desk = self.app.world().resource::<Desk>();
        desk.sides.iter().flat_map(|side| side.line().files.iter().cloned()).collect()
    }

    /// Goes so many seconds past the instant that it began at.
    pub fn go_on_to(&mut self, secs: f64) {
        let time = self.began + Time::from_secs(secs);
        self.app.world_mut().resource_scope(|world, mut desk: Mut<Desk>| {
            desk.go_to(time);
            desk.catch_up(world);
        });
    }

    /// Takes a picture.
    pub fn picture(&mut self) -> Result<StudioPicture, Refusal> {
        Ok(StudioPicture(shots::picture_of(&mut self.app)?))
    }
}

/// A picture as PNG.
pub fn png(picture: &StudioPicture) -> Result<Vec<u8>, Refusal> {
    shots::png(&picture.0).map_err(|error| {
        Refusal::new(format!("the picture cannot be written as PNG: {error}"), "try another size")
    })
}

/// How much care is taken with the colours of a film: 1 is the most, 30 the least.
const CARE: i32 = 10;

/// Writes a film of so many pictures a second as an animated GIF that begins again at its end. Each picture is asked for when
/// the one before it is written, so a long film takes no more memory than a short one.
pub fn gif(
    out: &mut dyn Write,
    fps: u32,
    pictures: impl Iterator<Item = Result<StudioPicture, Refusal>>,
) -> io::Result<()> {
    let mut encoder = GifEncoder::new_with_speed(out, CARE);
    encoder.set_repeat(Repeat::Infinite).map_err(io::Error::other)?;
    let delay = image::Delay::from_numer_denom_ms(1000, fps.max(1));
    for picture in pictures {
        let picture = picture.map_err(|refusal| io::Error::other(refusal.to_string()))?;
        encoder.encode_frame(image::Frame::from_parts(picture.0, 0, 0, delay)).map_err(io::Error::other)?;
    }
    Ok(())
}

/// What is seen, when, and the figures so far: in a corner of each line.
fn caption(mut contexts: EguiContexts, desk: Res<Desk>) -> Result {
    let context = contexts.ctx_mut()?.clone();
    let free = context.viewport_rect().shrink2(egui::vec2(12.0, 10.0));
    for (number, side) in desk.sides.iter().enumerate() {
        let last = desk.sides.len() - 1 - number;
        let (left, up) = match desk.arrangement {
            Arrangement::Single(shown) if shown != number => continue,
            Arrangement::Single(_) => (0.0, 0.0),
            Arrangement::Split => ((free.width() + 12.0) / 2.0 * last as f32, 0.0),
            Arrangement::Overlaid => (0.0, CAPTION * last as f32),
        };
        let place = free.right_bottom() - egui::vec2(left, up);
        let area = egui::Area::new(egui::Id::new(("caption", number))).fade_in(false);
        let area = area.pivot(egui::Align2::RIGHT_BOTTOM).fixed_pos(place);
        area.show(&context, |ui| {
            let frame = egui::Frame::window(ui.style()).multiply_with_opacity(0.85);
            frame.show(ui, |ui| tell(ui, side));
        });
    }
    Ok(())
}

/// From one caption to the one above it.
const CAPTION: f32 = 152.0;

/// The figures of a caption.
const TOLD: [&str; 5] = ["throughput", "wip", "lead_time", "mean_power", "energy_per_good_part"];

fn tell(ui: &mut egui::Ui, side: &Side) {
    ui.visuals_mut().override_text_color = Some(egui::Color32::from_gray(235));
    ui.strong(&side.line().name);
    let (when, now) = (text::date_and_clock(side.line(), side.twin.now()), side.twin.now());
    ui.label(match side.hours() {
        Some(hours) => format!("{when}  {}", hours.words_at(now)),
        None => when,
    });
    egui::Grid::new("figures").spacing([10.0, 1.0]).show(ui, |ui| {
        for name in TOLD {
            let found = side.figures.iter().find(|(kpi, _)| kpi.name == name);
            let Some((kpi, Some(value))) = found else { continue };
            ui.small(kpi.title);
            ui.small(text::figure(&kpi.unit_in(side.line()), *value));
            ui.end_row();
        }
    });
}
