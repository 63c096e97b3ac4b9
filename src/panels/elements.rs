//! The elements as a list: the text twin of the picture. State as colour and word, contents as bar and number, a mark where
//! something is wrong.

use crate::desk::Desk;
use crate::desk::action::Action;
use crate::drawing::show::Show;
use crate::equipment::appearance::Symbol;
use crate::stage::palette::Palette;
use crate::stage::{Placement, Seen};
use bevy_egui::egui::{self, Color32, RichText};

/// Height of a row.
const ROW: f32 = 20.0;

/// Draws the list of the side that leads.
pub(crate) fn show(ui: &mut egui::Ui, desk: &mut Desk, show: &Show) {
    let id = ui.id().with("filter");
    let mut filter = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
    let field =
        egui::TextEdit::singleline(&mut filter).hint_text("filter  ( / )").desired_width(f32::INFINITY);
    let response = ui.add(field);
    let typing = ui.ctx().egui_wants_keyboard_input();
    if !typing && ui.input(|input| input.key_pressed(egui::Key::Slash) && !input.modifiers.shift) {
        response.request_focus();
    }
    ui.data_mut(|data| data.insert_temp(id, filter.clone()));
    let Some(side) = show.sides.last() else { return };
    let wanted = filter.trim_start_matches('/').to_lowercase();
    let rows: Vec<usize> =
        (0..side.names.len()).filter(|slot| side.names[*slot].to_lowercase().contains(&wanted)).collect();
    if rows.is_empty() {
        ui.weak("no element has this in its name");
    }
    let mut chosen = None;
    egui::ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, rows.len(), |ui, visible| {
        for slot in rows[visible].iter().copied() {
            let (Some(seen), Some(standing)) =
                (side.picture.elements.get(slot), side.scenery.standings.get(slot))
            else {
                continue;
            };
            let name = &side.names[slot];
            let selected = desk.chosen.as_deref() == Some(name);
            if row(ui, name, seen, standing, selected, show.palette) {
                chosen = Some((!selected).then(|| name.clone()));
            }
        }
    });
    if let Some(name) = chosen {
        desk.ask(Action::Choose(name));
    }
}

/// One element; whether it was clicked.
fn row(
    ui: &mut egui::Ui,
    name: &str,
    seen: &Seen,
    standing: &Placement,
    selected: bool,
    palette: Palette,
) -> bool {
    let (rect, response) =
        ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::click());
    let visuals = ui.style().interact_selectable(&response, selected);
    let painter = ui.painter_at(rect);
    if selected || response.hovered() {
        painter.rect_filled(rect, 3.0, visuals.weak_bg_fill);
    }
    symbol(
        &painter,
        standing.looks.symbol,
        egui::pos2(rect.left() + 9.0, rect.center().y),
        visuals.text_color(),
    );
    let font = egui::TextStyle::Body.resolve(ui.style());
    let right = rect.right() - 78.0;
    let clip = egui::Rect::from_min_max(rect.min, egui::pos2(right, rect.max.y));
    painter.with_clip_rect(clip).text(
        egui::pos2(rect.left() + 20.0, rect.center().y),
        egui::Align2::LEFT_CENTER,
        name,
        font.clone(),
        visuals.text_color(),
    );
    let told = egui::Rect::from_min_max(egui::pos2(right + 4.0, rect.min.y), rect.max);
    match seen.state {
        Some(state) => {
            let [r, g, b] = palette.of(state);
            painter.circle_filled(
                egui::pos2(told.left() + 5.0, rect.center().y),
                4.5,
                Color32::from_rgb(r, g, b),
            );
            let mark = if state.is_trouble() { "!" } else { "" };
            painter.text(
                egui::pos2(told.left() + 13.0, rect.center().y),
                egui::Align2::LEFT_CENTER,
                format!("{}{mark}", state.words()),
                egui::FontId::proportional(11.0),
                visuals.text_color(),
            );
        }
        None => contents(&painter, told, seen, standing, visuals.text_color()),
    }
    let hover = || match (seen.state, standing.lends) {
        (Some(state), _) => format!("{name}: {}, {} inside", state.words(), seen.inside),
        (None, Some(all)) => format!("{name}: {} of {all} at work", seen.lent),
        (None, None) => format!("{name}: {} inside", seen.inside),
    };
    response.on_hover_text(RichText::new(hover())).clicked()
}

