//! The head of the instruments: replications in the background with their table, and the ways out as a file.

use crate::desk::action::Action;
use crate::desk::background::Found;
use crate::desk::{Desk, text};
use crate::kpi::{self, Kpi};
use crate::stats::Interval;
use crate::units;
use bevy_egui::egui::{CollapsingHeader, Grid, ProgressBar, ScrollArea, Ui};
use std::path::PathBuf;

/// The row of buttons.
pub(super) fn header(ui: &mut Ui, desk: &Desk, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        match desk.background.progress() {
            Some(progress) => {
                ui.add(ProgressBar::new(progress).desired_width(160.0).text("replications"));
                if ui.button("stop").clicked() {
                    actions.push(Action::StopReplications);
                }
            }
            None => {
                let hint = "runs the line as often as its file says, with other random numbers each time: means \
                    and intervals then stand beside the figures of this run";
                if ui.button("replications in the background").on_hover_text(hint).clicked() {
                    actions.push(Action::Replicate);
                }
            }
        }
        ui.separator();
        if let Some(path) = curves_path(desk) {
            let hint = format!("saves the curves of all sides as a table in\n{}", path.display());
            if ui.button("curves as CSV").on_hover_text(hint).clicked() {
                actions.push(Action::ExportCurves(path));
            }
        }
        if ui.button("picture as PNG").on_hover_text("saves a picture of the window").clicked() {
            actions.push(Action::Picture(None));
        }
        ui.weak("?").on_hover_text(
            "drag: move in time; Ctrl and wheel, or pinch: zoom; double click: everything\n\
            red: now; yellow: here the window that counts begins; blue: a change",
        );
    });
}

/// Beside the file of the line, named after it.
fn curves_path(desk: &Desk) -> Option<PathBuf> {
    let path = desk.leading()?.edits.path();
    let stem = path.file_stem().map_or("line".into(), |stem| stem.to_string_lossy());
    Some(path.with_file_name(format!("{stem}-curves.csv")))
}

/// What the replications have shown, beside the figures of this run.
pub(super) fn table(ui: &mut Ui, desk: &Desk) {
    let Some(found) = &desk.found else { return };
    let title = format!("{} replications", found.replications);
    CollapsingHeader::new(title).id_salt("replications").default_open(true).show(ui, |ui| {
        ScrollArea::horizontal().id_salt("replications table").show(ui, |ui| rows(ui, desk, found));
        for warning in &found.warnings {
            ui.colored_label(ui.visuals().warn_fg_color, warning);
        }
    });
}

fn rows(ui: &mut Ui, desk: &Desk, found: &Found) {
    let two = desk.sides.len() > 1;
    Grid::new("replications").striped(true).num_columns(6).show(ui, |ui| {
        ui.strong("key figure");
        ui.strong("this run");
        let means: &[&str] = if two { &["mean before", "mean after"] } else { &["mean"] };
        means.iter().for_each(|mean| _ = ui.strong(*mean));
        if two {
            ui.strong("difference");
            ui.strong("verdict");
        }
        ui.end_row();
        let concerned = |kpi: &&&Kpi| desk.sides.iter().any(|side| kpi.concerns(side.line()));
        for kpi in kpi::ALL.iter().filter(concerned) {
            row(ui, desk, found, kpi);
            ui.end_row();
        }
    });
}

fn row(ui: &mut Ui, desk: &Desk, found: &Found, kpi: &Kpi) {
    ui.label(kpi.title).on_hover_text(kpi.formula);
    let Some(leading) = desk.leading() else { return };
    let unit = kpi.unit_in(leading.line());
    let now = leading.figure(kpi.name);
    ui.label(now.map_or("–".to_owned(), |value| text::figure(&unit, value)));
    for side in 0..desk.sides.len() {
        let mean = found.interval(side, kpi);
        ui.label(mean.map_or("–".to_owned(), |mean| interval(&unit, &mean)));
    }
    if let Some((_, difference, verdict)) = found.verdicts.iter().find(|(name, ..)| *name == kpi.name) {
        ui.label(interval(&unit, difference));
        ui.label(verdict);
    }
}

/// A mean and its interval with the unit of the figure.
pub(super) fn interval(unit: &str, interval: &Interval) -> String {
    let (factor, unit) = if unit == "1" { (100.0, "%") } else { (1.0, unit) };
    let mean = interval.mean * factor;
    let written = match interval.half_width {
        Some(half_width) => units::with_interval(mean, half_width * factor),
        None => units::number(mean),
    };
    units::with_unit(&written, unit)
}
