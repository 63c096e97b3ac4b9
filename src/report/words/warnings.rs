//! Warnings, notes of a comparison and expectations in a language. In English they are those of the other reports, where their
//! words come from `study` and `report/text.rs`; here is the Chinese.
//!
//! Read [`Lang::seen`] first.

use super::{Lang, Phrase};
use crate::energy::EnergyCarrier;
use crate::event::State;
use crate::kernel::Time;
use crate::kpi;
use crate::layout::Compared;
use crate::report::text;
use crate::study::{
    AssumedPowerCheck, ComparisonNote, Judgement, NAMES_SHOWN, OFF_BY, WIDE, Warning, by_states,
    factor_fields, nearest_whole, periods,
};
use crate::units;

impl Lang {
    /// What a warning has seen.
    pub(in crate::report) fn seen(self, warning: &Warning) -> String {
        match self {
            Lang::En => warning.seen(),
            Lang::Zh => seen_in_chinese(warning),
        }
    }

    /// What to try.
    pub(in crate::report) fn advice(self, warning: &Warning) -> String {
        match self {
            Lang::En => warning.advice(),
            Lang::Zh => advice_in_chinese(warning),
        }
    }

    /// A note about a comparison.
    pub(in crate::report) fn note(self, note: &ComparisonNote) -> String {
        match self {
            Lang::En => note.to_string(),
            Lang::Zh => note_in_chinese(note),
        }
    }

    /// What was expected.
    pub(in crate::report) fn expected(self, judgement: &Judgement<'_>) -> String {
        match self {
            Lang::En => text::expected(judgement),
            Lang::Zh => expected_in_chinese(judgement),
        }
    }

    /// What was found of it.
    pub(in crate::report) fn found(self, judgement: &Judgement<'_>) -> String {
        match judgement.interval {
            Some(_) => text::found(judgement),
            None => self.say(Phrase::Unknown).to_owned(),
        }
    }
}

fn seen_in_chinese(warning: &Warning) -> String {
    match warning {
        Warning::Standstill { chain, since, is_shortage, replications, of } => {
            stands(*is_shortage, &runs(*replications, *of), chain, *since)
        }
        Warning::NothingMoves { chain, since, replications, of } => {
            let (runs, since) = (runs(*replications, *of), units::duration(since.secs()));
            format!("{runs}自 {since} 起线内没有任何移动，但仍有零件：{}", who_waits(chain))
        }
        Warning::UnstableLine { growth, level } => {
            let (growth, level) = (units::number(*growth), units::number(*level));
            format!("在制品仍在增长：统计窗口内增加 {growth} 件，线内平均 {level} 件")
        }
        Warning::WarmUpAtLimit { warm_up } => {
            let longest = units::duration(warm_up.secs());
            format!("未找到启动阶段的终点：{longest} 是所考察的最长预热期")
        }
        Warning::PartOfPeriod { window, patterns, .. } => {
            let (window, periods) = (units::duration(window.secs()), periods(patterns));
            format!("统计窗口 {window} 不是周期的整数倍：{periods}")
        }
        Warning::TooFewReplications { replications, relative, .. } => too_few(*replications, *relative),
        Warning::NothingFinished { replications, of } => {
            format!("{}没有合格品下线", runs(*replications, *of))
        }
        Warning::PartlyUnknown { kpi, known, of } => {
            let kpi = kpi::named(kpi).map_or(*kpi, |kpi| Lang::Zh.kpi(kpi));
            format!("{of} 次重复运行中只有 {known} 次得出“{kpi}”；均值和置信区间仅由这些运行得出")
        }
        Warning::OeeAboveOne { elements } => {
            format!("{} 的 OEE 大于 1，属随机波动：抽取的时间短于其均值", first_of(elements))
        }
        Warning::EnergyUnknown => "没有元素给出功率：能耗未知".to_owned(),
        Warning::EnergyIncomplete { elements } => {
            format!("{} 的功率未知：其能耗按零计", first_of(elements))
        }
        Warning::FactorMissing { kpi, carriers } => factor_missing(kpi, carriers),
        Warning::AssumedPower { elements } => format!("采用假定功率：{}", assumed(elements)),
    }
}

