//! Taktwin: a digital twin of production lines. It computes what a line makes and how much energy that takes, before and
//! after an upgrade, each figure with its confidence interval.
//!
//! # A first line
//!
//! A line is a text: the elements on the floor, the ways of the parts between them, and how to run it. Here one machine
//! cuts panels, and another welds them. The rack between them is a buffer with room for four panels.
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
//! // Read and check the line. All faults are reported at once, each with its place and a remedy.
//! let line = line::read(&path, &[]).map_err(|rejected| rejected.render(false))?;
//!
//! // Run it ten times with different random numbers. Every run is checked against the four invariants.
//! let plan = StudyPlan::of(&line, &Overrides::default());
//! let study = study::run(&line, &plan, &Watch::nobody())?;
//!
//! // A key figure is a mean and an interval.
//! let throughput = kpi::named("throughput").ok_or("there is no such KPI")?;
//! let found = study.interval(throughput).ok_or("no replication has a value")?;
//! let half_width = found.half_width.ok_or("one replication has no spread")?;
//! println!("throughput {} /h", units::with_interval(found.mean, half_width));
//! # // By hand: 3600 s / 62 s is 58.06 an hour, and the rack does not make up for every repair.
//! # assert!((54.0..58.1).contains(&found.mean), "{}", found.mean);
//! # assert!(half_width < 0.5, "{half_width}");
//!
//! // Compare with a larger rack, on the same random numbers. The change is that of `--set rack.capacity=20`.
//! let wider = line::read(&path, &["rack.capacity=20".into()]).map_err(|rejected| rejected.render(false))?;
//! let studies = study::run_all(&[&line, &wider], &plan, &Watch::nobody())?;
//! for comparison in study::compare_all(&studies) {
//!     let change = &comparison.kpis[0];
//!     println!("{}: {} by {:.2} /h", change.name(), change.verdict, change.difference.mean);
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
//!                            \-> entities -> components -> systems that query them
//!                                (the World of an app, with any number of lines)
//!                                 ^  |
//!                  Twin, on a desk   \-> Picture -> window
//! ```
//!
//! The modules below are listed in the order of that journey, after the modules that it relies on. A module imports only from
//! modules before it. A test checks this order, and lists the one exception. To follow the journey, read
//! [`layout::LineLayout`], [`line::Line`], [`sim::Replication`], [`event::LineEvent`], [`records::Records`], [`kpi::Kpi`],
//! [`study::Study`].
//!
//! Modules that know nothing of lines:
//!
//! - [`units`] reads `"62 s"` and `"3.2 kW"`, and is the only place where numbers become text for people;
//! - [`stats`] is pure mathematics: intervals, warm-up, paired comparison, verdicts;
//! - [`kernel`] has time in whole nanoseconds, the event queue, random-number streams and distributions;
//! - [`calendar`] reads working hours, holidays and rosters, and knows at which instants of a run who works;
//! - [`tariff`] knows what electricity costs at which hours, and computes the bill of a load.
//!
//! The floor and what is on it:
//!
//! - [`event`] defines what can happen on a line. Events are the only output of the engine;
//! - [`distribution`] reads what a user writes where a time varies, such as `Gamma(mean: "62 s", cv: 0.25)`;
//! - [`material`] has the parts, and the place of each element with the parts in it;
//! - [`resource`] lends what is limited in number: people, tools, and places in a zone;
//! - [`context`] is an instant of the run, with all that an element may do in it;
//! - [`checking`] checks what a file says of an element: it takes typed values and returns faults by field;
//! - [`dispatch`] chooses the next part, a file for each dispatching rule;
//! - [`energy`] has the power of each state, the terms of power, and the peak power over 15 minutes;
//! - [`saving`] has the modes in which equipment that waits draws less, and knows when it enters and leaves them;
//! - [`disruption`] stops machines by breakdowns and maintenance, and resumes the work exactly where it stopped;
//! - [`equipment`] has a file or a folder for each kind: its settings, its component, its behaviour;
//! - [`flow`] hands parts from element to element, keeps the waiting lists, and completes each instant before time goes on.
//!
//! The journey itself:
//!
//! - [`layout`] reads a file into a tree of values, and keeps the place of every value in the text;
//! - `tables` reads the tables beside a layout: CSV of any delimiter and encoding, and sheets of workbooks;
//! - [`line`](mod@line) is the checked line, free of contradictions;
//! - [`billing`] reads the loads of meters from tables;
//! - [`explain`] shows how the line was understood before it runs: the flow, loads, capacity, and settings that look wrong;
//! - [`sim`] spawns the line as entities of a Bevy world and runs it. Each replication of a study has its own world. The lines of
//!   an app or of the window share the world of the app;
//! - [`records`] keeps the sums of a run in memory that does not grow with the run, and checks the four invariants;
//! - [`losses`] charges the time and the energy of every element to causes, and finds for whom it waits;
//! - [`kpi`] computes key figures from the records of one run, a file for each figure;
//! - [`study`] makes many runs: replications, intervals, comparison, expectations, warnings;
//! - [`stage`] computes where everything stands and what it looks like at an instant. It draws nothing;
//! - [`report`] writes the results, a file for each format, and a page with charts that can be handed over;
//! - [`twin`] is a run that a user plays, takes back in time, and changes while it runs, in a world that other systems may query;
//! - [`app`] is a Bevy plugin that runs lines in any app;
//! - with the feature `desktop`: `desk` is the state that a user works on, `drawing` shows the stage in three dimensions, `panels`
//!   show the rest, and `desktop` is the window, or a picture without a window;
//! - [`handbook`] is the text of `taktwin help`: chapters by task, and a reference made from the lists in the code;
//! - [`cli`] is the command line, a file for each subcommand.
//!
//! # What to rely on
//!
//! The same files, options and version give the same bits on every machine and with any number of threads. Each element has
//! its own random-number stream for each purpose, so an added machine does not change the random numbers of the other
//! elements ([`kernel::Stream`]). After every run, the parts, the state times, the energy and Little's law are checked to the
//! last digit ([`records::invariants`]). A run that breaks one of these invariants ends with an error and gives no report.
//!
//! A confidence interval covers chance alone. It does not cover wrong input, such as a cycle time that was measured wrong.
//! The top of each kind's file says what the kind does not model.
//!
//! # Without a fork
//!
//! Any Bevy app can run lines as entities to query ([`app`]). Another crate can add kinds of equipment that layouts name
//! ([`equipment::foreign`]). Both pages show a whole program.
//!
//! # Within
//!
//! A kind of equipment, a dispatching rule, a KPI or a report format is added by a new file, its `mod` line, and a line in its
//! list; a kind also by its fields in a chapter of the handbook. Help, checks, tables, JSON and tests read these lists. The test `additions` adds one of each to a copy of the sources.

// Lints that hold for the product and not for its tests; Cargo.toml says why.
#![cfg_attr(
    not(test),
    warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)
)]

pub mod units;

pub mod stats;

pub mod kernel;

pub mod calendar;

pub mod tariff;

pub mod event;

pub mod distribution;

pub mod material;

pub mod resource;

pub mod context;

pub mod checking;

pub mod dispatch;

pub mod energy;

pub mod saving;

pub mod disruption;

pub mod equipment;

pub mod flow;

pub mod layout;

pub(crate) mod tables;

pub mod line;

pub mod billing;

pub mod explain;

pub mod sim;

pub mod records;

pub mod losses;

pub mod kpi;

pub mod study;

pub mod stage;

pub mod report;

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
