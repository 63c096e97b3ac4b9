//! The records of quality: findings of inspections, reworks, and the condition of parts that left the line.

/// Counts since the window was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QualityRecord {
    /// Judgements of inspections.
    pub judged: u64,
    /// Those that found a part bad, rightly or not.
    pub found_bad: u64,
    /// Operations that reworked a part.
    pub reworked: u64,
    /// Parts that left the line, as good ones or as scrap, and were inspected anywhere on their way.
    pub inspected: u64,
    /// Those of them that no inspection ever found bad.
    pub first_pass: u64,
    /// Parts that were delivered with a defect.
    pub escaped: u64,
    /// Parts that were scrapped, by the number of their product; as long as the highest number that was.
    scrapped: Vec<u64>,
}

impl QualityRecord {
    /// Parts that were scrapped, by the number of their product.
    pub fn scrapped(&self, product: usize) -> u64 {
        self.scrapped.get(product).copied().unwrap_or(0)
    }

    pub(super) fn judge(&mut self, bad: bool) {
        self.judged += 1;
        self.found_bad += u64::from(bad);
    }

    pub(super) fn leave_inspected(&mut self, first_pass: bool) {
        self.inspected += 1;
        self.first_pass += u64::from(first_pass);
    }

    /// Adds what was in another stretch.
    pub(super) fn add(&mut self, stretch: &QualityRecord) {
        let QualityRecord { judged, found_bad, reworked, inspected, first_pass, escaped, scrapped } = stretch;
        self.judged += judged;
        self.found_bad += found_bad;
        self.reworked += reworked;
        self.inspected += inspected;
        self.first_pass += first_pass;
        self.escaped += escaped;
        self.scrapped.resize(self.scrapped.len().max(scrapped.len()), 0);
        self.scrapped.iter_mut().zip(scrapped).for_each(|(all, more)| *all += more);
    }

    pub(super) fn scrap(&mut self, product: u32) {
        let product = product as usize;
        if self.scrapped.len() <= product {
            self.scrapped.resize(product + 1, 0);
        }
        self.scrapped[product] += 1;
    }
}
