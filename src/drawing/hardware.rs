//! What a picture needs of the computer: a graphics adapter, and for a window a display. If one is missing, the user gets a
//! message with a remedy before Bevy panics.

use std::fmt;
use wgpu::{Backends, InstanceDescriptor, RequestAdapterOptions};

/// Why there is no picture, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NoPicture {
    /// What is wrong.
    pub(crate) message: String,
    /// What to try.
    pub(crate) remedy: String,
}

impl NoPicture {
    /// A reason and a remedy.
    pub(crate) fn new(message: impl Into<String>, remedy: impl Into<String>) -> NoPicture {
        NoPicture { message: message.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for NoPicture {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}\ntry: {}", self.message, self.remedy)
    }
}

/// The family of drivers that can draw here: those made for it before OpenGL, unless the variable `WGPU_BACKEND` names one.
pub(crate) fn find_adapter() -> Result<Backends, NoPicture> {
    let families = match Backends::from_env() {
        Some(named) => vec![named],
        None => vec![Backends::PRIMARY, Backends::all()],
    };
    let draws = |family: &Backends| {
        let about = InstanceDescriptor {
            backends: *family,
            ..InstanceDescriptor::new_without_display_handle_from_env()
        };
        let adapter = wgpu::Instance::new(about);
        bevy::tasks::block_on(adapter.request_adapter(&RequestAdapterOptions::default())).is_ok()
    };
    families.into_iter().find(draws).ok_or_else(|| {
        NoPicture::new(
            "no graphics driver can draw here",
            "install the Vulkan driver of the graphics card; on a machine without one, a software driver such as lavapipe \
             (Debian and Ubuntu: apt install mesa-vulkan-drivers)",
        )
    })
}

/// Whether a window can open here.
pub(crate) fn find_display() -> Result<(), NoPicture> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if cfg!(feature = "wayland") && named("WAYLAND_DISPLAY").is_some() {
        return Ok(());
    }
    match named("DISPLAY") {
        Some(display) if answers(&display) => Ok(()),
        Some(display) => Err(NoPicture::new(
            format!("no display answers at DISPLAY={display}"),
            "start the program in a desktop session, or below a virtual display: xvfb-run taktwin view LINE",
        )),
        None => Err(NoPicture::new(
            "there is no display to open a window on",
            "start the program in a desktop session, write pictures instead of opening a window, or use a virtual \
             display: xvfb-run taktwin view LINE",
        )),
    }
}

/// Whether an X server answers; one on another machine is believed.
#[cfg(target_os = "linux")]
fn answers(display: &str) -> bool {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixStream};
    let Some(number) = display.strip_prefix(':').and_then(|rest| rest.split('.').next()) else { return true };
    let path = format!("/tmp/.X11-unix/X{number}");
    let hidden = SocketAddr::from_abstract_name(&path).and_then(|address| UnixStream::connect_addr(&address));
    hidden.is_ok() || UnixStream::connect(&path).is_ok()
}

/// Other systems need no check.
#[cfg(not(target_os = "linux"))]
fn answers(_display: &str) -> bool {
    true
}
