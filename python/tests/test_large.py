"""A frame of ten million rows costs little more than the same file on the command line."""

from __future__ import annotations

import os
import resource
import subprocess
from pathlib import Path

import pytest

import understudy

polars = pytest.importorskip("polars")

ROWS = 10_000_000
SCHEMA = """\
version: 5
facts: declared
rows: {about: 10000000, public: yes}
unit: {row: person}
columns:
  - {name: age, type: integer, bounds: {low: 0, high: 99}}
  - {name: sex, type: category, categories: [F, M]}
  - {name: ward, type: category, categories: [A, B, C, D, E]}
  - {name: days, type: integer, bounds: {low: 0, high: 63}}
  - {name: ill, type: boolean, words: ["no", "yes"]}
  - {name: score, type: integer, bounds: {low: 0, high: 1023}}
"""


def people() -> object:
    """Wards by age and illness by ward, so that there is something to learn."""
    number = polars.int_range(ROWS, dtype=polars.UInt64)
    draw = [number.hash(seed=seed) for seed in range(6)]
    age = draw[0] % 100
    frame = polars.select(age=age, ward=(age // 25 + draw[1] % 2), days=draw[2] % 64)
    words = {0: "A", 1: "B", 2: "C", 3: "D", 4: "E"}
    return frame.with_columns(
        sex=polars.select(draw[3] % 2).to_series().replace_strict({0: "F", 1: "M"}),
        ward=polars.col("ward").replace_strict(words),
        ill=polars.select((age + draw[4] % 100) > 110)
        .to_series()
        .replace_strict({False: "no", True: "yes"}, return_dtype=polars.String),
        score=polars.select(draw[5] % 1024).to_series(),
    ).select("age", "sex", "ward", "days", "ill", "score")


def processor_seconds() -> float:
    """Of this process and of the programs that it has run, whatever else the machine does."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def test_a_frame_costs_little_more_than_a_file() -> None:
    frame = people()
    Path("schema.yaml").write_text(SCHEMA)
    frame.write_csv("people.csv")
    begin = processor_seconds()
    command = [understudy.program(), "synthesize", "people.csv", "--schema", "schema.yaml"]
    rest = ["--epsilon", "1", "--seed", "1", "-o", "by-file", "--quiet"]
    subprocess.run([*command, *rest], check=True)
    middle = processor_seconds()
    release = understudy.synthesize(  # With a ledger of its own: it is the same dataset.
        frame, schema="schema.yaml", epsilon=1, seed=1, output="by-frame", ledger="other.sqlite"
    )
    by_file, by_frame = middle - begin, processor_seconds() - middle
    print(f"By file {by_file:.0f} s, by frame {by_frame:.0f} s of processor time.")
    assert by_frame <= 1.2 * by_file
    sizes = [os.stat(f"{name}/synthetic.csv").st_size for name in ("by-file", "by-frame")]
    assert sizes[0] == sizes[1] and release.rows > 9_900_000