fn advice_in_chinese(warning: &Warning) -> String {
    let advice = match warning {
        Warning::Standstill { is_shortage: false, .. } => {
            "各项指标包含停滞时间：让零件能离开该循环，或为最小批量或装载量设置 `wait`"
        }
        Warning::Standstill { .. } => "各项指标包含此后的时间：让各 `Source` 供应成套的零件，或缩短 `length`",
        Warning::NothingMoves { .. } => {
            "检查它们是否在等待维修、等待来料或相互等待；若这是预期的，请延长 `length`"
        }
        Warning::UnstableLine { .. } => "减少投料或提高瓶颈的产能；若产线只是启动较慢，请延长 `warm_up`",
        Warning::WarmUpAtLimit { .. } => "延长 `length`，或给定 `warm_up`；投料超过产能的产线不会稳定",
        Warning::TooFewReplications { required: Some(required), .. } => {
            let narrow = units::share(WIDE);
            return format!("约 {required} 次重复运行可使误差降至 ± {narrow}；延长 `length` 也有帮助");
        }
        Warning::PartOfPeriod { window, period, .. } => {
            let lengths = nearest_whole(*window, *period).join(" 或 ");
            return format!("将 `length` 设为 {lengths}，或在解读每小时指标时考虑这一点");
        }
        Warning::TooFewReplications { .. } => "至少重复运行 10 次",
        Warning::NothingFinished { .. } => "使 `length` 长于流程时间，并检查物流是否通向 `Sink`",
        Warning::PartlyUnknown { .. } => "延长 `length`",
        Warning::OeeAboveOne { .. } => "延长 `length` 或增加重复运行次数：长期来看 OEE 至多为 1",
        Warning::EnergyUnknown => {
            "为机器填写 `power: (working: \"10 kW\")`，为机器人填写 `power: (moving: \"2.6 kW\")`"
        }
        Warning::EnergyIncomplete { .. } => "也为它们填写 `power`，除非它们不耗能",
        Warning::FactorMissing { kpi, carriers } => {
            let fields = factor_fields(kpi, carriers).join("、");
            return format!("在产线的 `energy` 中填写 {fields}；常用值见 `taktwin help energy`");
        }
        Warning::AssumedPower { .. } => "测量影响最大的功率并填写",
    };
    advice.to_owned()
}

fn note_in_chinese(note: &ComparisonNote) -> String {
    match note {
        ComparisonNote::SharedConfidence { lines, asked, used } => {
            let (asked, used) = (units::share(*asked), units::number(used * 100.0));
            format!(
                "{lines} 条产线与基准比较：每个差值的置信度为 {used} %（Bonferroni 校正），因此所有差值同时成立的置信度为 {asked}"
            )
        }
        ComparisonNote::Narrower { figure, times } => {
            let (name, times) = (Lang::Zh.figure(figure), units::number(*times));
            format!("公共随机数：若各自独立运行，{name}差值的置信区间宽度将是现在的 {times} 倍")
        }
        ComparisonNote::Wider { figure, times } => {
            let (name, times) = (Lang::Zh.figure(figure), units::number(*times));
            format!(
                "公共随机数没有帮助：{name}差值的置信区间宽度是各自独立运行时的 {times} 倍；该区间仍然有效"
            )
        }
        ComparisonNote::AssumedPowers(checks) => assumed_powers(checks),
    }
}

fn factor_missing(kpi: &str, carriers: &[EnergyCarrier]) -> String {
    let what = match kpi {
        "energy_cost" => "价格",
        "co2" => "排放因子",
        _ => "单位能量",
    };
    let carriers: Vec<&str> = carriers.iter().map(|carrier| Lang::Zh.carrier(*carrier)).collect();
    format!("{}的{what}未知：`{kpi}` 未知", carriers.join("、"))
}

fn assumed_powers(checks: &[AssumedPowerCheck]) -> String {
    let off_by = units::number(OFF_BY * 100.0);
    if checks.iter().all(|check| check.holds) {
        return format!("若所有假定功率都低 {off_by} % 或都高 {off_by} %，关于能耗的结论不变");
    }
    let otherwise = |higher: bool| {
        let failing = checks.iter().filter(|check| !check.holds && check.higher == higher);
        let said = failing.map(|check| {
            let (name, verdict) = (Lang::Zh.figure(&check.figure), Lang::Zh.verdict(check.verdict));
            format!("{name}的结论为“{verdict}”{}", check.change_text())
        });
        let said = said.collect::<Vec<_>>().join("，");
        let way = if higher { "高" } else { "低" };
        (!said.is_empty()).then(|| format!("若都{way} {off_by} %，{said}"))
    };
    let said: Vec<String> = [false, true].into_iter().filter_map(otherwise).collect();
    format!("注意：结论取决于假定功率：{}", said.join("；"))
}

