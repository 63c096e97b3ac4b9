//! Prices in tiers: the first part of a quantity costs one price, the next part another. Read [`Tiers`].

/// A price up to a limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceTier {
    /// The quantity up to which it holds; infinite for the last.
    pub up_to: f64,
    /// Money per unit.
    pub price: f64,
}

/// Prices by quantity, in ascending order; the last has no limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Tiers(Vec<PriceTier>);

impl Tiers {
    /// One price for any quantity.
    pub(super) fn flat(price: f64) -> Tiers {
        Tiers(vec![PriceTier { up_to: f64::INFINITY, price }])
    }

    /// Several prices; the limits must ascend, and the last be infinite.
    pub(super) fn new(tiers: Vec<PriceTier>) -> Tiers {
        assert!(tiers.windows(2).all(|pair| pair[0].up_to < pair[1].up_to), "limits ascend");
        assert!(tiers.last().is_some_and(|last| last.up_to == f64::INFINITY), "the last has no limit");
        Tiers(tiers)
    }

    /// The tiers.
    pub fn all(&self) -> &[PriceTier] {
        &self.0
    }

    /// The price of the first unit.
    pub fn first_price(&self) -> f64 {
        self.0[0].price
    }

    /// Which part of a quantity has which price, as far as the quantity reaches; of nothing, the first price for nothing.
    pub(super) fn parts(&self, quantity: f64) -> Vec<(PriceTier, f64)> {
        let mut below = 0.0;
        let mut parts = Vec::new();
        for tier in &self.0 {
            let part = quantity.min(tier.up_to) - below;
            if part > 0.0 || parts.is_empty() {
                parts.push((*tier, part.max(0.0)));
            }
            below = tier.up_to;
            if quantity <= below {
                break;
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_quantity_has_the_price_of_its_tier() {
        let tier = |up_to, price| PriceTier { up_to, price };
        let tiers = Tiers::new(vec![tier(100.0, 10.0), tier(150.0, 7.0), tier(f64::INFINITY, 5.0)]);
        let amounts = |quantity: f64| -> Vec<(f64, f64)> {
            tiers.parts(quantity).iter().map(|(tier, part)| (tier.price, *part)).collect()
        };
        assert_eq!(amounts(0.0), [(10.0, 0.0)]);
        assert_eq!(amounts(100.0), [(10.0, 100.0)]);
        assert_eq!(amounts(130.0), [(10.0, 100.0), (7.0, 30.0)]);
        assert_eq!(amounts(200.0), [(10.0, 100.0), (7.0, 50.0), (5.0, 50.0)]);
    }
}
