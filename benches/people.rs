//! Five hundred machines in twenty halls, each hall with ten operators who load and unload its machines, walk between them and
//! are busy for four fifths of their time.

use std::fmt::Write;

/// The layout of the model.
pub fn layout() -> String {
    let (mut elements, mut flow) = (String::new(), String::new());
    for hall in 0..20 {
        for machine in 0..25 {
            let name = format!("m{hall}-{machine}");
            let at = (f64::from(machine % 5) * 4.0, f64::from(machine / 5) * 4.0);
            let _ = writeln!(
                elements,
                "\"{name}\": Machine(cycle: Exponential(\"60 s\"), load: \"14 s\", unload: \"10 s\", \
                 people: [(skill: \"hall {hall}\", for: [Load, Unload])], at: ({:?}, {:?})),",
                at.0, at.1
            );
            let _ = writeln!(flow, "\"in -> {name} -> out\",");
        }
        let _ = writeln!(
            elements,
            "\"crew {hall}\": Crew(size: 10, skills: [\"hall {hall}\"], speed: \"1.2 m/s\", at: (8.0, 8.0)),"
        );
    }
    format!(
        "Line(name: \"people\", products: {{ \"part\": () }}, elements: {{ \"in\": Source(), \"out\": Sink(),\n{elements} }}, \
         flow: [{flow}])"
    )
}
