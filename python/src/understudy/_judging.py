"""Commands that compare, attack and verify."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence

from ._desk import Desk, PathLike, folder_of, options
from ._program import ProgressLike
from ._tables import Table
from .results import AttackReport, Evaluation, Risk, Verification
from .schema import SchemaLike


def evaluate(
    original: Table,
    synthetic: Any,
    *,
    schema: SchemaLike = None,
    target: Optional[str] = None,
    holdout: Optional[Table] = None,
    ignore: Sequence[str] = (),
    report: Optional[PathLike] = None,
    progress: ProgressLike = None,
) -> Evaluation:
    """Compares a synthetic table with its original, for the original's owner alone.

    Args:
        synthetic: A :class:`Release`, or a table in any form.
        target: A column to predict.
        report: A page to write, which only its owner can read.
    """
    with Desk(schema, "original") as desk:
        arguments = [
            "evaluate",
            "--original",
            desk.given(original),
            "--synthetic",
            _synthetic(desk, synthetic),
        ]
        if holdout is not None:
            arguments += ["--holdout", desk.table(holdout, "holdout", desk.form)]
        document = desk.run(
            arguments
            + desk.schema_option()
            + options(target=target, ignore=list(ignore), report=report),
            progress,
        ).document
    means = document.get("means", {})
    return Evaluation(
        means.get("oneWay"),
        means.get("twoWay"),
        {c["name"]: c["distance"] for c in document["columns"]},
        tuple(map(str, document.get("notAssessed", ()))),
        document,
    )


def _synthetic(desk: Desk, synthetic: Any) -> str:
    if hasattr(synthetic, "folder") and hasattr(synthetic, "manifest"):
        return str(synthetic.folder / "synthetic.csv")
    return desk.table(synthetic, "synthetic", desk.form)


def attack(
    original: Table,
    synthetic: Any,
    *,
    control: Optional[Table] = None,
    schema: SchemaLike = None,
    ignore: Sequence[str] = (),
    queries: Optional[int] = None,
    max_risk: Optional[float] = None,
    policy: Optional[PathLike] = None,
    seed: Optional[int] = None,
    progress: ProgressLike = None,
) -> AttackReport:
    """Attacks a synthetic table and says what an adversary would learn of the original's people.

    Args:
        control: People of the same kind who were not in the original; without them nothing is
            judged.
    """
    with Desk(schema, "original") as desk:
        arguments = [
            "attack",
            "--original",
            desk.given(original),
            "--synthetic",
            _synthetic(desk, synthetic),
        ]
        if control is not None:
            arguments += ["--control", desk.table(control, "control", desk.form)]
        document = desk.run(
            arguments
            + desk.schema_option()
            + options(
                ignore=list(ignore), queries=queries, max_risk=max_risk, policy=policy, seed=seed
            ),
            progress,
            accept=(0, 3),
        ).document
    return attack_report(document)


def attack_report(document: Mapping[str, Any]) -> AttackReport:
    """Reads the answer of an attack on a table, or on linked tables."""
    risks = tuple(
        Risk(
            a["name"],
            a["risk"]["value"],
            a["risk"]["low"],
            a["risk"]["high"],
            a.get("smallestDetectable"),
        )
        for a in document.get("attacks", ())
    )
    return AttackReport(
        document["verdict"],
        tuple(document.get("failures", ())),
        risks,
        tuple(document.get("notes", ())),
        document,
    )


def verify(
    release: Any, *, trusted_key: Optional[str] = None, ledger: Optional[PathLike] = None
) -> Verification:
    """Checks that a release or an answer is what its owner signed, and that its claim adds up."""
    with Desk() as desk:
        document = desk.run(
            ["verify", folder_of(release)] + options(trusted_key=trusted_key, ledger=ledger),
            accept=(0, 3),
        ).document
    return Verification(
        document["verdict"] == "pass",
        tuple(document.get("failures", ())),
        document.get("signer", {}).get("keyID"),
        document,
    )
