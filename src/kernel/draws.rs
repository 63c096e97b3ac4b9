//! A law and its stream, with one value drawn ahead.
//!
//! Drawing ahead changes no value and takes the draw off the critical path: what the calendar needs now was computed
//! while the operation before it was settled.

use super::{Law, Stream, Time};

/// Times that follow a law, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Draws {
    next: Time,
    law: Law,
    stream: Stream,
}

impl Draws {
    /// Times that follow `law`, once they have a stream.
    pub fn new(law: Law) -> Draws {
        Draws { next: Time::ZERO, law, stream: Stream::default() }
    }

    /// Begins anew with a stream.
    pub fn seed(&mut self, stream: Stream) {
        self.stream = stream;
        self.next = self.law.draw_time(&mut self.stream);
    }

    /// Goes on by another law, with the same random numbers. What was drawn ahead keeps its luck: it becomes as much longer
    /// or shorter as the mean does.
    pub fn follow(&mut self, law: &Law) {
        self.next = match (self.law.is_constant(), law.is_constant()) {
            (false, false) => Time::from_secs(self.next.secs() * self.law.ratio(law)),
            _ => law.draw_time(&mut self.stream),
        };
        self.law = law.clone();
    }

    /// What they follow.
    pub fn law(&self) -> &Law {
        &self.law
    }

    /// Their mean.
    #[inline]
    pub fn mean_time(&self) -> Time {
        self.law.mean_time()
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
        std::mem::replace(&mut self.next, self.law.draw_time(&mut self.stream))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Purpose;

    #[test]
    fn drawing_ahead_changes_no_value() {
        let law = Law::exponential(3.0).expect("a law");
        let mut stream = Stream::new(1, 2, "saw", Purpose::Cycle, 0);
        let mut draws = Draws::new(law.clone());
        draws.seed(stream.clone());
        assert!((0..100).all(|_| draws.draw() == law.draw_time(&mut stream)));
    }

    #[test]
    fn another_law_goes_on_with_the_same_random_numbers() {
        let [slow, fast] = [6.0, 3.0].map(|mean| Law::exponential(mean).expect("a law"));
        let mut draws = Draws::new(slow.clone());
        draws.seed(Stream::new(1, 2, "saw", Purpose::Cycle, 0));
        let mut twin = Draws::new(fast.clone());
        twin.seed(Stream::new(1, 2, "saw", Purpose::Cycle, 0));
        for _ in 0..7 {
            assert_ne!(draws.draw(), twin.draw());
        }

        draws.follow(&fast);

        let drawn_ahead = (draws.draw().0 as i64 - twin.draw().0 as i64).abs();
        assert!(drawn_ahead <= 2, "twice as fast is half as long, to a rounding: {drawn_ahead}");
        assert!((0..100).all(|_| draws.draw() == twin.draw()));
    }
}
