//! A borrowed component of any kind. Every call is a jump by kind and then known code: no kind is behind a pointer to a table.

macro_rules! unit {
    ($($(#[$doc:meta])* $kind:ident = $module:ident :: $component:ident $(: $($ability:ident)+)?,)+) => {
        /// Query of an entity's component, whatever its kind.
        #[derive(QueryData)]
        #[query_data(mutable)]
        pub struct AnyComponent { $($module: Option<&'static mut $module::$component>,)+ }

        impl<'w> AnyComponentItem<'w, '_> {
            /// The borrowed component, for the lifetime of the query.
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
            pub fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
                match self { $(Unit::$kind(unit) => unit.start(place, me, ctx),)+ }
            }

            /// See [`Station::work`].
            #[inline(always)]
            pub fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
                match self { $(Unit::$kind(_unit) => able!(
                    Station in [$($($ability)+)?] _unit.work(part, place, me, ctx), debug_assert!(false, "no part comes to what does not work on parts")
                ),)+ }
            }

            /// See [`Equipment::on_event`].
            #[inline(always)]
            pub fn on_event<L: Listener>(&mut self, event: Event, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) -> EventOutcome {
                match self { $(Unit::$kind(unit) => unit.on_event(event, place, me, ctx),)+ }
            }

            /// See [`Equipment::pose`].
            pub fn pose(&self, place: &Place, now: Time) -> Pose {
                match self { $(Unit::$kind(unit) => unit.pose(place, now),)+ }
            }

            /// See [`Station::ideal_in_hand`].
            pub fn ideal_in_hand(&self, place: &Place, parts: &PartStore, now: Time) -> Time {
                match self { $(Unit::$kind(_unit) => able!(
                    Station in [$($($ability)+)?] _unit.ideal_in_hand(place, parts, now), Time::ZERO
                ),)+ }
            }

            /// See [`Retune::become_like`]; nothing happens to another kind.
            pub fn become_like<L: Listener>(
                &mut self,
                settings: &Prototype,
                before: &Prototype,
                place: &mut Place,
                me: Slot,
                ctx: &mut Context<'_, L>,
            ) {
                match (self, settings, before) {
                    $((Unit::$kind(unit), Prototype::$kind(settings), Prototype::$kind(before)) => {
                        unit.become_like(settings, before, place, me, ctx);
                    })+
                    _ => {}
                }
            }

            /// See [`Equipment::has_pending_event`].
            pub fn has_pending_event(&self, place: &Place) -> bool {
                match self { $(Unit::$kind(unit) => unit.has_pending_event(place),)+ }
            }

            /// See [`Station::could_take`].
            pub fn could_take(&self, product: u32) -> bool {
                match self { $(Unit::$kind(_unit) => able!(
                    Station in [$($($ability)+)?] _unit.could_take(product), true
                ),)+ }
            }

            /// See [`Station::makes_others`].
            pub fn makes_others(&self) -> bool {
                match self { $(Unit::$kind(_unit) => able!(
                    Station in [$($($ability)+)?] _unit.makes_others(), false
                ),)+ }
            }

            /// See [`Station::has_parts_in_transit`].
            pub fn has_parts_in_transit(&self) -> bool {
                match self { $(Unit::$kind(_unit) => able!(
                    Station in [$($($ability)+)?] _unit.has_parts_in_transit(), false
                ),)+ }
            }

            /// See [`Station::keeps_to_its_load`].
            pub fn keeps_to_its_load(&self) -> bool {
                match self { $(Unit::$kind(_unit) => able!(
                    Station in [$($($ability)+)?] _unit.keeps_to_its_load(), false
                ),)+ }
            }

            /// See [`Generator::supplies`].
            pub fn supplies(&self) -> Option<u32> {
                match self { $(Unit::$kind(_unit) => able!(
                    Generator in [$($($ability)+)?] Some(_unit.supplies()), None
                ),)+ }
            }

            /// See [`Generator::is_dry`].
            pub fn is_dry(&self, place: &Place) -> bool {
                match self { $(Unit::$kind(_unit) => able!(
                    Generator in [$($($ability)+)?] _unit.is_dry(place), false
                ),)+ }
            }

            /// See [`Outlet::is_for_scrap`].
            pub fn is_for_scrap(&self) -> Option<bool> {
                match self { $(Unit::$kind(_unit) => able!(
                    Outlet in [$($($ability)+)?] Some(_unit.is_for_scrap()), None
                ),)+ }
            }

            /// See [`Equipment::granted`].
            pub fn granted<L: Listener>(
                &mut self,
                grant: Grant,
                place: &mut Place,
                me: Slot,
                ctx: &mut Context<'_, L>,
            ) {
                match self { $(Unit::$kind(unit) => unit.granted(grant, place, me, ctx),)+ }
            }

            /// See [`Equipment::called_away`].
            pub fn called_away<L: Listener>(
                &mut self,
                token: Token,
                place: &mut Place,
                me: Slot,
                ctx: &mut Context<'_, L>,
            ) {
                match self { $(Unit::$kind(unit) => unit.called_away(token, place, me, ctx),)+ }
            }

            /// See [`Equipment::lacks`].
            pub fn lacks(&mut self, only_tools: bool, place: &mut Place) {
                match self { $(Unit::$kind(unit) => unit.lacks(only_tools, place),)+ }
            }

            /// See [`Sleeper::saver`].
            pub fn saver(&self) -> Option<&EnergySaver> {
                match self { $(Unit::$kind(_unit) => able!(
                    Sleeper in [$($($ability)+)?] Sleeper::saver(*_unit), None
                ),)+ }
            }

            /// See [`Sleeper::obey`].
            pub fn obey<L: Listener>(&mut self, order: SavingOrder, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
                match self { $(Unit::$kind(_unit) => able!(
                    Sleeper in [$($($ability)+)?] _unit.obey(order, place, me, ctx), {}
                ),)+ }
            }

            /// See [`Equipment::touch`].
            #[inline]
            pub fn touch(&self) -> u64 {
                match self { $(Unit::$kind(unit) => unit.touch(),)+ }
            }

            /// See [`Generator::make`].
            #[inline]
            pub fn make<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) -> Option<PartId> {
                match self { $(Unit::$kind(_unit) => able!(
                    Generator in [$($($ability)+)?] Some(_unit.make(place, me, ctx)), None
                ),)+ }
            }

            /// See [`Generator::next_made`].
            pub fn next_made(&self, now: Time) -> Option<Prospect> {
                match self { $(Unit::$kind(_unit) => able!(
                    Generator in [$($($ability)+)?] Some(_unit.next_made(now)), None
                ),)+ }
            }

            /// See [`Equipment::gave`].
            pub fn gave<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
                match self { $(Unit::$kind(unit) => unit.gave(part, place, me, ctx),)+ }
            }

            /// See [`Selector::effort`].
            #[inline(always)]
            pub fn effort(&self, offer: &Offer<'_>, rule: Rule) -> Option<Effort> {
                match self { $(Unit::$kind(_unit) => able!(
                    Selector in [$($($ability)+)?] _unit.effort(offer, rule), Some(Effort::default())
                ),)+ }
            }

            /// See [`Selector::expect`].
            #[inline(always)]
            pub fn expect(&mut self, offer: &Offer<'_>) {
                match self { $(Unit::$kind(_unit) => able!(
                    Selector in [$($($ability)+)?] _unit.expect(offer), {}
                ),)+ }
            }

            /// See [`Selector::search`].
            pub fn search(&self) -> Option<Search> {
                match self { $(Unit::$kind(_unit) => able!(
                    Selector in [$($($ability)+)?] _unit.search(), Some(Search::by(Rule::FirstCome))
                ),)+ }
            }

            /// See [`Carrier::mean_change`].
            pub fn mean_change(&self, offer: &Offer<'_>) -> Time {
                match self { $(Unit::$kind(_unit) => able!(
                    Carrier in [$($($ability)+)?] _unit.mean_change(offer), Time::ZERO
                ),)+ }
            }

            /// See [`Carrier::approach`].
            pub fn approach(&self, from: Slot) -> Time {
                match self { $(Unit::$kind(_unit) => able!(
                    Carrier in [$($($ability)+)?] _unit.approach(from), Time::ZERO
                ),)+ }
            }

            /// See [`Carrier::carries_both`].
            pub fn carries_both(&self, one: u32, other: u32) -> bool {
                match self { $(Unit::$kind(_unit) => able!(
                    Carrier in [$($($ability)+)?] _unit.carries_both(one, other), false
                ),)+ }
            }

            /// See [`Station::exchanges`].
            pub fn exchanges(&self) -> bool {
                match self { $(Unit::$kind(_unit) => able!(
                    Station in [$($($ability)+)?] _unit.exchanges(), false
                ),)+ }
            }

            /// See [`Selector::choose`].
            pub fn choose(&mut self, candidates: &mut [Candidate], now: Time) -> Option<usize> {
                match self { $(Unit::$kind(_unit) => able!(
                    Selector in [$($($ability)+)?] _unit.choose(candidates, now), Rule::FirstCome.choose(candidates, now)
                ),)+ }
            }

            /// See [`Carrier::assign`].
            pub fn assign<L: Listener>(&mut self, candidate: Candidate, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
                match self { $(Unit::$kind(_unit) => able!(
                    Carrier in [$($($ability)+)?] _unit.assign(candidate, place, me, ctx), {}
                ),)+ }
            }
        }
    };
}

pub(in crate::equipment) use unit;
