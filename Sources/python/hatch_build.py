"""Puts the program into the wheel where `ROPESCOPE_TREE` names a folder with bin, lib and share.

Without it the wheel holds the Python part alone, which finds a `ropescope` on the PATH. `Scripts/release` sets it.
"""

from __future__ import annotations

import os
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ProgramHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        tree = os.environ.get("ROPESCOPE_TREE")
        if not tree or version == "editable":
            return
        build_data["force_include"][os.path.abspath(tree)] = "ropescope/_tool"
        build_data["pure_python"] = False
        build_data["tag"] = "py3-none-" + os.environ["ROPESCOPE_PLATFORM"]
