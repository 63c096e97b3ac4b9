//! The Bevy app: with a window, or drawing into an image without one. Both make the same pictures; all it needs is built in.

use super::camera::CameraView;
use super::eyes::{self, Canvas, SKY};
use super::frame::DrawingPlugin;
use super::hardware::{self, NoPicture};
use bevy::app::TerminalCtrlCHandlerPlugin;
use bevy::camera::visibility::RenderLayers;
use bevy::camera::{CameraOutputMode, ImageRenderTarget, RenderTarget};
use bevy::log::{Level, LogPlugin};
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy::render::pipelined_rendering::PipelinedRenderingPlugin;
use bevy::render::render_resource::{BlendState, TextureFormat};
use bevy::render::settings::{Backends, WgpuSettings};
use bevy::time::TimeUpdateStrategy;
use bevy::window::ExitCondition;
use bevy::winit::WinitPlugin;
use bevy_egui::{EguiGlobalSettings, EguiPlugin, EguiPrimaryContextPass, PrimaryEguiContext};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// From one frame to the next where there is no window.
const FRAME: Duration = Duration::from_micros(16_667);

/// Gives an app a window. The caller adds what else it needs, and then calls `run`.
pub(crate) fn with_window(app: &mut App, title: &str, size: UVec2) -> Result<(), NoPicture> {
    hardware::find_display()?;
    let drivers = hardware::find_adapter()?;
    let window = Window { title: title.to_owned(), resolution: size.into(), ..default() };
    app.insert_resource(Canvas(None));
    app.add_plugins(
        DefaultPlugins
            .build()
            .disable::<TerminalCtrlCHandlerPlugin>()
            .set(log())
            .set(render(drivers))
            // Whether it is really shut, is for others to say.
            .set(WindowPlugin { primary_window: Some(window), close_when_requested: false, ..default() }),
    );
    add_drawing(app);
    Ok(())
}

/// Lets an app draw into an image of so many physical pixels; `scale` of them are one logical pixel. The caller adds
/// what else it needs, and takes pictures with [`shots::picture_of`](super::shots::picture_of).
pub(crate) fn without_window(app: &mut App, size: UVec2, scale: f32) -> Result<(), NoPicture> {
    let drivers = hardware::find_adapter()?;
    let nowhere = WindowPlugin { primary_window: None, exit_condition: ExitCondition::DontExit, ..default() };
    let plugins = DefaultPlugins
        .build()
        .disable::<WinitPlugin>()
        .disable::<TerminalCtrlCHandlerPlugin>()
        // A picture is ready when the update has returned.
        .disable::<PipelinedRenderingPlugin>()
        .set(RenderPlugin { synchronous_pipeline_compilation: true, ..render(drivers) })
        .set(nowhere);
    // Messages are written for the whole process: the first app sees to it.
    static LOGGED: AtomicBool = AtomicBool::new(false);
    if LOGGED.swap(true, Ordering::Relaxed) {
        app.add_plugins(plugins.disable::<LogPlugin>());
    } else {
        app.add_plugins(plugins.set(log()));
    }
    let image = Image::new_target_texture(size.x, size.y, TextureFormat::Rgba8UnormSrgb, None);
    let handle = app.world_mut().resource_mut::<Assets<Image>>().add(image);
    let target = RenderTarget::Image(ImageRenderTarget { handle, scale_factor: scale });
    app.insert_resource(Canvas(Some(target))).insert_resource(TimeUpdateStrategy::ManualDuration(FRAME));
    add_drawing(app);
    Ok(())
}

/// Draws with one of these drivers.
fn render(drivers: Backends) -> RenderPlugin {
    let settings = WgpuSettings { backends: Some(drivers), ..default() };
    RenderPlugin { render_creation: settings.into(), ..default() }
}

/// Only warnings and errors, and of the graphics driver only errors.
fn log() -> LogPlugin {
    LogPlugin {
        level: Level::WARN,
        filter:
            "wgpu=error,naga=error,bevy_render=error,bevy_winit=error,winit=error,bevy_egui=error,winit=error"
                .to_owned(),
        ..default()
    }
}

/// What both have.
fn add_drawing(app: &mut App) {
    app.add_plugins((EguiPlugin::default(), DrawingPlugin));
    app.insert_resource(ClearColor(SKY));
    app.world_mut().resource_mut::<EguiGlobalSettings>().auto_create_primary_context = false;
    app.world_mut().resource_mut::<CameraView>().home();
    app.add_systems(Startup, add_panels.after(eyes::set_up));
    app.add_systems(EguiPrimaryContextPass, super::fonts::give.before(super::frame::DrawingSystems::Labels));
}

/// Panels and names have a camera of their own that sees nothing else, above those of the line.
fn add_panels(mut commands: Commands, canvas: Res<Canvas>) {
    let mut panels = commands.spawn((
        PrimaryEguiContext,
        Camera2d,
        RenderLayers::none(),
        Msaa::Off,
        Camera {
            order: 10,
            output_mode: CameraOutputMode::Write {
                blend_state: Some(BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                clear_color: ClearColorConfig::None,
            },
            clear_color: ClearColorConfig::Custom(Color::NONE),
            ..default()
        },
    ));
    if let Some(target) = &canvas.0 {
        panels.insert(target.clone());
    }
}
