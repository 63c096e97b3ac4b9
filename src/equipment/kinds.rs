//! What becomes of the one list of kinds: an element of any kind as a layout says it, as it is spawned, as it is borrowed by a
//! run, and every call of it passed on to its kind.
//!
//! Every call is a jump by kind and then known code: no kind is behind a pointer to a table.

/// Makes the list of kinds into everything that walks it.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $module:ident :: $component:ident,)+) => {
        /// An element of any kind, as a layout says it.
        #[derive(Clone, Debug, PartialEq, Deserialize)]
        #[expect(clippy::large_enum_variant, reason = "settings are read once and dropped")]
        pub enum AnySettings { $($(#[$doc])* $kind($module::$kind),)+ }

        impl AnySettings {
            /// The names of all kinds.
            pub const KINDS: &'static [&'static str] = &[$(stringify!($kind)),+];

            /// The fields that an element of a kind can have; none for a kind that there is not.
            pub fn fields(kind: &str) -> &'static [&'static str] {
                match kind { $(stringify!($kind) => fields::of::<$module::$kind>(),)+ _ => &[] }
            }

            /// The names of all ways out that an element of a kind can have; none for a kind that has one or names them itself.
            pub fn ports_of(kind: &str) -> &'static [&'static str] {
                match kind { $(stringify!($kind) => <$module::$kind as Settings>::PORTS,)+ _ => &[] }
            }

            /// The name of the kind.
            pub fn kind(&self) -> &'static str {
                match self { $(AnySettings::$kind(_) => stringify!($kind),)+ }
            }

            /// The names of its ways out, if it tells them apart.
            pub fn ports(&self) -> Vec<&str> {
                match self { $(AnySettings::$kind(said) => said.ports(),)+ }
            }

            /// Whether it takes some parts and lets others stand.
            pub fn refuses(&self) -> bool {
                match self { $(AnySettings::$kind(said) => said.refuses(),)+ }
            }

            /// Of what mass a part must be that it takes, from and to, in milligrams; none if it takes any.
            pub fn masses(&self) -> Option<(u64, u64)> {
                match self { $(AnySettings::$kind(said) => said.masses(),)+ }
            }

            /// Whether a part can always come in.
            pub fn is_never_full(&self) -> bool {
                match self { $(AnySettings::$kind(said) => said.is_never_full(),)+ }
            }

            /// Which products can leave it by a way out.
            pub fn sends<'a>(&'a self, port: usize, coming: &Coming<'a, '_>) -> BTreeSet<&'a str> {
                match self { $(AnySettings::$kind(said) => said.sends(port, coming),)+ }
            }

            /// Whether parts only pass it or lie in it.
            pub fn lets_pass(&self) -> bool {
                match self { $(AnySettings::$kind(_) => <$module::$kind as Settings>::LETS_PASS,)+ }
            }

            /// The products of which new parts begin here.
            pub fn makes<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
                match self { $(AnySettings::$kind(said) => said.makes(all),)+ }
            }

            /// To how many stops the parts have come that it has when the run begins, if that is said.
            pub fn step(&self) -> Option<u32> {
                match self { $(AnySettings::$kind(said) => said.step(),)+ }
            }

            /// Whether what comes to the element is waste.
            pub fn is_for_scrap(&self) -> bool {
                match self { $(AnySettings::$kind(said) => Settings::is_for_scrap(said),)+ }
            }

            /// The products of the parts that it has when the run begins.
            pub fn holds<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
                match self { $(AnySettings::$kind(said) => said.holds(all),)+ }
            }

            /// A packer: the carrier, and what it puts into one.
            pub fn loads<'a>(&'a self, coming: &Coming<'a, '_>) -> Option<(&'a str, BTreeSet<&'a str>)> {
                match self { $(AnySettings::$kind(said) => said.loads(coming),)+ }
            }

            /// Whether it takes parts out of carriers.
            pub fn unpacks(&self) -> bool {
                match self { $(AnySettings::$kind(said) => said.unpacks(),)+ }
            }

            /// Whether it leaves to the route how long it works on a product.
            pub fn leaves_time_to_route(&self, product: &str) -> bool {
                match self { $(AnySettings::$kind(said) => said.leaves_time_to_route(product),)+ }
            }

            /// How many parts the element puts into a carrier.
            pub fn packs(&self) -> Option<u32> {
                match self { $(AnySettings::$kind(said) => said.packs(),)+ }
            }

            /// What the element is in the flow of parts.
            pub fn role(&self) -> Role {
                match self { $(AnySettings::$kind(_) => <$module::$kind as Settings>::ROLE,)+ }
            }

            /// Where the element stands on the floor.
            pub fn position(&self) -> Option<(f64, f64)> {
                match self { $(AnySettings::$kind(said) => said.position(),)+ }
            }

            /// What the people of the element are able to do.
            pub fn skills(&self) -> &[String] {
                match self { $(AnySettings::$kind(said) => said.skills(),)+ }
            }

            /// What the people whom the element calls must be able to do.
            pub fn needs(&self) -> Vec<&str> {
                match self { $(AnySettings::$kind(said) => said.needs(),)+ }
            }

            /// The names of the elements around which the element is a zone.
            pub fn around(&self) -> &[String] {
                match self { $(AnySettings::$kind(said) => said.around(),)+ }
            }

            /// What the element draws in each state.
            pub fn power(&self, check: &mut Check<'_>) -> PowerTable {
                match self { $(AnySettings::$kind(said) => said.power(check),)+ }
            }

            /// Whether the element reworks parts.
            pub fn reworks(&self) -> bool {
                match self { $(AnySettings::$kind(said) => said.reworks(),)+ }
            }

            /// Checks the settings; the prototype of the element unless there are faults.
            pub fn checked(&self, check: &mut Check<'_>) -> Option<Prototype> {
                match self { $(AnySettings::$kind(said) => said.checked(check).map(Prototype::$kind),)+ }
            }
        }

        /// A checked element of any kind, ready to be spawned any number of times.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Prototype { $($(#[$doc])* $kind($module::$component),)+ }

        impl Prototype {
            /// Puts a copy on an entity, with random streams of its own.
            pub fn spawn(&self, entity: &mut EntityWorldMut<'_>, stream: &dyn Fn(Purpose, u32) -> Stream) {
                match self {
                    $(Prototype::$kind(prototype) => {
                        let mut component = prototype.clone();
                        component.seed(stream);
                        entity.insert(component);
                    })+
                }
            }

            /// The place it needs.
            pub fn furnishing(&self) -> Furnishing {
                match self { $(Prototype::$kind(prototype) => prototype.furnishing(),)+ }
            }

            /// What it can do by itself, before anything runs.
            pub fn capability(&self) -> Capability {
                match self { $(Prototype::$kind(prototype) => prototype.capability(),)+ }
            }

            /// What has a cycle: how many operations go on side by side in it.
            pub fn works_in(&self) -> Option<u32> {
                match self { $(Prototype::$kind(prototype) => prototype.works_in(),)+ }
            }

            /// See [`Equipment::errand_secs`].
            pub fn errand_secs(&self, way: (Slot, Slot), ways: &[(Slot, Slot)]) -> Option<f64> {
                match self { $(Prototype::$kind(prototype) => prototype.errand_secs(way, ways),)+ }
            }

            /// What it does to the quality of parts.
            pub fn quality(&self) -> Quality {
                match self { $(Prototype::$kind(prototype) => prototype.quality(),)+ }
            }

            /// Whether it would ever take such a part.
            pub fn admits(&self, offer: &Offer<'_>) -> bool {
                match self { $(Prototype::$kind(prototype) => prototype.effort(offer, Rule::FirstCome).is_some(),)+ }
            }

            /// See [`Equipment::demand`].
            pub fn demand(&self, offer: &Offer<'_>, me: Slot) -> Demand {
                match self { $(Prototype::$kind(prototype) => prototype.demand(offer, me),)+ }
            }

            /// See [`Equipment::outlook`].
            pub fn outlook(&self, part: Specimen, work_secs: f64, me: Slot) -> Outlook {
                match self { $(Prototype::$kind(prototype) => prototype.outlook(part, work_secs, me),)+ }
            }

            /// See [`Equipment::seats`].
            pub fn seats(&self) -> Option<u32> {
                match self { $(Prototype::$kind(prototype) => prototype.seats(),)+ }
            }

            /// See [`Equipment::changeover_secs`].
            pub fn changeover_secs(&self, from: u32, to: u32) -> Option<f64> {
                match self { $(Prototype::$kind(prototype) => prototype.changeover_secs(from, to),)+ }
            }

            /// See [`Equipment::takes_as_they_come`].
            pub fn takes_as_they_come(&self) -> bool {
                match self { $(Prototype::$kind(prototype) => prototype.takes_as_they_come(),)+ }
            }

            /// See [`Equipment::first_part_secs`].
            pub fn first_part_secs(&self) -> Option<(f64, f64)> {
                match self { $(Prototype::$kind(prototype) => prototype.first_part_secs(),)+ }
            }

            /// See [`Equipment::staff_demands`].
            pub fn staff_demands(&self) -> Vec<disruption::StaffDemand> {
                match self { $(Prototype::$kind(prototype) => prototype.staff_demands(),)+ }
            }

            /// See [`Equipment::stops`].
            pub fn stops(&self) -> Stops {
                match self { $(Prototype::$kind(prototype) => prototype.stops(),)+ }
            }

            /// See [`Equipment::matching`].
            pub fn matching(&self) -> Option<Matching> {
                match self { $(Prototype::$kind(prototype) => prototype.matching(),)+ }
            }

            /// See [`Equipment::row`].
            pub fn row(&self, offer: &Offer<'_>) -> Option<usize> {
                match self { $(Prototype::$kind(prototype) => prototype.row(offer),)+ }
            }

            /// See [`Equipment::stock`].
            pub fn stock(&self) -> Vec<(Ware, u32)> {
                match self { $(Prototype::$kind(prototype) => prototype.stock(),)+ }
            }

            /// How many there are of what it lends: people of a crew, robots that may be in a zone.
            pub fn lends(&self) -> Option<u32> {
                match self { $(Prototype::$kind(prototype) => prototype.lends(),)+ }
            }

            /// The elements that lie in it; nothing for most kinds.
            pub fn around(&self) -> &[Slot] {
                match self { $(Prototype::$kind(prototype) => prototype.around(),)+ }
            }

            /// What it looks like.
            pub fn appearance(&self) -> Appearance {
                match self { $(Prototype::$kind(prototype) => prototype.appearance(),)+ }
            }

            /// Whether what comes here is waste.
            pub fn is_for_scrap(&self) -> bool {
                match self { $(Prototype::$kind(prototype) => prototype.is_for_scrap(),)+ }
            }

            /// Whether a running element can go on as this other one.
            pub fn can_become(&self, settings: &Prototype) -> bool {
                match (self, settings) {
                    $((Prototype::$kind(before), Prototype::$kind(after)) => before.can_become(after),)+
                    _ => false,
                }
            }
        }

        /// Query of an entity's component, whatever its kind.
        #[derive(QueryData)]
        #[query_data(mutable)]
        pub struct AnyComponent { $($module: Option<&'static mut $module::$component>,)+ }

        impl<'w> AnyComponentItem<'w, '_> {
            /// The borrowed component, for as long as the query lives.
            pub fn unit(self) -> Option<Unit<'w>> {
                $(if let Some(component) = self.$module { return Some(Unit::$kind(component.into_inner())) })+
                None
            }
        }

        /// A borrowed component of any kind. Every call is a jump by kind and then known code.
        pub enum Unit<'w> { $($(#[$doc])* $kind(&'w mut $module::$component),)+ }

        /// The calls of [`Equipment`], passed on to the component.
        impl Unit<'_> {
            /// See [`Equipment::start`].
            pub fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
                match self { $(Unit::$kind(unit) => unit.start(place, me, at),)+ }
            }

            /// See [`Equipment::work`].
            #[inline(always)]
            pub fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
                match self { $(Unit::$kind(unit) => unit.work(part, place, me, at),)+ }
            }

            /// See [`Equipment::ring`].
            #[inline(always)]
            pub fn ring<L: Listener>(&mut self, alarm: Alarm, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) -> Rang {
                match self { $(Unit::$kind(unit) => unit.ring(alarm, place, me, at),)+ }
            }

            /// See [`Equipment::pose`].
            pub fn pose(&self, place: &Place, now: Time) -> Pose {
                match self { $(Unit::$kind(unit) => unit.pose(place, now),)+ }
            }

            /// See [`Equipment::ideal_in_hand`].
            pub fn ideal_in_hand(&self, place: &Place, parts: &PartStore, now: Time) -> Time {
                match self { $(Unit::$kind(unit) => unit.ideal_in_hand(place, parts, now),)+ }
            }

            /// See [`Equipment::become_like`]; nothing happens to another kind.
            pub fn become_like<L: Listener>(
                &mut self,
                settings: &Prototype,
                before: &Prototype,
                place: &mut Place,
                me: Slot,
                at: &mut Moment<'_, L>,
            ) {
                match (self, settings, before) {
                    $((Unit::$kind(unit), Prototype::$kind(settings), Prototype::$kind(before)) => {
                        unit.become_like(settings, before, place, me, at);
                    })+
                    _ => {}
                }
            }

            /// See [`Equipment::waits_for_time`].
            pub fn waits_for_time(&self, place: &Place) -> bool {
                match self { $(Unit::$kind(unit) => unit.waits_for_time(place),)+ }
            }

            /// See [`Equipment::could_take`].
            pub fn could_take(&self, product: u32) -> bool {
                match self { $(Unit::$kind(unit) => unit.could_take(product),)+ }
            }

            /// See [`Equipment::makes_others`].
            pub fn makes_others(&self) -> bool {
                match self { $(Unit::$kind(unit) => unit.makes_others(),)+ }
            }

            /// See [`Equipment::keeps_to_its_load`].
            pub fn keeps_to_its_load(&self) -> bool {
                match self { $(Unit::$kind(unit) => unit.keeps_to_its_load(),)+ }
            }

            /// See [`Equipment::supplies`].
            pub fn supplies(&self) -> Option<u32> {
                match self { $(Unit::$kind(unit) => unit.supplies(),)+ }
            }

            /// See [`Equipment::is_dry`].
            pub fn is_dry(&self, place: &Place) -> bool {
                match self { $(Unit::$kind(unit) => unit.is_dry(place),)+ }
            }

            /// See [`Equipment::is_sink`].
            pub fn is_sink(&self) -> bool {
                match self { $(Unit::$kind(unit) => unit.is_sink(),)+ }
            }

            /// See [`Equipment::is_for_scrap`].
            pub fn is_for_scrap(&self) -> bool {
                match self { $(Unit::$kind(unit) => unit.is_for_scrap(),)+ }
            }

            /// See [`Equipment::granted`].
            pub fn granted<L: Listener>(
                &mut self,
                token: Token,
                lender: Slot,
                place: &mut Place,
                me: Slot,
                at: &mut Moment<'_, L>,
            ) {
                match self { $(Unit::$kind(unit) => unit.granted(token, lender, place, me, at),)+ }
            }

            /// See [`Equipment::touch`].
            #[inline]
            pub fn touch(&self) -> u64 {
                match self { $(Unit::$kind(unit) => unit.touch(),)+ }
            }

            /// See [`Equipment::make`].
            #[inline]
            pub fn make<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) -> PartId {
                match self { $(Unit::$kind(unit) => unit.make(place, me, at),)+ }
            }

            /// See [`Equipment::next_made`].
            pub fn next_made(&self, now: Time) -> Prospect {
                match self { $(Unit::$kind(unit) => unit.next_made(now),)+ }
            }

            /// See [`Equipment::gave`].
            pub fn gave<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
                match self { $(Unit::$kind(unit) => unit.gave(part, place, me, at),)+ }
            }

            /// See [`Equipment::effort`].
            #[inline(always)]
            pub fn effort(&self, offer: &Offer<'_>, rule: Rule) -> Option<Effort> {
                match self { $(Unit::$kind(unit) => unit.effort(offer, rule),)+ }
            }

            /// See [`Equipment::expect`].
            #[inline(always)]
            pub fn expect(&mut self, offer: &Offer<'_>) {
                match self { $(Unit::$kind(unit) => unit.expect(offer),)+ }
            }

            /// See [`Equipment::search`].
            pub fn search(&self) -> Option<Search> {
                match self { $(Unit::$kind(unit) => unit.search(),)+ }
            }

            /// See [`Equipment::mean_change`].
            pub fn mean_change(&self, offer: &Offer<'_>) -> Time {
                match self { $(Unit::$kind(unit) => unit.mean_change(offer),)+ }
            }

            /// See [`Equipment::approach`].
            pub fn approach(&self, from: Slot) -> Time {
                match self { $(Unit::$kind(unit) => unit.approach(from),)+ }
            }

            /// See [`Equipment::carries_both`].
            pub fn carries_both(&self, one: u32, other: u32) -> bool {
                match self { $(Unit::$kind(unit) => unit.carries_both(one, other),)+ }
            }

            /// See [`Equipment::exchanges`].
            pub fn exchanges(&self) -> bool {
                match self { $(Unit::$kind(unit) => unit.exchanges(),)+ }
            }

            /// See [`Equipment::choose`].
            pub fn choose(&mut self, errands: &mut [Errand], now: Time) -> Option<usize> {
                match self { $(Unit::$kind(unit) => unit.choose(errands, now),)+ }
            }

            /// See [`Equipment::assign`].
            pub fn assign<L: Listener>(&mut self, errand: Errand, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
                match self { $(Unit::$kind(unit) => unit.assign(errand, place, me, at),)+ }
            }
        }
    };
}

pub(super) use kinds;
