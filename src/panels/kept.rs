//! What a panel remembers from one frame to the next: how far it is zoomed, what was typed, what it computed.
//!
//! It lies in the memory of egui under a name of its own and is taken out while the panel draws, so nothing is copied.

use bevy_egui::egui::{Id, Ui};

/// Draws with what is kept under a name; the first time, with nothing.
pub(super) fn kept<T, R>(ui: &mut Ui, name: &'static str, draw: impl FnOnce(&mut Ui, &mut T) -> R) -> R
where
    T: Clone + Default + Send + Sync + 'static,
{
    let id = Id::new(("taktwin", name));
    let mut state = ui.data_mut(|data| data.remove_temp::<T>(id)).unwrap_or_default();
    let result = draw(ui, &mut state);
    ui.data_mut(|data| data.insert_temp(id, state));
    result
}

/// Whether what was computed at one instant of the wall clock is old enough to be computed again, in seconds of egui.
pub(super) fn is_due(ui: &Ui, last: f64, every_secs: f64) -> bool {
    let now = ui.input(|input| input.time);
    now - last >= every_secs || now < last
}