/// A bar and a number: how many parts are in it, or how many are at work of what it lends.
fn contents(painter: &egui::Painter, rect: egui::Rect, seen: &Seen, standing: &Placement, ink: Color32) {
    let full = standing.capacity.filter(|_| standing.looks.symbol == Symbol::Store);
    let text = match (standing.lends, full) {
        (Some(all), _) => bar(painter, rect, (seen.lent, all), ink),
        (None, Some(capacity)) => bar(painter, rect, (seen.inside, capacity), ink),
        _ if seen.inside > 0 => seen.inside.to_string(),
        _ => return,
    };
    let at = egui::pos2(rect.right() - 2.0, rect.center().y);
    painter.text(at, egui::Align2::RIGHT_CENTER, text, egui::FontId::proportional(11.0), ink);
}

/// A bar that is filled as far as these are of those; both numbers in words.
fn bar(painter: &egui::Painter, rect: egui::Rect, (these, those): (u32, u32), ink: Color32) -> String {
    let corner = egui::pos2(rect.left(), rect.center().y - 4.0);
    let bar = egui::Rect::from_min_size(corner, egui::vec2(34.0, 8.0));
    let share = these as f32 / those.max(1) as f32;
    let filled = egui::Rect::from_min_size(corner, egui::vec2(34.0 * share.min(1.0), 8.0));
    let edge = egui::Stroke::new(1.0, ink.gamma_multiply(0.5));
    painter.rect_stroke(bar, 2.0, edge, egui::StrokeKind::Inside);
    painter.rect_filled(filled, 2.0, ink.gamma_multiply(if share >= 1.0 { 0.9 } else { 0.5 }));
    format!("{these}/{those}")
}

/// The sign of an element.
fn symbol(painter: &egui::Painter, symbol: Symbol, at: egui::Pos2, ink: Color32) {
    let stroke = egui::Stroke::new(1.4, ink);
    let square = egui::Rect::from_center_size(at, egui::vec2(9.0, 9.0));
    match symbol {
        Symbol::Begin => {
            painter.line_segment([square.left_top(), square.right_center()], stroke);
            painter.line_segment([square.right_center(), square.left_bottom()], stroke);
        }
        Symbol::Work => {
            painter.rect_stroke(square, 1.5, stroke, egui::StrokeKind::Inside);
        }
        Symbol::Store => {
            for x in [-3.5, 0.0, 3.5] {
                let top = at + egui::vec2(x, -4.0);
                painter.line_segment([top, top + egui::vec2(0.0, 8.0)], stroke);
            }
        }
        Symbol::Carry => {
            painter.line_segment([square.left_bottom(), square.center_top()], stroke);
            painter.line_segment([square.center_top(), square.right_center()], stroke);
        }
        Symbol::End => {
            painter.circle_stroke(at, 4.0, stroke);
            painter.circle_filled(at, 1.8, ink);
        }
        Symbol::Staff => {
            painter.circle_stroke(at - egui::vec2(0.0, 2.6), 2.0, stroke);
            painter.line_segment([square.left_bottom(), at], stroke);
            painter.line_segment([at, square.right_bottom()], stroke);
        }
        Symbol::Tools => {
            // A rack with two shelves.
            painter.rect_stroke(square, 0.0, stroke, egui::StrokeKind::Inside);
            for y in [-1.5, 1.5] {
                let left = at + egui::vec2(-4.5, y);
                painter.line_segment([left, left + egui::vec2(9.0, 0.0)], stroke);
            }
        }
        Symbol::Zone => {
            let corners =
                [square.left_top(), square.right_top(), square.right_bottom(), square.left_bottom()];
            for (nth, corner) in corners.iter().enumerate() {
                painter.line_segment([*corner, corners[(nth + 1) % 4]], stroke);
            }
            painter.line_segment([corners[0], corners[2]], stroke);
        }
    }
}
