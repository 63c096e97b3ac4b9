//! Meter in, bill out: reads the load of a meter from a table, so that [`tariff`](crate::tariff) can compute its bill.
//!
//! `stamp` reads dates and times as meters write them, `meter_clock` puts them on the axis of real time through daylight saving,
//! `meter_rows` reads the rows with the columns that `meter_columns` finds, and `meter_file` makes a load of them. Read
//! [`MeterReading`] first.
//!
//! Not read: registers that count up, and tables with a day in each row.

mod meter_clock;
mod meter_columns;
mod meter_file;
mod meter_rows;
mod meter_unit;
mod stamp;

#[cfg(test)]
mod meter_tests;

pub use meter_clock::StampedAt;
pub use meter_file::{MeterOptions, MeterReading, read_meter};
pub use meter_unit::MeterUnit;
pub use stamp::DateOrder;
