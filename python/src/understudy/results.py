"""What commands answer, as frozen dataclasses. ``document`` holds the whole JSON answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Tuple

from .schema import Schema

Document = Mapping[str, Any]


def _document() -> Any:
    return field(repr=False, compare=False)


@dataclass(frozen=True)
class Number:
    """An estimate with its interval. Where it is not known, ``estimate`` is None and ``remark``
    says why. ``noise_share`` is the part of the variance that is due to privacy."""

    name: str
    estimate: Optional[float]
    low: Optional[float]
    high: Optional[float]
    standard_error: Optional[float]
    noise_share: Optional[float]
    remark: Optional[str]


@dataclass(frozen=True)
class Test:
    """The result of a statistical test."""

    __test__ = False  # Not one of pytest's.

    name: str
    statistic: Optional[float]
    p_value: Optional[float]
    remark: Optional[str]


@dataclass(frozen=True)
class Findings:
    """Numbers with intervals, and tests."""

    measure: str
    numbers: Tuple[Number, ...]
    tests: Tuple[Test, ...]

    def rows(self) -> List[Dict[str, Any]]:
        """A dict for each number, as ``pandas.DataFrame`` takes them."""
        return [dict(vars(number)) for number in self.numbers]

    def __getitem__(self, name: str) -> Number:
        for number in self.numbers:
            if number.name == name:
                return number
        raise KeyError(name)


@dataclass(frozen=True)
class Estimate(Findings):
    """A conclusion from a release alone.

    ``basis`` is ``measured``, ``draws``, ``open`` or ``unknown``.
    """

    basis: str
    note: str
    is_private: bool
    document: Document = _document()


@dataclass(frozen=True)
class Answer(Findings):
    """A conclusion from the real table, signed, in a folder that can be handed over."""

    folder: Path
    epsilon: float
    delta: float
    unit: Optional[str]
    is_private: bool
    methods: str
    document: Document = _document()


@dataclass(frozen=True)
class Prediction:
    """What an answer from the real table would bring at a price."""

    epsilon: float
    noise_share: Optional[float]
    findings: Findings


@dataclass(frozen=True)
class AskPlan:
    """What to expect of a question to the real table. It cost nothing."""

    advice: str
    predictions: Tuple[Prediction, ...]
    document: Document = _document()


@dataclass(frozen=True)
class InspectedColumn:
    """What a look at the rows says of a column."""

    name: str
    type: str
    role: str
    identifier: Optional[str]
    reason: str
    confidence: Optional[float]
    missing: Optional[int]
    distinct: Optional[int]


@dataclass(frozen=True)
class Inspection:
    """What a look at a table says. It comes from the rows: it is for their owner alone."""

    schema: Schema = field(repr=False)
    rows: float
    columns: Tuple[InspectedColumn, ...]
    suggested_person_column: Optional[str]
    notes: Tuple[str, ...]
    advice: Tuple[str, ...]
    document: Document = _document()


@dataclass(frozen=True)
class Check:
    """Whether a table fits its schema. It comes from the rows: it is for their owner alone.

    ``rows`` is None if they were not read, because the columns are others."""

    fits: bool
    rows: Optional[int]
    findings: Tuple[str, ...]
    document: Document = _document()


@dataclass(frozen=True)
class Plan:
    """What a release would cost and bring. It spent nothing."""

    epsilon: float
    delta: float
    engine: str
    unit: Optional[str]
    cpu_seconds: float
    memory_megabytes: float
    mean_one_way_error: float
    mean_pair_error: float
    hazards: Tuple[str, ...]
    document: Document = _document()


@dataclass(frozen=True)
class Evaluation:
    """How close a synthetic table is to its original, for the original's owner alone.

    Distances are the share of rows in the wrong cell: 0 is perfect."""

    mean_column_distance: Optional[float]
    mean_pair_distance: Optional[float]
    columns: Mapping[str, float]
    not_assessed: Tuple[str, ...]
    document: Document = _document()


@dataclass(frozen=True)
class Risk:
    """How much more often an attack succeeds against people of the table than against others."""

    name: str
    value: float
    low: float
    high: float
    smallest_detectable: Optional[float]


@dataclass(frozen=True)
class AttackReport:
    """What an adversary would learn of the original's people, for its owner alone.

    ``verdict`` is ``pass``, ``fail``, ``says-nothing``, ``not-judged`` or ``not-assessed``."""

    verdict: str
    failures: Tuple[str, ...]
    risks: Tuple[Risk, ...]
    notes: Tuple[str, ...]
    document: Document = _document()


@dataclass(frozen=True)
class Verification:
    """Whether a release is what its owner signed."""

    is_passed: bool
    failures: Tuple[str, ...]
    key: Optional[str]
    document: Document = _document()


@dataclass(frozen=True)
class Span:
    """A place in a text that names a person: from ``start`` to before ``end``, in UTF-8 bytes."""

    type: str
    start: int
    end: int
    confidence: float
    why: str


@dataclass(frozen=True)
class Scan:
    """What names a person: spans in each text, or types by column of a table."""

    texts: Tuple[Tuple[Span, ...], ...]
    columns: Mapping[str, Mapping[str, int]]
    document: Any = _document()


@dataclass(frozen=True)
class Redaction:
    """A rewritten text, list of texts or table, and the counts by type.

    It is not anonymous by proof: read a sample before you hand it over."""

    result: Any = field(repr=False)
    counts: Mapping[str, int]
    document: Document = _document()


@dataclass(frozen=True)
class Account:
    """The budget of a dataset or a population."""

    name: str
    granted_epsilon: float
    granted_delta: float
    used_epsilon: float
    left_epsilon: float
    left_delta: float
    releases: int
    document: Document = _document()


@dataclass(frozen=True)
class Budgets:
    """What the ledger says."""

    ledger: str
    datasets: Tuple[Account, ...]
    populations: Tuple[Account, ...]
    document: Document = _document()


def numbers_of(found: Mapping[str, Any]) -> Dict[str, Any]:
    """The parts of :class:`Findings` in a JSON object of findings."""
    return {
        "measure": found.get("measure", ""),
        "numbers": tuple(
            Number(
                n["name"],
                n.get("estimate"),
                n.get("low"),
                n.get("high"),
                n.get("standardError"),
                n.get("noiseShare"),
                n.get("remark"),
            )
            for n in found.get("numbers", ())
        ),
        "tests": tuple(
            Test(t["name"], t.get("statistic"), t.get("pValue"), t.get("remark"))
            for t in found.get("tests", ())
        ),
    }
