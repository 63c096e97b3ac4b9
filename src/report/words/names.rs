//! What figures, states, verdicts and outcomes are called. Read [`Lang::figure`] first.

use super::Lang;
use crate::energy::EnergyCarrier;
use crate::equipment::Improvement;
use crate::event::State;
use crate::kpi::{Better, Figure, Kpi};
use crate::losses::{LossKind, RootReason};
use crate::stats::Verdict;
use crate::study::Holds;
use crate::study::sensitivity::Sensitivity;

impl Lang {
    pub(in crate::report) fn kpi(self, kpi: &Kpi) -> &'static str {
        self.choose([kpi.title, chinese_kpi(kpi.name).unwrap_or(kpi.title)])
    }

    /// What a person calls a figure.
    pub(in crate::report) fn figure(self, figure: &Figure) -> String {
        figure.kpi().map_or_else(|| figure.name(), |kpi| self.kpi(kpi).to_owned())
    }

    pub(in crate::report) fn state(self, state: State) -> &'static str {
        self.choose([state.words(), chinese_state(state)])
    }

    /// A unit; those of physics are the same everywhere.
    pub(in crate::report) fn unit(self, unit: &str) -> &str {
        if self == Lang::Zh && unit == "parts" { "件" } else { unit }
    }

    pub(in crate::report) fn improvement(self, improvement: Improvement) -> &'static str {
        match (self, improvement) {
            (Lang::En, improvement) => improvement.words(),
            (Lang::Zh, Improvement::Speed) => "快 1 %",
            (Lang::Zh, Improvement::Life) => "故障间隔延长 1 %",
            (Lang::Zh, Improvement::Repair) => "维修缩短 1 %",
            (Lang::Zh, Improvement::Place) => "多一个位置",
            (Lang::Zh, Improvement::Person) => "多一个人",
            (Lang::Zh, Improvement::NoBreakdowns) => "没有故障",
            (Lang::Zh, Improvement::NoMaintenance) => "没有保养",
            (Lang::Zh, Improvement::NoSetups) => "换型不占时间",
        }
    }

    /// What an element did with its time.
    pub(in crate::report) fn loss(self, kind: LossKind) -> &'static str {
        let chinese = match kind {
            LossKind::Work => "合格件加工",
            LossKind::Rework => "返工",
            LossKind::Scrap => "废品加工",
            LossKind::In(state) => chinese_state(state),
        };
        self.choose([kind.words(), chinese])
    }

    /// How an element makes others wait.
    pub(in crate::report) fn loss_reason(self, reason: RootReason) -> &'static str {
        let chinese = match reason {
            RootReason::Arrivals => "没有工件到达",
            RootReason::Ended => "不再供料",
            RootReason::Stay => "工件须停留",
            RootReason::Zone => "等待进入区域",
            RootReason::Shut => "不接收工件",
            RootReason::NoneSuits => "没有可接收的工件",
            RootReason::Circle => "互相等待",
            RootReason::Rework => "返工",
            RootReason::Scrap => "废品加工",
            RootReason::In(State::Working) => "节拍",
            RootReason::In(state) => chinese_state(state),
        };
        self.choose([reason.words(), chinese])
    }

    /// Why an improvement of a line has no figures, or figures that nobody wants.
    pub(in crate::report) fn trouble(self, row: &Sensitivity) -> Option<String> {
        let failure = row.failure.as_ref().map(ToString::to_string);
        failure.or_else(|| row.standstill.as_ref().map(|warning| self.seen(warning)))
    }

    /// A carrier of energy.
    pub(in crate::report) fn carrier(self, carrier: EnergyCarrier) -> &'static str {
        match (self, carrier) {
            (Lang::En, carrier) => carrier.name(),
            (Lang::Zh, EnergyCarrier::Electricity) => "电",
            (Lang::Zh, EnergyCarrier::Gas) => "天然气",
            (Lang::Zh, EnergyCarrier::Steam) => "蒸汽",
            (Lang::Zh, EnergyCarrier::Air) => "压缩空气",
            (Lang::Zh, EnergyCarrier::Water) => "水",
            (Lang::Zh, EnergyCarrier::Heat) => "热",
            (Lang::Zh, EnergyCarrier::Cooling) => "冷",
        }
    }

    pub(in crate::report) fn verdict(self, verdict: Verdict) -> &'static str {
        let chinese = match verdict {
            Verdict::Better => "更好",
            Verdict::Worse => "更差",
            Verdict::Different => "不同",
            Verdict::NoDifferenceSeen => "未见差异",
            Verdict::TooFewRuns => "运行次数太少",
        };
        self.choose([verdict.words(), chinese])
    }

    /// The word for the outcome of an expectation.
    pub(in crate::report) fn holds(self, holds: Holds) -> &'static str {
        let chinese = match holds {
            Holds::Holds => "成立",
            Holds::Fails => "不成立",
            Holds::Inconclusive => "无法判定",
        };
        self.choose([holds.words(), chinese])
    }

    /// Which direction of a figure is better.
    pub(in crate::report) fn better(self, better: Better) -> &'static str {
        match better {
            Better::Higher => self.choose(["higher is better", "越高越好"]),
            Better::Lower => self.choose(["lower is better", "越低越好"]),
            Better::Neither => "",
        }
    }
}

