//! What comes and goes: parts, the crosses on scrap, and people. For each there is one mesh and, for each side, a pool of entities
//! that never shrinks, since what comes and goes every second should cost nothing.

use super::eyes::layer;
use super::paints::{Paints, rgb, tint};
use super::panes::{SIDES, Style};
use super::shell::Shell;
use super::show::Show;
use super::spawner::GHOST_SIZE;
use crate::equipment::appearance::Paint;
use crate::stage::SeenPerson;
use bevy::camera::visibility::RenderLayers;
use bevy::light::NotShadowCaster;
use bevy::prelude::*;

/// Size of a part in metres.
const SIZE: Vec3 = Vec3::new(0.36, 0.34, 0.36);
/// A pool grows by so many at once.
const STEP: usize = 64;

/// The entities that stand for what comes and goes.
#[derive(Resource, Default)]
pub(crate) struct EntityPools {
    meshes: Option<[Handle<Mesh>; 3]>,
    parts: [Vec<Entity>; SIDES],
    crosses: [Vec<Entity>; SIDES],
    people: [Vec<Entity>; SIDES],
}

/// What an entity of a pool shows.
#[derive(Component, Default)]
pub(crate) struct Pooled {
    surface: Option<(bool, u32)>,
}

/// Lets the pools grow to what is needed.
pub(crate) fn build(
    mut commands: Commands,
    show: Res<Show>,
    paints: Res<Paints>,
    mut pools: ResMut<EntityPools>,
    mut meshes: ResMut<Assets<Mesh>>,
) {
    let made =
        pools.meshes.get_or_insert_with(|| [part(), cross(), person()].map(|shell| meshes.add(shell.mesh())));
    let made = made.clone();
    for (number, side) in show.sides.iter().enumerate().take(SIDES) {
        let (all, waste) =
            (&side.picture.parts, side.picture.parts.iter().filter(|part| part.damaged).count());
        let mut grow = |pool: &mut Vec<Entity>, wanted: usize, mesh: &Handle<Mesh>| {
            while pool.len() < wanted.next_multiple_of(STEP) {
                let entity = commands.spawn((
                    Pooled::default(),
                    Mesh3d(mesh.clone()),
                    MeshMaterial3d(paints.solid.clone()),
                    Transform::default(),
                    Visibility::Hidden,
                    RenderLayers::layer(layer(number)),
                ));
                pool.push(entity.id());
            }
        };
        grow(&mut pools.parts[number], all.len(), &made[0]);
        grow(&mut pools.crosses[number], waste, &made[1]);
        grow(&mut pools.people[number], side.picture.people.len(), &made[2]);
    }
}

type Drawn = (
    &'static mut Pooled,
    &'static mut Transform,
    &'static mut Visibility,
    &'static mut MeshMaterial3d<StandardMaterial>,
);

/// Moves the entities of a pool.
struct Mover<'a, 'w, 's> {
    commands: Commands<'w, 's>,
    drawn: Query<'w, 's, Drawn>,
    paints: &'a Paints,
}

impl Mover<'_, '_, '_> {
    /// Shows an entity at a place, or hides it; what is as it should be is not touched.
    fn put(&mut self, entity: Entity, ghost: bool, shown: Option<(Transform, u32)>) {
        let Ok((mut pooled, mut transform, mut visibility, mut material)) = self.drawn.get_mut(entity) else {
            return;
        };
        let Some((at, product)) = shown else {
            visibility.set_if_neq(Visibility::Hidden);
            return;
        };
        let scale = Vec3::splat(if ghost { GHOST_SIZE * GHOST_SIZE } else { 1.0 });
        visibility.set_if_neq(Visibility::Inherited);
        transform.set_if_neq(at.with_scale(scale));
        if pooled.surface == Some((ghost, product)) {
            return;
        }
        pooled.surface = Some((ghost, product));
        material.0 = surface(self.paints, ghost, product).clone();
        let mut entity = self.commands.entity(entity);
        if ghost {
            entity.insert(NotShadowCaster);
        } else {
            entity.remove::<NotShadowCaster>();
        }
    }
}

/// Puts every part where it is; entities that are too many hide.
pub(crate) fn place(
    commands: Commands,
    show: Res<Show>,
    paints: Res<Paints>,
    pools: Res<EntityPools>,
    drawn: Query<Drawn>,
) {
    let mut mover = Mover { commands, drawn, paints: &paints };
    for (number, style) in show.styles().into_iter().enumerate() {
        let ghost = style == Some(Style::Ghost);
        let side = show.sides.get(number).filter(|_| style.is_some());
        let parts = side.map_or(&[][..], |side| &side.picture.parts);
        for (nth, &entity) in pools.parts[number].iter().enumerate() {
            let part = parts.get(nth);
            let shown = part.map(|part| (Transform::from_translation(part.at), part.product));
            mover.put(entity, ghost, shown);
        }
        let mut waste = parts.iter().filter(|part| part.damaged && !ghost);
        for &entity in &pools.crosses[number] {
            mover.put(entity, ghost, waste.next().map(|part| (Transform::from_translation(part.at), TINTED)));
        }
        let people = side.map_or(&[][..], |side| &side.picture.people);
        for (nth, &entity) in pools.people[number].iter().enumerate() {
            let turned = |person: &SeenPerson| {
                Transform::from_translation(person.at).with_rotation(Quat::from_rotation_y(person.yaw))
            };
            mover.put(entity, ghost, people.get(nth).map(|person| (turned(person), TINTED)));
        }
    }
}

/// Stands for the surface of what has its colours in its mesh.
const TINTED: u32 = u32::MAX;

fn surface(paints: &Paints, ghost: bool, product: u32) -> &Handle<StandardMaterial> {
    match product {
        _ if ghost => &paints.ghost,
        TINTED => &paints.solid,
        product => paints.product(product),
    }
}

fn part() -> Shell {
    let mut shell = Shell::default();
    shell.block(&Transform::IDENTITY, SIZE, 0.045, [1.0; 4]);
    shell
}

fn person() -> Shell {
    let mut shell = Shell::default();
    let [vest, trousers] = [Paint::Accent, Paint::Dark].map(|paint| tint(rgb(paint)));
    shell.person(&Transform::IDENTITY, vest, trousers);
    shell
}

/// Two red bars across all sides but the lower one: scrap.
fn cross() -> Shell {
    let (mut shell, red) = (Shell::default(), [0.68, 0.02, 0.05, 1.0]);
    let bar = Vec3::new(0.42, 0.03, 0.06);
    for turn in [0.785, -0.785] {
        let upright = Quat::from_rotation_z(turn);
        shell.block(
            &Transform::from_xyz(0.0, SIZE.y / 2.0, 0.0).with_rotation(Quat::from_rotation_y(turn)),
            bar,
            0.01,
            red,
        );
        for quarter in 0..4_u8 {
            let about = Quat::from_rotation_y(f32::from(quarter) * std::f32::consts::FRAC_PI_2);
            let at = about * Vec3::new(0.0, 0.0, SIZE.z / 2.0);
            let size = Vec3::new(0.40, 0.06, 0.03);
            shell.block(&Transform::from_translation(at).with_rotation(about * upright), size, 0.01, red);
        }
    }
    shell
}
