//! What a robot looks like.

use crate::equipment::appearance::{Appearance, Arm, Paint, Piece, Shape, Stand, Symbol};

/// A foot with an arm on it.
pub(super) fn appearance() -> Appearance {
    Appearance {
        footprint: [0.9, 0.9],
        height: 1.9,
        symbol: Symbol::Carry,
        pieces: vec![Piece::fixed(Shape::Block([0.9, 0.04, 0.9]), [0.0, 0.02, 0.0], Paint::Marking)],
        stand: Stand::Gripper,
        lamp: Some([0.0, 1.15, -0.25]),
        arm: Some(Arm { shoulder: 0.85, upper: 1.25, fore: 1.15 }),
    }
}
