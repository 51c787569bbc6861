"""Private predictive models: trained for a budget, read as a page of points, used at no cost."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from ._desk import Desk, PathLike, options, several
from ._program import ProgressLike
from ._signed import Signed, manifest_of, schema_of
from ._tables import Table, library
from .errors import RefusedError
from .schema import SchemaLike


@dataclass(frozen=True)
class TrainingPlan:
    """What training would cost, before anything is spent.

    Attributes:
        family: ``logistic``, ``linear`` or ``poisson``.
        columns: The columns that the model would look at.
        left_out: The others, each with the reason.
    """

    epsilon: float
    delta: float
    family: str
    form: str
    columns: Tuple[str, ...]
    left_out: Mapping[str, str]
    hazards: Tuple[str, ...]
    document: Mapping[str, Any] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Model(Signed):
    """The folder of a trained model, signed; it can be handed over whole."""

    _noun: ClassVar[str] = "model"

    @classmethod
    def open(cls, folder: PathLike) -> Model:
        """Opens a model's folder, for instance one that was handed over."""
        return cls(Path(folder), manifest_of(folder))

    def scorecard(self) -> Dict[str, Any]:
        """The formula: points for bins and categories, and the link to the score."""
        card: Dict[str, Any] = json.loads(
            (self.folder / "scorecard.json").read_text(encoding="utf-8")
        )
        return card

    def points(self) -> List[Dict[str, Any]]:
        """A dict for each bin and category, as ``pandas.DataFrame`` takes them. Standard errors
        include the noise; a cell that has none is None."""
        text = (self.folder / "points.csv").read_text(encoding="utf-8")
        numbers = ("from", "to", "points", "standard_error")
        return [
            {
                name: (float(cell) if cell else None) if name in numbers else cell
                for name, cell in row.items()
            }
            for row in csv.DictReader(io.StringIO(text))
        ]

    def predict(self, table: Table, *, progress: ProgressLike = None) -> Any:
        """Scores every row, at no privacy cost: probabilities if the model is logistic, and
        expected values otherwise.

        Columns that the model does not know are ignored; the report says what becomes of missing
        cells, unknown categories and numbers out of range.

        Returns:
            A Series beside the rows for a pandas or polars frame, else a list.
        """
        with Desk(schema_of(self.manifest)) as desk:
            result = desk.result("the scores")
            desk.run(
                ["predict", str(self.folder), desk.given(table), "-o", result.argument]
                + result.replacing,
                progress,
            )
            rows = csv.DictReader(io.StringIO(result.text()))
            scores = [float(row["score"]) for row in rows]
        return _beside(table, scores)


def _beside(table: Any, scores: List[float]) -> Any:
    if isinstance(table, (str, os.PathLike)):
        return scores
    kind = library(table)
    if kind == "pandas":
        import pandas as pd

        return pd.Series(scores, index=table.index, name="score")
    if kind == "polars":
        import polars as pl

        return pl.Series("score", scores)
    return scores


def train(
    table: Table,
    *,
    target: str,
    epsilon: float,
    output: PathLike,
    schema: SchemaLike = None,
    name: str = "table",
    delta: Optional[float] = None,
    event: Optional[str] = None,
    model: Optional[str] = None,
    square_root: bool = False,
    ignore: Sequence[str] = (),
    policy: Optional[PathLike] = None,
    same_people_as: Union[str, Sequence[str], None] = None,
    other_people: bool = False,
    force: bool = False,
    ledger: Optional[PathLike] = None,
    keys: Optional[PathLike] = None,
    seed: Optional[int] = None,
    progress: ProgressLike = None,
) -> Model:
    """Trains a private model. The budget of the people in the table is charged.

    Args:
        table: A path, the address of a database, a pandas or polars frame, an Arrow table, or rows
            as dicts.
        target: The column that is predicted.
        epsilon: How much the model may reveal about any one person; 1 is usual.
        output: The folder to be made.
        schema: What the owner declares; without it types are inferred from the rows, a hazard.
        event: The label that counts as yes, if the target is a category.
        model: ``additive`` (points for bins, the default), ``linear``, ``logistic``, ``poisson``.
        square_root: Model the square root of a number, for amounts that spread more where they are
            larger.
        ignore: Columns that the model must not look at.
        seed: Makes the run repeatable and NOT PRIVATE. For tests only.

    Raises:
        BudgetError: The granted budget does not allow it.
        DecisionNeededError: The table resembles one that the ledger knows.
        RefusedError: The model did not meet the policy, and was not published.
    """
    with Desk(schema, name) as desk:
        outcome = desk.run(
            ["train", desk.given(table), "-o", os.fspath(output), *desk.schema_option()]
            + _form(target, epsilon, delta, event, model, square_root, ignore, policy)
            + options(
                same_people_as=several(same_people_as),
                other_people=other_people,
                force=force,
                ledger=ledger,
                keys=keys,
                seed=seed,
            ),
            progress,
            accept=(0, 3),
        )
    if not (Path(output) / "manifest.json").is_file():
        raise RefusedError(outcome.document, outcome.status)
    opened = Model.open(output)
    messages = tuple(outcome.document.get("ownerMessages", ()))
    return Model(opened.folder, opened.manifest, messages)


def train_plan(
    table: Table,
    *,
    target: str,
    epsilon: float,
    schema: SchemaLike = None,
    name: str = "table",
    delta: Optional[float] = None,
    event: Optional[str] = None,
    model: Optional[str] = None,
    square_root: bool = False,
    ignore: Sequence[str] = (),
    policy: Optional[PathLike] = None,
) -> TrainingPlan:
    """Says what :func:`train` would make of a table and its schema. It spends nothing."""
    with Desk(schema, name) as desk:
        document = desk.run(
            ["train", desk.given(table), "--plan", *desk.schema_option()]
            + _form(target, epsilon, delta, event, model, square_root, ignore, policy)
        ).document
    return TrainingPlan(
        document["epsilon"],
        document["delta"],
        document["family"],
        document["form"],
        tuple(document["columns"]),
        {column["name"]: column["reason"] for column in document.get("leftOut", ())},
        tuple(document.get("hazards", ())),
        document,
    )


def _form(
    target: str,
    epsilon: float,
    delta: Optional[float],
    event: Optional[str],
    model: Optional[str],
    square_root: bool,
    ignore: Sequence[str],
    policy: Optional[PathLike],
) -> List[str]:
    return options(
        target=target,
        epsilon=epsilon,
        delta=delta,
        event=event,
        model=model,
        square_root=square_root,
        ignore=list(ignore),
        policy=policy,
    )
