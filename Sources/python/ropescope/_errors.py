"""The one kind of failure."""

from __future__ import annotations

import json
from typing import Any, Mapping, Optional


class RopeScopeError(Exception):
    """What could not be done, and where.

    `kind` is a stable word ("malformed", "unknown_model", "usage", …); "program" stands for a program that is missing
    or ended unexpectedly.
    """

    def __init__(
        self,
        kind: str,
        message: str,
        path: Optional[str] = None,
        line: Optional[int] = None,
        column: Optional[int] = None,
        pointer: Optional[str] = None,
    ) -> None:
        super().__init__(kind, message, path, line, column, pointer)
        self.kind = kind
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.pointer = pointer

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return f"{place}: {self.message}" if place else self.message

    @classmethod
    def from_record(cls, record: Mapping[str, Any], path: Optional[str] = None) -> RopeScopeError:
        return cls(
            record.get("kind") or "unknown",
            record.get("message") or "",
            record.get("path") or path,
            record.get("line"),
            record.get("column"),
            record.get("pointer"),
        )

    @classmethod
    def from_answer(cls, stdout: str, stderr: str) -> RopeScopeError:
        """The failure that an answer with exit code 2 tells of."""
        try:
            document = json.loads(stdout)
        except ValueError:
            document = None
        if isinstance(document, dict) and isinstance(document.get("error"), dict):
            return cls.from_record(document["error"])
        # Commands without JSON say it in words.
        return cls("failed", stderr.strip().removeprefix("ropescope: ") or "the program gave no reason")
