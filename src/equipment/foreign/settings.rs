//! The settings of an element whose kind is of another crate.

use super::{ForeignComponent, ForeignKind};
use crate::checking::Check;
use crate::energy::PowerTable;
use crate::equipment::{Coming, Datasheet, Forecast, Settings, fields};
use crate::material::Pull;
use serde::{Deserialize, Deserializer, de};
use std::any::Any;
use std::collections::BTreeSet;
use std::fmt::Debug;

/// What a layout says of an element, with the name of its kind.
#[derive(Debug)]
pub struct Foreign {
    kind: &'static str,
    written: Box<dyn DynKind>,
}

impl Foreign {
    pub(super) fn new<K: ForeignKind>(written: K) -> Foreign {
        let kind = fields::of_struct::<K>().map_or("", |(name, _)| name);
        Foreign { kind, written: Box::new(written) }
    }
}

impl Clone for Foreign {
    fn clone(&self) -> Foreign {
        Foreign { kind: self.kind, written: self.written.copy() }
    }
}

impl PartialEq for Foreign {
    fn eq(&self, other: &Foreign) -> bool {
        self.kind == other.kind && self.written.is_like(&*other.written)
    }
}

/// It is read by the name of its kind, never by this one.
impl<'de> Deserialize<'de> for Foreign {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Foreign, D::Error> {
        Err(de::Error::custom("write the name of the kind itself"))
    }
}

impl Settings for Foreign {
    type Component = ForeignComponent;

    fn kind(&self, _listed: &'static str) -> &'static str {
        self.kind
    }

    fn ports(&self) -> Vec<&str> {
        self.written.ports().to_vec()
    }

    fn sends<'a>(&'a self, port: usize, coming: &Coming<'a, '_>) -> BTreeSet<&'a str> {
        self.written.sends(port, coming)
    }

    fn needs(&self) -> Vec<&str> {
        self.written.needs()
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<ForeignComponent> {
        let component = self.written.checked(check)?;
        let Datasheet { place_spec, lends, .. } = component.datasheet();
        if place_spec.creates_on_demand || place_spec.pull == Pull::Carries || lends.is_some() {
            let message = format!(
                "`{}` would make parts, carry them, or lend, which only built-in kinds can",
                self.kind
            );
            check.fault("", message, "change its data sheet in the crate that registers it");
            return None;
        }
        Some(component)
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.written.position()
    }

    fn power(&self, check: &mut Check<'_>) -> PowerTable {
        let mut table = self.written.power(check);
        if !table.loads.is_empty() {
            // One for each product, as meters expect it.
            table.loads.resize(check.around.products.len(), 0);
        }
        table
    }

    fn refuses(&self) -> bool {
        self.written.refuses()
    }
}

/// A [`ForeignKind`] behind a pointer.
trait DynKind: Any + Debug + Send + Sync {
    fn copy(&self) -> Box<dyn DynKind>;
    fn is_like(&self, other: &dyn DynKind) -> bool;
    fn ports(&self) -> &'static [&'static str];
    fn sends<'a>(&'a self, port: usize, coming: &Coming<'a, '_>) -> BTreeSet<&'a str>;
    fn needs(&self) -> Vec<&str>;
    fn checked(&self, check: &mut Check<'_>) -> Option<ForeignComponent>;
    fn position(&self) -> Option<(f64, f64)>;
    fn power(&self, check: &mut Check<'_>) -> PowerTable;
    fn refuses(&self) -> bool;
}

impl<K: ForeignKind> DynKind for K {
    fn copy(&self) -> Box<dyn DynKind> {
        Box::new(self.clone())
    }

    fn is_like(&self, other: &dyn DynKind) -> bool {
        (other as &dyn Any).downcast_ref::<K>() == Some(self)
    }

    fn ports(&self) -> &'static [&'static str] {
        K::PORTS
    }

    fn sends<'a>(&'a self, port: usize, coming: &Coming<'a, '_>) -> BTreeSet<&'a str> {
        ForeignKind::sends(self, port, coming)
    }

    fn needs(&self) -> Vec<&str> {
        ForeignKind::needs(self)
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<ForeignComponent> {
        ForeignKind::checked(self, check).map(ForeignComponent::new)
    }

    fn position(&self) -> Option<(f64, f64)> {
        ForeignKind::position(self)
    }

    fn power(&self, check: &mut Check<'_>) -> PowerTable {
        ForeignKind::power(self, check)
    }

    fn refuses(&self) -> bool {
        ForeignKind::refuses(self)
    }
}
