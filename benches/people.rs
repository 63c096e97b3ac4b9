//! Five hundred machines in twenty halls, five rows of five in each. Each hall has ten operators who load and unload its
//! machines and walk between them: two calls and two walks for each operation.

use std::fmt::Write;

/// The layout of the model.
pub fn layout() -> String {
    let (mut elements, mut flow) = (String::new(), String::new());
    for hall in 0..20 {
        for machine in 0..25 {
            let (row, nth) = (format!("{hall}-{}", machine / 5), machine % 5);
            let name = format!("m{row}-{nth}");
            let at = (f64::from(nth) * 4.0, f64::from(machine / 5) * 4.0);
            let _ = writeln!(
                elements,
                "\"{name}\": Machine(cycle: Exponential(\"60 s\"), load: \"14 s\", unload: \"10 s\", \
                 people: [(skill: \"hall {hall}\", for: [Load, Unload])], at: ({:?}, {:?})),",
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
