//! The names of a type's fields, taken from the code that reads the type, so that there is no second list to keep correct.
//!
//! The fields of a type that is read from a layout. The type gives them to the reader before any value is read. Read [`of`].

use serde::de::value::Error;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;

/// The fields of a struct, the choices of an enum; none for any other type.
pub(crate) fn of<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // There is nothing to read, so this always fails; by then the names are known.
    let _ = T::deserialize(FieldListener { name: &mut "", fields: &mut names });
    names
}

/// The name of a struct and its fields; none for any other type.
pub(super) fn of_struct<T: DeserializeOwned>() -> Option<(&'static str, &'static [&'static str])> {
    let (mut name, mut fields): (_, &'static [&'static str]) = ("", &[]);
    let _ = T::deserialize(FieldListener { name: &mut name, fields: &mut fields });
    (!name.is_empty()).then_some((name, fields))
}

/// Reads nothing and keeps the names.
struct FieldListener<'a> {
    name: &'a mut &'static str,
    fields: &'a mut &'static [&'static str],
}

impl<'de> Deserializer<'de> for FieldListener<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("there is nothing to be read"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        (*self.name, *self.fields) = (name, fields);
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        choices: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        *self.fields = choices;
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equipment::AnySettings;

    #[test]
    fn every_kind_tells_its_fields() {
        assert_eq!(
            AnySettings::fields("Buffer"),
            ["capacity", "order", "dwell", "shelf_life", "initial", "product", "at"]
        );
        for kind in AnySettings::KINDS {
            assert!(AnySettings::fields(kind).contains(&"at"), "{kind}");
        }
        assert_eq!(AnySettings::fields("Bufer"), [""; 0]);
        assert_eq!(of::<u32>(), [""; 0]);
        assert_eq!(of::<crate::disruption::Preemption>(), ["Resume", "Restart", "Scrap"]);
    }
}
