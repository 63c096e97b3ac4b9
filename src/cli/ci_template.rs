//! `taktwin ci-template SERVICE`: a workflow that tests all lines of a repository.

use super::output::Destination;
use super::{ExitStatus, Failure};
use clap::{Args, ValueEnum};

/// Print a workflow for a build server that tests every line with expectations
#[derive(Args, Clone, Debug)]
#[command(after_help = "Examples:
  taktwin ci-template github > .github/workflows/taktwin.yml
  taktwin ci-template gitlab > .gitlab-ci.yml
  taktwin ci-template jenkins > Jenkinsfile

The workflow expects the lines in the folder `scenes`, and Taktwin as a crate
that cargo can install; change both where yours differ.")]
pub struct CiTemplate {
    /// Whose workflow
    #[arg(value_enum)]
    service: CiService,
}

/// A build service.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum CiService {
    /// GitHub Actions
    Github,
    /// GitLab CI
    Gitlab,
    /// Jenkins, a declarative pipeline
    Jenkins,
}

impl CiTemplate {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let text = match self.service {
            CiService::Github => include_str!("ci_template/github.yml"),
            CiService::Gitlab => include_str!("ci_template/gitlab.yml"),
            CiService::Jenkins => include_str!("ci_template/Jenkinsfile"),
        };
        Destination::Terminal.print(text)?;
        Ok(ExitStatus::Done)
    }
}

#[cfg(test)]
mod tests {
    /// What may stand in what, of all sections that a declarative pipeline of Jenkins knows.
    const SECTIONS: [(&str, &[&str]); 6] = [
        ("", &["pipeline"]),
        ("pipeline", &["agent", "options", "stages", "post"]),
        ("options", &["timeout"]),
        ("stages", &["stage"]),
        ("stage", &["steps"]),
        ("post", &["always"]),
    ];

    fn may_stand_in(name: &str, section: &str) -> bool {
        let known = SECTIONS.iter().find(|(known, _)| *known == section);
        // All others hold steps, whose names come from plugins.
        known.is_none_or(|(_, inner)| inner.contains(&name))
    }

    #[test]
    fn the_sections_of_the_jenkinsfile_stand_where_jenkins_knows_them_and_are_closed() {
        let text = include_str!("ci_template/Jenkinsfile");
        let (mut open, mut seen) = (vec![""], Vec::new());
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
            assert!(line.matches('\'').count() % 2 == 0, "{line}");
            assert_eq!(line.matches('(').count(), line.matches(')').count(), "{line}");
            if line == "}" {
                assert!(open.len() > 1, "a bracket too many");
                open.pop();
                continue;
            }
            let name = line.split([' ', '(']).next().unwrap();
            let section = open[open.len() - 1];
            assert!(may_stand_in(name, section), "`{name}` in `{section}`");
            seen.push(name);
            if line.ends_with('{') {
                open.push(name);
            }
        }
        assert_eq!(open, [""]);
        // A declarative pipeline needs these.
        assert!(["pipeline", "agent", "stages", "stage", "steps"].iter().all(|name| seen.contains(name)));
    }
}
