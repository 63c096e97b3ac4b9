//! An arm that reaches: where shoulder, elbow and wrist are when the gripper is at a place.

use crate::equipment::appearance::Arm;
use bevy::math::Vec3;

/// The joints of an arm.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ArmPose {
    /// Where its foot stands; one that cannot reach far enough has moved along.
    pub foot: Vec3,
    /// The joint on the foot.
    pub shoulder: Vec3,
    /// The joint between the bones.
    pub elbow: Vec3,
    /// The joint above the gripper.
    pub wrist: Vec3,
    /// How far the gripper is shut.
    pub grip: f32,
}

/// An arm shows that it is one: it reaches no further than this share of its length.
const STRETCHED: f32 = 0.96;

/// Lets an arm whose foot is at home reach for a place: the foot moves along as far as it must, the elbow is above.
pub fn reach(arm: &Arm, home: Vec3, target: Vec3, grip: f32) -> ArmPose {
    let length = (arm.upper + arm.fore) * STRETCHED;
    let flat = (target - home).with_y(0.0);
    let rise = target.y - arm.shoulder;
    let within = (length * length - rise * rise).max(0.04).sqrt();
    let beyond = (flat.length() - within).max(0.0);
    let foot = home + flat.normalize_or_zero() * beyond;
    let shoulder = foot + Vec3::Y * arm.shoulder;
    let elbow = elbow(arm, shoulder, target);
    ArmPose { foot, shoulder, elbow, wrist: target, grip }
}

/// The elbow of two bones between two ends, in the upright plane through both.
fn elbow(arm: &Arm, shoulder: Vec3, wrist: Vec3) -> Vec3 {
    let line = wrist - shoulder;
    let distance = line.length().max(1e-3);
    // Law of cosines: how far along the line the elbow is, and how far above it.
    let along = (arm.upper * arm.upper - arm.fore * arm.fore + distance * distance) / (2.0 * distance);
    let above = (arm.upper * arm.upper - along * along).max(0.0).sqrt();
    let forward = line / distance;
    let up = (Vec3::Y - forward * forward.y).try_normalize().unwrap_or(Vec3::X);
    shoulder + forward * along + up * above
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARM: Arm = Arm { shoulder: 0.9, upper: 1.2, fore: 1.1 };

    #[test]
    fn both_bones_keep_their_length_wherever_the_arm_reaches() {
        for (x, y, z) in
            [(1.0, 0.8, 0.0), (-0.5, 1.9, 1.2), (0.3, 0.2, -0.4), (9.0, 0.9, 3.0), (0.0, 2.0, 0.0)]
        {
            let pose = reach(&ARM, Vec3::new(0.2, 0.0, 0.1), Vec3::new(x, y, z), 1.0);
            assert!((pose.elbow.distance(pose.shoulder) - ARM.upper).abs() < 1e-3, "{pose:?}");
            assert!((pose.elbow.distance(pose.wrist) - ARM.fore).abs() < 1e-3, "{pose:?}");
            assert_eq!(pose.foot.y, 0.0);
        }
    }

    #[test]
    fn a_foot_moves_only_if_the_arm_is_too_short() {
        let home = Vec3::ZERO;
        assert_eq!(reach(&ARM, home, Vec3::new(1.5, 0.9, 0.0), 0.0).foot, home);
        let far = reach(&ARM, home, Vec3::new(5.0, 0.9, 0.0), 0.0);
        assert!(far.foot.x > 2.7 && far.foot.x < 5.0 && far.foot.z == 0.0, "{far:?}");
    }
}
