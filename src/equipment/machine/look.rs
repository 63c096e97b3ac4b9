//! What a machine looks like.

use crate::equipment::appearance::{Appearance, Drive, Motion, Paint, Piece, Shape, Stand, Symbol};

/// A housing open along the flow, with a window in front, a door on either side that shuts for the work, a tool that comes
/// down as the work goes on, and a mast with the stack light.
pub(super) fn appearance() -> Appearance {
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    let door = |x: f32| Piece {
        shape: Shape::Block([0.05, 0.75, 1.0]),
        at: [x, 1.75, 0.0],
        paint: Paint::Accent,
        motion: Motion::Slide { by: [0.0, -0.62, 0.0], drive: Drive::Shut },
    };
    let tool = Piece {
        shape: Shape::Cylinder { radius: 0.09, height: 0.5 },
        at: [0.0, 1.62, 0.0],
        paint: Paint::Metal,
        motion: Motion::Slide { by: [0.0, -0.2, 0.0], drive: Drive::Shut },
    };
    Appearance {
        footprint: [2.0, 1.5],
        height: 2.1,
        symbol: Symbol::Work,
        pieces: vec![
            block([2.0, 0.7, 1.5], [0.0, 0.35, 0.0], Paint::Housing),
            block([1.9, 0.06, 1.2], [0.0, 0.73, 0.0], Paint::Metal),
            block([2.0, 1.3, 0.2], [0.0, 1.35, -0.65], Paint::Housing),
            block([2.0, 0.3, 1.5], [0.0, 1.95, 0.0], Paint::Housing),
            block([2.02, 0.1, 1.52], [0.0, 0.12, 0.0], Paint::Dark),
            block([1.6, 1.05, 0.02], [0.0, 1.28, 0.72], Paint::Glass),
            block([0.2, 1.1, 0.12], [-0.9, 1.25, 0.69], Paint::Housing),
            block([0.2, 1.1, 0.12], [0.9, 1.25, 0.69], Paint::Housing),
            block([0.3, 0.4, 0.06], [0.75, 1.35, 0.78], Paint::Dark),
            Piece::fixed(Shape::Cylinder { radius: 0.03, height: 0.35 }, [-0.85, 2.27, -0.6], Paint::Metal),
            door(-0.97),
            door(0.97),
            tool,
        ],
        stand: Stand::Spot([0.0, 0.93, 0.0]),
        lamp: Some([-0.85, 2.55, -0.6]),
        arm: None,
    }
}
