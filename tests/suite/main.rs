//! The proof: what the product says is held against theory, against hand arithmetic, against a slow and obvious twin,
//! and against itself under random lines.
//!
//! Everything goes the user's road: a layout is written as text, read from a file, checked, run. Read [`kit`] first,
//! then any file; each proves one behaviour.

mod aging;
mod app;
mod assembly;
mod assembly_stops;
mod availability;
mod batches;
mod beginnings;
mod carriers;
mod choices;
mod cli;
mod closed_forms;
mod conveyor_energy;
mod conveyor_recursion;
mod conveyors;
mod coverage;
mod crews;
mod decisions;
mod draws;
mod effectiveness;
mod effectiveness_mix;
mod energy;
mod exit_codes;
mod expectations;
mod explain;
mod explain_flow;
mod explain_setups;
mod first_instant;
mod foreign;
mod groups;
mod house;
mod inspections;
mod instants;
mod interruption;
mod invariants;
mod json_layouts;
mod kit;
mod live_changes;
mod looks;
mod maintenance;
mod model_files;
mod operations;
mod order;
mod outputs;
mod pages;
mod random_elements;
mod random_lines;
mod recursion;
mod robots;
mod route_ends;
mod routes;
mod scenes;
mod sensitivity;
mod settings;
mod shops;
mod standstill;
mod streams;
mod stuck;
mod stuck_assembly;
mod twins;
mod waiting;
mod waiting_diary;
mod zones;
