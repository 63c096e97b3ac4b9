//! What a conveyor looks like: a belt on legs over rollers that turn, and a tunnel over one that never stops.

use super::belt::WhenBlocked;
use crate::equipment::appearance::{Appearance, Drive, Motion, Paint, Piece, Shape, Stand, Symbol};

/// Whole turns of its rollers while a part goes from the entrance to the end.
pub(super) fn laps(metres: f32) -> u16 {
    (metres / 0.25).clamp(1.0, 1000.0) as u16
}

/// A longer belt is drawn as long as that.
const LONGEST_DRAWN: f32 = 40.0;
/// Height of the belt, and its width.
const BED: f32 = 0.7;
const WIDE: f32 = 0.7;

/// A belt on legs over rollers that turn; one that never stops runs through a tunnel that glows.
pub(super) fn appearance(metres: f32, when_blocked: WhenBlocked) -> Appearance {
    let long = metres.clamp(0.4, LONGEST_DRAWN);
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    let mut pieces = vec![
        block([long, 0.05, WIDE], [0.0, BED - 0.03, 0.0], Paint::Dark),
        block([long, 0.12, 0.05], [0.0, BED, WIDE / 2.0 + 0.03], Paint::Accent),
        block([long, 0.12, 0.05], [0.0, BED, -WIDE / 2.0 - 0.03], Paint::Accent),
    ];
    let rollers = (long / 0.5).clamp(2.0, 60.0) as u16;
    let turns_per_metre = f32::from(laps(metres)) / metres;
    for nth in 0..rollers {
        let x = long * (f32::from(nth) / f32::from(rollers - 1) - 0.5);
        pieces.push(Piece {
            shape: Shape::Roller { radius: 0.06, length: WIDE - 0.04 },
            at: [x, BED - 0.05, 0.0],
            paint: Paint::Metal,
            motion: Motion::Turn { axis: [0.0, 0.0, 1.0], turns: -turns_per_metre, drive: Drive::Run },
        });
    }
    let legs = (long / 3.0).clamp(2.0, 14.0) as u16;
    for nth in 0..legs {
        let x = (long - 0.2) * (f32::from(nth) / f32::from(legs - 1) - 0.5);
        pieces.push(block([0.08, BED - 0.08, WIDE], [x, (BED - 0.08) / 2.0, 0.0], Paint::Dark));
    }
    let tunnel = when_blocked == WhenBlocked::Never;
    if tunnel {
        pieces.extend(oven(long));
    }
    Appearance {
        footprint: [long, WIDE + if tunnel { 0.7 } else { 0.2 }],
        height: if tunnel { 1.8 } else { BED + 0.4 },
        symbol: Symbol::Work,
        pieces,
        stand: Stand::Belt { from: [-long / 2.0, BED + 0.1, 0.0], to: [long / 2.0, BED + 0.1, 0.0] },
        lamp: Some([-long / 2.0 + 0.1, if tunnel { 2.0 } else { BED + 0.45 }, -WIDE / 2.0 - 0.05]),
        arm: None,
    }
}

/// A tunnel over the belt: walls that let the parts be seen from the front, a roof, and what glows under it.
fn oven(long: f32) -> [Piece; 5] {
    let (tunnel, side) = (long * 0.86, WIDE / 2.0 + 0.2);
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    [
        block([tunnel, 1.4, 0.16], [0.0, 1.0, -side], Paint::Housing),
        block([tunnel, 0.62, 0.16], [0.0, 0.31, side], Paint::Housing),
        block([tunnel, 0.7, 0.03], [0.0, 1.2, side], Paint::Glass),
        block([tunnel, 0.16, 2.0 * side + 0.16], [0.0, 1.66, 0.0], Paint::Housing),
        block([tunnel * 0.98, 0.05, WIDE], [0.0, 1.54, 0.0], Paint::Glow),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_conveyor_has_a_picture_within_its_footprint() {
        for metres in [0.05, 0.5, 12.0, 900.0] {
            for when_blocked in [WhenBlocked::Accumulate, WhenBlocked::Stop, WhenBlocked::Never] {
                let looks = appearance(metres, when_blocked);
                assert!(looks.footprint[0] <= LONGEST_DRAWN && looks.pieces.len() < 100);
                for piece in &looks.pieces {
                    let numbers = piece.at.iter();
                    assert!(numbers.clone().all(|number| number.is_finite()), "{piece:?}");
                    assert!(piece.at[0].abs() <= looks.footprint[0] / 2.0 + 1e-3, "{piece:?}");
                    assert!(piece.at[2].abs() <= looks.footprint[1] / 2.0 + 1e-3, "{piece:?}");
                }
            }
        }
    }
}
