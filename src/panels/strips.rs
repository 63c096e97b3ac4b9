//! States over time as a strip of colours, painted pixel by pixel: where several states fall into one column of pixels,
//! the one that prevailed is shown. Read [`Scale`] first, then [`Columns`].

use super::ink;
use crate::event::State;
use crate::kernel::Time;
use crate::stage::palette::Palette;
use crate::twin::StateTimeline;
use bevy_egui::egui::{Mesh, Rangef, Rect};

/// A window of time on a stretch of the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// The window, in seconds since the start.
    pub(super) from: f64,
    pub(super) until: f64,
    /// The stretch, in points.
    pub(super) x: Rangef,
    /// The width of a pixel in points.
    pub(super) pixel: f32,
}

impl Scale {
    /// Where an instant is.
    pub(super) fn x_of(&self, secs: f64) -> f32 {
        let share = (secs - self.from) / self.length();
        // What lies far outside must not overflow on its way to the screen.
        self.x.min + (share.clamp(-10.0, 10.0) as f32) * self.x.span()
    }

    /// Which instant is at a place.
    pub(super) fn secs_at(&self, x: f32) -> f64 {
        self.from + f64::from((x - self.x.min) / self.x.span().max(1.0)) * self.length()
    }

    /// The seconds in a point.
    pub(super) fn secs_per_point(&self) -> f64 {
        self.length() / f64::from(self.x.span().max(1.0))
    }

    fn length(&self) -> f64 {
        (self.until - self.from).max(1e-9)
    }
}

/// Adds the strip of an element, up to an instant, to a mesh.
pub(super) fn paint(
    mesh: &mut Mesh,
    strip: &StateTimeline,
    until: Time,
    scale: &Scale,
    y: Rangef,
    palette: Palette,
) {
    let (from, until) = (Time::from_secs(scale.from), Time::from_secs(scale.until).min(until));
    if from >= until {
        return;
    }
    let per_sec = f64::from(scale.x.span() / scale.pixel) / scale.length();
    let mut columns = Columns::new(|begin, end, state| {
        let x = |column: i64| scale.x.min + column as f32 * scale.pixel;
        let right = x(end).min(scale.x.max);
        mesh.add_colored_rect(Rect::from_x_y_ranges(x(begin)..=right, y), ink::of_state(palette, state));
    });
    for (begin, end, state) in strip.between(from, until) {
        columns.add((begin.secs() - scale.from) * per_sec, (end.secs() - scale.from) * per_sec, state);
    }
    columns.end();
}

/// The stretch of one state around an instant, joined where it says the same twice.
pub(super) fn stretch_at(strip: &StateTimeline, time: Time, until: Time) -> Option<(Time, Time, State)> {
    let mut found: Option<(Time, Time, State)> = None;
    for (begin, end, state) in strip.between(Time::ZERO, until) {
        match &mut found {
            Some((_, last_end, last)) if *last == state && *last_end == begin => *last_end = end,
            Some((_, last_end, _)) if *last_end > time => break,
            _ => found = Some((begin, end, state)),
        }
    }
    found.filter(|(begin, end, _)| (*begin..=*end).contains(&time))
}

/// Stretches, gathered into columns of pixels.
struct Columns<P: FnMut(i64, i64, State)> {
    paint: P,
    /// The column that is being filled, and how much of it each state has.
    column: i64,
    weights: [f64; State::ALL.len()],
    /// Columns of one state that were not painted yet.
    last: Option<(i64, i64, State)>,
}

impl<P: FnMut(i64, i64, State)> Columns<P> {
    fn new(paint: P) -> Columns<P> {
        Columns { paint, column: 0, weights: [0.0; State::ALL.len()], last: None }
    }

    /// A stretch, in columns; stretches come in order.
    fn add(&mut self, begin: f64, end: f64, state: State) {
        let (first, last) = (begin.floor() as i64, end.floor() as i64);
        if first != self.column {
            self.close_column();
            self.column = first;
        }
        if first == last {
            self.weights[state as usize] += end - begin;
            return;
        }
        self.weights[state as usize] += (first + 1) as f64 - begin;
        self.close_column();
        self.push(first + 1, last, state);
        self.column = last;
        self.weights[state as usize] = end - last as f64;
    }

    fn close_column(&mut self) {
        let weights = std::mem::replace(&mut self.weights, [0.0; State::ALL.len()]);
        let most = State::ALL.into_iter().zip(weights).max_by(|one, other| one.1.total_cmp(&other.1));
        if let Some((state, _)) = most.filter(|(_, weight)| *weight > 0.0) {
            self.push(self.column, self.column + 1, state);
        }
    }

    fn push(&mut self, begin: i64, end: i64, state: State) {
        if begin >= end {
            return;
        }
        match &mut self.last {
            Some((_, last_end, last)) if *last == state && *last_end == begin => *last_end = end,
            last => {
                if let Some((begin, end, state)) = last.replace((begin, end, state)) {
                    (self.paint)(begin, end, state);
                }
            }
        }
    }

    fn end(mut self) {
        self.close_column();
        if let Some((begin, end, state)) = self.last {
            (self.paint)(begin, end, state);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(stretches: &[(f64, f64, State)]) -> Vec<(i64, i64, State)> {
        let mut all = Vec::new();
        let mut columns = Columns::new(|begin, end, state| all.push((begin, end, state)));
        stretches.iter().for_each(|(begin, end, state)| columns.add(*begin, *end, *state));
        columns.end();
        all
    }

    #[test]
    fn a_column_shows_the_state_that_prevailed_in_it() {
        let stretches = [
            (0.0, 0.4, State::Working),
            (0.4, 1.0, State::Starved),
            (1.0, 3.2, State::Working),
            (3.2, 3.3, State::Failed),
            (3.3, 5.0, State::Working),
        ];
        assert_eq!(painted(&stretches), [(0, 1, State::Starved), (1, 5, State::Working)]);
    }

    #[test]
    fn nothing_is_painted_where_nothing_is_known() {
        assert_eq!(painted(&[]), []);
        assert_eq!(painted(&[(2.0, 4.0, State::Off)]), [(2, 4, State::Off)]);
    }

    #[test]
    fn places_and_instants_belong_together() {
        let scale = Scale { from: 100.0, until: 300.0, x: Rangef::new(50.0, 150.0), pixel: 1.0 };
        assert_eq!((scale.x_of(200.0), scale.secs_at(100.0), scale.secs_per_point()), (100.0, 200.0, 2.0));
    }
}
