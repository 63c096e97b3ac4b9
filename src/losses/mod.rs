//! Losses: where the time and the energy of each element went, and what that was due to.
//!
//! Every instant of an element and every kilowatt-hour that it draws belongs to exactly one [`Loss`]. What an element does itself
//! is the state that it is in; work is divided into work on good parts, rework, and work on parts that ended as scrap. An element
//! that is starved or blocked waits for others, and they wait for others in turn: the [`Root`] is the element at which this
//! ends, and what it does. So the losses of an element add up to its time and to its meter, and there is no rest.
//!
//! [`LossLedger`] listens to a run and sees the line at the end of every instant; `roots.rs` looks for whom an element waits, and
//! `delays.rs` knows who works at the pace of others;
//! `part_work.rs` remembers what was worked on parts until they leave the line. What a root would be worth if it were removed is
//! not said here: losses do not add up to gains, and a run without it shows the gain (`study/losses`).

mod account;
mod delays;
mod ground;
mod ledger;
mod loss;
mod part_work;
mod roots;

pub use account::{ElementLosses, LossShare};
pub use ledger::LossLedger;
pub use loss::{Loss, LossKind, Root, RootReason};
