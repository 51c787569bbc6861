"""Drafts for the privacy officer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import understudy
from understudy import Release
from understudy.paperwork import paperwork


def test_drafts_say_what_the_manifest_says(release: Release) -> None:
    written = paperwork(release, "paperwork")
    assert [path.stem for path in written] == [
        "data-use-agreement",
        "impact-assessment",
        "review-board",
    ]
    for path in written:
        text = " ".join(path.read_text().split())
        assert "$" not in text and "(3, 1e-09)" in text or "epsilon = 3 and delta = 1e-09" in text
        assert release.manifest["signer"]["keyID"] in text and '"hospital"' in text
        assert "all rows that share a value of 'patient_id'" in text
    assert "96 %" in written[1].read_text()  # 95.26, and a bound is never rounded down.
    assert "20.09 times" in written[1].read_text()


def test_hazards_travel_into_the_drafts() -> None:
    rows = [{"a": n % 3, "b": "xyz"[n % 3]} for n in range(300)]
    release = understudy.synthesize(rows, epsilon=1, output="release")
    for path in paperwork("release", "paperwork"):
        assert path.read_text().count("- **") >= len(release.hazards) >= 2
        assert "a person with several rows is protected less" in " ".join(path.read_text().split())


def test_nothing_is_filled_from_what_is_not_signed_or_not_private(release: Release) -> None:
    table = release.folder / "synthetic.csv"
    table.write_bytes(table.read_bytes() + b"\n")
    with pytest.raises(understudy.InputError, match="not what its owner signed"):
        paperwork(release, "paperwork")
    seeded = understudy.synthesize(
        [{"a": n % 3} for n in range(300)], epsilon=1, output="seeded", seed=1
    )
    with pytest.raises(understudy.InputError, match="no promise"):
        paperwork(seeded, "paperwork")
    assert not Path("paperwork").exists()


def test_the_drafts_are_written_from_the_command_line(release: Release) -> None:
    command = [sys.executable, "-m", "understudy.paperwork", str(release.folder), "-o", "drafts"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0 and len(done.stdout.splitlines()) == 3
    again = subprocess.run(command, capture_output=True, text=True)
    assert again.returncode == 1 and again.stderr.startswith("Error:")
