//! What a source looks like.

use crate::equipment::appearance::{Appearance, Paint, Piece, Shape, Stand, Symbol};

/// A bay marked on the floor; what never runs dry shows the stack it comes from.
pub(super) fn bay(endless: bool) -> Appearance {
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    let mut pieces = vec![
        block([1.8, 0.02, 1.6], [0.0, 0.01, 0.0], Paint::Marking),
        block([1.2, 0.14, 1.2], [0.1, 0.09, 0.0], Paint::Wood),
    ];
    if endless {
        for nth in 0..8_u8 {
            let [x, y, z] = [nth & 1, nth >> 2, nth >> 1 & 1].map(f32::from);
            pieces.push(block(
                [0.42, 0.38, 0.42],
                [x * 0.5 - 0.15, y * 0.4 + 0.36, z * 0.5 - 0.25],
                Paint::Wood,
            ));
        }
    }
    Appearance {
        footprint: [1.8, 1.6],
        height: 1.3,
        symbol: Symbol::Begin,
        pieces,
        stand: Stand::Rows { front: [0.4, 0.36, 0.3], pitch: 0.5, columns: 2, rows: 2 },
        lamp: None,
        arm: None,
    }
}
