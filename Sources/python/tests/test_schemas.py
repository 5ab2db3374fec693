"""What the program prints is what its published schemas say, by the judgement of another implementation."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

jsonschema = pytest.importorskip("jsonschema")

from ropescope._program import find_program  # noqa: E402


def _answer(*arguments: str) -> str:
    command = [find_program(), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _schema(name: str) -> dict[str, object]:
    schema = json.loads(_answer("docs", "schema", name))
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("check", ["check", "{config}", "--target-length", "128k"]),
        ("inspect", ["inspect", "{config}", "--method", "yarn:factor=4,self-extend", "--target", "16k"]),
        ("inspect", ["inspect", "gpt-oss-20b"]),
        ("parity", ["parity", "llama-3.1-8b", "--at", "128k"]),
        ("analysis", ["analyse", "{config}", "--methods", "none,linear", "--target", "16k"]),
        ("suggest", ["suggest", "{config}", "--target", "16k"]),
        ("diff", ["diff", "{config}", "llama-3-8b"]),
        ("methods", ["methods"]),
        ("rules", ["rules"]),
        ("models", ["models"]),
        ("error", ["inspect", "/nowhere"]),
    ],
)
def test_answers_follow_their_schema(name: str, arguments: list[str], config: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text(json.dumps(config), encoding="utf-8")
    answer = _answer(*[argument.replace("{config}", os.fspath(path)) for argument in arguments], "--format", "json")
    jsonschema.validate(json.loads(answer), _schema(name), cls=jsonschema.Draft202012Validator)


def test_every_schema_is_a_schema() -> None:
    lines = _answer("docs", "schema").splitlines()
    names = [line.split()[0] for line in lines if "json" in line]
    assert len(names) >= 15
    for name in names:
        assert _schema(name)["title"]


def test_a_wrong_answer_is_refused() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": "ropescope.error/1"}, _schema("error"), cls=jsonschema.Draft202012Validator)
