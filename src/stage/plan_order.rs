//! The order within the layers of a line, from the top: what is joined stands at the same height, so that few arrows
//! cross.
//!
//! Each layer is sorted by the mean place of its neighbours, to and fro several times, and the order with the fewest
//! crossings stays. Only arrows between layers next to each other are counted.

use super::plan_layers::{LayerRole, Layers};

/// How often the layers are sorted, to and fro: more rarely brings another improvement.
const SWEEPS: usize = 6;

/// For each layer its elements, from the top. The parts they play keep apart, unless arrows cross less without that.
pub(super) fn ordered(layers: &Layers) -> Vec<Vec<usize>> {
    let mut best = in_order_of_the_layout(layers);
    let mut fewest = crossings(layers, &best);
    for keeps_roles in [true, false] {
        let mut order = best.clone();
        for _ in 0..SWEEPS {
            let before = order.clone();
            sweep(layers, &mut order, keeps_roles);
            if fewest == 0 || order == before {
                break;
            }
            let crossings = crossings(layers, &order);
            if crossings < fewest {
                (best, fewest) = (order.clone(), crossings);
            }
        }
    }
    best
}

fn in_order_of_the_layout(layers: &Layers) -> Vec<Vec<usize>> {
    let last = layers.of.iter().max().map_or(0, |last| last + 1);
    let mut order = vec![Vec::new(); last];
    layers.of.iter().enumerate().for_each(|(at, layer)| order[*layer].push(at));
    order.iter_mut().for_each(|layer| layer.sort_by_key(|at| layers.roles[*at]));
    order
}

/// Sorts each layer by the one before it, then each by the one behind it.
fn sweep(layers: &Layers, order: &mut [Vec<usize>], keeps_roles: bool) {
    let mut height = vec![0.0; layers.of.len()];
    order.iter().for_each(|layer| tell_heights(layer, &mut height));
    for layer in order.iter_mut() {
        sort(layer, layers, &layers.forward.prev, &mut height, keeps_roles);
    }
    for layer in order.iter_mut().rev() {
        sort(layer, layers, &layers.forward.next, &mut height, keeps_roles);
    }
}

fn sort(layer: &mut [usize], layers: &Layers, near: &[Vec<usize>], height: &mut [f64], keeps_roles: bool) {
    let mean = |at: &usize| match near[*at].len() {
        0 => height[*at],
        count => near[*at].iter().map(|near| height[*near]).sum::<f64>() / count as f64,
    };
    let role = |at: &usize| match layers.roles[*at] {
        LayerRole::Back => LayerRole::Back,
        role if keeps_roles => role,
        _ => LayerRole::Main,
    };
    let mut keyed: Vec<_> = layer.iter().map(|at| (role(at), mean(at), *at)).collect();
    keyed.sort_by(|one, two| one.0.cmp(&two.0).then(one.1.total_cmp(&two.1)));
    keyed.iter().zip(layer.iter_mut()).for_each(|((_, _, sorted), at)| *at = *sorted);
    tell_heights(layer, height);
}

/// Heights count from the middle of a layer downwards, so that layers of different size compare.
fn tell_heights(layer: &[usize], height: &mut [f64]) {
    let middle = (layer.len() as f64 - 1.0) / 2.0;
    layer.iter().enumerate().for_each(|(place, at)| height[*at] = place as f64 - middle);
}

/// How often arrows between layers next to each other cross.
pub(super) fn crossings(layers: &Layers, order: &[Vec<usize>]) -> usize {
    let mut place = vec![0; layers.of.len()];
    order.iter().flat_map(|layer| layer.iter().enumerate()).for_each(|(here, at)| place[*at] = here);
    order.windows(2).map(|pair| crossings_between(layers, &pair[0], pair[1].len(), &place)).sum()
}

/// Two arrows cross if one begins above the other and ends below it: inversions, counted in a Fenwick tree.
fn crossings_between(layers: &Layers, layer: &[usize], places: usize, place: &[usize]) -> usize {
    let mut tree = vec![0; places + 1];
    let (mut crossings, mut drawn) = (0, 0);
    for &at in layer {
        let near = layers.forward.next[at].iter().filter(|to| layers.of[**to] == layers.of[at] + 1);
        let ends: Vec<usize> = near.map(|to| place[*to]).collect();
        crossings += ends.iter().map(|end| drawn - up_to(&tree, *end)).sum::<usize>();
        ends.iter().for_each(|end| count(&mut tree, *end));
        drawn += ends.len();
    }
    crossings
}

fn up_to(tree: &[usize], end: usize) -> usize {
    let (mut sum, mut at) = (0, end + 1);
    while at > 0 {
        sum += tree[at];
        at &= at - 1;
    }
    sum
}

fn count(tree: &mut [usize], end: usize) {
    let mut at = end + 1;
    while at < tree.len() {
        tree[at] += 1;
        at += at & at.wrapping_neg();
    }
}
