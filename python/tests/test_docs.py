"""Runs every block of the guide and every cell of the notebooks, as a reader would."""

from __future__ import annotations

import json
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
def test_every_cell_of_a_notebook_runs(path: Path) -> None:
    pytest.importorskip("pandas")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    names: dict[str, object] = {"__name__": "notebook"}
    for number, cell in enumerate(code, 1):
        assert cell["execution_count"] == number, "a notebook that was not executed in order"
        exec(compile("".join(cell["source"]), f"{path.name}, cell {number}", "exec"), names)


def test_the_names_of_the_guide_exist() -> None:
    import understudy

    text = GUIDE.read_text(encoding="utf-8")
    errors = set(re.findall(r"`(\w+Error)`", text))
    assert errors and all(hasattr(understudy, name) for name in errors)
