//! Linear programs: the largest value of one sum under linear limits, then of a second one among all that reach the first, and
//! so on (the simplex method of Dantzig, with a dictionary).
//!
//! No variable is below zero, and all variables at zero are always feasible: every limit is zero or more, and every equation has
//! zero on its right side. So the search begins at zero. Ties are broken by the number of the variable, so
//! that the result is the same everywhere. Read [`Program`] first.

/// A sum of variables, by their numbers.
pub(super) type Sum = Vec<(usize, f64)>;

/// The constraints of the variables.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    /// How many variables there are.
    pub(super) variables: usize,
    /// Sums, and what each may be at most; none where it must be zero.
    pub(super) rows: Vec<(Sum, Option<f64>)>,
}

/// The best values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Solution {
    /// Of each variable.
    pub(super) values: Vec<f64>,
    /// How many of the sums have a largest value; the next one has none.
    pub(super) bounded: usize,
}

/// Of more numbers than this nothing is calculated: it would take minutes.
const MOST: usize = 3_000_000;
/// What rounding leaves of zero, where the largest number of each row and column is 1.
const ZERO: f64 = 1e-11;

impl Program {
    /// Adds a variable; its number.
    pub(super) fn variable(&mut self) -> usize {
        self.variables += 1;
        self.variables - 1
    }

    /// The values at which each of these sums is largest, the first of them first; none if there are too many variables.
    pub(super) fn largest(&self, sums: &[Sum]) -> Option<Solution> {
        if self.rows.len().saturating_mul(self.variables) > MOST {
            return None;
        }
        let mut dictionary = Dictionary::of(self, sums);
        dictionary.keep_equal();
        let mut bounded = 0;
        while bounded < sums.len() && dictionary.maximise(bounded) {
            bounded += 1;
        }
        Some(Solution { values: dictionary.values(self.variables), bounded })
    }
}

/// The basic variables, each as its value less a sum of the others, which are zero.
struct Dictionary {
    /// Row by row, the factors of the variables that are zero.
    rows: Vec<Vec<f64>>,
    values: Vec<f64>,
    /// Which variable each row is of, and which each column.
    basic: Vec<usize>,
    free: Vec<usize>,
    /// Columns that must stay zero.
    barred: Vec<bool>,
    /// Rows that must be zero.
    equal: Vec<usize>,
    /// What each sum gains by each column.
    gains: Vec<Vec<f64>>,
    /// By what each variable is divided.
    scales: Vec<f64>,
}

impl Dictionary {
    fn of(program: &Program, sums: &[Sum]) -> Dictionary {
        let n = program.variables;
        let mut scales = vec![0.0_f64; n];
        for (sum, _) in &program.rows {
            sum.iter().for_each(|(of, factor)| scales[*of] = scales[*of].max(factor.abs()));
        }
        scales.iter_mut().for_each(|scale| *scale = if *scale > 0.0 { *scale } else { 1.0 });
        let (mut rows, mut values, mut equal) = (Vec::new(), Vec::new(), Vec::new());
        for (sum, most) in &program.rows {
            let mut row = vec![0.0; n];
            sum.iter().for_each(|(of, factor)| row[*of] += factor / scales[*of]);
            let largest = row.iter().fold(0.0_f64, |largest, factor| largest.max(factor.abs()));
            if largest == 0.0 {
                continue;
            }
            row.iter_mut().for_each(|factor| *factor /= largest);
            if most.is_none() {
                equal.push(rows.len());
            }
            rows.push(row);
            values.push(most.unwrap_or(0.0) / largest);
        }
        let gain = |sum: &Sum| {
            let mut gains = vec![0.0; n];
            sum.iter().for_each(|(of, factor)| gains[*of] += factor / scales[*of]);
            let largest = gains.iter().fold(0.0_f64, |largest, gain| largest.max(gain.abs()));
            gains.iter().map(|gain| if largest > 0.0 { gain / largest } else { 0.0 }).collect()
        };
        let gains = sums.iter().map(gain).collect();
        let basic = (n..n + rows.len()).collect();
        Dictionary {
            rows,
            values,
            basic,
            free: (0..n).collect(),
            barred: vec![false; n],
            equal,
            gains,
            scales,
        }
    }

    /// Solves each row that must be zero for one of its variables.
    fn keep_equal(&mut self) {
        for row in std::mem::take(&mut self.equal) {
            let mut best = None;
            for (column, factor) in self.rows[row].iter().enumerate() {
                let better = best.is_none_or(|best: usize| factor.abs() > self.rows[row][best].abs());
                if !self.barred[column] && factor.abs() > ZERO && better {
                    best = Some(column);
                }
            }
            if let Some(column) = best {
                self.pivot(row, column);
                self.barred[column] = true;
            }
        }
    }