fn expected_in_chinese(judgement: &Judgement<'_>) -> String {
    let expectation = judgement.expectation;
    let compared = match expectation.compared {
        Compared::Value => "",
        Compared::Difference => "的差值",
        Compared::Change => "的变化",
    };
    let bounds = match text::bound_values(expectation, &judgement.unit) {
        (Some(low), Some(high)) => format!("在 {low} 与 {high} 之间"),
        (Some(low), None) => format!("不低于 {low}"),
        (None, Some(high)) => format!("不高于 {high}"),
        (None, None) => "无界限".to_owned(),
    };
    format!("{}{compared}{bounds}", Lang::Zh.figure(&expectation.figure))
}

fn stands(is_shortage: bool, runs: &str, chain: &[String], since: Option<Time>) -> String {
    let what = match is_shortage {
        false => "产线的一部分永久停滞",
        true => "有零件滞留线内，等待任何 `Source` 都不再供应的其他零件",
    };
    let since = since.map_or(String::new(), |since| format!("，始于 {}", units::duration(since.secs())));
    format!("{runs}{what}：{}{since}", who_waits(chain))
}

fn too_few(replications: usize, relative: Option<f64>) -> String {
    match relative.filter(|relative| *relative > WIDE) {
        Some(relative) => {
            format!("重复运行 {replications} 次：产出率的误差仍有 ± {}", units::share(relative))
        }
        None => format!("重复运行 {replications} 次：次数太少，无法判断随机波动的大小"),
    }
}

/// 10 次重复运行中有 2 次
fn runs(replications: usize, of: usize) -> String {
    format!("{of} 次重复运行中有 {replications} 次")
}

/// weld 等待 rack、rack 等待 store
fn who_waits(chain: &[String]) -> String {
    let waits = chain.windows(2).map(|pair| format!("{} 等待 {}", pair[0], pair[1]));
    first_of(&waits.collect::<Vec<_>>())
}

fn first_of(names: &[String]) -> String {
    let shown = names[..names.len().min(NAMES_SHOWN)].join("、");
    match names.len().saturating_sub(NAMES_SHOWN) {
        0 => shown,
        more => format!("{shown} 及另外 {more} 个"),
    }
}

