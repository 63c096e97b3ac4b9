//! An element of any kind, as a layout says it.

macro_rules! any_settings {
    ($($(#[$doc:meta])* $kind:ident = $module:ident :: $component:ident $(: $($ability:ident)+)?,)+) => {
        /// An element of any kind, as a layout says it.
        #[derive(Clone, Debug, PartialEq, Deserialize)]
        #[expect(clippy::large_enum_variant, reason = "settings are read once and dropped")]
        pub enum AnySettings { $($(#[$doc])* $kind($module::$kind),)+ }

        /// The fields that an element of a built-in kind can have.
        fn fields_of(kind: &str) -> &'static [&'static str] {
            match kind { $(stringify!($kind) => fields::of::<$module::$kind>(),)+ _ => &[] }
        }

        /// The names of all ways out that an element of a built-in kind can have.
        fn ports_of(kind: &str) -> &'static [&'static str] {
            match kind { $(stringify!($kind) => <$module::$kind as Settings>::PORTS,)+ _ => &[] }
        }

        impl AnySettings {
            /// The name of the kind.
            pub fn kind(&self) -> &'static str {
                match self { $(AnySettings::$kind(written) => written.kind(stringify!($kind)),)+ }
            }

            /// The names of its ports, if it has several.
            pub fn ports(&self) -> Vec<&str> {
                match self { $(AnySettings::$kind(written) => written.ports(),)+ }
            }

            /// Whether it takes some parts and lets others stand.
            pub fn refuses(&self) -> bool {
                let refuses = match self { $(AnySettings::$kind(written) => written.refuses(),)+ };
                refuses || self.saving().iter().any(SavingMode::asks_for_more)
            }

            /// Of what mass a part must be that it takes, from and to, in milligrams; none if it takes any.
            pub fn masses(&self) -> Option<(u64, u64)> {
                match self { $(AnySettings::$kind(written) => written.masses(),)+ }
            }

            /// Whether a part can always come in.
            pub fn is_never_full(&self) -> bool {
                match self { $(AnySettings::$kind(written) => written.is_never_full(),)+ }
            }

            /// Which products can leave it by a way out.
            pub fn sends<'a>(&'a self, port: usize, coming: &Coming<'a, '_>) -> BTreeSet<&'a str> {
                match self { $(AnySettings::$kind(written) => written.sends(port, coming),)+ }
            }

            /// Whether parts only pass it or lie in it.
            pub fn lets_pass(&self) -> bool {
                match self { $(AnySettings::$kind(_) => <$module::$kind as Settings>::LETS_PASS,)+ }
            }

            /// The products of which new parts begin here.
            pub fn makes<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
                match self { $(AnySettings::$kind(written) => written.makes(all),)+ }
            }

            /// To how many stops the parts have come that it has when the run begins, if that is said.
            pub fn step(&self) -> Option<u32> {
                match self { $(AnySettings::$kind(written) => written.step(),)+ }
            }

            /// Whether parts that come to the element are scrap.
            pub fn is_for_scrap(&self) -> bool {
                match self { $(AnySettings::$kind(written) => Settings::is_for_scrap(written),)+ }
            }

            /// The products of the parts that it has when the run begins.
            pub fn holds<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
                match self { $(AnySettings::$kind(written) => written.holds(all),)+ }
            }

            /// A packer: the carrier, and what it puts into one.
            pub fn loads<'a>(&'a self, coming: &Coming<'a, '_>) -> Option<(&'a str, BTreeSet<&'a str>)> {
                match self { $(AnySettings::$kind(written) => written.loads(coming),)+ }
            }

            /// Whether it takes parts out of carriers.
            pub fn unpacks(&self) -> bool {
                match self { $(AnySettings::$kind(written) => written.unpacks(),)+ }
            }

            /// Whether it leaves to the route how long it works on a product.
            pub fn leaves_time_to_route(&self, product: &str) -> bool {
                match self { $(AnySettings::$kind(written) => written.leaves_time_to_route(product),)+ }
            }

            /// How many parts the element puts into a carrier.
            pub fn packs(&self) -> Option<u32> {
                match self { $(AnySettings::$kind(written) => written.packs(),)+ }
            }

            /// What the element is in the flow of parts.
            pub fn role(&self) -> Role {
                match self { $(AnySettings::$kind(_) => <$module::$kind as Settings>::ROLE,)+ }
            }

            /// Where the element stands on the floor.
            pub fn position(&self) -> Option<(f64, f64)> {
                match self { $(AnySettings::$kind(written) => written.position(),)+ }
            }

            /// What the people of the element are able to do.
            pub fn skills(&self) -> &[String] {
                match self { $(AnySettings::$kind(written) => written.skills(),)+ }
            }

            /// How many people the element has at most, if it is a crew.
            pub fn most_people(&self) -> u32 {
                match self { $(AnySettings::$kind(written) => written.most_people(),)+ }
            }

            /// What the people whom the element calls must be able to do.
            pub fn needs(&self) -> Vec<&str> {
                match self { $(AnySettings::$kind(written) => written.needs(),)+ }
            }

            /// The names of the tools that the element needs.
            pub fn uses(&self) -> Vec<&str> {
                match self { $(AnySettings::$kind(written) => written.uses(),)+ }
            }

            /// The names of the elements around which the element is a zone.
            pub fn around(&self) -> &[String] {
                match self { $(AnySettings::$kind(written) => written.around(),)+ }
            }

            /// What the element draws in each state.
            pub fn power(&self, check: &mut Check<'_>) -> PowerTable {
                match self { $(AnySettings::$kind(written) => written.power(check),)+ }
            }

            /// The saving modes of the element.
            pub fn saving(&self) -> &[SavingMode] {
                match self { $(AnySettings::$kind(written) => written.saving(),)+ }
            }

            /// Whether the element reworks parts.
            pub fn reworks(&self) -> bool {
                match self { $(AnySettings::$kind(written) => written.reworks(),)+ }
            }

            /// Checks the settings; the prototype of the element unless there are faults.
            pub fn checked(&self, check: &mut Check<'_>) -> Option<Prototype> {
                match self { $(AnySettings::$kind(written) => written.checked(check).map(Prototype::$kind),)+ }
            }
        }
    };
}

pub(in crate::equipment) use any_settings;
