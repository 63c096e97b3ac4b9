//! The one palette: the colours of states and products in window, charts and reports.

use crate::event::State;

/// Red, green, blue, from 0 to 255.
pub type Rgb = [u8; 3];

/// Which eyes the colours are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Palette {
    /// The house colours, after the habits of IEC 60073.
    #[default]
    House,
    /// Colours for colour-blind people (Okabe and Ito, 2008).
    ColorBlindSafe,
}

impl Palette {
    /// The colour of a state.
    pub fn of(self, state: State) -> Rgb {
        match self {
            Palette::House => rgb(state.colour()),
            Palette::ColorBlindSafe => rgb(state.safe_colour()),
        }
    }

    /// The colour of a product.
    pub fn product(self, product: u32) -> Rgb {
        PRODUCTS[product as usize % PRODUCTS.len()]
    }
}

fn rgb(colour: u32) -> Rgb {
    let [_, red, green, blue] = colour.to_be_bytes();
    [red, green, blue]
}

/// Colours of products: they differ from each other and from the states.
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
