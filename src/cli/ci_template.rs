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
