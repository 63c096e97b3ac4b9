//! The view into the line: one [`CameraView`] for all panes of the window. It fits the line until a user takes it into their own
//! hands, and glides to wherever it is sent.

use super::lens::{Lens, Stance};
use super::panes::{Pane, Panes};
use super::show::Show;
use crate::event::Slot;
use bevy::prelude::*;
use std::f32::consts::FRAC_PI_2;

/// Opening view: from the front left, in radians.
const OPENING: (f32, f32) = (-0.61, 0.56);
/// Steepest view; a camera that looks straight down has no up.
pub(crate) const STEEPEST: f32 = FRAC_PI_2 - 0.001;
/// How quickly the eye comes to where it should be: the share of the way per second, as an exponent.
const QUICKNESS: f32 = 9.0;
/// Before a panel says what it leaves free.
const FIRST_AREA: Rect = Rect { min: Vec2::ZERO, max: Vec2::new(1280.0, 720.0) };

/// What the eye follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follow {
    /// A part by its serial number, on a side.
    Part(usize, u64),
    /// An element; its arm if it has one, on a side.
    Element(usize, Slot),
}

/// A wish that is granted when the area and the line are known.
#[derive(Clone, Debug, PartialEq)]
enum RequestedView {
    /// All of the line, as at first; at once or gliding.
    Home,
    /// All of the line from above.
    Top,
    /// These points, from where one looks now.
    Frame(Vec<Vec3>),
}

/// Where one looks from.
#[derive(Resource)]
pub(crate) struct CameraView {
    /// The rectangle in logical pixels that panels leave free; none for the whole window.
    pub(crate) area: Option<Rect>,
    /// What the camera follows, until a user pans.
    pub(crate) follow: Option<Follow>,
    /// Where it is.
    now: Stance,
    /// Where it should be.
    goal: Stance,
    requested: Option<RequestedView>,
    /// No user has changed the view yet: it keeps fitting the line.
    untouched: bool,
    window: Rect,
    fitted: Option<(Vec3, Vec3, Vec2)>,
}

impl Default for CameraView {
    fn default() -> CameraView {
        let now = Stance { focus: Vec3::ZERO, distance: 20.0, yaw: OPENING.0, pitch: OPENING.1 };
        CameraView {
            area: None,
            follow: None,
            now,
            goal: now,
            requested: None,
            untouched: true,
            window: FIRST_AREA,
            fitted: None,
        }
    }
}

impl CameraView {
    /// All of the line, as at first.
    pub(crate) fn home(&mut self) {
        (self.requested, self.follow) = (Some(RequestedView::Home), None);
    }

    /// All of the line from above.
    pub(crate) fn top(&mut self) {
        (self.requested, self.follow, self.untouched) = (Some(RequestedView::Top), None, false);
    }

    /// These points, from the direction one looks from now.
    pub(crate) fn frame(&mut self, points: &[Vec3]) {
        (self.requested, self.untouched) = (Some(RequestedView::Frame(points.to_vec())), false);
    }

    /// Where the camera is going. A user who changes it takes over the view.
    pub(crate) fn goal_mut(&mut self) -> &mut Stance {
        self.untouched = false;
        &mut self.goal
    }

    /// Where the eye is.
    pub(crate) fn stance(&self) -> &Stance {
        &self.now
    }

    /// Goes where it is going at once, as a picture of a file wants it.
    pub(crate) fn arrive(&mut self) {
        self.now = self.goal;
    }

    /// What is free for the picture, in logical pixels.
    pub(crate) fn area(&self) -> Rect {
        let area = self.area.unwrap_or(self.window).intersect(self.window);
        if area.width() < 2.0 || area.height() < 2.0 { self.window } else { area }
    }

    /// What is seen in a pane.
    pub(crate) fn lens(&self, pane: &Pane) -> Lens {
        Lens::new(&self.now, pane.area)
    }

    /// One step of time in a window of this size; the panes in which the line is seen then.
    pub(crate) fn step(&mut self, window: Vec2, show: &Show, seconds: f32) -> Panes {
        self.window = Rect { min: Vec2::ZERO, max: window };
        let panes = show.panes(self.area());
        let size = panes.first().map_or(self.area().size(), |pane| pane.area.size());
        self.turn_to_requested(bounds(show), size);
        self.pursue(show);
        self.glide(seconds);
        panes
    }

    /// Turns to the view that was requested, for a line between two corners in panes of this size.
    fn turn_to_requested(&mut self, bounds: (Vec3, Vec3), size: Vec2) {
        if self.untouched && self.fitted != Some((bounds.0, bounds.1, size)) {
            self.fitted = Some((bounds.0, bounds.1, size));
            self.goal =
                Stance { yaw: OPENING.0, pitch: OPENING.1, ..self.goal }.framing(&corners(bounds), size);
            self.now = self.goal;
        }
        let Some(requested) = self.requested.take() else { return };
        let (yaw, pitch, points) = match requested {
            RequestedView::Home => (OPENING.0, OPENING.1, corners(bounds)),
            RequestedView::Top => (0.0, STEEPEST, corners(bounds)),
            RequestedView::Frame(points) => (self.goal.yaw, self.goal.pitch, points),
        };
        // The short way round.
        let turn = std::f32::consts::TAU * ((self.now.yaw - yaw) / std::f32::consts::TAU).round();
        self.goal = Stance { yaw: yaw + turn, pitch, ..self.goal }.framing(&points, size);
    }

    /// Looks at what it follows.
    fn pursue(&mut self, show: &Show) {
        let Some(place) = self.follow.and_then(|follow| place_of(show, follow)) else { return };
        self.untouched = false;
        self.goal.focus = place;
    }

    /// Comes nearer to its goal; the same steps of time give the same views.
    fn glide(&mut self, seconds: f32) {
        if self.now == self.goal {
            return;
        }
        self.now = self.now.towards(&self.goal, 1.0 - (-QUICKNESS * seconds).exp());
        if self.now.is_at(&self.goal) {
            self.now = self.goal;
        }
    }
}

fn place_of(show: &Show, follow: Follow) -> Option<Vec3> {
    match follow {
        Follow::Part(side, serial) => {
            let parts = &show.sides.get(side)?.picture.parts;
            parts.iter().find(|part| part.serial == serial).map(|part| part.at)
        }
        Follow::Element(side, slot) => {
            let side = show.sides.get(side)?;
            let arm = side.picture.elements.get(slot.index()).and_then(|seen| seen.arm);
            let standing = side.scenery.standings.get(slot.index())?;
            Some(arm.map_or(standing.at, |arm| arm.wrist))
        }
    }
}

/// The corners of a box.
pub(crate) fn corners((low, high): (Vec3, Vec3)) -> Vec<Vec3> {
    let pick = |n: u8, bit: u8, low: f32, high: f32| if n & bit == 0 { low } else { high };
    let corner =
        |n: u8| Vec3::new(pick(n, 1, low.x, high.x), pick(n, 2, low.y, high.y), pick(n, 4, low.z, high.z));
    (0..8).map(corner).collect()
}

/// The box around all sides.
pub(crate) fn bounds(show: &Show) -> (Vec3, Vec3) {
    let boxes = show.sides.iter().map(|side| side.scenery.bounds());
    boxes
        .reduce(|(low, high), (other_low, other_high)| (low.min(other_low), high.max(other_high)))
        .unwrap_or((Vec3::splat(-2.0), Vec3::splat(2.0)))
}
