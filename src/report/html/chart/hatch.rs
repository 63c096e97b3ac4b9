//! The look of states: the palette of the house, and a hatch for each state, so that charts are read in black and white too.

use super::svg::escaped;
use crate::event::State;
use crate::report::words::Lang;
use crate::stage::palette::Palette;

/// The hatch of a state: lines on a tile of 8 by 8.
fn hatch(state: State) -> &'static str {
    match state {
        // What is there to earn money is plain.
        State::Working => "",
        State::Off => "M0 0H8V8",
        State::Standby => "M0 4H8",
        State::ShutDown => "M0 2L2 6L4 2L6 6L8 2",
        State::WarmUp => "M0 6L2 2L4 6L6 2L8 6",
        State::Starved => "M4 3V5",
        State::Blocked => "M0 8L8 0",
        State::Setup => "M0 0L8 8",
        State::Failed => "M0 0L8 8M0 8L8 0",
        State::WaitingForRepair => "M4 0V8M0 4H8",
        State::WaitingForPeople => "M1 2H7M1 6H7",
        State::WaitingForTools => "M1 2H7M4 4V8",
        State::Paused => "M2 0V8M5 0V8",
        State::Maintenance => "M2 2H4M6 6H8",
        State::Moving => "M0 2L4 6L8 2",
        State::Holding => "M4 0V8",
    }
}

/// The colour and the hatch of a state, as a fill.
pub(in crate::report::html) fn state_style(state: State) -> String {
    format!("fill=\"url(#h-{})\"", state.name())
}

fn colour(state: State) -> String {
    let [red, green, blue] = Palette::House.of(state);
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// The definitions of the hatches, once for a page or a drawing.
pub(in crate::report::html) fn hatches() -> String {
    let mut out = String::from("<defs>\n");
    for state in State::ALL {
        let (name, colour, lines) = (state.name(), colour(state), hatch(state));
        out += &format!(
            "<pattern id=\"h-{name}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\" \
             fill=\"{colour}\"/><path d=\"{lines}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.2\"/></pattern>\n",
            ink(state)
        );
    }
    out + "</defs>\n"
}

/// Dark lines on light colours, light lines on dark ones.
fn ink(state: State) -> &'static str {
    let [red, green, blue] = Palette::House.of(state).map(u32::from);
    if 299 * red + 587 * green + 114 * blue > 128_000 { "#1E2228" } else { "#FFFFFF" }
}

/// The key of some states: a patch and a word for each.
pub(in crate::report::html) fn state_key(states: &[State], lang: Lang) -> String {
    let entry = |state: &State| {
        format!(
            "<li><svg width=\"18\" height=\"12\" aria-hidden=\"true\"><rect width=\"18\" height=\"12\" {}/></svg> {}</li>",
            state_style(*state),
            escaped(lang.state(*state))
        )
    };
    format!("<ul class=\"key\">{}</ul>\n", states.iter().map(entry).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_states_have_the_same_hatch() {
        assert_eq!(State::ALL.map(hatch).into_iter().collect::<BTreeSet<_>>().len(), State::ALL.len());
    }
}
