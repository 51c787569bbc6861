"""Understudy: private stand-ins for tables of people, with evidence and a budget.

Every function runs the program ``understudy``; nothing is sent anywhere. Tables go in as paths,
pandas or polars frames, Arrow tables or rows as dicts, and no file of rows is left behind.

Example:
    >>> import understudy
    >>> schema = understudy.inspect(patients).schema         # read it, correct it
    >>> release = understudy.synthesize(patients, schema=schema, epsilon=1, output="release")
    >>> stand_in = release.frame()
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Optional, Sequence, Union

from . import budget, linked
from ._commands import check, inspect, plan, sample
from ._commands import synthesize as _synthesize
from ._desk import options as _options
from ._desk import several as _several
from ._judging import attack, evaluate, verify
from ._program import Progress, ProgressLike
from ._program import find as program
from ._questions import ask, ask_plan, estimate
from ._tables import Table
from ._texts import redact, scan
from .errors import (
    BudgetError,
    CancelledError,
    DecisionNeededError,
    InputError,
    NothingLearnedError,
    ProgramNotFoundError,
    RefusedError,
    UnderstudyError,
    UsageError,
)
from .models import Model, TrainingPlan, train, train_plan
from .release import Release
from .results import (
    Account,
    Answer,
    AskPlan,
    AttackReport,
    Budgets,
    Check,
    Estimate,
    Evaluation,
    Inspection,
    Number,
    Plan,
    Redaction,
    Scan,
    Verification,
)
from .schema import Schema, SchemaLike

__version__ = "0.1.0"


def synthesize(
    table: Table,
    *,
    epsilon: float,
    output: Union[str, "os.PathLike[str]"],
    schema: SchemaLike = None,
    name: str = "table",
    delta: Optional[float] = None,
    target: Union[str, Sequence[str], None] = None,
    rows: Optional[int] = None,
    engine: Optional[str] = None,
    model_size: Optional[float] = None,
    steps: Optional[int] = None,
    policy: Union[str, "os.PathLike[str]", None] = None,
    public: Union[str, "os.PathLike[str]", None] = None,
    person_bound: Optional[str] = None,
    attack: bool = False,
    control: Union[str, "os.PathLike[str]", None] = None,
    strict: bool = False,
    same_people_as: Union[str, Sequence[str], None] = None,
    other_people: bool = False,
    owner_report: Union[bool, str, "os.PathLike[str]"] = True,
    allow_empty: bool = False,
    force: bool = False,
    ledger: Union[str, "os.PathLike[str]", None] = None,
    keys: Union[str, "os.PathLike[str]", None] = None,
    seed: Optional[int] = None,
    progress: ProgressLike = None,
) -> Release:
    """Makes a release: a private stand-in for a table, its evidence, and a model.

    The budget of the people in the table is charged, whatever the table is called.

    Args:
        table: A path, the address of a database, a pandas or polars frame, an Arrow table, or rows
            as dicts.
        epsilon: How much the release may reveal about any one person; 1 is usual.
        output: The folder to be made.
        schema: What the owner declares; without it types are inferred from the rows, a hazard.
        name: The name of a table that has no file; the ledger lists it under this name.
        delta: The chance that is left out of the guarantee; 1e-9.
        target: Columns that will be predicted, which weigh more.
        rows: Rows to write; by default about as many as there are.
        engine: ``aim``, ``mst``, ``independent``, ``gan``, ``gem`` or ``auto``.
        policy: What the release must meet, or it is not published.
        public: A file of the same kind that the owner declares public; needs a schema.
        person_bound: ``rows`` or ``norm``, for people with many rows.
        attack: Attack the release for the owner's report.
        control: A file of people who are not in the table, to compare attacks with.
        same_people_as: Datasets or populations of the ledger with the same people.
        other_people: Declare that nobody in the table is in one that it resembles: a hazard.
        owner_report: The folder for the comparison with the original; False leaves it out.
        seed: Makes the run repeatable and NOT PRIVATE. For tests only.
        progress: A function that is called with each :class:`Progress`, or whether to show a bar.

    Raises:
        BudgetError: The granted budget does not allow it.
        DecisionNeededError: The table resembles one that the ledger knows.
        RefusedError: The release did not meet the policy, and was not published.
        NothingLearnedError: Nothing could be learned about any column.
    """
    where = [] if isinstance(owner_report, bool) else [f"--owner-report={os.fspath(owner_report)}"]
    outcome, shape = _synthesize(
        table,
        epsilon=epsilon,
        output=output,
        schema=schema,
        name=name,
        progress=progress,
        settings={
            "delta": delta,
            "target": target,
            "rows": rows,
            "engine": engine,
            "model_size": model_size,
            "steps": steps,
            "policy": policy,
            "public": public,
            "person_bound": person_bound,
            "ledger": ledger,
        },
        arguments=where
        + _options(
            attack=attack,
            control=control,
            strict=strict,
            same_people_as=_several(same_people_as),
            other_people=other_people,
            no_owner_report=owner_report is False,
            allow_empty=allow_empty,
            force=force,
            keys=keys,
            seed=seed,
        ),
    )
    document = outcome.document
    if "release" not in document:
        raise RefusedError(document, outcome.status)
    report = document.get("ownerReport")
    opened = Release.open(document["release"])
    release = Release(
        opened.folder,
        opened.manifest,
        tuple(document.get("ownerMessages", ())),
        Path(report) if report else None,
        _shape=replace(shape, names=opened._known_shape().names),
    )
    if outcome.status == 3 and not document.get("learnedColumns", 1):
        raise NothingLearnedError(release, outcome.status)
    return release


__all__ = [
    "Account",
    "Answer",
    "AskPlan",
    "AttackReport",
    "BudgetError",
    "Budgets",
    "CancelledError",
    "Check",
    "DecisionNeededError",
    "Estimate",
    "Evaluation",
    "InputError",
    "Inspection",
    "Model",
    "NothingLearnedError",
    "Number",
    "Plan",
    "ProgramNotFoundError",
    "Progress",
    "Redaction",
    "RefusedError",
    "Release",
    "Scan",
    "Schema",
    "TrainingPlan",
    "UnderstudyError",
    "UsageError",
    "Verification",
    "ask",
    "ask_plan",
    "attack",
    "budget",
    "check",
    "estimate",
    "evaluate",
    "inspect",
    "linked",
    "plan",
    "program",
    "redact",
    "sample",
    "scan",
    "synthesize",
    "train",
    "train_plan",
    "verify",
]
