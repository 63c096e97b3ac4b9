//! Random-number streams: one for each (seed, replication, element name, purpose, index), so that no two uses share numbers.
//!
//! A stream depends on the *name* of its element. So inserting, removing or moving an element in the file changes no random
//! numbers of other elements. `distribution.rs` turns the numbers into samples. Read [`Stream`] first.
//!
//! **The rule of the draws: every draw takes exactly one number from its stream.** A distribution that needs more numbers takes
//! them from a small generator ([`SplitMix`]) seeded by that number. So the k-th draw of a stream stays the k-th draw with every
//! distribution, and common random numbers stay in step when an upgrade replaces one distribution by another. (A constant
//! distribution draws nothing.)
//!
//! The seeding is part of the results and never changes; the tests hold its bits:
//! 1. `name` = FNV-1a, 64 bits, over the UTF-8 bytes of the element's name;
//! 2. `key` = 0, then for each word of `seed, replication, purpose << 32 | index, name`: `key = mix(key ^ word)`, where
//!    `mix` is one step of SplitMix64 (add the golden ratio, finalise);
//! 3. the four words of xoshiro256++ are the next four numbers of SplitMix64 from `key`.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// What an element needs numbers for. The numbers of the purposes are part of the results: add at the end, never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u32)]
pub enum Purpose {
    /// Times between arrivals.
    Arrival = 1,
    /// Times of operations.
    Cycle = 2,
    /// Times (or parts) to failure; the index is that of the mode.
    Failure = 3,
    /// Times of repairs; the index is that of the mode.
    Repair = 4,
    /// Which way a part goes.
    Routing = 5,
    /// Times to load.
    Loading = 6,
    /// Times to unload.
    Unloading = 7,
    /// Times on the way.
    Travel = 8,
    /// Times to change tools or product.
    Setup = 9,
    /// Whether a part is good, and whether a test sees it.
    Quality = 10,
    /// Which product comes next.
    Mix = 11,
    /// Choices of a dispatching rule.
    Dispatch = 12,
    /// Times to warm up.
    WarmUp = 13,
    /// Times of planned maintenance; the index is that of the plan.
    Maintenance = 14,
    /// When a part is due.
    Due = 15,
}

/// A sequence of random numbers that belongs to one element and one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    generator: Xoshiro256PlusPlus,
}

impl Stream {
    /// The stream of this element for this purpose; `index` selects one of several with the same purpose.
    pub fn new(seed: u64, replication: u64, element: &str, purpose: Purpose, index: u32) -> Stream {
        let which = (purpose as u64) << 32 | u64::from(index);
        let words = [seed, replication, which, fnv1a(element)];
        let key = words.into_iter().fold(0, |key, word| SplitMix(key ^ word).next());
        Stream { generator: Xoshiro256PlusPlus::seed_from_u64(key) }
    }

    /// A stream for a prototype that gets its own before it is used.
    pub fn unseeded() -> Stream {
        Stream { generator: Xoshiro256PlusPlus::seed_from_u64(0) }
    }

    /// The next number.
    #[inline]
    #[expect(
        clippy::should_implement_trait,
        reason = "a stream never ends, so there is nothing to iterate to"
    )]
    pub fn next(&mut self) -> u64 {
        self.generator.next_u64()
    }

    /// The next number as a share between 0 and 1, both excluded.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        unit(self.next())
    }
}

impl Default for Stream {
    fn default() -> Stream {
        Stream::unseeded()
    }
}

/// Where a distribution goes on that needs more than the one number it takes from its stream (Steele, Lea, Flood 2014).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SplitMix(pub(crate) u64);

impl SplitMix {
    /// The next number.
    #[inline]
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The next number as a share between 0 and 1, both excluded.
    #[inline]
    pub(crate) fn unit(&mut self) -> f64 {
        unit(self.next())
    }
}

/// The middle of one of 2^52 equal steps between 0 and 1: never 0, never 1, growing with the number,
/// and `unit(!number)` is exactly `1 - unit(number)`.
#[inline]
pub(crate) fn unit(number: u64) -> f64 {
    const HALF_STEP: f64 = f64::EPSILON / 2.0;
    // The upper 52 bits as the fraction of a number in [1, 2); the subtraction is exact.
    f64::from_bits(1.0f64.to_bits() | number >> 12) - (1.0 - HALF_STEP)
}

fn fnv1a(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(seed: u64, replication: u64, element: &str, purpose: Purpose, index: u32) -> u64 {
        Stream::new(seed, replication, element, purpose, index).next()
    }

    #[test]
    fn the_hash_of_a_name_is_the_published_one() {
        assert_eq!(fnv1a(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn the_continuation_is_the_published_one() {
        let mut more = SplitMix(1_234_567);
        let numbers = [more.next(), more.next(), more.next()];
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn the_numbers_of_a_stream_never_change() {
        let mut stream = Stream::new(2026, 3, "weld", Purpose::Cycle, 1);
        let numbers = [stream.next(), stream.next(), stream.next()];
        assert_eq!(
            numbers,
            [7_715_277_952_514_145_128, 1_759_267_706_133_292_367, 1_824_584_925_090_595_374]
        );
    }

    #[test]
    fn every_part_of_the_key_makes_another_stream() {
        let numbers = [
            first(1, 1, "weld", Purpose::Cycle, 0),
            first(2, 1, "weld", Purpose::Cycle, 0),
            first(1, 2, "weld", Purpose::Cycle, 0),
            first(1, 1, "weld ", Purpose::Cycle, 0),
            first(1, 1, "", Purpose::Cycle, 0),
            first(1, 1, "weld", Purpose::Repair, 0),
            first(1, 1, "weld", Purpose::Cycle, 1),
        ];
        let distinct: std::collections::BTreeSet<u64> = numbers.into_iter().collect();
        assert_eq!(distinct.len(), numbers.len());
    }

    #[test]
    fn a_thousand_elements_with_ten_replications_share_no_first_number() {
        let mut seen = std::collections::BTreeSet::new();
        for replication in 0..10 {
            for element in 0..1000 {
                assert!(seen.insert(first(1, replication, &format!("m{element}"), Purpose::Cycle, 0)));
            }
        }
    }

    #[test]
    fn a_share_is_never_zero_nor_one_and_its_complement_is_exact() {
        assert_eq!(unit(0), 2f64.powi(-53));
        assert_eq!(unit(u64::MAX), 1.0 - 2f64.powi(-53));
        for number in [0, 1, 5_000, 1 << 52, u64::MAX / 3, u64::MAX] {
            assert_eq!(unit(!number), 1.0 - unit(number));
        }
    }

    #[test]
    fn shares_are_spread_evenly() {
        let mut stream = Stream::new(1, 0, "weld", Purpose::Routing, 0);
        let mut bins = [0u32; 10];
        for _ in 0..100_000 {
            bins[(stream.unit() * 10.0) as usize] += 1;
        }
        let chi_square: f64 = bins.iter().map(|&n| (f64::from(n) - 10_000.0).powi(2) / 10_000.0).sum();
        // 99.9 % point of chi-square with nine degrees of freedom.
        assert!(chi_square < 27.88, "{bins:?}");
    }
}