/// bend、form（待料、故障）；loader（夹持）
fn assumed(elements: &[(String, Vec<State>)]) -> String {
    let text = |(states, names): &(&[State], Vec<String>)| {
        let states: Vec<&str> = states.iter().map(|state| Lang::Zh.state(*state)).collect();
        format!("{}（{}）", first_of(names), states.join("、"))
    };
    by_states(elements).iter().map(text).collect::<Vec<_>>().join("；")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpi::Figure;
    use crate::line::LinePattern;
    use crate::report::sample;
    use crate::report::words::numbers_in;
    use crate::stats::{Interval, Verdict};

    fn secs(secs: u64) -> Time {
        Time(secs * 1_000_000_000)
    }

    /// An example of each kind, one after the other. A new kind is missing here until it is put in.
    fn after(warning: Option<&Warning>) -> Option<Warning> {
        let chain = || ["weld", "rack 7", "weld"].map(str::to_owned).to_vec();
        let many = || (1..=14).map(|nth| format!("m{nth}")).collect::<Vec<String>>();
        let (replications, of) = (2, 10);
        let Some(warning) = warning else {
            let since = Some(secs(7200));
            return Some(Warning::Standstill { chain: chain(), since, is_shortage: false, replications, of });
        };
        Some(match warning {
            Warning::Standstill { is_shortage: false, .. } => {
                Warning::Standstill { chain: chain(), since: None, is_shortage: true, replications, of }
            }
            Warning::Standstill { .. } => {
                Warning::NothingMoves { chain: chain(), since: secs(90), replications, of }
            }
            Warning::NothingMoves { .. } => Warning::UnstableLine { growth: 30.5, level: 199.0 },
            Warning::UnstableLine { .. } => Warning::WarmUpAtLimit { warm_up: secs(9000) },
            Warning::WarmUpAtLimit { .. } => {
                let pattern = |name: &str, days| LinePattern { name: name.to_owned(), days };
                let patterns = vec![pattern("two shifts", 7), pattern("fitters", 4)];
                Warning::PartOfPeriod { window: secs(3_456_000), patterns, period: secs(2_419_200) }
            }
            Warning::PartOfPeriod { .. } => {
                Warning::TooFewReplications { replications: 4, relative: Some(0.123), required: Some(57) }
            }
            Warning::TooFewReplications { relative: Some(_), .. } => {
                Warning::TooFewReplications { replications: 2, relative: None, required: None }
            }
            Warning::TooFewReplications { .. } => Warning::NothingFinished { replications, of },
            Warning::NothingFinished { .. } => Warning::PartlyUnknown { kpi: "oee", known: 3, of },
            Warning::PartlyUnknown { .. } => Warning::OeeAboveOne { elements: many() },
            Warning::OeeAboveOne { .. } => Warning::EnergyUnknown,
            Warning::EnergyUnknown => Warning::EnergyIncomplete { elements: many() },
            Warning::EnergyIncomplete { .. } => Warning::FactorMissing {
                kpi: "energy",
                carriers: vec![EnergyCarrier::Steam, EnergyCarrier::Air],
            },
            Warning::FactorMissing { kpi: "energy", .. } => {
                Warning::FactorMissing { kpi: "energy_cost", carriers: vec![EnergyCarrier::Electricity] }
            }
            Warning::FactorMissing { kpi: "energy_cost", .. } => {
                Warning::FactorMissing { kpi: "co2", carriers: vec![EnergyCarrier::Gas] }
            }
            Warning::FactorMissing { .. } => {
                let states = vec![State::Starved, State::Failed];
                let two = ["bend 1", "form 2"].map(|name| (name.to_owned(), states.clone()));
                Warning::AssumedPower {
                    elements: [&two[..], &[("loader".to_owned(), vec![State::Holding])]].concat(),
                }
            }
            Warning::AssumedPower { .. } => return None,
        })
    }

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|letter| letter > '\u{2E80}')
    }

    /// Both have the same numbers; and the words that a file has, such as `length`, stand as they are.
    fn agree(english: &str, chinese: &str) {
        assert!(is_chinese(chinese) && !is_chinese(english), "{english} {chinese}");
        assert_eq!(numbers_in(english), numbers_in(chinese), "{english} {chinese}");
    }

    #[test]
    fn every_warning_has_the_same_numbers_in_both_languages() {
        let all: Vec<Warning> = std::iter::successors(after(None), |warning| after(Some(warning))).collect();
        assert!(all.len() >= 14, "{all:?}");
        for warning in all {
            agree(&Lang::En.seen(&warning), &Lang::Zh.seen(&warning));
            agree(&Lang::En.advice(&warning), &Lang::Zh.advice(&warning));
        }
    }

    #[test]
    fn every_note_has_the_same_numbers_in_both_languages() {
        let figure = || Figure::of_line(kpi::ALL[0]);
        let check = |holds| AssumedPowerCheck {
            figure: figure(),
            higher: holds,
            change: Some(Interval { mean: 0.0123, half_width: Some(0.0045), n: 5 }),
            verdict: Verdict::NoDifferenceSeen,
            holds,
        };
        for note in [
            ComparisonNote::SharedConfidence { lines: 3, asked: 0.95, used: 0.983_33 },
            ComparisonNote::Narrower { figure: figure(), times: 2.995 },
            ComparisonNote::Wider { figure: figure(), times: 1.25 },
            ComparisonNote::AssumedPowers(vec![check(true), check(true)]),
            ComparisonNote::AssumedPowers(vec![check(true), check(false)]),
        ] {
            agree(&Lang::En.note(&note), &Lang::Zh.note(&note));
        }
    }

    #[test]
    fn an_expectation_keeps_its_bounds_and_its_figure_has_a_chinese_name() {
        sample::with_run(|report| {
            let [judgement] = report.judgements else { panic!("one expectation") };
            assert_eq!(Lang::Zh.expected(judgement), "产出率不低于 20 /h");
            assert_eq!(Lang::En.expected(judgement), "throughput at least 20 /h");
            assert_eq!(Lang::Zh.found(judgement), Lang::En.found(judgement));
        });
    }
}
