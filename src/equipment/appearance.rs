//! What a kind of equipment looks like, as data, so that the drawing code does not know any kind.
//!
//! A kind says which [`Piece`]s it consists of, where its parts lie ([`Stand`]), and what moves ([`Motion`]). The component
//! gives the position of each moving piece at any instant ([`Pose`]). All lengths are metres in the frame of
//! the piece of equipment: x along the flow, y up, z to the right of the flow, from the middle of its footprint on the floor.
//! Read [`Appearance`] first.

use crate::event::Slot;

/// A place or a size in the frame of the equipment: along the flow, up, to the right.
pub type Metres = [f32; 3];

/// How one element looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Appearance {
    /// What it takes up of the floor: along the flow, and across.
    pub footprint: [f32; 2],
    /// Its height; a name is written above that.
    pub height: f32,
    /// How it is drawn where there is only room for a sign.
    pub symbol: Symbol,
    /// What it consists of.
    pub pieces: Vec<Piece>,
    /// Where the parts in it are.
    pub stand: Stand,
    /// Where the light that shows its state is mounted; none for what has no state.
    pub lamp: Option<Metres>,
    /// Its arm, if it is a robot.
    pub arm: Option<Arm>,
}

/// A sign for lists and plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// Parts begin here.
    Begin,
    /// Something is done to a part.
    Work,
    /// Parts are kept.
    Store,
    /// Parts are carried.
    Carry,
    /// Parts end here.
    End,
    /// People are at home here.
    Staff,
    /// Tools lie here until a job needs them.
    Tools,
    /// Only so many robots may be here at once.
    Zone,
}

/// One piece of a piece of equipment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Its form.
    pub shape: Shape,
    /// Its middle.
    pub at: Metres,
    /// Its surface.
    pub paint: Paint,
    /// How it moves.
    pub motion: Motion,
}

/// The form of a piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// A block of this size.
    Block(Metres),
    /// A standing cylinder.
    Cylinder {
        /// Its radius.
        radius: f32,
        /// Its height.
        height: f32,
    },
    /// A cylinder that lies across the flow, such as the roller of a belt.
    Roller {
        /// Its radius.
        radius: f32,
        /// Its length.
        length: f32,
    },
    /// A ball.
    Ball {
        /// Its radius.
        radius: f32,
    },
    /// A person who stands there; the middle is that of the feet.
    Person,
}

/// The surface of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paint {
    /// The calm colour of a housing.
    Housing,
    /// A darker part of it.
    Dark,
    /// Bare metal.
    Metal,
    /// One sees through it.
    Glass,
    /// What catches the eye: a door, an arm.
    Accent,
    /// Paint on the floor.
    Marking,
    /// Wood: pallets, racks.
    Wood,
    /// It glows with the heat of the pose.
    Glow,
    /// It is lit in the colour of the state.
    Lamp,
}

/// How a piece moves, as far as its drive has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Motion {
    /// Not at all.
    Fixed,
    /// It slides along a straight way.
    Slide {
        /// How far and where to, when the drive is at 1.
        by: Metres,
        /// What moves it.
        drive: Drive,
    },
    /// It turns about an axis through its middle.
    Turn {
        /// The axis.
        axis: Metres,
        /// How many turns, when the drive is at 1.
        turns: f32,
        /// What moves it.
        drive: Drive,
    },
    /// It grows from nothing upwards, as a filling does.
    Fill {
        /// What fills it.
        drive: Drive,
    },
}

/// What moves a piece: a number that is mostly between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drive {
    /// 1 while it works and 0 otherwise: doors that are shut.
    Shut,
    /// How much of the work in hand is done.
    Work,
    /// How full it is.
    Filling,
    /// How hot it is.
    Heat,
    /// Metres that a belt has run.
    Run,
}

/// Where the parts in an element are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stand {
    /// At one spot, those that come later beside it.
    Spot(Metres),
    /// In rows, the first to leave at the front end.
    Rows {
        /// The spot of the part that leaves first.
        front: Metres,
        /// From one part to the next.
        pitch: f32,
        /// Parts in a row.
        columns: u32,
        /// Rows; parts beyond the last are not drawn one by one.
        rows: u32,
    },
    /// Along a belt, from its beginning to its end; the pose says how far each part has come.
    Belt {
        /// Where a part enters.
        from: Metres,
        /// Where it leaves.
        to: Metres,
    },
    /// In the gripper of the arm.
    Gripper,
}

/// An arm on a foot: two bones and a gripper. A picture finds the elbow by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arm {
    /// Height of the shoulder above the floor.
    pub shoulder: f32,
    /// Length of the upper arm.
    pub upper: f32,
    /// Length of the forearm.
    pub fore: f32,
}

/// What the moving parts of an element do at one instant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pose {
    /// How much of the work in hand is done, from 0 to 1; none without work.
    pub work: Option<f32>,
    /// How hot it is, from 0 (cold) to 1.
    pub heat: f32,
    /// Metres that its belt has run.
    pub run: f32,
    /// For a belt, how far each part has come, from 0 to 1, the one that leaves first first.
    pub along: Vec<f32>,
    /// The way it is on, if it travels.
    pub trip: Option<Trip>,
}

/// A way of a robot or vehicle, and how much of it is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trip {
    /// Where it set out; none for where it stood when the run began.
    pub from: Option<Slot>,
    /// Where it goes, or has come to; none for where it stood when the run began.
    pub to: Option<Slot>,
    /// How much of the way is done, from 0 to 1.
    pub share: f32,
    /// How far it reaches down: 0 waits above, 1 is at the part.
    pub down: f32,
}

impl Piece {
    /// A piece that does not move.
    pub const fn fixed(shape: Shape, at: Metres, paint: Paint) -> Piece {
        Piece { shape, at, paint, motion: Motion::Fixed }
    }
}

impl Appearance {
    /// Where the n-th part lies, the one that leaves first first; none if it is too many to be drawn by itself, or
    /// where only the pose says it.
    pub fn spot(&self, nth: u32) -> Option<Metres> {
        match self.stand {
            Stand::Spot([x, y, z]) => (nth < 8).then_some([x - 0.35 * nth as f32, y, z]),
            Stand::Rows { front: [x, y, z], pitch, columns, rows } => {
                let (row, column) = (nth / columns.max(1), nth % columns.max(1));
                // A lane that turns at the end of each row, so that a neighbour is a neighbour.
                let column = if row % 2 == 0 { column } else { columns - 1 - column };
                (row < rows).then_some([x - pitch * column as f32, y, z - pitch * row as f32])
            }
            Stand::Belt { .. } | Stand::Gripper => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_turns_at_the_end_of_a_row() {
        let stand = Stand::Rows { front: [1.0, 0.5, 0.0], pitch: 0.5, columns: 3, rows: 2 };
        let looks = Appearance {
            footprint: [2.0, 1.0],
            height: 1.0,
            symbol: Symbol::Store,
            pieces: Vec::new(),
            stand,
            lamp: None,
            arm: None,
        };

        let spots: Vec<_> = (0..8).map(|nth| looks.spot(nth)).collect();

        assert_eq!(spots[0], Some([1.0, 0.5, 0.0]));
        assert_eq!(spots[2], Some([0.0, 0.5, 0.0]));
        assert_eq!(spots[3], Some([0.0, 0.5, -0.5]), "the fourth stands beside the third");
        assert_eq!(spots[5], Some([1.0, 0.5, -0.5]));
        assert_eq!(spots[6], None, "there is no third row");
    }
}
