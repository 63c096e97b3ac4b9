//! The plan: positions on the floor for elements without a position in the layout. All in metres, x and y as in the layout.
//!
//! What the layout places stays there. What is joined by flow to something placed is put next to it. What is left is
//! drawn as an engineer would: in layers along the flow, parallel machines side by side, ways back below, a long line
//! folded like a snake. Robots come last, beside what they serve, and then signs, at the edge of what they are around.
//! The same sites always give the same plan.
//!
//! Not modelled: how far a robot reaches, walls and pillars, and where the ways between the elements run.
//! Read [`Site`] first, then [`arrange`]. The steps stand in `plan_draft`, the layered picture in `plan_layers`,
//! `plan_order` and `plan_rows`, the edges of what encloses others in `plan_outline`.

use super::plan_draft::PlanDraft;

/// A place on the floor, or a distance on it: x and y in metres.
pub(super) type Point = (f64, f64);

/// What any two footprints keep between them, in metres.
pub(super) const GAP: f64 = 1.0;
/// What a robot keeps from other footprints, in metres: it must be near to reach them.
pub(super) const ROBOT_GAP: f64 = 0.3;
/// What a sign keeps from footprints, in metres: it stands close to what it is around.
pub(super) const SIGN_GAP: f64 = 0.1;

/// What the plan needs to know of one element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Site {
    /// What it takes up: along the flow and across, in metres.
    pub footprint: (f64, f64),
    /// Where the layout puts it, if it says so.
    pub given: Option<(f64, f64)>,
    /// Whom it hands parts to (indices of other elements), in the order of the layout; for a robot this is empty.
    pub next: Vec<usize>,
    /// For a robot: the elements it serves. Else empty.
    pub serves: Vec<usize>,
    /// For the sign of what encloses others: the elements that lie in it. Else empty.
    pub around: Vec<usize>,
}

impl Site {
    pub(super) fn is_robot(&self) -> bool {
        !self.serves.is_empty()
    }

    pub(super) fn is_sign(&self) -> bool {
        !self.around.is_empty()
    }

    /// Half of what it takes up along x and along y, once turned.
    pub(super) fn half(&self, quarter_turns: u8) -> Point {
        let (along, across) = (self.footprint.0 / 2.0, self.footprint.1 / 2.0);
        if quarter_turns.is_multiple_of(2) { (along, across) } else { (across, along) }
    }
}

/// Where an element stands, and where its flow runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// The middle of its footprint, x and y in metres.
    pub at: (f64, f64),
    /// Quarter turns anticlockwise from the direction of x: 0 flow to +x, 1 to +y, 2 to -x, 3 to -y.
    pub quarter_turns: u8,
}

/// A place for every element.
pub fn arrange(sites: &[Site]) -> Vec<Spot> {
    let mut draft = PlanDraft::with_given(sites);
    draft.place_next_to_neighbours();
    draft.face_the_flow();
    draft.lay_out_the_rest();
    draft.place_robots();
    draft.place_signs();
    draft.spots()
}

/// The direction of a distance, snapped to quarter turns; a diagonal counts as x.
pub(super) fn quarter_turns(from: Point, to: Point) -> u8 {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
        (true, true, _) => 0,
        (true, false, _) => 2,
        (false, _, true) => 1,
        (false, _, false) => 3,
    }
}

/// A distance along and to the left of the flow, as a distance in x and y.
pub(super) fn turned((along, left): Point, quarter_turns: u8) -> Point {
    match quarter_turns {
        0 => (along, left),
        1 => (-left, along),
        2 => (-along, -left),
        _ => (left, -along),
    }
}

/// The middle of some places, if there are any.
pub(super) fn centroid(places: impl Iterator<Item = Point>) -> Option<Point> {
    let mut count = 0.0;
    let mut sum = (0.0, 0.0);
    for (x, y) in places {
        count += 1.0;
        sum = (sum.0 + x, sum.1 + y);
    }
    (count > 0.0).then(|| (sum.0 / count, sum.1 / count))
}
