//! The space of settings: an option for each choice, or the value in the file.
//!
//! Read [`ChosenOptions`] first, then [`SettingSpace`].

use super::Choice;

/// A setting: for each choice 0 for what the file says, or the number of an option, from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChosenOptions(pub Vec<usize>);

impl ChosenOptions {
    /// How many fields it changes.
    pub fn changes(&self) -> usize {
        self.0.iter().filter(|option| **option > 0).count()
    }
}

/// All settings of some choices.
#[derive(Clone, Debug)]
pub struct SettingSpace {
    /// The choices; their options differ from each other and from the file.
    pub choices: Vec<Choice>,
}

impl SettingSpace {
    /// The line as it is written.
    pub fn baseline(&self) -> ChosenOptions {
        ChosenOptions(vec![0; self.choices.len()])
    }

    /// How many settings there are, the baseline included; the largest number if there are more.
    pub fn count(&self) -> u64 {
        let each = self.choices.iter().map(|choice| choice.options.len() as u64 + 1);
        each.fold(1, u64::saturating_mul)
    }

    /// Every setting, the baseline first; the last choice varies fastest.
    pub fn all(&self) -> impl Iterator<Item = ChosenOptions> + '_ {
        let mut next = Some(self.baseline());
        std::iter::from_fn(move || {
            let now = next.take()?;
            next = self.after(&now);
            Some(now)
        })
    }

    fn after(&self, now: &ChosenOptions) -> Option<ChosenOptions> {
        let mut after = now.clone();
        for (digit, choice) in after.0.iter_mut().zip(&self.choices).rev() {
            if *digit < choice.options.len() {
                *digit += 1;
                return Some(after);
            }
            *digit = 0;
        }
        None
    }

    /// Every setting that differs from one in a single choice, choice by choice.
    pub fn moves<'a>(&'a self, from: &'a ChosenOptions) -> impl Iterator<Item = ChosenOptions> + 'a {
        self.choices.iter().enumerate().flat_map(move |(nth, choice)| {
            let others = (0..=choice.options.len()).filter(move |option| *option != from.0[nth]);
            others.map(move |option| {
                let mut chosen = from.clone();
                chosen.0[nth] = option;
                chosen
            })
        })
    }

    /// The way and the value of each field that a setting changes.
    pub fn values<'a>(&'a self, chosen: &'a ChosenOptions) -> impl Iterator<Item = (&'a str, &'a str)> {
        let each = self.choices.iter().zip(&chosen.0);
        each.filter_map(|(choice, option)| {
            Some((&*choice.path, &**choice.options.get(option.checked_sub(1)?)?))
        })
    }

    /// The same as changes after `--set`.
    pub fn sets(&self, chosen: &ChosenOptions) -> Vec<String> {
        self.values(chosen).map(|(path, value)| format!("{path}={value}")).collect()
    }

    /// A text that does not depend on the order of the choices.
    pub(super) fn canonical(&self, chosen: &ChosenOptions) -> String {
        let mut sets = self.sets(chosen);
        sets.sort_unstable();
        sets.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn space(options: &[usize]) -> SettingSpace {
        let choice = |(nth, count): (usize, &usize)| Choice {
            path: format!("m{nth}.x"),
            options: (1..=*count).map(|value| value.to_string()).collect(),
        };
        SettingSpace { choices: options.iter().enumerate().map(choice).collect() }
    }

    #[test]
    fn all_settings_are_counted_and_each_comes_once() {
        let space = space(&[2, 1, 3]);
        let all: Vec<ChosenOptions> = space.all().collect();
        assert_eq!((all.len() as u64, space.count()), (24, 24));
        let mut sorted = all.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!((sorted.len(), all[0].changes()), (24, 0));
    }

    #[test]
    fn a_move_changes_one_choice_only() {
        let space = space(&[2, 3]);
        let from = ChosenOptions(vec![1, 0]);
        let moves: Vec<Vec<usize>> = space.moves(&from).map(|chosen| chosen.0).collect();
        assert_eq!(moves, [[0, 0], [2, 0], [1, 1], [1, 2], [1, 3]]);
    }

    #[test]
    fn a_setting_names_only_what_it_changes() {
        let space = space(&[2, 3]);
        assert_eq!(space.sets(&ChosenOptions(vec![0, 2])), ["m1.x=2"]);
        assert_eq!(space.sets(&space.baseline()), [""; 0]);
    }

    #[test]
    fn more_settings_than_a_number_holds_are_no_overflow() {
        assert_eq!(space(&[999; 40]).count(), u64::MAX);
    }
}
