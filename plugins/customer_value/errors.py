"""Every failure that is expected to happen, as one message: what, where, state, what to do.

Three kinds decide what a scheduler does next. ``RETRY`` may go away by itself (network, lock),
``STOP`` needs new data or a changed contract, ``OPERATOR`` needs a person (disk, credentials).
"""

from typing import Any, ClassVar, Literal

Kind = Literal["retry", "stop", "operator"]


class CustomerValueError(Exception):
    """A failure with its place and its remedy.

    :param what: the rule that broke and the value that broke it.
    :param where: source, table, file and line or column.
    :param fix: the exact next command or change.

    ``state`` says what readers see now; the step that failed fills it in.
    """

    kind: ClassVar[Kind] = "stop"

    def __init__(self, what: str, *, where: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.fix = fix
        self.state: str | None = None

    def __str__(self) -> str:
        lines = [self.what, f"  where: {self.where}"]
        if self.state:
            lines.append(f"  state: {self.state}")
        lines.append(f"  fix:   {self.fix}")
        return "\n".join(lines)

    def as_record(self) -> dict[str, Any]:
        """Return the error as the run ledger stores it."""
        return {
            "error": type(self).__name__,
            "kind": self.kind,
            "what": self.what,
            "where": self.where,
            "state": self.state,
            "fix": self.fix,
        }


class SourceUnavailableError(CustomerValueError, ConnectionError):
    """A source system did not answer; trying again later may help."""

    kind = "retry"


class SourceAccessError(CustomerValueError, PermissionError):
    """A source system refused us: password, role or grant."""

    kind = "operator"


class ContractError(CustomerValueError, ValueError):
    """A source differs from what ``dags/sources/*.yml`` declares."""


class DeliveryError(CustomerValueError, ValueError):
    """A delivered file cannot be used: truncated, wrongly encoded, or changed after delivery."""


class LandingError(CustomerValueError, ValueError):
    """A landed file or manifest is damaged or missing."""


class AuditError(CustomerValueError):
    """Data broke its expectations; publishing must not go on."""


class SuiteError(CustomerValueError):
    """An expectation suite is missing, empty or not the one that was reviewed."""


class TransformError(CustomerValueError):
    """dbt failed to build or a dbt test found a fault."""


class ResourceError(CustomerValueError, OSError):
    """Disk, memory or permissions are in the way."""

    kind = "operator"

    def __init__(self, what: str, *, where: str, fix: str) -> None:
        CustomerValueError.__init__(self, what, where=where, fix=fix)


class LockHeldError(CustomerValueError):
    """Another run is writing."""

    kind = "retry"


class PublishRefusedError(CustomerValueError):
    """The candidate may not become the live version."""


class VersionError(CustomerValueError, LookupError):
    """A published version is missing or damaged."""

    kind = "operator"


class BacktestError(CustomerValueError):
    """What a model foretold and what came differ by more than they may."""


class QueryError(CustomerValueError):
    """What a reader asked failed, took too long or names nothing."""


class PersonError(CustomerValueError, LookupError):
    """A person cannot be erased as asked."""

    kind = "operator"


class SettingsError(CustomerValueError, ValueError):
    """A setting is missing or makes no sense."""

    kind = "operator"
