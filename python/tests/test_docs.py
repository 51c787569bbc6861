"""Runs every block of the guide and every cell of the notebooks, as a reader would."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs/python.md"
NOTEBOOKS = sorted((ROOT / "docs/notebooks").glob("*.ipynb"))


def test_every_block_of_the_guide_runs(own_folder: Path) -> None:
    for library in ("pandas", "polars", "pyarrow", "sklearn"):
        pytest.importorskip(library)
    text = GUIDE.read_text(encoding="utf-8")
    assert text.count("```") == 2 * text.count("```python"), "a block that is not run"
    names: dict[str, object] = {"__name__": "guide"}
    for found in re.finditer(r"```python\n(.*?)```", text, re.DOTALL):
        line = text.count("\n", 0, found.start()) + 1
        # Empty lines above it, so that a traceback names the line of the guide.
        exec(compile("\n" * line + found[1], str(GUIDE), "exec"), names)
    assert (own_folder / "release" / "manifest.json").exists()
    assert len(names["older_women"]) == 500  # type: ignore[arg-type]
    assert len(names["synthetic"]) == 200  # type: ignore[arg-type]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_what_it_showed(
    path: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a kernel, as Jupyter runs it; what is shown has the same kinds as in the file."""
    pytest.importorskip("pandas")
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(own_folder.parent / "jupyter"))
    kept = nbformat.read(path, as_version=4)
    numbers = [cell.execution_count for cell in kept.cells if cell.cell_type == "code"]
    assert numbers == list(range(1, len(numbers) + 1)), "a notebook that was not executed in order"
    ran = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(own_folder)}}
    nbclient.NotebookClient(ran, timeout=600, kernel_name="python3", resources=place).execute()
    for before, after in zip(kept.cells, ran.cells):
        if before.cell_type == "code":
            assert shown(before) == shown(after), "".join(before.source)


def shown(cell: object) -> set[str]:
    """The kinds of what a cell shows."""
    kinds: set[str] = set()
    for output in cell.outputs:  # type: ignore[attr-defined]
        kinds |= set(output.get("data", {"text": None}))
    return kinds


def test_the_names_of_the_guide_exist() -> None:
    import understudy

    text = GUIDE.read_text(encoding="utf-8")
    errors = set(re.findall(r"`(\w+Error)`", text))
    assert errors and all(hasattr(understudy, name) for name in errors)
