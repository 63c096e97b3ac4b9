//! What a place holds, lets in and gives away, in every order and with whatever is booked, promised or closed.

use super::part_store::{PartId, PartSpec, PartStore};
use super::place::{Place, Which};
use super::place_spec::{Order, PlaceSpec};
use crate::event::State;
use crate::kernel::Time;

fn place(place_spec: PlaceSpec) -> (Place, PartStore) {
    let mut parts = PartStore::default();
    (Place::new(place_spec, &mut parts), parts)
}

#[test]
fn a_place_has_room_until_it_is_full_and_what_is_booked_counts() {
    let (mut place, mut parts) = place(PlaceSpec { capacity: Some(2), ..PlaceSpec::default() });
    let (a, b) = (parts.make(Time(0), PartSpec::default()), parts.make(Time(0), PartSpec::default()));
    place.put(a, false, &mut parts);
    assert!(place.has_room() && !place.has_part());
    place.book();
    assert!(!place.has_room() && place.is_pledged());
    place.put(b, true, &mut parts);
    assert!(!place.has_room() && !place.is_pledged());
    place.ready(1);
    place.promise(a, &mut parts);
    assert!(!place.has_part(), "a promised part goes to no other element");
    assert_eq!(place.take(Which::Promised(a), &mut parts), a);
    assert!(place.has_room() && place.inside() == 1);
}

#[test]
fn a_closed_place_keeps_what_it_has_until_it_is_opened() {
    let place_spec = PlaceSpec {
        capacity: Some(1),
        idle: Some(State::Starved),
        notify_arrival: true,
        ..PlaceSpec::default()
    };
    let (mut place, mut parts) = place(place_spec);
    let part = parts.make(Time(0), PartSpec::default());
    place.put(part, false, &mut parts);
    place.ready(1);
    place.promise(part, &mut parts);
    place.close(State::Failed);
    assert_eq!(place.take(Which::Promised(part), &mut parts), part);
    assert!(!place.has_room() && !place.has_part());
    assert_eq!(place.state(), State::Failed, "that a part was fetched ends no repair");
    place.open(State::Starved, State::Starved);
    assert!(place.has_room() && !place.has_part());
}

#[test]
fn a_place_that_is_shut_gives_what_it_has_and_takes_nothing() {
    let place_spec = PlaceSpec {
        capacity: Some(1),
        idle: Some(State::Starved),
        notify_arrival: true,
        ..PlaceSpec::default()
    };
    let (mut place, mut parts) = place(place_spec);
    let part = parts.make(Time(0), PartSpec::default());
    place.put(part, false, &mut parts);
    place.ready(1);
    assert!(place.is_done());
    place.shut_in();
    place.shut_in();
    assert!(place.has_part() && !place.is_done(), "no robot changes this part for another");
    assert_eq!(place.take(Which::Next, &mut parts), part);
    assert!(!place.has_room());
    place.close(State::Maintenance);
    place.open(State::Starved, State::Starved);
    assert!(place.has_room());
}

#[test]
fn parts_leave_in_the_order_of_the_place() {
    for (order, expected) in
        [(Order::Fifo, [0, 1, 2]), (Order::Lifo, [2, 1, 0]), (Order::Priority, [1, 0, 2])]
    {
        let (mut place, mut parts) = place(PlaceSpec { order, ..PlaceSpec::default() });
        for priority in [1, 2, 1] {
            let part = parts.make(Time(0), PartSpec { priority, ..PartSpec::default() });
            place.put(part, false, &mut parts);
            place.keep(&mut parts);
        }
        let left = [(); 3].map(|()| {
            let told = place.next_part(&parts);
            let part = place.take(Which::Next, &mut parts);
            assert_eq!(told, Some(part));
            parts.get(part).serial
        });
        assert_eq!(left, expected, "{order:?}");
    }
}

