//! Events, and where two runs part, in a language. The English words of an event are in `event/words.rs`.

use super::{Lang, Phrase};
use crate::event::{Incident, LineEvent, What};
use crate::line::Line;
use crate::study::{Parting, Split};
use crate::units;

impl Lang {
    /// The first event that only one of two runs has, without the words that lead to it.
    pub(in crate::report) fn parting(self, parting: &Parting, base: &Line) -> String {
        match parting {
            Parting::OtherProducts => self.say(Phrase::PartProducts).to_owned(),
            Parting::OtherElements => self.say(Phrase::PartElements).to_owned(),
            Parting::Never { of_all: true } => self.say(Phrase::PartNever).to_owned(),
            Parting::Never { of_all: false } => self.say(Phrase::PartNeverShared).to_owned(),
            Parting::At(Split { time, first, second }) => {
                let told = |event: &Option<LineEvent>| match event {
                    None => self.say(Phrase::PartNothing).to_owned(),
                    Some(event) => {
                        let element = self.quoted(&base.elements[event.element.index()].name);
                        format!("{element} {}", self.event(&event.what))
                    }
                };
                self.fill(Phrase::PartAt, &[units::duration(time.secs()), told(first), told(second)])
            }
        }
    }

    /// What happened to an element.
    fn event(self, what: &What) -> String {
        match self {
            Lang::En => what.words(),
            Lang::Zh => in_chinese(what),
        }
    }
}

fn in_chinese(what: &What) -> String {
    let (verb, part) = match what {
        What::Created(part) => ("产生", part),
        What::Arrived(part) => ("接收", part),
        What::LeavesBy { part, .. } => ("分流", part),
        What::Left { part, .. } => ("送出", part),
        What::Waited { part, .. } => ("等待后开始加工", part),
        What::Completed { part, .. } => ("加工完", part),
        What::Spoilt(part) => ("损坏", part),
        What::Judged { part, bad: false } => ("判定合格", part),
        What::Judged { part, bad: true } => ("判定不合格", part),
        What::Reworked(part) => ("返工", part),
        What::Inspected { part, first_pass: true } => ("记为一次合格", part),
        What::Inspected { part, first_pass: false } => ("记为曾判不合格", part),
        What::FromCarrier { part, .. } => ("由载具送达", part),
        What::Escaped(part) => ("漏检", part),
        What::Delivered(part) => ("交付", part),
        What::Scrapped(part) => ("报废", part),
        What::Merged { part, .. } => ("装入", part),
        What::Converted { part, .. } => ("转换", part),
        What::Packed { part, .. } => ("装载", part),
        What::Unpacked(part) => ("取出", part),
        What::Withdrawn(part) => ("送出载具", part),
        What::Happened(incident) => return happened(*incident).to_owned(),
        What::Became(state) => return format!("转为{}", Lang::Zh.state(*state)),
        What::Saves { mode } => return format!("进入节能模式 {}", mode + 1),
        What::AtWork { busy, .. } => return format!("有 {busy} 个在用"),
        What::Attends { there } => return format!("有 {there} 个在岗"),
        What::Answered { .. } => return "响应一次呼叫".to_owned(),
        What::Lacks { lacks: true, .. } => return "缺人".to_owned(),
        What::Lacks { lacks: false, .. } => return "不再缺人".to_owned(),
    };
    format!("{verb} {} 号件", part.serial)
}

fn happened(incident: Incident) -> &'static str {
    match incident {
        Incident::Breakdown => "发生故障",
        Incident::Repair => "修复",
        Incident::Maintenance => "保养完成",
        Incident::Setup => "换型完成",
        Incident::Run => "完成一批",
        Incident::Closed => "下班停工",
        Incident::Opened => "上班开工",
        Incident::SwitchedOff => "转入节能",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::State;

    #[test]
    fn an_event_has_its_words_in_both_languages() {
        let failed = What::Became(State::Failed);
        assert_eq!(
            (Lang::En.event(&failed), Lang::Zh.event(&failed)),
            ("is failed".into(), "转为故障".into())
        );
        let broken = What::Happened(Incident::Breakdown);
        assert_eq!(
            (Lang::En.event(&broken), Lang::Zh.event(&broken)),
            ("broke down".into(), "发生故障".into())
        );
    }
}
