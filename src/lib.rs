//! Taktwin: a digital twin of production lines.
pub mod cli;
pub mod disruption;
pub mod dispatch;
pub mod distribution;
pub mod energy;
pub mod equipment;
pub mod event;
pub mod flow;
pub mod kernel;
pub mod kpi;
pub mod layout;
pub mod line;
pub mod records;
pub mod report;
pub mod sim;
pub mod stats;
pub mod study;
pub mod units;