#[test]
fn a_promised_part_waits_for_its_robot_while_others_go() {
    for (order, expected) in [(Order::Fifo, [1, 2]), (Order::Lifo, [3, 2]), (Order::Priority, [1, 2])] {
        let (mut place, mut parts) = place(PlaceSpec { order, ..PlaceSpec::default() });
        let made = [(); 4].map(|()| {
            let part = parts.make(Time(0), PartSpec::default());
            place.put(part, false, &mut parts);
            place.keep(&mut parts);
            part
        });
        place.promise(made[0], &mut parts);
        let left = [(); 2].map(|()| {
            let part = place.take(Which::Next, &mut parts);
            parts.get(part).serial
        });
        assert_eq!(left, expected, "{order:?}");
        assert_eq!(place.take(Which::Promised(made[0]), &mut parts), made[0]);
        assert_eq!(place.inside(), 1);
    }
}

#[test]
fn parts_that_are_finished_leave_in_that_order_and_picked_ones_in_any() {
    let place_spec = PlaceSpec { notify_arrival: true, idle: Some(State::Starved), ..PlaceSpec::default() };
    let (mut place, mut parts) = place(place_spec);
    let made = [(); 4].map(|()| {
        let part = parts.make(Time(0), PartSpec::default());
        place.put(part, false, &mut parts);
        part
    });
    assert!(!place.has_part());
    place.finish(made[2], &mut parts);
    place.finish(made[1], &mut parts);
    assert_eq!(place.finished(), 2);
    assert_eq!(place.take(Which::Next, &mut parts), made[2]);
    place.finish(made[3], &mut parts);
    assert_eq!(place.take(Which::Picked(made[3]), &mut parts), made[3]);
    assert_eq!(place.take(Which::Next, &mut parts), made[1]);
    assert!(!place.has_part() && place.inside() == 1);
}

#[test]
fn parts_that_are_kept_leave_in_the_order_in_which_they_are_finished_or_its_reverse_or_by_priority() {
    for (order, expected) in
        [(Order::Fifo, [3, 0, 2]), (Order::Lifo, [2, 0, 3]), (Order::Priority, [0, 3, 2])]
    {
        let place_spec = PlaceSpec { order, notify_arrival: true, ..PlaceSpec::default() };
        let (mut place, mut parts) = place(place_spec);
        let made = [2, 1, 1, 1].map(|priority| {
            let part = parts.make(Time(0), PartSpec { priority, ..PartSpec::default() });
            place.put(part, false, &mut parts);
            part
        });
        for ripe in [3, 0, 2] {
            place.finish_in(order, 0, made[ripe], &mut parts);
        }
        let waiting: Vec<u64> = place.waiting(&parts).map(|part| parts.get(part).serial).collect();
        assert_eq!(waiting, expected, "{order:?}");
        assert_eq!(place.take(Which::Next, &mut parts), made[expected[0] as usize], "{order:?}");
    }
}

#[test]
fn a_part_that_is_expelled_goes_out_first_unless_a_robot_was_promised_it() {
    let place_spec = PlaceSpec { notify_arrival: true, ..PlaceSpec::default() };
    let (mut place, mut parts) = place(place_spec);
    let made = [(); 4].map(|()| {
        let part = parts.make(Time(0), PartSpec::default());
        place.put(part, false, &mut parts);
        part
    });
    place.finish(made[0], &mut parts);
    place.finish(made[1], &mut parts);
    place.promise(made[0], &mut parts);
    assert!(!place.expel(0, made[0], &mut parts), "a robot is on its way for it");
    assert!(place.expel(0, made[3], &mut parts), "finished or not");
    assert!(place.expel(1, made[1], &mut parts));
    assert_eq!(place.waiting(&parts).collect::<Vec<_>>(), [made[3], made[1]]);
    assert_eq!(place.finished(), 3);
}

#[test]
fn of_a_store_only_the_parts_that_are_finished_can_be_picked() {
    let place_spec = PlaceSpec { notify_arrival: true, order: Order::Picked, ..PlaceSpec::default() };
    let (mut place, mut parts) = place(place_spec);
    let made = [(); 3].map(|()| {
        let part = parts.make(Time(0), PartSpec::default());
        place.put(part, false, &mut parts);
        part
    });
    place.finish(made[2], &mut parts);
    place.finish(made[0], &mut parts);
    let offered: Vec<PartId> = place.offered().filter_map(|nth| place.part_at(nth, &parts)).collect();
    assert_eq!(offered, [made[2], made[0]]);
}
