//! Every form that an appearance can have is drawn, also for kinds that do not exist.

use super::test_shows::{alone, app_of, colours, made_up, picture};
use crate::equipment::appearance::{Appearance, Drive, Metres, Motion, Paint, Piece, Shape, Stand, Symbol};
use crate::event::{Slot, State};
use crate::stage::{FloorArea, Picture, Placement, Scenery, Seen, SeenPart};
use bevy::math::Vec3;

fn looks(footprint: [f32; 2], height: f32, pieces: Vec<Piece>, lamp: Option<Metres>) -> Appearance {
    let stand = Stand::Spot([0.0, 0.9, 0.0]);
    Appearance { footprint, height, symbol: Symbol::Work, pieces, stand, lamp, arm: None }
}

fn fixed(shape: Shape, at: Metres, paint: Paint) -> Piece {
    Piece::fixed(shape, at, paint)
}

fn belt() -> Appearance {
    let mut pieces = vec![
        fixed(Shape::Block([4.0, 0.06, 0.7]), [0.0, 0.66, 0.0], Paint::Dark),
        fixed(Shape::Block([4.0, 0.14, 0.05]), [0.0, 0.68, 0.38], Paint::Accent),
        fixed(Shape::Block([4.0, 0.14, 0.05]), [0.0, 0.68, -0.38], Paint::Accent),
    ];
    for n in 0..9_u8 {
        pieces.push(Piece {
            shape: Shape::Roller { radius: 0.07, length: 0.68 },
            at: [f32::from(n) * 0.5 - 2.0, 0.66, 0.0],
            paint: Paint::Metal,
            motion: Motion::Turn { axis: [0.0, 0.0, 1.0], turns: -2.3, drive: Drive::Run },
        });
    }
    looks([4.2, 0.9], 1.0, pieces, Some([-1.9, 1.2, -0.45]))
}

fn oven() -> Appearance {
    let door = Piece {
        shape: Shape::Block([0.06, 0.9, 1.2]),
        at: [1.1, 1.9, 0.0],
        paint: Paint::Accent,
        motion: Motion::Slide { by: [0.0, -0.8, 0.0], drive: Drive::Shut },
    };
    looks(
        [2.2, 1.8],
        2.4,
        vec![
            fixed(Shape::Block([2.2, 0.6, 1.8]), [0.0, 0.3, 0.0], Paint::Housing),
            fixed(Shape::Block([2.2, 1.7, 0.2]), [0.0, 1.45, -0.8], Paint::Housing),
            fixed(Shape::Block([2.2, 0.2, 1.8]), [0.0, 2.3, 0.0], Paint::Housing),
            fixed(Shape::Block([1.8, 1.2, 0.03]), [0.0, 1.4, 0.86], Paint::Glass),
            fixed(Shape::Block([1.8, 0.1, 1.4]), [0.0, 0.68, 0.0], Paint::Glow),
            fixed(Shape::Cylinder { radius: 0.2, height: 1.0 }, [-0.6, 2.8, -0.4], Paint::Metal),
            door,
        ],
        Some([0.9, 2.6, -0.6]),
    )
}

fn tank() -> Appearance {
    let fill = Piece {
        shape: Shape::Block([0.16, 1.4, 0.16]),
        at: [0.9, 0.7, 0.5],
        paint: Paint::Accent,
        motion: Motion::Fill { drive: Drive::Filling },
    };
    let stirrer = Piece {
        shape: Shape::Block([1.0, 0.1, 0.1]),
        at: [0.0, 1.9, 0.0],
        paint: Paint::Dark,
        motion: Motion::Turn { axis: [0.0, 1.0, 0.0], turns: 1.0, drive: Drive::Work },
    };
    looks(
        [2.0, 1.6],
        2.1,
        vec![
            fixed(Shape::Cylinder { radius: 0.6, height: 1.6 }, [0.0, 0.9, 0.0], Paint::Metal),
            fixed(Shape::Ball { radius: 0.25 }, [-0.8, 0.25, 0.5], Paint::Lamp),
            fill,
            stirrer,
        ],
        None,
    )
}

