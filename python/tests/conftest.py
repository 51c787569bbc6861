"""Runs the tests against the real program, with a ledger and a temporary folder of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

import understudy

ROOT = Path(__file__).parents[2]


def pytest_configure(config: pytest.Config) -> None:
    built = ROOT / ".build/release/understudy"
    if "UNDERSTUDY_BINARY" not in os.environ and built.exists():
        os.environ["UNDERSTUDY_BINARY"] = str(built)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and a ledger that no other test sees."""
    monkeypatch.setenv("UNDERSTUDY_LEDGER", str(tmp_path / "ledger" / "ledger.sqlite"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    for name in ("ledger", "tmp", "work"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.fixture(autouse=True)
def nothing_left_behind(own_folder: Path) -> object:
    """Fails a test that leaves a file in the temporary folder."""
    yield
    left = sorted(path.name for path in (own_folder.parent / "tmp").iterdir())
    assert left == []


@pytest.fixture(scope="session")
def hospital(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The table of the example, with its schema beside it."""
    folder = tmp_path_factory.mktemp("hospital")
    subprocess.run(
        [
            understudy.program(),
            "example",
            "hospital",
            "--rows",
            "1500",
            "-o",
            str(folder / "patients.csv"),
            "--quiet",
        ],
        check=True,
    )
    return folder / "patients.csv"


@pytest.fixture
def schema(hospital: Path) -> understudy.Schema:
    return understudy.Schema.read(hospital.with_name("patients.schema.yaml"))


@pytest.fixture(scope="session")
def made(hospital: Path, tmp_path_factory: pytest.TempPathFactory) -> understudy.Release:
    """A release of the hospital, made once."""
    pandas = pytest.importorskip("pandas")
    folder = tmp_path_factory.mktemp("made")
    (folder / "ledger").mkdir()
    patients = pandas.read_csv(hospital, parse_dates=["admitted", "discharged"])
    return understudy.synthesize(
        patients,
        schema=hospital.with_name("patients.schema.yaml"),
        epsilon=3,
        output=folder / "release",
        name="patients",
        ledger=folder / "ledger" / "ledger.sqlite",
    )


@pytest.fixture
def release(made: understudy.Release, own_folder: Path) -> understudy.Release:
    """That release in the working folder, with its ledger."""
    shutil.copytree(made.folder, own_folder / "release")
    shutil.copytree(made.folder.parent / "ledger", own_folder.parent / "ledger", dirs_exist_ok=True)
    return replace(made, folder=own_folder / "release")


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of public tables beside the checkout."""
    folder = Path(os.environ.get("UNDERSTUDY_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"There is no folder {folder} with public tables; name it in UNDERSTUDY_DATA.")
    return folder
