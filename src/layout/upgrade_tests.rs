//! Upgrade files, good and wrong.

use super::test_kit::*;
use crate::units::Duration;

#[test]
fn an_upgrade_is_its_base_with_its_changes() {
    let folder = LayoutFolder::new();
    folder.write(
        "up.ron",
        r#"Upgrade(name: "Camera", base: "line.ron", changes: [
            (name: "bending", cost: "2 CNY", set: { "bend.cycle": Constant("50 s"), "run.seed": 9 }),
            (name: "camera", add: { "camera": Machine(cycle: Constant("1 s")) },
             set: { "camera.cycle": Constant("2 s") }, flow: ["weld -> camera -> shop"]),
            (name: "no rack", remove: ["rack"], flow: ["bend -> weld"]),
        ])"#,
    );

    let line = folder.good("up.ron", &["camera.clock=Working"]);

    assert_eq!(line.name, "Camera");
    assert_eq!(line.run.value.seed, 9);
    assert_eq!(line.elements.keys().collect::<Vec<_>>(), ["panels", "bend", "weld", "shop", "camera"]);
    assert_eq!(machine(&line, "bend").cycle, Law::Constant(Duration(50.0)));
    assert_eq!(machine(&line, "camera").cycle, Law::Constant(Duration(2.0)));
    assert_eq!(ways(&line), ["panels > bend", "weld > camera", "camera > shop", "bend > weld"]);
    let changes: Vec<_> =
        line.changes.iter().map(|change| (change.name.as_str(), change.cost.is_some())).collect();
    assert_eq!(changes, [("bending", true), ("camera", false), ("no rack", false)]);
    assert!(line.base.is_some_and(|base| base.ends_with("line.ron")));
}

#[test]
fn a_change_that_does_not_fit_is_underlined_in_the_upgrade() {
    let folder = LayoutFolder::new();
    for (change, wrong) in [
        ("set: { \"bend.cycel\": 3 }", "up.ron: unknown field `cycel` | cycel | did you mean `cycle`?"),
        ("set: { \"bedn.cycle\": 3 }", "up.ron: there is no element `bedn` | bedn | did you mean `bend`?"),
        ("set: { r#\"bend.cycel\"#: 3 }", "up.ron: unknown field `cycel` | cycel | did you mean `cycle`?"),
        (
            "set: { \"bend.cycle\": Gama(mean: \"3 s\") }",
            "up.ron: unknown name `Gama` | Gama | did you mean `Gamma`?",
        ),
        (
            "add: { \"bend\": Sink() }",
            "up.ron: there is already an element `bend` | \"bend\" | keep one of them, or give one another name",
        ),
        ("add: { \"cam\": Snik() }", "up.ron: unknown name `Snik` | Snik | did you mean `Sink`?"),
        (
            "remove: [\"bedn\"]",
            "up.ron: there is no element `bedn` to remove | \"bedn\" | did you mean `bend`?",
        ),
        (
            "remove: [\"bend\", \"bend\"]",
            "up.ron: `bend` is written twice | \"bend\" | keep one of them, or give one another name",
        ),
        ("flow: [\"bend\"]", "up.ron: an arrow needs two ends | \"bend\""),
        ("cots: \"3 CNY\"", "up.ron: unknown field `cots` | cots | did you mean `cost`?"),
        ("cost: 3", "up.ron: expected an amount of money in quotes, such as \"2.4 MCNY\", found 3 | 3"),
    ] {
        let found = folder.change(change);
        assert_eq!(found.first().map(String::as_str), Some(wrong), "{change}: {found:#?}");
        assert_eq!(found.len(), 1, "{change}: {found:#?}");
    }
}

#[test]
fn bases_that_lead_nowhere_or_back_are_refused_at_the_base() {
    let folder = LayoutFolder::new();
    let up = |base: &str| upgrade("").replace("line.ron", base);
    folder.write("a.ron", &up("b.ron"));
    folder.write("b.ron", &up("a.ron"));
    folder.write("own.ron", &up("own.ron"));
    folder.write("lost.ron", &up("lime.ron"));
    (0..17).for_each(|n| folder.write(&format!("chain{n}.ron"), &up(&format!("chain{}.ron", n + 1))));
    folder.write("chain17.ron", LINE);

    assert_eq!(folder.wrong("a.ron", &[]), ["b.ron: this base leads back to the upgrade itself | \"a.ron\""]);
    assert_eq!(
        folder.wrong("own.ron", &[]),
        ["own.ron: this base leads back to the upgrade itself | \"own.ron\""]
    );
    let lost = folder.wrong("lost.ron", &[]);
    assert!(lost[0].starts_with("lost.ron: there is no file") && lost[0].ends_with("line.ron?"), "{lost:?}");
    assert_eq!(
        folder.wrong("chain0.ron", &[]),
        ["chain16.ron: this chain of bases is too long | \"chain17.ron\""]
    );
    assert_eq!(folder.good("chain1.ron", &[]).changes.len(), 16);
}

#[test]
fn a_fault_of_the_base_is_shown_in_the_base() {
    let folder = LayoutFolder::new();
    folder.write("line.ron", &LINE.replace("capacity: 12", "capcity: 12"));

    assert_eq!(folder.change(""), ["line.ron: unknown field `capcity` | capcity | did you mean `capacity`?"]);
}
