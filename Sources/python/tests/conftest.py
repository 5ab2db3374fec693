"""The tests need a program: the one that the package finds, or the one of a source build."""

from __future__ import annotations

import os
import sys
import textwrap
from pathlib import Path
from typing import Callable, Iterator

import pytest

import ropescope

_ROOT = Path(__file__).resolve().parents[3]
_BUILT = _ROOT / ".build" / "release" / "ropescope"


def pytest_configure() -> None:
    if "ROPESCOPE_BINARY" not in os.environ and _BUILT.exists():
        os.environ["ROPESCOPE_BINARY"] = str(_BUILT)


@pytest.fixture
def config() -> dict[str, object]:
    """Llama's geometry, small enough to compute by hand."""
    return {
        "model_type": "llama",
        "hidden_size": 64,
        "num_attention_heads": 4,
        "num_key_value_heads": 4,
        "num_hidden_layers": 2,
        "head_dim": 16,
        "max_position_embeddings": 4096,
        "rope_theta": 10000.0,
    }


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Makes a stand-in for the program from the body of a Python function of `arguments` and `request`."""

    def make(body: str) -> Path:
        path = tmp_path / "stand-in"
        path.write_text(
            f"#!{sys.executable}\n"
            "import json, os, sys, time\n"
            "def answer(arguments, request):\n" + textwrap.indent(textwrap.dedent(body), "    ") + "\n"
            "if sys.argv[1:] != ['serve', '--stdio']:\n"
            "    sys.stdout.write(answer(sys.argv[1:], None))\n"
            "    sys.exit(0)\n"
            "for line in sys.stdin:\n"
            "    request = json.loads(line)\n"
            "    if request['arguments'] == ['--version']:\n"
            "        text = 'stand-in'\n"
            "    else:\n"
            "        text = answer(request['arguments'], request)\n"
            "    print(json.dumps({'id': request['id'], 'code': 0, 'stdout': text, 'stderr': ''}), flush=True)\n"
        )
        path.chmod(0o755)
        monkeypatch.setenv("ROPESCOPE_BINARY", str(path))
        return path

    ropescope.close()
    yield make
    ropescope.close()
