"""Budgets: what the releases of the same people may spend in total."""

from __future__ import annotations

import os
from typing import Any, Mapping, Optional, Sequence, Union

from ._desk import Desk, options, several
from ._tables import Table
from .results import Account, Budgets
from .schema import SchemaLike

_Path = Union[str, "os.PathLike[str]"]


def grant(
    table: Optional[Table] = None,
    *,
    epsilon: float,
    delta: Optional[float] = None,
    people: Optional[str] = None,
    schema: SchemaLike = None,
    name: str = "table",
    same_people_as: Union[str, Sequence[str], None] = None,
    other_people: bool = False,
    accept: bool = False,
    ledger: Optional[_Path] = None,
) -> Budgets:
    """Adds to a budget. A grant cannot be taken back.

    Args:
        table: The table; None with ``people``.
        people: A population, whose tables share one budget.
        accept: Grant it although hardly anything is promised.
    """
    return _run(
        "grant",
        table,
        schema,
        name,
        epsilon=epsilon,
        delta=delta,
        people=people,
        same_people_as=several(same_people_as),
        other_people=other_people,
        accept=accept,
        ledger=ledger,
    )


def show(
    table: Optional[Table] = None,
    *,
    schema: SchemaLike = None,
    name: str = "table",
    ledger: Optional[_Path] = None,
) -> Budgets:
    """What was granted, used and left, of one table's people or of all."""
    return _run("show", table, schema, name, ledger=ledger)


def history(
    table: Optional[Table] = None,
    *,
    schema: SchemaLike = None,
    name: str = "table",
    ledger: Optional[_Path] = None,
) -> Budgets:
    """Every grant and every release with its cost, in the ``document`` of each account."""
    return _run("history", table, schema, name, ledger=ledger)


def _run(verb: str, table: Optional[Table], schema: SchemaLike, name: str, **given: Any) -> Budgets:
    with Desk(schema, name) as desk:
        place = [] if table is None else [desk.given(table)]
        document = desk.run(
            ["budget", verb, *place, *desk.schema_option(), *options(**given)]
        ).document
    return Budgets(
        document["ledger"],
        tuple(map(_account, document.get("datasets", ()))),
        tuple(map(_account, document.get("populations", ()))),
        document,
    )


def _account(found: Mapping[str, Any]) -> Account:
    return Account(
        found["name"],
        found["grantedEpsilon"],
        found["grantedDelta"],
        found["usedEpsilon"],
        found.get("furtherEpsilon", 0.0),
        found.get("furtherDelta", 0.0),
        len(found.get("sessions", ())),
        found,
    )
