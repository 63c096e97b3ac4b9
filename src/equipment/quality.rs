//! Quality: defects, judgements and successful reworks, each with a probability.
//!
//! A part keeps its defect from the machine where it arises until a rework mends it, whether an inspection finds it or not.
//! Each probability has its own random-number stream and draws one number for each part, whatever its value. So a lower
//! probability spares some of the parts and affects no others.

use super::{Leaving, Outlook, Possibility, Specimen};
use crate::checking::Check;
use crate::context::Context;
use crate::event::{Listener, Slot, What};
use crate::kernel::{Purpose, Stream};
use crate::material::PartId;
use serde::Deserialize;

/// What an element does to the quality of parts; key figures ask for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// Whether defects arise there.
    pub causes_defects: bool,
    /// Whether it judges parts.
    pub inspects: bool,
    /// Whether it reworks parts.
    pub reworks: bool,
    /// How often a part is reworked before it gives it up, if it counts that.
    pub limit: Option<u8>,
}

/// What a probability is for. The numbers select the streams of one element and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum DefectCause {
    /// A defect arises.
    Defect = 0,
    /// A judgement is wrong.
    Judgement = 1,
    /// A part is in the sample.
    Sample = 2,
    /// Rework helps.
    Rework = 3,
}

/// A probability: the share of the parts to which something happens.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Chance {
    pub(crate) share: f64,
    stream: Stream,
}

impl Chance {
    /// A chance without its random numbers.
    pub(crate) fn new(share: f64) -> Chance {
        Chance { share, stream: Stream::unseeded() }
    }

    /// Gives it its random numbers.
    pub(crate) fn seed(&mut self, cause: DefectCause, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.stream = stream(Purpose::Quality, cause as u32);
    }

    /// Whether it happens to the next part.
    #[inline]
    pub(crate) fn occurs(&mut self) -> bool {
        let share = self.share;
        self.occurs_at(share)
    }

    /// The same with a share that is known only now.
    pub(crate) fn occurs_at(&mut self, share: f64) -> bool {
        self.stream.unit() < share
    }
}

/// That a machine mends what is wrong with a part, as a layout says it.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rework {
    /// The share of the defective parts that are good afterwards.
    pub success: f64,
}

/// What the work of a machine does to the quality of its parts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct QualityEffect {
    defects: Chance,
    rework: Option<Chance>,
}

impl QualityEffect {
    /// Checks the settings `defects` and `rework`; none if the work leaves the quality as it is.
    pub(crate) fn checked(
        defects: f64,
        rework: Option<Rework>,
        check: &mut Check<'_>,
    ) -> Option<Box<QualityEffect>> {
        check.share("defects", defects);
        if let Some(Rework { success }) = rework {
            check.share("rework.success", success);
        }
        let rework = rework.map(|rework| Chance::new(rework.success));
        let matters = defects > 0.0 || rework.is_some();
        matters.then(|| Box::new(QualityEffect { defects: Chance::new(defects), rework }))
    }

    pub(crate) fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.defects.seed(DefectCause::Defect, stream);
        self.rework.iter_mut().for_each(|rework| rework.seed(DefectCause::Rework, stream));
    }

    /// What it does, for key figures.
    pub(crate) fn quality(&self) -> Quality {
        Quality {
            causes_defects: self.defects.share > 0.0,
            inspects: false,
            reworks: self.rework.is_some(),
            limit: None,
        }
    }

    /// What becomes of a part.
    pub(crate) fn outlook(&self, part: Specimen) -> Outlook {
        let success = self.rework.as_ref().map_or(0.0, |rework| rework.share);
        let left = if part.defective { 1.0 - success } else { 0.0 };
        let reworks = part.reworks.saturating_add(u8::from(self.rework.is_some()));
        let defective = left + (1.0 - left) * self.defects.share;
        let becomes = |defective, share| Possibility {
            share,
            work: 1.0,
            outputs: vec![Leaving::of(Specimen { defective, reworks, ..part }, 0)],
        };
        let both = [becomes(true, defective), becomes(false, 1.0 - defective)];
        Outlook::of(both.into_iter().filter(|outcome| outcome.share > 0.0).collect())
    }

    /// Whether a running machine can go on with other settings: rework is not begun on the way.
    pub(crate) fn can_become(before: Option<&QualityEffect>, after: Option<&QualityEffect>) -> bool {
        let kind = |one: Option<&QualityEffect>| one.map(|one| one.rework.is_some());
        kind(before) == kind(after)
    }

    /// Goes on with other shares.
    pub(crate) fn become_like(&mut self, settings: &QualityEffect) {
        let QualityEffect { defects, rework } = settings;
        self.defects.share = defects.share;
        if let (Some(own), Some(rework)) = (&mut self.rework, rework) {
            own.share = rework.share;
        }
    }

    /// The work on a part is done. What is mended may be marred again in the same breath.
    #[inline(never)]
    pub(crate) fn finish<L: Listener>(&mut self, part: PartId, me: Slot, ctx: &mut Context<'_, L>) {
        let attributes = ctx.parts.attributes_mut(part);
        let found_bad = attributes.rejected;
        if let Some(rework) = &mut self.rework {
            attributes.defective &= !rework.occurs();
            attributes.rejected = false;
            attributes.reworks = attributes.reworks.saturating_add(u8::from(found_bad));
        }
        attributes.defective |= self.defects.occurs();
        // A part that no inspection found bad has its first pass here, whatever is mended in it.
        if self.rework.is_some() && found_bad {
            ctx.emit_for(me, part, What::Reworked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smaller_share_affects_only_parts_of_the_larger() {
        let stream = |purpose, index| Stream::new(1, 0, "test", purpose, index);
        let [mut few, mut many] = [0.1, 0.3].map(Chance::new);
        few.seed(DefectCause::Defect, &stream);
        many.seed(DefectCause::Defect, &stream);
        let drawn: Vec<(bool, bool)> = (0..10_000).map(|_| (few.occurs(), many.occurs())).collect();
        assert!(drawn.iter().all(|(few, many)| *many || !few));
        let share = |n: usize| n as f64 / drawn.len() as f64;
        // Four standard deviations of 10 000 draws are 0.012 and 0.018.
        assert!((share(drawn.iter().filter(|both| both.0).count()) - 0.1).abs() < 0.012);
        assert!((share(drawn.iter().filter(|both| both.1).count()) - 0.3).abs() < 0.018);
    }

    #[test]
    fn a_share_of_zero_affects_no_part_and_a_share_of_one_affects_all() {
        let stream = |purpose, index| Stream::new(1, 0, "test", purpose, index);
        for (share, all) in [(0.0, false), (1.0, true)] {
            let mut chance = Chance::new(share);
            chance.seed(DefectCause::Judgement, &stream);
            assert!((0..1000).all(|_| chance.occurs() == all));
        }
    }
}
