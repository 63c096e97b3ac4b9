//! A checked element of any kind, ready to be spawned any number of times.

macro_rules! prototype {
    ($($(#[$doc:meta])* $kind:ident = $module:ident :: $component:ident $(: $($ability:ident)+)?,)+) => {
        /// A checked element of any kind, ready to be spawned any number of times.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Prototype { $($(#[$doc])* $kind($module::$component),)+ }

        impl Prototype {
            /// Puts a copy on an entity, with random-number streams of its own.
            pub fn spawn(&self, entity: &mut EntityWorldMut<'_>, stream: &dyn Fn(Purpose, u32) -> Stream) {
                match self {
                    $(Prototype::$kind(prototype) => {
                        let mut component = prototype.clone();
                        component.seed(stream);
                        entity.insert(component);
                    })+
                }
            }

            /// What it is.
            pub fn datasheet(&self) -> Datasheet {
                match self { $(Prototype::$kind(prototype) => prototype.datasheet(),)+ }
            }

            /// See [`Sleeper::saver`].
            pub fn saver(&self) -> Option<&EnergySaver> {
                match self { $(Prototype::$kind(_prototype) => able!(
                    Sleeper in [$($($ability)+)?] Sleeper::saver(_prototype), None
                ),)+ }
            }

            /// See [`Forecast::transport_secs`].
            pub fn transport_secs(&self, way: (Slot, Slot), ways: &[(Slot, Slot)]) -> Option<f64> {
                match self { $(Prototype::$kind(prototype) => prototype.transport_secs(way, ways),)+ }
            }

            /// Whether it would ever take such a part.
            pub fn admits(&self, offer: &Offer<'_>) -> bool {
                match self { $(Prototype::$kind(_prototype) => able!(
                    Selector in [$($($ability)+)?] _prototype.effort(offer, Rule::FirstCome).is_some(), true
                ),)+ }
            }

            /// See [`Forecast::demand`].
            pub fn demand(&self, offer: &Offer<'_>, me: Slot) -> Demand {
                match self { $(Prototype::$kind(prototype) => prototype.demand(offer, me),)+ }
            }

            /// See [`Forecast::outlook`].
            pub fn outlook(&self, part: Specimen, work_secs: f64, me: Slot) -> Outlook {
                match self { $(Prototype::$kind(prototype) => prototype.outlook(part, work_secs, me),)+ }
            }

            /// See [`Forecast::changeover_secs`].
            pub fn changeover_secs(&self, from: u32, to: u32) -> Option<f64> {
                match self { $(Prototype::$kind(prototype) => prototype.changeover_secs(from, to),)+ }
            }

            /// See [`Forecast::row`].
            pub fn row(&self, offer: &Offer<'_>) -> Option<usize> {
                match self { $(Prototype::$kind(prototype) => prototype.row(offer),)+ }
            }

            /// One that is better in this respect; none if it has nothing of that.
            pub fn improved(&self, improvement: Improvement) -> Option<Prototype> {
                let mut better = self.clone();
                match &mut better { $(Prototype::$kind(prototype) => prototype.improve(improvement),)+ }
                (better != *self).then_some(better)
            }

            /// Whether a running element can go on as this other one.
            pub fn can_become(&self, settings: &Prototype) -> bool {
                match (self, settings) {
                    $((Prototype::$kind(before), Prototype::$kind(after)) => before.can_become(after),)+
                    _ => false,
                }
            }
        }
    };
}

pub(in crate::equipment) use prototype;
