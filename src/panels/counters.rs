//! The counters: the key figures of the run so far in one line, named and defined as in the report.

use super::ink;
use super::kept::{is_due, kept};
use super::replications;
use crate::desk::side::Side;
use crate::desk::{Desk, text};
use crate::event::State;
use crate::kpi::{self, Kpi};
use crate::units;
use bevy_egui::egui::{RichText, ScrollArea, Ui};

/// The figures, each with a short name.
const FIGURES: [(&str, &str); 6] = [
    ("throughput", "throughput"),
    ("wip", "WIP"),
    ("lead_time", "lead time"),
    ("peak_power_15min", "peak"),
    ("energy_per_good_part", "per good part"),
    ("oee", "OEE"),
];
/// Before which figure the power of now stands.
const POWER_BEFORE: &str = "peak_power_15min";
/// How often the figures are computed at most, in seconds of the wall.
const EVERY_SECS: f64 = 0.2;

/// Draws the line of figures.
pub(crate) fn show(ui: &mut Ui, desk: &mut Desk) {
    if desk.sides.is_empty() {
        ui.weak("no line is open");
        return;
    }
    kept(ui, "counters", |ui, last: &mut f64| {
        let missing = desk.sides.iter().any(|side| side.figures.is_empty());
        if missing || is_due(ui, *last, EVERY_SECS) {
            desk.sides.iter_mut().for_each(Side::refresh_figures);
            *last = ui.input(|input| input.time);
        }
    });
    ScrollArea::horizontal().id_salt("counters").show(ui, |ui| ui.horizontal(|ui| figures(ui, desk)));
}

fn figures(ui: &mut Ui, desk: &Desk) {
    for (name, short) in FIGURES {
        let Some(kpi) = kpi::named(name) else { continue };
        if name == POWER_BEFORE {
            power_now(ui, desk);
            ui.separator();
        }
        figure(ui, desk, kpi, short);
        ui.separator();
    }
    bottleneck(ui, desk);
}

/// A value as people say it: lengths of time in the unit that suits them.
fn written(kpi: &Kpi, value: f64) -> String {
    match kpi.unit {
        "s" => units::duration(value),
        unit => text::figure(unit, value),
    }
}

fn figure(ui: &mut Ui, desk: &Desk, kpi: &Kpi, short: &str) {
    let values: Vec<Option<f64>> = desk.sides.iter().map(|side| side.figure(kpi.name)).collect();
    let text = |value: &Option<f64>| value.map_or("–".to_owned(), |value| written(kpi, value));
    let shown: Vec<String> = values.iter().map(text).collect();
    let response = ui.scope(|ui| {
        ui.weak(short);
        ui.strong(shown.join(" › "));
        if let [Some(before), Some(after)] = values[..] {
            difference(ui, desk, kpi, after - before);
        }
        if let Some(found) = &desk.found {
            let intervals = (0..desk.sides.len()).filter_map(|side| found.interval(side, kpi));
            let means: Vec<String> = intervals.map(|mean| replications::interval(kpi.unit, &mean)).collect();
            if !means.is_empty() {
                ui.label(RichText::new(format!("[{}]", means.join(" › "))).small());
            }
        }
    });
    response.response.on_hover_ui(|ui| definition(ui, desk, kpi));
}

/// By how much after differs; green where that is better, red where it is worse, with the sign in front.
fn difference(ui: &mut Ui, desk: &Desk, kpi: &Kpi, by: f64) {
    let sign = if by > 0.0 { "+" } else { "" };
    let better = kpi.better.higher().filter(|_| by != 0.0).map(|higher| higher == (by > 0.0));
    let state = better.map(|better| if better { State::Working } else { State::Failed });
    let color = state.map_or(ui.visuals().text_color(), |state| ink::of_state(desk.palette(), state));
    ui.colored_label(color, format!("({sign}{})", written(kpi, by)));
}

fn definition(ui: &mut Ui, desk: &Desk, kpi: &Kpi) {
    ui.set_max_width(360.0);
    ui.strong(kpi.title);
    ui.label(kpi.formula);
    ui.weak(match kpi.unit {
        "1" => "a share".to_owned(),
        unit => format!("unit: {unit}"),
    });
    ui.weak(match desk.sides.len() {
        1 => "of this run so far, since the window that counts was opened",
        _ => "of these runs so far: before › after",
    });
    if let Some(found) = &desk.found {
        ui.weak(format!("in brackets: mean and interval of {} replications", found.replications));
    }
}

fn power_now(ui: &mut Ui, desk: &Desk) {
    let power = |side: &Side| match kpi::knows_energy(side.line()) {
        true => units::power(side.twin.records().line.power() as f64 / 1e3),
        false => "unknown".to_owned(),
    };
    let shown: Vec<String> = desk.sides.iter().map(power).collect();
    let hint = "what the line draws from the mains at this instant; unknown if no element says what it draws";
    ui.weak("power").on_hover_text(hint);
    ui.strong(shown.join(" › ")).on_hover_text(hint);
}

fn bottleneck(ui: &mut Ui, desk: &Desk) {
    let name = |side: &Side| {
        let slot = side.twin.bottleneck()?;
        side.names.get(slot.index()).cloned()
    };
    let shown: Vec<String> = desk.sides.iter().map(|side| name(side).unwrap_or("none".to_owned())).collect();
    let hint = "the momentary bottleneck: the element that has been active without a break for the longest time (Roser, \
        Nakano and Tanaka 2002)";
    ui.weak("bottleneck").on_hover_text(hint);
    ui.strong(shown.join(" › ")).on_hover_text(hint);
}
