//! The bar at the top: the line, the clock and how fast it goes, which of two lines is shown, and the menus.

use crate::calendar::next_changes;
use crate::desk::action::{Action, Panel};
use crate::desk::clock::SPEED_RANGE;
use crate::desk::{Desk, text};
use crate::stage::Arrangement;
use crate::twin::Trouble;
use crate::units;
use bevy_egui::egui::{self, RichText};

/// The width of the name of a shift, so that nothing beside it moves when another comes.
const SHIFT_WIDTH: f32 = 110.0;

/// Draws the bar.
pub(crate) fn show(ui: &mut egui::Ui, desk: &mut Desk) {
    let mut acts = Vec::new();
    ui.horizontal_wrapped(|ui| {
        files(ui, desk, &mut acts);
        views(ui, desk, &mut acts);
        ui.separator();
        let name = desk.leading().map_or("no line", |side| side.line().name.as_str());
        ui.label(RichText::new(name).strong());
        ui.separator();
        steps(ui, desk, &mut acts);
        time(ui, desk);
        shift(ui, desk, &mut acts);
        speed(ui, desk, &mut acts);
        if desk.sides.len() > 1 {
            ui.separator();
            sides(ui, desk, &mut acts);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("?").on_hover_text("keys  (?)").clicked() {
                acts.push(Action::Panel(Panel::Help));
            }
        });
    });
    acts.into_iter().for_each(|action| desk.ask(action));
}

fn files(ui: &mut egui::Ui, desk: &Desk, acts: &mut Vec<Action>) {
    ui.menu_button("File", |ui| {
        let mut entry = |ui: &mut egui::Ui, text: &str, action: Action| {
            if ui.button(text).clicked() {
                acts.push(action);
                ui.close();
            }
        };
        entry(ui, "Open…  (Ctrl+O)", Action::OpenDialog);
        entry(ui, "Compare with…", Action::CompareDialog);
        ui.menu_button("Recent", |ui| {
            for path in &desk.memory.recent {
                entry(ui, &path.display().to_string(), Action::Open(path.clone()));
            }
        });
        entry(ui, "Scenes and recent files", Action::Panel(Panel::Welcome));
        ui.separator();
        entry(ui, "Save changes as an upgrade…  (Ctrl+S)", Action::SaveAs);
        entry(ui, "Save a picture  (F12)", Action::Picture(None));
        ui.separator();
        entry(ui, "Leave  (Ctrl+Q)", Action::Quit);
    });
}

fn views(ui: &mut egui::Ui, desk: &Desk, acts: &mut Vec<Action>) {
    ui.menu_button("View", |ui| {
        for (text, action) in [
            ("Whole line  (Home)", Action::Home),
            ("From above  (T)", Action::TopView),
            ("Frame the chosen element  (F)", Action::Frame),
            ("Follow it  (G)", Action::Follow),
        ] {
            if ui.button(text).clicked() {
                acts.push(action);
                ui.close();
            }
        }
        ui.separator();
        for (text, panel) in [
            ("Elements", Panel::Elements),
            ("Inspector", Panel::Inspector),
            ("Timeline", Panel::Timeline),
            ("Instruments", Panel::Instruments),
            ("Colours  (L)", Panel::Legend),
            ("Calendar  (C)", Panel::Calendar),
        ] {
            // A line without a calendar has none to show.
            if panel == Panel::Calendar && !desk.has_calendars() {
                continue;
            }
            let mut open = desk.memory.is_open(panel);
            if ui.checkbox(&mut open, text).changed() {
                acts.push(Action::Panel(panel));
            }
        }
        let mut safe = desk.palette() == crate::stage::palette::Palette::ColorBlindSafe;
        if ui.checkbox(&mut safe, "Colours for colour-blind people").changed() {
            acts.push(Action::ColorBlindSafe(safe));
        }
    });
}

fn steps(ui: &mut egui::Ui, desk: &Desk, acts: &mut Vec<Action>) {
    let mut button = |ui: &mut egui::Ui, text: &str, hint: &str, action: Action| {
        if ui.button(text).on_hover_text(hint).clicked() {
            acts.push(action);
        }
    };
    button(ui, "⏮", "to the start", Action::Seek(0.0));
    button(
        ui,
        "◀!",
        "last breakdown, blockage or starvation  (Shift+Left)",
        Action::LastTrouble(Trouble::Any),
    );
    button(ui, "◀", "last event  (Left)", Action::Back);
    let play = if desk.clock.playing { "⏸" } else { "⏵" };
    button(ui, play, "play, pause  (Space)", Action::PlayOrPause);
    button(ui, "▶", "next event  (Right)", Action::Forward);
    button(
        ui,
        "▶!",
        "next breakdown, blockage or starvation  (Shift+Right)",
        Action::NextTrouble(Trouble::Any),
    );
    ui.menu_button("⏷", |ui| {
        for (text, action) in [
            ("next breakdown", Action::NextTrouble(Trouble::Breakdown)),
            ("next blockage", Action::NextTrouble(Trouble::Blockage)),
            ("next starvation", Action::NextTrouble(Trouble::Starvation)),
            ("last breakdown", Action::LastTrouble(Trouble::Breakdown)),
            ("last blockage", Action::LastTrouble(Trouble::Blockage)),
            ("last starvation", Action::LastTrouble(Trouble::Starvation)),
        ] {
            if ui.button(text).clicked() {
                acts.push(action);
                ui.close();
            }
        }
        shift_steps(ui, desk, acts);
    })
    .response
    .on_hover_text("of the chosen element, or of any");
}

