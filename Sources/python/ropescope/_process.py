"""One resident program that answers requests, so that a call costs no start.

`ropescope serve --stdio` reads one JSON request a line, {"id", "arguments", "stdin"}, and writes one answer a line,
{"id", "code", "stdout", "stderr"}. A program without that command is run once for each call.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import threading
from typing import Any, NamedTuple, Optional, Sequence

from ._errors import RopeScopeError
from ._program import find_program


class Answer(NamedTuple):
    code: int
    stdout: str
    stderr: str


class _Ended(Exception):
    """The process is gone or no longer speaks the protocol."""


class _Resident:
    """A running `ropescope serve --stdio`; its owner holds the lock."""

    def __init__(self, program: str) -> None:
        self.count = 0
        self.process = subprocess.Popen(
            [program, "serve", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            # An interrupt is the caller's: it would end the process between request and answer.
            start_new_session=True,
        )

    def ask(self, arguments: Sequence[str], text: Optional[str]) -> Answer:
        self.count += 1
        request = {"id": self.count, "arguments": list(arguments), "stdin": text or ""}
        sender, receiver = self.process.stdin, self.process.stdout
        assert sender is not None and receiver is not None
        try:
            sender.write(json.dumps(request) + "\n")
            sender.flush()
            line = receiver.readline()
            if not line:
                raise _Ended
            answer: Any = json.loads(line)
            if answer["id"] != self.count:
                raise _Ended
            return Answer(int(answer["code"]), str(answer["stdout"]), str(answer["stderr"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _Ended from error

    def code_at_end(self) -> Optional[int]:
        """The exit code of a process that has ended by itself, or is about to."""
        try:
            return self.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            return None

    def end(self) -> None:
        """The program keeps no state that it would have to put in order: files appear whole or not at all."""
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                pass  # What was not sent is of no use any more.
        self.process.wait()


class _Door:
    """The process that all calls share, and the lock around it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.resident: Optional[_Resident] = None
        self.key: Optional[tuple[str, str]] = None
        # Programs that have no `serve`.
        self.unserved: set[str] = set()

    def ask(self, arguments: Sequence[str], text: Optional[str] = None) -> Answer:
        program = find_program()
        if program not in self.unserved:
            with self.lock:
                answer = self._ask_resident(program, arguments, text)
            if answer is not None:
                return answer
        return _run(program, arguments, text)

    def _ask_resident(self, program: str, arguments: Sequence[str], text: Optional[str]) -> Optional[Answer]:
        # One that died between two calls is replaced; one that dies of the request itself is not asked again and again.
        for _ in range(2):
            resident = self._running(program)
            if resident is None:
                return None
            try:
                return resident.ask(arguments, text)
            except _Ended:
                self._end()
            except BaseException:
                # Interrupted between request and answer: the next answer would be this one's.
                self._end()
                raise
        raise RopeScopeError("program", f"the program ended without an answer to: ropescope {' '.join(arguments)}")

    def _running(self, program: str) -> Optional[_Resident]:
        # Relative paths are the caller's, who may have changed the folder since.
        key = (program, os.getcwd())
        if self.resident is not None and self.key == key and self.resident.process.poll() is None:
            return self.resident
        self._end()
        if program in self.unserved:
            return None
        resident = _start(program)
        if resident.process.poll() is None and self._greets(resident):
            self.resident, self.key = resident, key
            return resident
        code = resident.code_at_end()
        resident.end()
        if code == 2:
            self.unserved.add(program)
            return None
        raise RopeScopeError("program", f"the program does not start (exit code {code})", path=program)

    @staticmethod
    def _greets(resident: _Resident) -> bool:
        try:
            return resident.ask(["--version"], None).code == 0
        except _Ended:
            return False
        except BaseException:
            resident.end()
            raise

    def _end(self) -> None:
        if self.resident is not None:
            self.resident.end()
        self.resident, self.key = None, None

    def close(self) -> None:
        with self.lock:
            self._end()

    def leave(self) -> None:
        """At the interpreter's end: a thread that is still being answered is not waited for."""
        resident = self.resident
        if resident is not None:
            resident.process.kill()
            resident.process.wait()

    def forget(self) -> None:
        """In a forked child: the process and a lock that may be held are the parent's."""
        resident = self.resident
        self.__init__()  # type: ignore[misc]
        if resident is not None:
            # So that nobody here waits for the parent's process.
            resident.process.returncode = 0


def _start(program: str) -> _Resident:
    try:
        return _Resident(program)
    except OSError as error:
        raise RopeScopeError("program", f"the program does not start: {error.strerror}", path=program) from None


def _run(program: str, arguments: Sequence[str], text: Optional[str]) -> Answer:
    try:
        done = subprocess.run(
            [program, *arguments], input=text or "", capture_output=True, encoding="utf-8", check=False
        )
    except OSError as error:
        raise RopeScopeError("program", f"the program does not start: {error.strerror}", path=program) from None
    if done.returncode < 0:
        raise RopeScopeError("program", f"the program was ended by signal {-done.returncode}")
    return Answer(done.returncode, done.stdout, done.stderr)


_door = _Door()
atexit.register(_door.leave)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_door.forget)


def ask(arguments: Sequence[str], text: Optional[str] = None, clean: Sequence[int] = (0,)) -> Answer:
    """The answer to one command; a failure is raised."""
    answer = _door.ask(arguments, text)
    if answer.code not in clean:
        raise RopeScopeError.from_answer(answer.stdout, answer.stderr)
    return answer


def ask_json(arguments: Sequence[str], text: Optional[str] = None, clean: Sequence[int] = (0,)) -> Any:
    """The same for a command that answers in JSON."""
    answer = ask([*arguments, "--format", "json"], text, clean)
    try:
        return json.loads(answer.stdout)
    except ValueError:
        raise RopeScopeError("program", "the program's answer is no JSON: " + answer.stdout[:200]) from None


def close() -> None:
    """Ends the shared process; the next call starts another."""
    _door.close()
