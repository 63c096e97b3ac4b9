//! The one palette: what colour a state has in window, charts and reports, and what else shows it.

use crate::event::State;

/// Red, green, blue, from 0 to 255.
pub type Rgb = [u8; 3];

/// Which eyes the colours are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Palette {
    /// The house colours, after the habits of IEC 60073.
    #[default]
    House,
    /// Colours that also people who cannot tell red from green tell apart (Okabe and Ito, 2008).
    ColorBlindSafe,
}

impl Palette {
    /// The colour of a state.
    pub fn of(self, state: State) -> Rgb {
        match self {
            Palette::House => house(state),
            Palette::ColorBlindSafe => color_blind_safe(state),
        }
    }

    /// The colour of a product.
    pub fn product(self, product: u32) -> Rgb {
        PRODUCTS[product as usize % PRODUCTS.len()]
    }
}

fn house(state: State) -> Rgb {
    match state {
        State::Working => [0x1B, 0x9E, 0x77],
        State::Setup => [0x2F, 0x6F, 0xDE],
        State::WarmUp => [0xE0, 0x7B, 0x39],
        State::Starved => [0xB9, 0xC3, 0xCC],
        State::Blocked => [0xF2, 0xB7, 0x05],
        State::Failed => [0xD1, 0x34, 0x5B],
        State::WaitingForRepair => [0x8E, 0x1F, 0x42],
        State::Maintenance => [0x8B, 0x5F, 0xBF],
        State::Paused => [0x5F, 0x6E, 0x7C],
        State::Standby => [0x8C, 0xCF, 0xD0],
        State::Off => [0x2B, 0x2F, 0x36],
        State::Moving => [0x3F, 0xA7, 0xC4],
        State::Holding => [0x2B, 0x6C, 0x8C],
    }
}

fn color_blind_safe(state: State) -> Rgb {
    match state {
        State::Working => [0x00, 0x72, 0xB2],
        State::Setup => [0x56, 0xB4, 0xE9],
        State::WarmUp => [0xE6, 0x9F, 0x00],
        State::Starved => [0xC8, 0xCE, 0xD4],
        State::Blocked => [0xF0, 0xE4, 0x42],
        State::Failed => [0xD5, 0x5E, 0x00],
        State::WaitingForRepair => [0x7A, 0x2E, 0x00],
        State::Maintenance => [0xCC, 0x79, 0xA7],
        State::Paused => [0x6B, 0x75, 0x80],
        State::Standby => [0xA6, 0xD9, 0xDC],
        State::Off => [0x1E, 0x22, 0x28],
        State::Moving => [0x00, 0x9E, 0x73],
        State::Holding => [0x00, 0x5C, 0x45],
    }
}

/// Colours of products: told apart from each other and from the states.
const PRODUCTS: [Rgb; 8] = [
    [0xE8, 0x9C, 0x31],
    [0x4C, 0x78, 0xA8],
    [0x9D, 0x75, 0x5D],
    [0x72, 0xB7, 0xB2],
    [0xEE, 0xCA, 0x3B],
    [0xB2, 0x79, 0xA2],
    [0x54, 0xA2, 0x4B],
    [0xFF, 0x9D, 0xA6],
];

/// What a state is called where people read it, and a letter or sign for it, so that colour is never alone.
pub fn word(state: State) -> &'static str {
    match state {
        State::Off => "off",
        State::Standby => "standby",
        State::WarmUp => "warming up",
        State::Starved => "starved",
        State::Blocked => "blocked",
        State::Setup => "setup",
        State::Working => "working",
        State::Failed => "failed",
        State::WaitingForRepair => "waits for repair",
        State::Paused => "paused",
        State::Maintenance => "maintenance",
        State::Moving => "moving",
        State::Holding => "holding",
    }
}

/// Whether something is wrong: it is down, or it waits for others.
pub fn is_trouble(state: State) -> bool {
    matches!(state, State::Failed | State::WaitingForRepair | State::Blocked | State::Starved)
}