/// The jumps from shift to shift, in a line that has a calendar.
fn shift_steps(ui: &mut egui::Ui, desk: &Desk, acts: &mut Vec<Action>) {
    if !desk.has_calendars() {
        return;
    }
    ui.separator();
    for (text, action) in
        [("next shift  (N)", Action::NextShift), ("last shift  (Shift+N)", Action::LastShift)]
    {
        let hint = "the beginning of a shift of the chosen element, or of the line";
        if ui.button(text).on_hover_text(hint).clicked() {
            acts.push(action);
            ui.close();
        }
    }
}

/// The shift that is there now, by the calendar of the line.
fn shift(ui: &mut egui::Ui, desk: &Desk, acts: &mut Vec<Action>) {
    let Some(side) = desk.leading() else { return };
    let Some(hours) = side.hours() else { return };
    let now = side.twin.now();
    let told = RichText::new(hours.words_at(now)).strong();
    let chip = egui::Button::new(told).truncate().small();
    let room = egui::vec2(SHIFT_WIDTH, ui.spacing().interact_size.y);
    let next = next_changes(hours, now, 1).into_iter().next();
    let next = next.map_or("no change follows".to_owned(), |(_, when, words)| {
        format!("{}: {words}", when.strftime("%a %-d %b %H:%M"))
    });
    let name = side.line().calendars.name_of(hours).unwrap_or_default();
    let hint = format!("calendar \"{name}\"\n{next}\nshows the calendar  (C)");
    if ui.add_sized(room, chip).on_hover_text(hint).clicked() {
        acts.push(Action::Panel(Panel::Calendar));
    }
}

/// The clock of the line, and a field to jump to another time.
fn time(ui: &mut egui::Ui, desk: &mut Desk) {
    let Some(side) = desk.leading() else { return };
    let (now, end) = (side.twin.now(), desk.end());
    let shown = text::date_and_clock(side.line(), now);
    let tooltip = format!(
        "{} since the start; the run is {} long\nwrite a time to go there: 2 h 15 min, 10:42, or 2026-03-02 10:42",
        units::duration(now.secs()),
        units::duration(end.secs())
    );
    let id = ui.id().with("time");
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| shown.clone());
    let field = egui::TextEdit::singleline(&mut text)
        .id(id.with("field"))
        .desired_width(160.0)
        .font(egui::TextStyle::Monospace);
    let response = ui.add(field).on_hover_text(tooltip);
    if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        desk.ask(Action::GoTo(text));
        ui.data_mut(|data| data.remove::<String>(id));
    } else if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, text));
    } else {
        ui.data_mut(|data| data.remove::<String>(id));
    }
    if desk.is_busy() {
        let progress = desk.sides.iter().map(|side| side.twin.progress()).fold(1.0, f32::min);
        ui.add(egui::ProgressBar::new(progress).desired_width(60.0).text("running"));
    }
}

fn speed(ui: &mut egui::Ui, desk: &Desk, acts: &mut Vec<Action>) {
    let mut speed = desk.clock.speed;
    let slider = egui::Slider::new(&mut speed, SPEED_RANGE.0..=SPEED_RANGE.1)
        .logarithmic(true)
        .show_value(false)
        .smart_aim(true);
    ui.label(format!("× {}", units::number(desk.clock.speed_now().round())));
    let slider = ui.add_enabled(!desk.clock.as_fast_as_it_goes, slider);
    if slider.on_hover_text("simulated seconds in a second  (+ and -)").changed() {
        acts.push(Action::Speed(speed));
    }
    let mut fast = desk.clock.as_fast_as_it_goes;
    if ui.checkbox(&mut fast, "max").on_hover_text("as fast as it goes").changed() {
        acts.push(Action::AsFastAsItGoes(fast));
    }
}

fn sides(ui: &mut egui::Ui, desk: &Desk, acts: &mut Vec<Action>) {
    for (text, arrangement, hint) in [
        ("Before", Arrangement::Single(0), "only the line before  (1)"),
        ("Split", Arrangement::Split, "both side by side  (2)"),
        ("Overlaid", Arrangement::Overlaid, "both in one place, before in grey  (4)"),
        ("After", Arrangement::Single(1), "only the line after  (3)"),
    ] {
        if ui.selectable_label(desk.arrangement == arrangement, text).on_hover_text(hint).clicked() {
            acts.push(Action::Arrange(arrangement));
        }
    }
}
