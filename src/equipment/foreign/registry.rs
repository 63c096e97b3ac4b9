//! The kinds of other crates that this program knows.

use super::{Foreign, ForeignKind};
use crate::equipment::read::OTHERS;
use crate::equipment::{AnySettings, fields};
use ron::Options;
use ron::error::SpannedResult;
use std::any::TypeId;
use std::fmt;
use std::sync::{PoisonError, RwLock};

/// A kind as the reader of layouts knows it.
#[derive(Debug)]
pub(in crate::equipment) struct Registered {
    pub(in crate::equipment) name: &'static str,
    pub(in crate::equipment) fields: &'static [&'static str],
    pub(in crate::equipment) ports: &'static [&'static str],
    pub(super) of: TypeId,
    pub(in crate::equipment) read: fn(&str, &Options) -> SpannedResult<Foreign>,
}

/// The kinds of other crates, in the order in which they were registered, and the names of all kinds.
struct KnownKinds {
    kinds: Vec<&'static Registered>,
    all: &'static [&'static str],
}

/// Kinds are only ever added, and each is kept for as long as the program runs.
static KNOWN: RwLock<KnownKinds> = RwLock::new(KnownKinds { kinds: Vec::new(), all: AnySettings::KINDS });

/// Why a kind cannot be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisterError {
    /// There is a kind of this name already, so the name in a layout would not be unique.
    Taken(String),
    /// It is no struct with named fields, so that it has no name that a layout could write.
    NoStruct,
}

impl fmt::Display for RegisterError {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RegisterError::Taken(name) => write!(
                text,
                "there is a kind of equipment `{name}` already; give the type another name, or `#[serde(rename = \"..\")]`"
            ),
            RegisterError::NoStruct => {
                text.write_str("a kind of equipment is a struct with named fields that serde reads, with one word for a name and without `flatten`")
            }
        }
    }
}

impl std::error::Error for RegisterError {}

/// Makes a kind known, by the name of its type. To register the same kind once more does nothing.
pub fn register<K: ForeignKind>() -> Result<(), RegisterError> {
    let (name, fields) = fields::of_struct::<K>().ok_or(RegisterError::NoStruct)?;
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    if let Some(other) = known.kinds.iter().find(|kind| kind.name == name) {
        let same = other.of == TypeId::of::<K>();
        return if same { Ok(()) } else { Err(RegisterError::Taken(name.to_owned())) };
    }
    if !name.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
        return Err(RegisterError::NoStruct);
    }
    if AnySettings::KINDS.contains(&name) || name == OTHERS {
        return Err(RegisterError::Taken(name.to_owned()));
    }
    known.kinds.push(Box::leak(Box::new(Registered {
        name,
        fields,
        ports: K::PORTS,
        of: TypeId::of::<K>(),
        read: |text, options| options.from_str::<K>(text).map(Foreign::new),
    })));
    known.all = [known.all, &[name]].concat().leak();
    Ok(())
}

/// The kind of this name.
pub(in crate::equipment) fn named(name: &str) -> Option<&'static Registered> {
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    known.kinds.iter().find(|kind| kind.name == name).copied()
}

/// The names of all kinds, those of other crates last.
pub(in crate::equipment) fn all_kinds() -> &'static [&'static str] {
    KNOWN.read().unwrap_or_else(PoisonError::into_inner).all
}
