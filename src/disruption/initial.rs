//! How equipment is when the run begins: with work in hand, with parts, down, or several of these at once.
//!
//! A run usually begins with equipment that is up and empty. One that begins as a real line was found needs this. What
//! parts it has is for the kind to say: see `checking/contents.rs`.

use super::{Breakdown, Maintenance, StopSettings, When};
use crate::checking::Check;
use crate::checking::contents::{self, ContentsList, InitialContents};
use crate::kernel::Time;
use crate::material::PartSpec;
use crate::units::Duration;
use serde::Deserialize;

/// How equipment is when the run begins, as a layout says it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Initial {
    /// There is work in hand, of which so much is left.
    pub working: Option<Duration>,
    /// Which product is in work, where it could be any; a line with one product need not say it.
    pub product: Option<String>,
    /// Parts inside: the load of a batch machine or a carrier, or what was collected for the next bill.
    pub parts: ContentsList,
    /// To how many stops of their routes its parts have come; without it as the first time that parts come here.
    pub step: Option<u32>,
    /// It is down with the breakdown of this number, from 0.
    pub down: Option<usize>,
    /// It is down for the maintenance of this number, from 0.
    pub maintenance: Option<usize>,
    /// How much longer that takes, from when a person is there for it.
    pub left: Option<Duration>,
}

/// How equipment is when the run begins, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InitialState {
    /// The work that is left, if there is work in hand.
    pub work: Option<Time>,
    /// The parts in work.
    pub in_work: InitialContents,
    /// Other parts inside, or on what is in work.
    pub parts: InitialContents,
    /// The number of the downtime that it is in, and how long that still takes.
    pub stop: Option<(u8, Time)>,
}

impl Initial {
    /// Of equipment that works on one part.
    pub(crate) fn of_one_part(&self, stops: StopSettings<'_>, check: &mut Check<'_>) -> Option<InitialState> {
        if !self.parts.is_empty() {
            let message = "one part is in work here, and nothing else inside".to_owned();
            check.fault("initial.parts", message, "name it with `product`, and leave `parts` out");
            return None;
        }
        let spec = self.spec(check)?;
        let stop = self.stop(stops, check)?;
        let in_work = spec.map(|spec| (spec, 1)).into_iter().collect();
        Some(InitialState { work: self.work(), in_work, stop, ..InitialState::default() })
    }

    /// The work that is left.
    pub(crate) fn work(&self) -> Option<Time> {
        self.working.map(|left| Time::from_secs(left.0))
    }

    /// The part in work, if there is work in hand. `None` if something is wrong.
    pub(crate) fn spec(&self, check: &mut Check<'_>) -> Option<Option<PartSpec>> {
        match (&self.working, &self.product) {
            (Some(_), product) => check.product("initial.product", product.as_deref()).map(Some),
            (None, Some(_)) => {
                let help = "write `working: \"20 s\"` with the work that is left, or leave `product` out";
                check.fault("initial.product", "no part is said to be in work".to_owned(), help);
                None
            }
            (None, None) => Some(None),
        }
    }

    /// The products of what it has, of all that there are: in work that of which there is only one, if it is not named.
    pub(crate) fn products<'a>(&'a self, all: &[&'a str]) -> impl Iterator<Item = &'a str> {
        let only = match all {
            [only] if self.working.is_some() => Some(*only),
            _ => None,
        };
        let parts = self.parts.iter().map(|(name, _)| name.as_str());
        self.product.as_deref().or(only).into_iter().chain(parts)
    }

    /// The parts that are listed.
    pub(crate) fn contents(&self, check: &mut Check<'_>) -> Option<InitialContents> {
        contents::checked("initial.parts", &self.parts, check)
    }

    /// What it is down for. `None` if something is wrong.
    pub(crate) fn stop(&self, stops: StopSettings<'_>, check: &mut Check<'_>) -> Option<Option<(u8, Time)>> {
        let StopSettings { breakdowns, maintenance, .. } = stops;
        self.check_step(check);
        let nothing = self.working.is_none() && self.parts.is_empty();
        let (field, downtime) = match (self.down, self.maintenance) {
            (None, None) => {
                if self.left.is_some() {
                    let help = "write `down: 0` with the number of a breakdown, or leave `left` out";
                    check.fault("initial.left", "no repair is said to be under way".to_owned(), help);
                    return None;
                }
                if nothing {
                    let help =
                        "write `working: \"20 s\"` or `down: 0, left: \"5 min\"`, or leave `initial` out";
                    check.fault("initial", "this says nothing of how it begins".to_owned(), help);
                }
                return Some(None);
            }
            (Some(_), Some(_)) => {
                let help = "leave `down` or `maintenance` out";
                check.fault("initial.maintenance", "it stands for one thing at a time".to_owned(), help);
                return None;
            }
            (Some(mode), None) => ("initial.down", self.breakdown(mode, breakdowns, check)?),
            (None, Some(plan)) => {
                let number = self.plan(plan, maintenance, check)?;
                ("initial.maintenance", breakdowns.len() + number)
            }
        };
        let Some(left) = self.left else {
            let help = "write `left: \"5 min\"` with what is left of it";
            check.fault(field, "it is not said how long this still takes".to_owned(), help);
            return None;
        };
        Some(Some((downtime as u8, Time::from_secs(left.0))))
    }

    /// How far parts have come on a route is said only of parts that have one.
    fn check_step(&self, check: &mut Check<'_>) {
        let names: Vec<&str> = check.around.products.iter().map(|known| known.name.as_str()).collect();
        let routes = names.iter().zip(check.around.operations.iter());
        let routed: Vec<&str> =
            routes.filter(|(_, stops)| !stops.is_empty()).map(|(name, _)| *name).collect();
        let in_work = self.working.is_some() && self.product.is_none();
        let has_route =
            in_work && !routed.is_empty() || self.products(&names).any(|name| routed.contains(&name));
        if self.step.is_some() && !has_route {
            let message = "no part that it begins with follows a route".to_owned();
            check.fault("initial.step", message, "leave `step` out, or give the product a `route`");
        }
    }

    fn breakdown(&self, mode: usize, breakdowns: &[Breakdown], check: &mut Check<'_>) -> Option<usize> {
        if mode < breakdowns.len() {
            return Some(mode);
        }
        let help = match breakdowns.len() {
            0 => "it has no breakdowns; add this one to `breakdowns`".to_owned(),
            count => format!("breakdowns are counted from 0, and it has {count}"),
        };
        check.fault("initial.down", format!("there is no breakdown {mode}"), &help);
        None
    }

    fn plan(&self, plan: usize, maintenance: &[Maintenance], check: &mut Check<'_>) -> Option<usize> {
        let Some(written) = maintenance.get(plan) else {
            let help = match maintenance.len() {
                0 => "it is never maintained; add this plan to `maintenance`".to_owned(),
                count => format!("plans are counted from 0, and it has {count}"),
            };
            check.fault("initial.maintenance", format!("there is no plan {plan}"), &help);
            return None;
        };
        if self.working.is_some() && written.when != When::AtOnce {
            let message = "this maintenance waits for the end of the work, which is in hand still".to_owned();
            check.fault("initial.maintenance", message, "leave `working` out");
            return None;
        }
        Some(plan)
    }
}
