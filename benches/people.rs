//! Five hundred machines in twenty halls, five rows of five in each. Each hall has ten operators who walk between its machines: to
//! load and to unload them, with two calls for each operation, or to stay for the whole operation.

use std::fmt::Write;

/// Operators load and unload: two calls and two walks for each operation.
pub fn loaders() -> String {
    layout("cycle: Exponential(\"60 s\"), load: \"14 s\", unload: \"10 s\"", ", for: [Load, Unload]")
}

/// Operators stay with a machine: one call and one walk for each operation.
pub fn attendants() -> String {
    layout("cycle: Exponential(\"30 s\")", "")
}

fn layout(settings: &str, phases: &str) -> String {
    let (mut elements, mut flow) = (String::new(), String::new());
    for hall in 0..20 {
        for machine in 0..25 {
            let (row, nth) = (format!("{hall}-{}", machine / 5), machine % 5);
            let name = format!("m{row}-{nth}");
            let at = (f64::from(nth) * 4.0, f64::from(machine / 5) * 4.0);
            let _ = writeln!(
                elements,
                "\"{name}\": Machine({settings}, people: [(skill: \"hall {hall}\"{phases})], at: ({:?}, {:?})),",
                at.0, at.1
            );
            let _ = match nth {
                0 => writeln!(elements, "\"in{row}\": Source(), \"out{row}\": Sink(),"),
                _ => writeln!(elements, "\"b{row}-{nth}\": Buffer(capacity: 2),"),
            };
            let way = match nth {
                0 => format!("in{row} -> {name}"),
                _ => format!("m{row}-{} -> b{row}-{nth} -> {name}", nth - 1),
            };
            let _ = writeln!(flow, "\"{way}\",");
            if nth == 4 {
                let _ = writeln!(flow, "\"{name} -> out{row}\",");
            }
        }
        let _ = writeln!(
            elements,
            "\"crew {hall}\": Crew(size: 10, skills: [\"hall {hall}\"], speed: \"1.2 m/s\", at: (8.0, 8.0)),"
        );
    }
    format!(
        "Line(name: \"people\", products: {{ \"part\": () }}, elements: {{ {elements} }}, \
         flow: [{flow}])"
    )
}
