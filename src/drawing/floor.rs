//! The floor: light, with a grid of one metre whose every fifth line is stronger. The lines are a picture with smaller and
//! smaller copies of itself, so they fade with the distance instead of flickering.

use bevy::asset::RenderAssetUsages;
use bevy::image::{ImageAddressMode, ImageFilterMode, ImageSampler, ImageSamplerDescriptor};
use bevy::light::NotShadowCaster;
use bevy::mesh::{Indices, PrimitiveTopology};
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

/// Pixels of the picture along a side; it shows [`TILE`] metres.
const PIXELS: u32 = 1024;
/// Metres that one picture shows.
const TILE: f32 = 5.0;
/// Half the side of the floor in metres: past the haze.
const HALF: f32 = 4_000.0;
/// How bright the floor and its lines are, from 0 to 255.
const BARE: u8 = 212;
const LINE: u8 = 194;
const STRONG_LINE: u8 = 170;

/// Lays the floor.
pub(crate) fn lay(
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut images: ResMut<Assets<Image>>,
    mut materials: ResMut<Assets<StandardMaterial>>,
) {
    let material = materials.add(StandardMaterial {
        base_color_texture: Some(images.add(grid())),
        perceptual_roughness: 0.95,
        reflectance: 0.1,
        ..default()
    });
    commands.spawn((
        Mesh3d(meshes.add(plane())),
        MeshMaterial3d(material),
        Transform::from_xyz(0.0, -0.002, 0.0),
        NotShadowCaster,
    ));
}

/// A square with the picture on it, again and again.
fn plane() -> Mesh {
    let corners = [(-HALF, -HALF), (HALF, -HALF), (HALF, HALF), (-HALF, HALF)];
    let positions: Vec<[f32; 3]> = corners.iter().map(|&(x, z)| [x, 0.0, z]).collect();
    let uvs: Vec<[f32; 2]> = corners.iter().map(|&(x, z)| [x / TILE, z / TILE]).collect();
    Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default())
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, positions)
        .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, vec![[0.0, 1.0, 0.0]; 4])
        .with_inserted_attribute(Mesh::ATTRIBUTE_UV_0, uvs)
        .with_inserted_indices(Indices::U32(vec![0, 2, 1, 0, 3, 2]))
}

/// The picture of the grid, with all its smaller copies.
fn grid() -> Image {
    let mut level: Vec<u8> = lines();
    let (mut data, mut size, mut levels) = (Vec::new(), PIXELS, 1);
    loop {
        data.extend(level.iter().flat_map(|&grey| [grey, grey, grey.saturating_add(2), 255]));
        if size == 1 {
            break;
        }
        level = halved(&level, size);
        size /= 2;
        levels += 1;
    }
    let mut image = Image::new_uninit(
        Extent3d { width: PIXELS, height: PIXELS, depth_or_array_layers: 1 },
        TextureDimension::D2,
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::RENDER_WORLD,
    );
    image.data = Some(data);
    image.texture_descriptor.mip_level_count = levels;
    image.sampler = ImageSampler::Descriptor(ImageSamplerDescriptor {
        address_mode_u: ImageAddressMode::Repeat,
        address_mode_v: ImageAddressMode::Repeat,
        mag_filter: ImageFilterMode::Linear,
        min_filter: ImageFilterMode::Linear,
        mipmap_filter: ImageFilterMode::Linear,
        anisotropy_clamp: 16,
        ..default()
    });
    image
}

/// The grid at full size: a line every metre, the strong one at the edge.
fn lines() -> Vec<u8> {
    let brightness = |at: u32| {
        let metres = at as f32 / PIXELS as f32 * TILE;
        let off = (metres - metres.round()).abs();
        let strong = (metres.round() as u32).is_multiple_of(TILE as u32);
        match strong {
            true if off < 0.014 => STRONG_LINE,
            false if off < 0.010 => LINE,
            _ => BARE,
        }
    };
    let row: Vec<u8> = (0..PIXELS).map(brightness).collect();
    let mut all = Vec::with_capacity(row.len() * row.len());
    for &across in &row {
        all.extend(row.iter().map(|&along| along.min(across)));
    }
    all
}

/// A picture of half the size.
fn halved(level: &[u8], size: u32) -> Vec<u8> {
    let (size, half) = (size as usize, size as usize / 2);
    let pixel = |x: usize, y: usize| u32::from(level[y * size + x]);
    let mean = |x: usize, y: usize| {
        (pixel(2 * x, 2 * y)
            + pixel(2 * x + 1, 2 * y)
            + pixel(2 * x, 2 * y + 1)
            + pixel(2 * x + 1, 2 * y + 1))
            / 4
    };
    let mut smaller = Vec::with_capacity(half * half);
    for y in 0..half {
        smaller.extend((0..half).map(|x| mean(x, y) as u8));
    }
    smaller
}
