//! The differences of two lines, and the upgrade that makes the second of the first. Read [`ModelDiff`] first.

use super::format::formatted;
use super::print::quoted;
use super::write::way_text;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelDifference {
    /// Where: a way such as `bend.cycle.mean`, an element, or an arrow.
    pub what: String,
    /// What the first line says; nothing if it is not there.
    pub before: Option<String>,
    /// What the second line says; nothing if it is not there.
    pub after: Option<String>,
}

/// All differences of two lines, in the order of the first, and the change that leads from one to the other.
#[derive(Clone, Debug, Default)]
pub struct ModelDiff {
    /// What differs.
    pub list: Vec<ModelDifference>,
    /// Elements that the change removes.
    pub remove: Vec<String>,
    /// Elements that it adds, with their text.
    pub add: Vec<(String, String)>,
    /// Fields that it sets, by way.
    pub set: Vec<(String, String)>,
    /// Arrows that it leads on by.
    pub flow: Vec<String>,
    /// What no change can say.
    pub beyond: Vec<String>,
    /// The name of the second line.
    pub name: String,
}

impl ModelDiff {
    /// Whether both lines say the same.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The text of an upgrade of the first line, a path as it shall stand in the file, that makes the second one.
    pub fn upgrade(&self, base: &str) -> String {
        let (name, base) = (quoted(&self.name), quoted(base));
        let origin = |one: &ModelDifference| (one.what == "provenance").then(|| one.after.clone()).flatten();
        let provenance = self.list.iter().find_map(origin);
        let provenance =
            provenance.map_or_else(String::new, |text| format!("provenance: {}, ", quoted(&text)));
        let change = self.change_text();
        let changes = if change.is_empty() { String::new() } else { format!("\n(\nname: {name}, {change})") };
        let text = format!("Upgrade(\nname: {name}, {provenance}base: {base}, changes: [{changes}])");
        formatted("upgrade", &text).unwrap_or(text)
    }

    /// The fields of the change behind its name, as an upgrade has them.
    pub fn change_text(&self) -> String {
        let list = |items: Vec<String>| items.join(", ");
        let mut text = String::new();
        if !self.remove.is_empty() {
            text += &format!("remove: [{}], ", list(self.remove.iter().map(|name| quoted(name)).collect()));
        }
        if !self.add.is_empty() {
            let added = self.add.iter().map(|(name, value)| format!("{}: {value}", quoted(name)));
            text += &format!("add: {{ {} }}, ", list(added.collect()));
        }
        if !self.set.is_empty() {
            let set = self.set.iter().map(|(way, value)| format!("{}: {value}", way_text(way)));
            text += &format!("set: {{ {} }}, ", list(set.collect()));
        }
        if !self.flow.is_empty() {
            text += &format!("flow: [{}], ", list(self.flow.iter().map(|arrow| quoted(arrow)).collect()));
        }
        text
    }
}
