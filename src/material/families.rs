//! Families of products: products between which no changeover is needed, and that may share a batch.

use std::sync::Arc;

/// The families of a line, in the order in which its products name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Families {
    /// What they are called.
    pub names: Vec<String>,
    /// The family of each product. All elements look at this one table.
    pub of: Arc<[u32]>,
}

impl Families {
    /// Those of products, each with its name and the family it names. One that names none is a family of its own.
    pub fn new<'a>(products: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> Families {
        let mut names: Vec<String> = Vec::new();
        let mut number = |(product, family): (&str, Option<&str>)| {
            let name = family.unwrap_or(product);
            let known = names.iter().position(|known| known == name);
            known.unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            }) as u32
        };
        let of = products.map(&mut number).collect();
        Families { names, of }
    }

    /// The number of a family.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.names.iter().position(|known| known == name).map(|number| number as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::Families;

    #[test]
    fn a_product_without_a_family_is_one_of_its_own() {
        let families = Families::new(
            [("a", Some("light")), ("b", None), ("c", Some("light")), ("d", Some("b"))].into_iter(),
        );
        assert_eq!((families.names.join(" "), &*families.of), ("light b".to_owned(), &[0, 1, 0, 1][..]));
        assert_eq!((families.number("b"), families.number("d")), (Some(1), None));
    }
}
