"""The Python that the documentation shows runs as it stands, beside a config.json and a model with a rotary module."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

import ropescope

_ROOT = Path(__file__).resolve().parents[3]
_PAGES = ["README.md", "Sources/python/README.md", "Templates/docs/code.md"]


def _blocks(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", (_ROOT / page).read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", [page for page in _PAGES if (_ROOT / page).exists()])
def test_shown_code_runs(page: str, config: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = _blocks(page)
    assert blocks
    (tmp_path / "config.json").write_text(json.dumps(config))
    monkeypatch.chdir(tmp_path)
    rotary = SimpleNamespace(inv_freq=[10000.0 ** (-pair / 8) for pair in range(8)])
    names: dict[str, object] = {"model": SimpleNamespace(rotary_emb=rotary), "module": rotary}
    for block in blocks:
        exec(compile(block, page, "exec"), names)  # noqa: S102
    for name, value in list(names.items()):
        if name.startswith("test_") and callable(value):
            value()
    assert names["ropescope"] is ropescope
