//! Which people and tools equipment needs for its work, as a layout says it.
//!
//! Read [`PeopleFor`] first.

use crate::checking::Check;
use crate::event::ResourcePurpose;
use crate::resource::Want;
use serde::Deserialize;

/// People whom equipment needs for its work, as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleFor {
    /// What they must be able to do.
    pub skill: String,
    /// How many are needed at once; one without it.
    pub count: Option<u32>,
    /// For which phases; without it from the beginning of loading to the end of unloading.
    #[serde(rename = "for")]
    pub phases: Option<Vec<JobPhase>>,
    /// The priority of the request: the highest number comes first.
    pub priority: Option<i32>,
    /// Whether a request of higher priority may call them away in the middle of the work, which waits then.
    #[serde(default)]
    pub may_leave: bool,
}

/// A phase of the work on a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum JobPhase {
    /// Changing over.
    Setup,
    /// Taking the part up.
    Load,
    /// The operation itself.
    Work,
    /// Putting the part down.
    Unload,
}

impl JobPhase {
    pub(super) fn purpose(self) -> ResourcePurpose {
        match self {
            JobPhase::Setup => ResourcePurpose::Setup,
            JobPhase::Load => ResourcePurpose::Loading,
            JobPhase::Work => ResourcePurpose::Work,
            JobPhase::Unload => ResourcePurpose::Unloading,
        }
    }
}

/// Tools that equipment needs for its work, as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToolFor {
    /// The name of the tools.
    pub tool: String,
    /// How many are needed at once; one without it.
    pub count: Option<u32>,
    /// For which phases; without it from the beginning of loading to the end of unloading.
    #[serde(rename = "for")]
    pub phases: Option<Vec<JobPhase>>,
    /// The priority of the request: the highest number comes first.
    pub priority: Option<i32>,
}

/// One group of people, or of tools, that are needed together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Needed {
    pub(super) purposes: Vec<ResourcePurpose>,
    pub(super) priority: i32,
    pub(super) want: Want,
    pub(super) is_tool: bool,
}

impl Needed {
    /// How often they are called for an operation without a changeover: phases one after the other need one call.
    pub(super) fn calls(&self, [loading, unloading]: [f64; 2]) -> f64 {
        let phases = [
            (ResourcePurpose::Loading, loading > 0.0),
            (ResourcePurpose::Work, true),
            (ResourcePurpose::Unloading, unloading > 0.0),
        ];
        let there =
            phases.iter().filter(|(_, comes)| *comes).map(|(purpose, _)| self.purposes.contains(purpose));
        let calls = there.scan(false, |before, there| Some(!std::mem::replace(before, there) && there));
        calls.filter(|call| *call).count() as f64
    }
}

impl PeopleFor {
    pub(super) fn checked(
        &self,
        nth: usize,
        phases: KnownPhases<'_>,
        check: &mut Check<'_>,
    ) -> Option<Needed> {
        let field = |name: &str| format!("people[{nth}].{name}");
        let want =
            check.people_wanted([&field("skill"), &field("count")], &self.skill, self.count.unwrap_or(1));
        let purposes = purposes(self.phases.as_deref(), &field("for"), phases, check);
        let want = Want { may_leave: self.may_leave, ..want? };
        Some(Needed { purposes, priority: self.priority.unwrap_or(0), want, is_tool: false })
    }
}

impl ToolFor {
    pub(super) fn checked(
        &self,
        nth: usize,
        phases: KnownPhases<'_>,
        check: &mut Check<'_>,
    ) -> Option<Needed> {
        let field = |name: &str| format!("tools[{nth}].{name}");
        let want = check.tools_wanted([&field("tool"), &field("count")], &self.tool, self.count.unwrap_or(1));
        let purposes = purposes(self.phases.as_deref(), &field("for"), phases, check);
        Some(Needed { purposes, priority: self.priority.unwrap_or(0), want: want?, is_tool: true })
    }
}

/// The phases of the work, and others that it could have, each with the field that gives it one.
type KnownPhases<'a> = (&'a [JobPhase], &'a [(JobPhase, &'static str)]);

/// What a group is needed for.
fn purposes(
    written: Option<&[JobPhase]>,
    field: &str,
    (phases, others): KnownPhases<'_>,
    check: &mut Check<'_>,
) -> Vec<ResourcePurpose> {
    let Some(written) = written else {
        let whole = phases.iter().filter(|phase| **phase != JobPhase::Setup);
        return whole.map(|phase| phase.purpose()).collect();
    };
    if written.is_empty() {
        let help = "write what they are needed for, such as `for: [Load, Unload]`, or leave `for` out";
        check.fault(field, "nobody is called for this".to_owned(), help);
    }
    for (place, phase) in written.iter().enumerate() {
        let field = format!("{field}[{place}]");
        if written[..place].contains(phase) {
            check.fault(&field, "this phase is named twice".to_owned(), "remove one of them");
        }
        if !phases.contains(phase) {
            let names: Vec<String> = phases.iter().map(|phase| format!("{phase:?}")).collect();
            let given_by = others.iter().find(|(other, _)| other == phase);
            let help = match given_by {
                Some((_, by)) => format!("give it `{by}`, or write some of [{}]", names.join(", ")),
                None => format!("write some of [{}], or leave `for` out", names.join(", ")),
            };
            let message = match phase {
                JobPhase::Work => "it has no work",
                JobPhase::Setup => "it never changes over",
                JobPhase::Load => "loading takes no time here",
                JobPhase::Unload => "unloading takes no time here",
            };
            check.fault(&field, message.to_owned(), &help);
        }
    }
    written.iter().map(|phase| phase.purpose()).collect()
}
