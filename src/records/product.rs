//! The records of one product: its parts in and out, how many are inside, their lead times and their first passes.
//!
//! A part that becomes another product leaves the one and comes to the other; its lead time is that of the product it is
//! when it is delivered, since it entered the line. In a line with one product all of this is that of the line, and is kept once.

use super::{LeadTimes, LineRecord};
use crate::kernel::Time;

/// The record of one product since the window was opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ProductRecord {
    inside_at_first: u64,
    entered: u64,
    gone: u64,
    delivered: u64,
    scrapped: u64,
    inspected: u64,
    first_pass: u64,
    /// Nanoseconds that its parts stayed, each counted from its entry (negative) to its leaving (positive).
    stay: i128,
    /// Delivered parts that were in a carrier, and the nanoseconds since they first came into one.
    from_carrier: (u64, u128),
    /// None before the first is delivered.
    lead_times: Option<Box<LeadTimes>>,
}

/// What became of one product in the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProductTotals<'a> {
    /// Parts that came into the line, or became this product.
    pub entered: u64,
    /// Good parts that left the line.
    pub delivered: u64,
    /// Parts that left it as scrap.
    pub scrapped: u64,
    /// Nanoseconds that all parts together were inside.
    pub stay: i128,
    /// Parts that left the line and were inspected anywhere on their way.
    pub inspected: u64,
    /// Those of them that no inspection ever found bad.
    pub first_pass: u64,
    /// Delivered parts that were in a carrier, and the nanoseconds since they first came into one.
    pub from_carrier: (u64, u128),
    /// Their lead times; none before the first was delivered.
    pub lead_times: Option<&'a LeadTimes>,
}

impl ProductTotals<'_> {
    /// Those of the only product of a line.
    pub(super) fn of_line(line: &LineRecord, now: Time) -> ProductTotals<'_> {
        ProductTotals {
            entered: line.created,
            delivered: line.delivered,
            scrapped: line.scrapped,
            stay: line.stay_until(now),
            inspected: line.quality.inspected,
            first_pass: line.quality.first_pass,
            // A part in a carrier is not of the only product.
            from_carrier: (0, 0),
            lead_times: Some(&line.lead_times),
        }
    }
}

impl ProductRecord {
    fn inside(&self) -> u64 {
        self.inside_at_first + self.entered - self.gone
    }

    pub(super) fn totals(&self, now: Time) -> ProductTotals<'_> {
        ProductTotals {
            entered: self.entered,
            delivered: self.delivered,
            scrapped: self.scrapped,
            stay: self.stay + i128::from(self.inside()) * i128::from(now.0),
            inspected: self.inspected,
            first_pass: self.first_pass,
            from_carrier: self.from_carrier,
            lead_times: self.lead_times.as_deref(),
        }
    }

    pub(super) fn enter(&mut self, now: Time) {
        self.entered += 1;
        self.stay -= i128::from(now.0);
    }

    /// A part is no longer inside, or another product.
    pub(super) fn leave(&mut self, now: Time) {
        self.gone += 1;
        self.stay += i128::from(now.0);
    }

    pub(super) fn deliver(&mut self, now: Time, lead: Time) {
        self.leave(now);
        self.delivered += 1;
        self.lead_times.get_or_insert_default().record(lead);
    }

    pub(super) fn come_from_carrier(&mut self, since: Time) {
        self.from_carrier.0 += 1;
        self.from_carrier.1 += u128::from(since.0);
    }

    pub(super) fn scrap(&mut self, now: Time) {
        self.leave(now);
        self.scrapped += 1;
    }

    pub(super) fn leave_inspected(&mut self, first_pass: bool) {
        self.inspected += 1;
        self.first_pass += u64::from(first_pass);
    }

    /// Adds what was in another stretch that ended then: the stays are then those up to time zero.
    pub(super) fn add(&mut self, stretch: &ProductRecord, end: Time) {
        self.inside_at_first += stretch.inside_at_first;
        self.entered += stretch.entered;
        self.gone += stretch.gone;
        self.delivered += stretch.delivered;
        self.scrapped += stretch.scrapped;
        self.inspected += stretch.inspected;
        self.first_pass += stretch.first_pass;
        self.stay += stretch.totals(end).stay;
        self.from_carrier.0 += stretch.from_carrier.0;
        self.from_carrier.1 += stretch.from_carrier.1;
        if let Some(lead_times) = &stretch.lead_times {
            self.lead_times.get_or_insert_default().add(lead_times);
        }
    }

    pub(super) fn open_window(&mut self, now: Time) {
        let inside_at_first = self.inside();
        let stay = -i128::from(inside_at_first) * i128::from(now.0);
        *self = ProductRecord { inside_at_first, stay, ..ProductRecord::default() };
    }
}
