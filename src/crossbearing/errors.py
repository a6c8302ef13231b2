"""What can go wrong, as one tree.

    CrossbearingError
        StepError               one capture or document; kept as a fault in the ledger, listed, retried
            UnreadableCapture   the bytes cannot be turned into text
            RefusedInput        a file that is not let in: a link that leaves, a bomb, one over the limit
            BrokenReading       a reader's spans do not fit the text
        RunError                the run cannot go on; the sentence says what to do
            ConfigError         an option that does not exist or cannot be
            LedgerError         a ledger that cannot be opened or is not one
                LedgerTooNew    made by a newer version
            RefusedDecision     a person's decision that cannot be recorded as it is given
            NothingUsable       no input could be read
            MissingResource     a table that ships with the package is gone or damaged

Every error carries its facts as fields; its sentence says what, where, why and what to do.
"""

from __future__ import annotations


class CrossbearingError(Exception):
    """Anything that this package raises on purpose."""


class StepError(CrossbearingError):
    """One thing could not be done. The run goes on."""

    def __init__(self, file: str, why: str, todo: str = "") -> None:
        super().__init__(file, why, todo)
        self.file, self.why, self.todo = file, why, todo

    def __str__(self) -> str:
        return f"{self.file}: {self.why}." + (f" {self.todo}." if self.todo else "")


class UnreadableCapture(StepError):
    """The bytes cannot be turned into text."""


class RefusedInput(StepError):
    """A file that is not let in."""


class BrokenReading(StepError):
    """A reader's spans do not fit the text they are said to be of."""


class RunError(CrossbearingError):
    """The run cannot go on."""


class ConfigError(RunError):
    """An option that does not exist, or a value that cannot be."""

    def __init__(self, where: str, option: str, why: str) -> None:
        super().__init__(where, option, why)
        self.where, self.option, self.why = where, option, why

    def __str__(self) -> str:
        return f"{self.where}: {self.option}: {self.why}. `crossbearing config show` lists every option."


class LedgerError(RunError):
    """A ledger that cannot be opened, or is not one."""

    def __init__(self, path: str, why: str, todo: str) -> None:
        super().__init__(path, why, todo)
        self.path, self.why, self.todo = path, why, todo

    def __str__(self) -> str:
        return f"{self.path}: {self.why}. {self.todo}."


class LedgerTooNew(LedgerError):
    """Made by a newer version of the package."""


class RefusedDecision(RunError):
    """A person's decision that cannot be recorded as it is given."""

    def __init__(self, what: str, why: str, todo: str) -> None:
        super().__init__(what, why, todo)
        self.what, self.why, self.todo = what, why, todo

    def __str__(self) -> str:
        return f"{self.what}: {self.why}. {self.todo}."


class NothingUsable(RunError):
    """No input could be read."""


class MissingResource(RunError):
    """A table that ships with the package is gone or damaged."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name, why)
        self.name, self.why = name, why

    def __str__(self) -> str:
        return f"resources/{self.name}: {self.why}. Reinstall the package, or rebuild the table with its script in scripts/."