fn chinese_state(state: State) -> &'static str {
    match state {
        State::Off => "关机",
        State::Standby => "待机",
        State::WarmUp => "预热",
        State::Starved => "待料",
        State::Blocked => "堵塞",
        State::Setup => "换型",
        State::Working => "加工",
        State::Failed => "故障",
        State::WaitingForRepair => "等待维修",
        State::WaitingForPeople => "待人",
        State::WaitingForTools => "待工装",
        State::Paused => "停班",
        State::Maintenance => "保养",
        State::Moving => "移动",
        State::Holding => "夹持",
        State::ShutDown => "停机中",
    }
}

fn chinese_kpi(name: &str) -> Option<&'static str> {
    Some(match name {
        "throughput" => "产出率",
        "throughput_scheduled" => "每计划工时产出",
        "labour_hours" => "工时",
        "labour_per_good_part" => "单件工时",
        "finished" => "合格品数",
        "scrapped" => "报废数",
        "scrap_value" => "报废材料价值",
        "first_pass_yield" => "一次合格率",
        "rework_ratio" => "单件返工次数",
        "escaped" => "漏检出厂的缺陷件",
        "escape_rate" => "缺陷件出厂比例",
        "lead_time" => "流程时间，均值",
        "lead_time_p50" => "流程时间，中位数",
        "lead_time_p90" => "流程时间，90 % 的零件",
        "lead_time_p95" => "流程时间，95 % 的零件",
        "wip" => "在制品",
        "energy" => "能耗",
        "energy_per_good_part" => "每件合格品能耗",
        "electricity" => "用电量",
        "gas" => "天然气用量（按热值）",
        "steam" => "蒸汽用量",
        "air" => "压缩空气用量",
        "water" => "用水量",
        "heat" => "用热量",
        "cooling" => "用冷量",
        "energy_cost" => "能源费用",
        "energy_cost_per_good_part" => "每件合格品能源费用",
        "co2" => "用能二氧化碳",
        "co2_per_good_part" => "每件合格品二氧化碳",
        "mean_power" => "平均电功率",
        "peak_power_15min" => "15 分钟峰值电功率",
        "oee" => "产线 OEE",
        "availability" => "OEE 中的时间利用率",
        "effectiveness" => "OEE 中的性能",
        "quality" => "OEE 中的质量",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpi;

    #[test]
    fn every_kpi_has_a_chinese_title() {
        let missing: Vec<&str> =
            kpi::ALL.iter().map(|kpi| kpi.name).filter(|name| chinese_kpi(name).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
