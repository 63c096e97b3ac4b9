//! A distribution and its stream, with one value drawn ahead.
//!
//! Drawing ahead changes no value and takes the draw off the critical path: what the event queue needs now was computed
//! while the operation before it was settled.

use super::{Distribution, Stream, Time};

/// Times that follow a distribution, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampler {
    next: Time,
    distribution: Distribution,
    stream: Stream,
}

impl Sampler {
    /// Times that follow `distribution`, once they have a stream.
    pub fn new(distribution: Distribution) -> Sampler {
        Sampler { next: Time::ZERO, distribution, stream: Stream::default() }
    }

    /// Times so many times as long, once they have a stream.
    pub fn times(&self, factor: f64) -> Sampler {
        Sampler::new(self.distribution.times(factor))
    }

    /// Begins again with a stream.
    pub fn seed(&mut self, stream: Stream) {
        self.stream = stream;
        self.next = self.distribution.draw_time(&mut self.stream);
    }

    /// Goes on with another distribution and the same random numbers. A sample drawn ahead becomes longer or shorter in the ratio
    /// of the means.
    pub fn follow(&mut self, distribution: &Distribution) {
        self.next = match (self.distribution.is_constant(), distribution.is_constant()) {
            (false, false) => Time::from_secs(self.next.secs() * self.distribution.ratio(distribution)),
            _ => distribution.draw_time(&mut self.stream),
        };
        self.distribution = distribution.clone();
    }

    /// What they follow.
    pub fn distribution(&self) -> &Distribution {
        &self.distribution
    }

    /// Their mean.
    #[inline]
    pub fn mean_time(&self) -> Time {
        self.distribution.mean_time()
    }

    /// Reads a little, so that it is in the cache when a time is drawn.
    #[inline]
    pub fn touch(&self) -> u64 {
        self.next.0
    }

    /// The time that will be drawn next.
    pub fn peek(&self) -> Time {
        self.next
    }

    /// The next time.
    #[inline(always)]
    pub fn draw(&mut self) -> Time {
        std::mem::replace(&mut self.next, self.distribution.draw_time(&mut self.stream))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Purpose;

    #[test]
    fn drawing_ahead_changes_no_value() {
        let distribution = Distribution::exponential(3.0).expect("a distribution");
        let mut stream = Stream::new(1, 2, "saw", Purpose::Cycle, 0);
        let mut sampler = Sampler::new(distribution.clone());
        sampler.seed(stream.clone());
        assert!((0..100).all(|_| sampler.draw() == distribution.draw_time(&mut stream)));
    }

    #[test]
    fn another_distribution_goes_on_with_the_same_random_numbers() {
        let [slow, fast] = [6.0, 3.0].map(|mean| Distribution::exponential(mean).expect("a distribution"));
        let mut sampler = Sampler::new(slow.clone());
        sampler.seed(Stream::new(1, 2, "saw", Purpose::Cycle, 0));
        let mut twin = Sampler::new(fast.clone());
        twin.seed(Stream::new(1, 2, "saw", Purpose::Cycle, 0));
        for _ in 0..7 {
            assert_ne!(sampler.draw(), twin.draw());
        }

        sampler.follow(&fast);

        let drawn_ahead = (sampler.draw().0 as i64 - twin.draw().0 as i64).abs();
        assert!(drawn_ahead <= 2, "twice as fast is half as long, to a rounding: {drawn_ahead}");
        assert!((0..100).all(|_| sampler.draw() == twin.draw()));
    }
}
