"""Where the program is, and the command that runs it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from ._errors import RopeScopeError

_VARIABLE = "ROPESCOPE_BINARY"


def find_program() -> str:
    """The program: what `ROPESCOPE_BINARY` names, else the one in this package, else the first on the PATH."""
    named = os.environ.get(_VARIABLE)
    if named:
        if not os.access(named, os.X_OK) or os.path.isdir(named):
            raise RopeScopeError("program", f"{_VARIABLE} names no program", path=named)
        return os.path.abspath(named)
    inside = Path(__file__).resolve().parent / "_tool" / "bin" / "ropescope"
    if inside.is_file():
        return str(inside)
    # The command that this package installs has the same name and would only come back here.
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        found = shutil.which("ropescope", path=folder) if folder else None
        if found and not _is_script(found):
            return os.path.abspath(found)
    raise RopeScopeError(
        "program",
        "this installation has no program for this system; build RopeScope from source and put it on the PATH, "
        f"or name it in {_VARIABLE}",
    )


def _is_script(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(2) == b"#!"
    except OSError:
        return True


def main() -> None:
    """The command `ropescope`: becomes the program."""
    try:
        program = find_program()
    except RopeScopeError as error:
        print(f"ropescope: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    os.execv(program, ["ropescope", *sys.argv[1:]])
