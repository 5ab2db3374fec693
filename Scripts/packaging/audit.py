#!/usr/bin/env python3
"""Looks through a staged folder: audit.py TREE --forbid PATH…

Every library that something asks for is there or in every Linux; nothing holds one of the forbidden paths. Prints the
newest glibc and libstdc++ that anything asks for ("2.35 3.4.30"), which is the oldest that the whole runs on.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from stage import BASE  # noqa: E402


def read(*command: str | Path) -> str:
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def newest(symbols: str, prefix: str) -> tuple[int, ...]:
    found = re.findall(rf"\b{prefix}_([0-9.]+)", symbols)
    return max((tuple(map(int, version.split("."))) for version in found), default=(0,))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("tree", type=Path)
    parser.add_argument("--forbid", action="append", default=[])
    options = parser.parse_args()
    faults: list[str] = []
    glibc: tuple[int, ...] = (0,)
    cxx: tuple[int, ...] = (0,)
    present = {path.name for path in (options.tree / "lib").iterdir()}
    for path in sorted(options.tree.rglob("*")):
        if path.is_symlink():
            faults.append(f"{path} is a link")
        if not path.is_file():
            continue
        data = path.read_bytes()
        faults += [f"{path} holds the path {text}" for text in options.forbid if text.encode() in data]
        if data[:4] != b"\x7fELF":
            continue
        dynamic = read("objdump", "-p", path)
        for name in re.findall(r"NEEDED\s+(\S+)", dynamic):
            if name not in present | BASE:
                faults.append(f"{path} needs {name}")
        runpath = re.search(r"\bRPATH\s+(\S+)", dynamic)
        if not runpath or not runpath.group(1).startswith("$ORIGIN"):
            faults.append(f"{path} has the run path {runpath.group(1) if runpath else 'none'}")
        symbols = read("objdump", "-T", path)
        glibc, cxx = max(glibc, newest(symbols, "GLIBC")), max(cxx, newest(symbols, "GLIBCXX"))
    for fault in faults:
        print(f"audit: {fault}", file=sys.stderr)
    if faults:
        raise SystemExit(1)
    print(".".join(map(str, glibc)), ".".join(map(str, cxx)))


main()
