//! What the inspector says of the line where no element is chosen.

use crate::desk::side::Side;
use crate::desk::{Desk, text};
use crate::kernel::Time;
use crate::line::WarmUpTime;
use crate::units;
use bevy_egui::egui::{Grid, Label, RichText, Ui};

/// Draws what is to be known of each side.
pub(super) fn show(ui: &mut Ui, desk: &Desk) {
    for (nth, side) in desk.sides.iter().enumerate() {
        if nth > 0 {
            ui.separator();
        }
        if desk.sides.len() > 1 {
            ui.weak(&side.title);
        }
        ui.push_id(("about", nth), |ui| of_side(ui, side));
    }
    ui.add_space(6.0);
    ui.weak("click an element in the picture, in the list or in the timeline to see what it does and to change it");
}

fn of_side(ui: &mut Ui, side: &Side) {
    let line = side.line();
    ui.add(Label::new(RichText::new(&line.name).strong()).truncate()).on_hover_text(&line.name);
    if let Some(provenance) = &line.provenance {
        ui.label(RichText::new(provenance).small()).on_hover_text("where its numbers come from");
    }
    let run = &line.run;
    let warm_up = match run.warm_up {
        WarmUpTime::Given(warm_up) => units::duration(warm_up.secs()),
        WarmUpTime::Auto => "found by replications; here everything counts".to_owned(),
    };
    let products: Vec<&str> = line.products.iter().map(|product| product.name.as_str()).collect();
    let rows = [
        ("file", side.edits.path().display().to_string()),
        ("makes", products.join(", ")),
        ("elements", units::number(line.elements.len() as f64)),
        ("starts", text::date_and_clock(line, Time::ZERO)),
        ("warm-up", warm_up),
        ("counts for", units::duration(run.length.secs())),
        ("replications", units::number(f64::from(run.replications))),
        ("seed", run.seed.to_string()),
    ];
    Grid::new("about a line").num_columns(2).striped(true).show(ui, |ui| {
        for (title, text) in rows {
            ui.weak(title);
            ui.add(Label::new(&text).truncate()).on_hover_text(&text);
            ui.end_row();
        }
    });
}
