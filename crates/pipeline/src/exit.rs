//! Exit codes: one table for the binary, its help and its tests.

use std::fmt;
use std::process::ExitCode;

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exit {
    /// Everything read was exported, rejected or skipped.
    Done,
    /// A failure that is none of the others, a bug included.
    Failed,
    /// The command line is wrong.
    Usage,
    /// An input does not exist or cannot be read at all.
    Input,
    /// The output cannot be written: a full disk, a folder that is not empty.
    Output,
    /// More documents were rejected than `--max-reject-rate` allows; the output is complete.
    TooManyRejects,
    /// Ended by Ctrl-C; what had been read is complete in the output.
    Interrupted,
}

/// The table that `--help` shows.
pub const TABLE: &str = "\
Exit codes:
  0    done; documents may have been rejected, see rejects.jsonl
  1    failed: a bug or an unexpected condition
  2    usage: the command line is wrong
  3    input: an INPUT does not exist or cannot be read
  4    output: cannot write, or the folder is not empty
  5    more documents rejected than --max-reject-rate allows
  130  interrupted; what had been read by then is complete";

impl Exit {
    /// The number that the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Input => 3,
            Self::Output => 4,
            Self::TooManyRejects => 5,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// An error that knows its exit code; put into an [`anyhow::Error`] as context.
#[derive(Debug)]
pub struct Ended(pub Exit, pub String);

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.1)
    }
}

impl std::error::Error for Ended {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_lists_every_code() {
        use Exit::{Done, Failed, Input, Interrupted, Output, TooManyRejects, Usage};
        for exit in [Done, Failed, Usage, Input, Output, TooManyRejects, Interrupted] {
            assert!(TABLE.contains(&format!("\n  {:<5}", exit.code())), "{exit:?}");
        }
    }
}
