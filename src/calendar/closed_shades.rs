//! Closed time as a picture has room for it: a window of time in cells, each with the share of it in which nobody works.
//!
//! Read [`closed_shades`].

use super::Timetable;
use super::weeks::monday_of;
use crate::kernel::Time;
use jiff::Span;
use jiff::civil::Date;

const DAY: Time = Time(86_400_000_000_000);
/// A day on fewer pixels than this is one cell, so that nights and breaks do not make stripes.
const PIXELS_OF_A_DAY: f64 = 12.0;

/// A stretch of time, and the share of it in which nobody works.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClosedShade {
    /// Its beginning.
    pub from: Time,
    /// Its end.
    pub until: Time,
    /// From just above 0 to 1, which is closed throughout.
    pub closed: f32,
}

/// The closed time in a window that is shown on so many pixels, in order.
///
/// The window has a cell for each pixel, or for each day of the clock on the wall where a day has less than twelve pixels, for
/// each week from Monday on where a day has less than one, and again for each pixel where a week has less than one. Cells that
/// follow each other and are as much closed are one, and those without closed time are left out. Its cost depends on the pixels and
/// not on the number of shifts.
pub fn closed_shades(timetable: &Timetable, from: Time, until: Time, pixels: u32) -> Vec<ClosedShade> {
    let until = until.min(Time::LONGEST);
    if from >= until || pixels == 0 {
        return Vec::new();
    }
    let of_a_day = f64::from(pixels) * DAY.secs() / (until - from).secs();
    let borders = match of_a_day {
        wide if wide >= PIXELS_OF_A_DAY => of_pixels(from, until, pixels),
        day if day >= 1.0 => of_days(timetable, from, until, 1),
        week if week >= 1.0 / 7.0 => of_days(timetable, from, until, 7),
        _ => of_pixels(from, until, pixels),
    };
    let mut shades: Vec<ClosedShade> = Vec::new();
    for cell in borders.windows(2) {
        let closed = closed_share(timetable, cell[0], cell[1]);
        match shades.last_mut().filter(|last| last.until == cell[0] && last.closed == closed) {
            Some(last) => last.until = cell[1],
            None if closed > 0.0 => shades.push(ClosedShade { from: cell[0], until: cell[1], closed }),
            None => {}
        }
    }
    shades
}

fn closed_share(timetable: &Timetable, from: Time, until: Time) -> f32 {
    let (open, all) = (timetable.open_between(from, until), until - from);
    ((all - open).secs() / all.secs()) as f32
}

fn of_pixels(from: Time, until: Time, pixels: u32) -> Vec<Time> {
    let length = u128::from((until - from).0);
    let border = |nth: u32| from + Time((length * u128::from(nth) / u128::from(pixels)) as u64);
    let mut borders: Vec<Time> = (0..=pixels).map(border).collect();
    // A window of few nanoseconds has several pixels for each.
    borders.dedup();
    borders
}

/// The window cut at the midnights of every day, or of every Monday.
fn of_days(timetable: &Timetable, from: Time, until: Time, step: i64) -> Vec<Time> {
    let first = timetable.date_time(from).date();
    let first = if step == 7 { monday_of(first) } else { first };
    let midnight = |date: Date| timetable.time_at(date.at(0, 0, 0, 0));
    let days = first.series(Span::new().days(step)).skip(1).map_while(midnight);
    let within = days.take_while(|midnight| *midnight < until).filter(|midnight| *midnight > from);
    let mut borders: Vec<Time> = [from].into_iter().chain(within).chain([until]).collect();
    borders.dedup();
    borders
}