fn vehicle() -> Appearance {
    let wheel = |x: f32, z: f32| {
        let shape = Shape::Roller { radius: 0.12, length: 0.1 };
        let motion = Motion::Turn { axis: [0.0, 0.0, 1.0], turns: -1.3, drive: Drive::Run };
        Piece { shape, at: [x, 0.12, z], paint: Paint::Dark, motion }
    };
    looks(
        [1.4, 0.9],
        0.5,
        vec![
            fixed(Shape::Block([1.4, 0.22, 0.9]), [0.0, 0.26, 0.0], Paint::Accent),
            fixed(Shape::Block([1.1, 0.05, 0.7]), [0.0, 0.4, 0.0], Paint::Wood),
            fixed(Shape::Block([1.5, 0.01, 1.0]), [0.0, 0.01, 0.0], Paint::Marking),
            wheel(0.5, 0.42),
            wheel(-0.5, 0.42),
            wheel(0.5, -0.42),
            wheel(-0.5, -0.42),
        ],
        Some([-0.5, 0.6, -0.3]),
    )
}

fn hand() -> Appearance {
    let pieces = vec![
        fixed(Shape::Block([1.2, 0.08, 0.7]), [0.0, 0.8, -0.5], Paint::Wood),
        fixed(Shape::Block([1.0, 0.76, 0.5]), [0.0, 0.38, -0.5], Paint::Housing),
        fixed(Shape::Person, [0.0, 0.0, 0.35], Paint::Marking),
        fixed(Shape::Person, [0.9, 0.0, 0.35], Paint::Accent),
    ];
    looks([1.4, 1.4], 1.8, pieces, Some([0.5, 1.1, -0.7]))
}

#[test]
fn the_whole_vocabulary_of_looks_is_drawn() {
    let all = [belt(), oven(), tank(), vehicle(), hand()];
    let states = [State::Moving, State::WarmUp, State::Working, State::Failed, State::Blocked];
    let names: Vec<String> = ["belt", "oven", "tank", "vehicle", "hand"].map(str::to_owned).to_vec();
    let mut x = -5.0;
    let mut standings = Vec::new();
    for looks in all {
        x += looks.footprint[0] / 2.0 + 0.5;
        let at = Vec3::new(x, 0.0, 0.0);
        x += looks.footprint[0] / 2.0 + 0.5;
        let outline = Vec::new();
        standings.push(Placement {
            at,
            yaw: 0.0,
            looks,
            capacity: None,
            lends: None,
            outline,
            for_scrap: false,
        });
    }
    // The hand encloses the oven and the tank, and no other element.
    let half = Vec3::new(2.6, 0.0, 1.4);
    standings[4].outline = vec![FloorArea { at: (standings[1].at + standings[2].at) / 2.0, half }];
    standings[4].lends = Some(1);
    let ways = (0..4).map(|slot| (Slot(slot), Slot(slot + 1), None)).collect();
    let scenery = Scenery { standings, ways };
    let seen = |hot: bool| Picture {
        elements: states
            .map(|state| Seen {
                state: Some(state),
                inside: 1,
                lent: u32::from(hot),
                drives: crate::stage::Drives::for_test(if hot { 0.8 } else { 0.1 }),
                arm: None,
            })
            .to_vec(),
        parts: (0..3_u32)
            .map(|n| SeenPart {
                serial: n.into(),
                product: n,
                at: scenery.standings[0].at + Vec3::new(n as f32 - 1.0, 0.9, 0.0),
                element: Slot(0),
                damaged: n == 1,
            })
            .collect(),
        people: Vec::new(),
    };
    let (cold, hot) = (seen(false), seen(true));

    let mut app = app_of(alone(made_up(scenery, cold, names)), 640, 360);
    let before = picture(&mut app, "vocabulary_cold");
    app.world_mut().resource_mut::<super::show::Show>().sides[0].picture = hot;
    let after = picture(&mut app, "vocabulary");

    assert!(colours(&after) > 500);
    let moved = before.pixels().zip(after.pixels()).filter(|(one, other)| one != other).count();
    assert!(moved > 3_000, "what moves and glows is seen to do so: {moved} pixels");
}
