//! Letters: names of elements may be in any language. What the font of the panels lacks comes from another that is embedded.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, egui};
use egui::{FontData, FontDefinitions};
use std::sync::Arc;

const FALLBACK: &[u8] = include_bytes!("../../assets/fonts/DroidSansFallbackFull.ttf");

/// Gives the panels their letters, once.
pub(crate) fn give(mut contexts: EguiContexts, mut given: Local<bool>) -> Result {
    if std::mem::replace(&mut *given, true) {
        return Ok(());
    }
    let mut fonts = FontDefinitions::default();
    fonts.font_data.insert("fallback".to_owned(), Arc::new(FontData::from_static(FALLBACK)));
    for family in fonts.families.values_mut() {
        family.push("fallback".to_owned());
    }
    contexts.ctx_mut()?.set_fonts(fonts);
    Ok(())
}
