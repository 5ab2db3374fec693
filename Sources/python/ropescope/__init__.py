"""What will this RoPE scaling do to this model at this length?"""

from __future__ import annotations

from ._calls import advice, assert_rope, check, figure, parity, plan, plans, report, version
from ._errors import RopeScopeError
from ._process import close
from ._program import find_program
from ._values import (
    Advice,
    Edit,
    Figure,
    Finding,
    Fix,
    Parity,
    Plan,
    Reason,
    RuntimeReading,
    Setting,
)

__all__ = [
    "Advice",
    "Edit",
    "Figure",
    "Finding",
    "Fix",
    "Parity",
    "Plan",
    "Reason",
    "RopeScopeError",
    "RuntimeReading",
    "Setting",
    "advice",
    "assert_rope",
    "check",
    "close",
    "figure",
    "find_program",
    "parity",
    "plan",
    "plans",
    "report",
    "version",
]
