//! What a batch machine looks like.

use crate::equipment::appearance::{Appearance, Drive, Motion, Paint, Piece, Shape, Stand, Symbol};

/// A chamber with a glowing mouth, a door that comes down for the run, and a hearth on which the parts lie in rows.
pub(super) fn oven() -> Appearance {
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    let door = |x: f32| Piece {
        shape: Shape::Block([0.08, 1.0, 2.0]),
        at: [x, 1.95, 0.0],
        paint: Paint::Accent,
        motion: Motion::Slide { by: [0.0, -0.8, 0.0], drive: Drive::Shut },
    };
    Appearance {
        footprint: [3.0, 2.4],
        height: 2.7,
        symbol: Symbol::Work,
        pieces: vec![
            block([3.0, 0.6, 2.4], [0.0, 0.3, 0.0], Paint::Dark),
            block([2.9, 0.06, 1.9], [0.0, 0.63, 0.0], Paint::Glow),
            block([3.0, 1.3, 0.25], [0.0, 1.25, -1.08], Paint::Housing),
            block([3.0, 0.5, 0.25], [0.0, 0.85, 1.08], Paint::Housing),
            block([2.6, 0.75, 0.02], [0.0, 1.45, 1.12], Paint::Glass),
            block([3.0, 0.5, 2.4], [0.0, 2.1, 0.0], Paint::Housing),
            Piece::fixed(Shape::Cylinder { radius: 0.16, height: 0.5 }, [-0.8, 2.6, -0.6], Paint::Metal),
            Piece::fixed(Shape::Cylinder { radius: 0.03, height: 0.35 }, [1.3, 2.5, 1.0], Paint::Metal),
            door(-1.46),
            door(1.46),
        ],
        stand: Stand::Rows { front: [1.1, 0.82, 0.7], pitch: 0.45, columns: 6, rows: 4 },
        lamp: Some([1.3, 2.75, 1.0]),
        arm: None,
    }
}