    /// Makes one of the sums as large as it can be, and keeps it so; whether it has a largest value.
    fn maximise(&mut self, nth: usize) -> bool {
        let patience = 20 * (self.rows.len() + self.free.len());
        let mut pivots = 0;
        while let Some(column) = self.entering(nth, pivots > patience) {
            let Some(row) = self.leaving(column) else { return false };
            self.pivot(row, column);
            pivots += 1;
            if pivots > 10 * patience {
                break;
            }
        }
        for column in 0..self.free.len() {
            self.barred[column] |= self.gains[nth][column] < -ZERO;
        }
        true
    }

    /// The column that gains most; after a while the first that gains, which never goes round in a circle (Bland).
    fn entering(&self, nth: usize, first: bool) -> Option<usize> {
        let gains = &self.gains[nth];
        let mut best = None;
        for column in (0..gains.len()).filter(|column| !self.barred[*column] && gains[*column] > ZERO) {
            let better = |best: usize| match first {
                true => self.free[column] < self.free[best],
                false => gains[column] > gains[best],
            };
            if best.is_none_or(better) {
                best = Some(column);
            }
        }
        best
    }

    /// The row that limits a column first.
    fn leaving(&self, column: usize) -> Option<usize> {
        let mut best: Option<(usize, f64)> = None;
        for (row, factors) in self.rows.iter().enumerate().filter(|(_, factors)| factors[column] > ZERO) {
            let ratio = self.values[row] / factors[column];
            let better = |(other, least): (usize, f64)| {
                ratio < least || (ratio == least && self.basic[row] < self.basic[other])
            };
            if best.is_none_or(better) {
                best = Some((row, ratio));
            }
        }
        best.map(|(row, _)| row)
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let factor = self.rows[row][column];
        let mut pivot = std::mem::take(&mut self.rows[row]);
        pivot.iter_mut().for_each(|other| *other /= factor);
        pivot[column] = 1.0 / factor;
        self.values[row] = (self.values[row] / factor).max(0.0);
        let value = self.values[row];
        let steps: Vec<usize> = (0..pivot.len()).filter(|nth| pivot[*nth] != 0.0).collect();
        let replace = |factors: &mut Vec<f64>| {
            let own = std::mem::take(&mut factors[column]);
            steps.iter().for_each(|nth| factors[*nth] -= own * pivot[*nth]);
            own
        };
        for (nth, factors) in self.rows.iter_mut().enumerate().filter(|(_, factors)| !factors.is_empty()) {
            if factors[column] != 0.0 {
                let own = replace(factors);
                self.values[nth] = (self.values[nth] - own * value).max(0.0);
            }
        }
        for gains in self.gains.iter_mut().filter(|gains| gains[column] != 0.0) {
            replace(gains);
        }
        self.rows[row] = pivot;
        std::mem::swap(&mut self.basic[row], &mut self.free[column]);
    }

    fn values(&self, variables: usize) -> Vec<f64> {
        let mut values = vec![0.0; variables];
        for (value, of) in self.values.iter().zip(&self.basic).filter(|(_, of)| **of < variables) {
            values[*of] = value / self.scales[*of];
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(variables: usize, rows: &[(&[f64], Option<f64>)]) -> Program {
        let sum = |factors: &[f64]| factors.iter().copied().enumerate().collect();
        Program { variables, rows: rows.iter().map(|(factors, most)| (sum(factors), *most)).collect() }
    }

    /// By hand: 2 x + y ≤ 10, x + 3 y ≤ 15 meet at x = 3, y = 4.
    #[test]
    fn the_largest_sum_lies_where_two_limits_meet() {
        let limits = program(2, &[(&[2.0, 1.0], Some(10.0)), (&[1.0, 3.0], Some(15.0))]);
        let best = limits.largest(&[vec![(0, 1.0), (1, 1.0)]]).expect("a small program");
        assert_eq!(best.bounded, 1);
        assert!((best.values[0] - 3.0).abs() < 1e-12 && (best.values[1] - 4.0).abs() < 1e-12, "{best:?}");
    }

    #[test]
    fn a_second_sum_is_largest_among_those_that_reach_the_first() {
        // x + y ≤ 10 and y ≤ 4: the sum is 10 anyway, then as much of y as there can be.
        let limits = program(2, &[(&[1.0, 1.0], Some(10.0)), (&[0.0, 1.0], Some(4.0))]);
        let best = limits.largest(&[vec![(0, 1.0), (1, 1.0)], vec![(1, 1.0)]]).expect("a small program");
        assert!((best.values[0] - 6.0).abs() < 1e-12 && (best.values[1] - 4.0).abs() < 1e-12, "{best:?}");
    }

    #[test]
    fn what_must_be_equal_is_and_what_has_no_limit_is_told() {
        let mut limits = program(2, &[(&[1.0, -4.0], None), (&[1.0, 0.0], Some(8.0))]);
        let best = limits.largest(&[vec![(1, 1.0)]]).expect("a small program");
        assert!((best.values[0] - 8.0).abs() < 1e-12 && (best.values[1] - 2.0).abs() < 1e-12, "{best:?}");
        limits.rows.pop();
        assert_eq!(limits.largest(&[vec![(0, 1.0)]]).expect("a small program").bounded, 0);
    }
}
