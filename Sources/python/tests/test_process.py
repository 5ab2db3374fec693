"""One process for all calls: shared, replaced when it dies, never a wrong answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Callable

import pytest

import ropescope
from ropescope import RopeScopeError, _process

Program = Callable[[str], Path]


def _pid() -> str:
    return _process.ask(["pid"]).stdout


def test_calls_share_one_process(program: Program) -> None:
    program("return str(os.getpid())")
    assert _pid() == _pid() != str(os.getpid())


def test_a_process_that_was_killed_is_replaced(program: Program) -> None:
    program("return str(os.getpid())")
    first = _pid()
    os.kill(int(first), signal.SIGKILL)
    second = _pid()
    assert second != first
    assert second == _pid()


def test_a_request_that_ends_the_process_is_an_error_and_the_next_one_is_answered(program: Program) -> None:
    program(
        """
        if arguments == ["die"]:
            os._exit(9)
        return "alive"
        """
    )
    with pytest.raises(RopeScopeError, match="ended without an answer to: ropescope die") as caught:
        _process.ask(["die"])
    assert caught.value.kind == "program"
    assert _process.ask(["live"]).stdout == "alive"


def test_an_interrupted_call_leaves_no_answer_for_the_next(program: Program) -> None:
    program(
        """
        if arguments[0] == "slow":
            time.sleep(1.5)
        return arguments[1]
        """
    )
    assert _process.ask(["quick", "one"]).stdout == "one"
    # A job in the background of a shell starts with the signal ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.3, signal.raise_signal, [signal.SIGINT])
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            _process.ask(["slow", "two"])
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)
    assert _process.ask(["quick", "three"]).stdout == "three"


def test_threads_get_their_own_answers(program: Program) -> None:
    program("return arguments[0]")
    wrong: list[str] = []

    def call(number: int) -> None:
        for turn in range(50):
            word = f"{number}-{turn}"
            if _process.ask([word]).stdout != word:
                wrong.append(word)

    threads = [threading.Thread(target=call, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_texts_pass_unchanged(program: Program) -> None:
    program("return arguments[0] + request['stdin']")
    text = 'θ′ = 2π/λ\n\t"quotes" \\ and \u2028 lines 𝄞\n'
    assert _process.ask([text], text).stdout == text * 2


def test_relative_paths_are_those_of_the_present_folder(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program("return os.getcwd()")
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.chdir(folder)
        assert _process.ask(["where"]).stdout == str(folder)


def test_a_program_without_serve_is_run_once_for_each_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "older"
    path.write_text('#!/bin/sh\n[ "$1" = serve ] && { echo "unknown command" >&2; exit 2; }\ncat; echo " $1 $$"\n')
    path.chmod(0o755)
    monkeypatch.setenv("ROPESCOPE_BINARY", str(path))
    first, second = (_process.ask(["words"], "text").stdout.split() for _ in range(2))
    assert first[:2] == second[:2] == ["text", "words"]
    assert first[2] != second[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_starts_its_own_and_leaves_the_parents_alone(program: Program) -> None:
    program("return str(os.getpid())")
    mine = _pid()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, _pid().encode())
        ropescope.close()
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 100).decode() not in ("", mine)
    assert _pid() == mine


def test_the_process_ends_with_the_interpreter(program: Program) -> None:
    program("return str(os.getpid())")
    script = "from ropescope import _process; print(_process.ask(['pid']).stdout)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    pid = int(subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True).stdout)
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail(f"process {pid} is still there")


def test_an_answer_that_takes_long_does_not_hold_the_interpreter(program: Program) -> None:
    program("time.sleep(30)")
    script = (
        "import threading, time; from ropescope import _process\n"
        "threading.Thread(target=_process.ask, args=(['slow'],), daemon=True).start(); time.sleep(0.5)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert time.monotonic() - start < 10


def test_a_program_that_is_not_there_is_said_to_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROPESCOPE_BINARY", str(tmp_path / "nothing"))
    with pytest.raises(RopeScopeError, match="ROPESCOPE_BINARY names no program") as caught:
        ropescope.version()
    assert caught.value.kind == "program"
    assert caught.value.path == str(tmp_path / "nothing")


def test_the_command_is_not_taken_for_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script, native = tmp_path / "scripts", tmp_path / "native"
    for folder, text in ((script, b"#!/usr/bin/python3\n"), (native, b"\x7fELF")):
        folder.mkdir()
        (folder / "ropescope").write_bytes(text)
        (folder / "ropescope").chmod(0o755)
    monkeypatch.delenv("ROPESCOPE_BINARY", raising=False)
    monkeypatch.setenv("PATH", os.pathsep.join([str(script), str(native)]))
    found = Path(ropescope.find_program())
    if "_tool" not in found.parts:
        assert found == native / "ropescope"


def test_the_command_becomes_the_program() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "ropescope", "--version"]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == ropescope.version()
