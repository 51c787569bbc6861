"""Errors of the program as exceptions. None of them holds the value of a cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Mapping, Sequence

if TYPE_CHECKING:
    from .release import Release


class UnderstudyError(Exception):
    """A fault that the program reports.

    Attributes:
        code: The number of the error, which is the exit status that belongs to it.
        id: The kind of fault, such as ``table.missing``; it never changes.
        message: What is wrong, and where.
        remedy: How to mend it; empty if there is no advice.
        exit_status: The exit status with which the program ended.
    """

    def __init__(
        self,
        message: str,
        *,
        code: int = 1,
        id: str = "internal.unexpected",
        remedy: str = "",
        exit_status: int | None = None,
    ) -> None:
        super().__init__(f"{message}\n{remedy}" if remedy else message)
        self.code = code
        self.id = id
        self.message = message
        self.remedy = remedy
        self.exit_status = code if exit_status is None else exit_status


class ProgramNotFoundError(UnderstudyError):
    """The program ``understudy`` is neither in this package nor on the PATH."""


class InputError(UnderstudyError):
    """An input, a file or a setting cannot be used (code 1)."""


class UsageError(UnderstudyError):
    """The command cannot be understood (code 2)."""


class BudgetError(UnderstudyError):
    """The granted budget does not allow it (code 4)."""


class DecisionNeededError(UnderstudyError):
    """The table resembles one that the ledger knows (code 5).

    Answer with ``same_people_as=[name]`` or ``other_people=True``.

    Attributes:
        resembles: Everything that the table resembles, each with ``name``, ``dataset`` and
            ``shared``.
    """

    def __init__(
        self, message: str, *, resembles: Sequence[Mapping[str, Any]], **rest: Any
    ) -> None:
        super().__init__(message, **rest)
        self.resembles = tuple(resembles)


class RefusedError(UnderstudyError):
    """A release did not meet its policy and was not published (code 3).

    Attributes:
        policy: The name of the policy.
        failures: A sentence for each line that was not met.
        lines: Every line of the policy, each with ``name``, ``requirement``, ``found``,
            ``outcome`` and ``remedy``.
        is_charged: Whether questions were put to the rows; what they cost stays charged.
        owner_report: The path of the owner's report of the attempt, if there is one.
    """

    def __init__(self, document: Mapping[str, Any], exit_status: int) -> None:
        self.policy: str | None = document.get("policy")
        self.failures: tuple[str, ...] = tuple(document.get("failures", ()))
        self.lines: tuple[Mapping[str, Any], ...] = tuple(document.get("lines", ()))
        self.is_charged = bool(document.get("isCharged", False))
        self.owner_report: str | None = document.get("ownerReport")
        super().__init__(
            "The release was not published: " + " ".join(self.failures),
            code=3,
            id="verdict.adverse",
            exit_status=exit_status,
            remedy=" ".join(
                line["remedy"]
                for line in self.lines
                if line.get("outcome") != "met" and line.get("remedy")
            ),
        )


class NothingLearnedError(UnderstudyError):
    """A release was made and charged, but there were too few rows to learn any column (code 3).

    Attributes:
        release: The release, all of whose cells are empty.
    """

    def __init__(self, release: Release, exit_status: int) -> None:
        super().__init__(
            "Nothing could be learned about any column of the table; the release has empty cells.",
            code=3,
            id="verdict.adverse",
            exit_status=exit_status,
            remedy="Declare bounds and categories that are public, or spend more. "
            "With allow_empty=True such a release is no error.",
        )
        self.release = release


class CancelledError(UnderstudyError):
    """The run was stopped (code 130). What was charged stays charged."""


_KINDS = {1: InputError, 2: UsageError, 4: BudgetError, 130: CancelledError}


def error_of(document: Mapping[str, Any], exit_status: int) -> UnderstudyError:
    """Returns the exception for the ``error`` of a JSON document."""
    found = document["error"]
    facts: dict[str, Any] = {
        "code": found["code"],
        "id": found["id"],
        "remedy": _in_python(found.get("remedy", "")),
        "exit_status": exit_status,
    }
    if found["code"] == 5:
        return DecisionNeededError(
            found["message"],
            resembles=document.get("resembles", found.get("resembles", ())),
            **facts,
        )
    return _KINDS.get(found["code"], UnderstudyError)(found["message"], **facts)


def _in_python(remedy: str) -> str:
    """Advice with the names of arguments for options; whole commands stay, they can be pasted."""
    if "understudy " in remedy:
        return remedy
    return re.sub(r"--([a-z][a-z-]*)", lambda found: found[1].replace("-", "_"), remedy)
