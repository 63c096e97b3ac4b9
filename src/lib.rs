//! Taktwin: a digital twin of production lines. It says what a line makes and what energy that takes, before and after
//! an upgrade, and how sure that is.
//!
//! # A first line
//!
//! A line is a text: what stands on the floor, which ways the parts go, how to run it. Here people cut panels, put them
//! on a rack, and a welder takes them from there. The rack is what the two have between them.
//!
//! ```
//! use taktwin::study::{self, Overrides, StudyPlan, Watch};
//! use taktwin::{kpi, line, units};
//!
//! let text = r#"
//! Line(
//!     name: "Two stations and a rack",
//!     run: (warm_up: "8 h", length: "5 d", replications: 10, seed: 7),
//!     products: { "panel": () },
//!     elements: {
//!         "sheets": Source(),
//!         "cut":    Machine(cycle: Gamma(mean: "62 s", cv: 0.25), power: (working: "3 kW", idle: "1 kW")),
//!         "rack":   Buffer(capacity: 4),
//!         "weld":   Machine(
//!             cycle: "58 s",
//!             breakdowns: [(after: Exponential("2 h"), repair: Exponential("4 min"))],
//!             power: (working: "18 kW", idle: "5 kW", failed: "5 kW"),
//!         ),
//!         "shop":   Sink(),
//!     },
//!     flow: ["sheets -> cut -> rack -> weld -> shop"],
//! )
//! "#;
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("line.ron");
//! std::fs::write(&path, text)?;
//!
//! // Read and check. Whatever is wrong comes all at once, each fault with its place and a remedy.
//! let line = line::read(&path, &[]).map_err(|rejected| rejected.render(false))?;
//!
//! // Run it as it says, ten times with different random numbers. The four invariants are checked on every run.
//! let plan = StudyPlan::of(&line, &Overrides::default());
//! let study = study::run(&line, &plan, &Watch::nobody())?;
//!
//! // A key figure is a mean and an interval.
//! let throughput = kpi::named("throughput").ok_or("there is no such KPI")?;
//! let found = study.interval(throughput).ok_or("no replication told")?;
//! let half_width = found.half_width.ok_or("one replication has no spread")?;
//! println!("throughput {} /h", units::with_interval(found.mean, half_width));
//! # // By hand: 3600 s / 62 s is 58.06 an hour, and the rack does not make up for every repair.
//! # assert!((54.0..58.1).contains(&found.mean), "{}", found.mean);
//! # assert!(half_width < 0.5, "{half_width}");
//!
//! // What if the rack were wider? The same change as `--set rack.capacity=20`, on the same random numbers.
//! let wider = line::read(&path, &["rack.capacity=20".into()]).map_err(|rejected| rejected.render(false))?;
//! let studies = study::run_all(&[&line, &wider], &plan, &Watch::nobody())?;
//! for comparison in study::compare_all(&studies) {
//!     let change = &comparison.kpis[0];
//!     println!("{}: {} by {:.2} /h", change.kpi.name, change.verdict, change.difference.mean);
//! #   assert_eq!(change.verdict.words(), "better");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The program does the same: `taktwin run line.ron` and `taktwin compare line.ron upgrade.ron`. The [`handbook`]
//! teaches the layout format field by field.
//!
//! # The journey of the data
//!
//! ```text
//! RON text -> LineLayout -> Line -> entities -> LineEvent -> Records -> KPI values -> Comparison -> report
//!            (as written)  (valid)  (a World)   (facts)     (per run)                 (many runs)
//!                            |
//!                            \-> entities -> components -> whoever queries them
//!                                (the World of an app, with any number of lines)
//!                                 ^  |
//!                  Twin, on a desk   \-> Picture -> window
//! ```
//!
//! The modules below stand in the order of that journey, after the ground that it goes over, and import only from those before
//! them; the one exception stands in the test of that order. To follow the journey, read
//! [`layout::LineLayout`], [`line::Line`], [`sim::Replication`], [`event::LineEvent`], [`records::Records`],
//! [`kpi::Kpi`], [`study::Study`].
//!
//! The ground, where nobody has heard of a line:
//!
//! - [`units`] reads `"62 s"` and `"3.2 kW"`, and is the only place where numbers become text for people;
//! - [`stats`] is pure mathematics: intervals, warm-up, paired comparison, verdicts;
//! - [`kernel`] has time in whole nanoseconds, the event queue, random streams and distributions.
//!
//! What stands on the floor:
//!
//! - [`event`] says what can happen on a line; it is the only thing that leaves the engine;
//! - [`distribution`] is what a user writes where a time varies, `Gamma(mean: "62 s", cv: 0.25)`;
//! - [`material`] is what is moved: the parts, and the place of every element with the parts in it;
//! - [`resource`] is what there is of a limited number and is lent: people, and the places in a zone;
//! - [`context`] is an instant of the run, and what a piece of equipment may do in it;
//! - [`checking`] is how what a file says of an element is checked: typed values in, faults by field out;
//! - [`dispatch`] chooses the part that is next, a file for each rule;
//! - [`disruption`] stops machines and lets them go on exactly where they stopped;
//! - [`energy`] knows the power of every state, the terms of power, and the highest quarter of an hour;
//! - [`equipment`] has a file or a folder for each kind: its settings, its component, its behaviour;
//! - [`flow`] hands parts over, keeps the waiting lists, and settles every instant before time goes on.
//!
//! The journey itself:
//!
//! - [`layout`] is what a file says, as it says it, with a place for every word;
//! - [`line`](mod@line) is what has been checked: after it nothing contradicts anything;
//! - [`explain`] says how it was understood before anything runs: the flow as a drawing, loads, capacity, what looks odd;
//! - [`sim`] makes the line into entities of a Bevy world and runs it: each replication of a study has a world to itself, the lines
//!   of an app and of the window share the one of the app;
//! - [`records`] keeps what is heard of a run in memory that does not grow with it, and checks the four invariants;
//! - [`kpi`] turns the records of one run into numbers, a file for each key figure;
//! - [`study`] makes many runs of it: replications, intervals, comparison, expectations, warnings;
//! - [`report`] writes that down, a file for each format;
//! - [`stage`] says where everything stands and what it looks like at an instant, and draws nothing;
//! - [`twin`] is a run at a desk: played, taken back in time, changed while it runs, in a world that others may query;
//! - [`app`] runs lines in a Bevy app of anybody's, as entities to query;
//! - with the feature `desktop`, `desk` is what a user works at, the first user of that plugin, `drawing` shows the stage in three dimensions, `panels` show
//!   the rest, and `desktop` makes a window of them, or a picture without one;
//! - [`handbook`] is what `taktwin help` prints: chapters by task, and a reference made from the lists in the code;
//! - [`cli`] is the command line, a file for each subcommand.
//!
//! # What to rely on
//!
//! The same files, options and version give the same bits on every machine and any number of threads. Every random
//! number belongs to a named element and a purpose, so a machine that is added changes nobody else's luck
//! ([`kernel::Stream`]). Parts, state times, energy and Little's law are balanced to the last digit after every run
//! ([`records::invariants`]); a run that breaks one of them is an error and never a report.
//!
//! How sure a figure is, covers chance alone: the intervals know nothing of a cycle time that was measured wrong.
//! What a kind of equipment leaves out stands at the top of its file.
//!
//! # Without a fork
//!
//! A Bevy app of anybody's runs lines as entities to query ([`app`]), and another crate adds kinds of equipment that layouts name
//! ([`equipment::foreign`]). Both pages show a whole program.
//!
//! # Within
//!
//! A kind of equipment, a dispatch rule, a KPI or a report format is added by a new file, its `mod` line, and a line in its list;
//! help, checks, tables, JSON and tests walk the lists. The test `additions` does that to a copy of the sources, one of each.

// Lints that hold for the product and not for its tests; Cargo.toml says why.
#![cfg_attr(
    not(test),
    warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)
)]

pub mod units;

pub mod stats;

pub mod kernel;

pub mod event;

pub mod distribution;

pub mod material;

pub mod resource;

pub mod context;

pub mod checking;

pub mod dispatch;

pub mod disruption;

pub mod energy;

pub mod equipment;

pub mod flow;

pub mod layout;

pub mod line;

pub mod explain;

pub mod sim;

pub mod records;

pub mod kpi;

pub mod study;

pub mod report;

pub mod stage;

pub mod twin;

pub mod app;

#[cfg(feature = "desktop")]
pub(crate) mod desk;

#[cfg(feature = "desktop")]
pub(crate) mod drawing;

#[cfg(feature = "desktop")]
pub(crate) mod panels;

#[cfg(feature = "desktop")]
pub mod desktop;

pub mod handbook;

pub mod cli;
