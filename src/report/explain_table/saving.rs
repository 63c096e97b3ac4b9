//! The saving modes of a line as text: what each draws, what changing takes, the break-even pause, and when it is entered.

use super::{SHOWN, figure, heading, listed};
use crate::event::State;
use crate::explain::Explanation;
use crate::line::Line;
use crate::report::Look;
use crate::report::table::{TableColumn, grid};
use crate::report::text::{counted, wrapped};
use crate::saving::{EnergySaver, LevelCondition, ModePlan, WakeCondition};
use crate::units;

/// The modes of all elements that have any.
pub(super) fn saving(whole: &Explanation<'_>, look: Look) -> Option<String> {
    let line = whole.line;
    let modes = |slot: usize| line.elements[slot].prototype.saver().map_or(&[][..], EnergySaver::modes);
    let (slots, hidden) = listed(whole, |slot| !modes(slot).is_empty());
    let columns = [
        ("saving mode", TableColumn::Name),
        ("saves\nkW", TableColumn::Figure),
        ("draws\nkW", TableColumn::Figure),
        ("change\ns", TableColumn::Figure),
        ("break-even\ns", TableColumn::Figure),
        ("off; on", TableColumn::Words),
    ];
    let rows = slots.iter().flat_map(|slot| {
        let rows = modes(*slot).iter().enumerate();
        rows.map(|(nth, mode)| row(line, *slot, nth, mode))
    });
    let legend = "saves: against waiting for a part; change: entering and coming back; break-even: the shortest pause in which \
                  the mode saves energy\n";
    let more = match hidden {
        0 => String::new(),
        _ => format!(
            "those of the {SHOWN} most loaded; {} more: --format json has them all\n",
            counted(hidden as u64, "element")
        ),
    };
    let table = grid(&columns, rows.collect(), look) + &more + &wrapped(legend, 0, look.columns) + "\n";
    (!slots.is_empty()).then(|| heading("saving modes", look) + &table)
}

fn row(line: &Line, slot: usize, nth: usize, mode: &ModePlan) -> Vec<String> {
    let element = &line.elements[slot];
    let power = |state: State| element.power.modes.get(nth).map_or(0, |own| own.of(state)) as f64 / 1e6;
    let (idle, draws) = (power(State::Starved), power(State::Standby));
    let (several, is_robot) = (element.power.modes.len() > 1, !element.carries.is_empty());
    vec![
        if several { format!("{} ({})", element.name, nth + 1) } else { element.name.clone() },
        figure(idle - draws, 2),
        figure(draws, 2),
        figure((mode.to_pause + mode.to_operate).secs(), 1),
        mode.break_even.map_or_else(|| "never".to_owned(), |time| figure(time.secs(), 1)),
        if mode.is_never_entered() {
            off(line, mode)
        } else {
            format!("{}; {}", off(line, mode), on(line, mode, is_robot))
        },
    ]
}

/// When a mode is entered.
fn off(line: &Line, mode: &ModePlan) -> String {
    let after = mode.after.map(|after| format!("after {}", units::duration(after.secs())));
    let closed = mode.closed.then(|| "in closed time".to_owned());
    let all: Vec<String> = after
        .into_iter()
        .chain(closed)
        .chain(mode.off.iter().map(|condition| level(line, condition)))
        .collect();
    if all.is_empty() { "never".to_owned() } else { all.join(" or ") }
}

/// When it is left.
fn on(line: &Line, mode: &ModePlan, is_robot: bool) -> String {
    let condition = |condition: &WakeCondition| match condition {
        WakeCondition::Parts(_) if is_robot => "for the next transport".to_owned(),
        WakeCondition::Parts(parts) => {
            if *parts == 1 {
                "when a part waits".to_owned()
            } else {
                format!("when {parts} parts wait")
            }
        }
        WakeCondition::Level(condition) => level(line, condition),
    };
    mode.on.iter().map(condition).collect::<Vec<_>>().join(" and ")
}

fn level(line: &Line, condition: &LevelCondition) -> String {
    let name = &line.elements[condition.of.index()].name;
    let which = if condition.or_more { "at least" } else { "at most" };
    format!("{which} {} in \"{name}\"", condition.parts)
}
