"""What the calls answer."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Mapping, Optional, Sequence, Union

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    """A numpy array where numpy is installed, else a tuple of floats."""


def floats(values: Sequence[Optional[float]]) -> Floats:
    """JSON has no infinity: an infinite wavelength is null there."""
    numbers = [math.inf if value is None else float(value) for value in values]
    try:
        import numpy
    except ImportError:
        return tuple(numbers)  # type: ignore[return-value]
    return numpy.array(numbers, dtype=numpy.float64)


# Arrays do not compare to one truth value, so none of the values that hold them is compared by content.
@dataclass(frozen=True, eq=False)
class Plan:
    """What a method makes of a model's rotation at a length."""

    method: str
    parameters: Mapping[str, Any]
    length: int
    layers: str
    """"all", or the layer type that the plan is for."""
    inverse_frequencies: Floats = field(repr=False)
    wavelengths: Floats = field(repr=False)
    interpolation_ratios: Floats = field(repr=False)
    attention_factor: float
    softmax_scale_factor: Optional[float]
    query_scale: Optional[Mapping[str, Any]]
    position_map: Optional[Mapping[str, Any]]
    visibility: Optional[Mapping[str, Any]]
    normalisation: str
    cached_keys: str
    geometry: Mapping[str, Any] = field(repr=False)
    """The model's own: head_dim, rotary_dim, base, pairing, trained_length, window, …"""

    @classmethod
    def from_record(cls, record: Mapping[str, Any], geometry: Mapping[str, Any]) -> Plan:
        return cls(
            method=record["method"],
            parameters=record["parameters"],
            length=record["length"],
            layers=record["layers"],
            inverse_frequencies=floats(record["inverse_frequencies"]),
            wavelengths=floats(record["wavelengths"]),
            interpolation_ratios=floats(record["interpolation_ratios"]),
            attention_factor=record["attention_factor"],
            softmax_scale_factor=record["softmax_scale_factor"],
            query_scale=record["query_scale"],
            position_map=record["position_map"],
            visibility=record["visibility"],
            normalisation=record["normalisation"],
            cached_keys=record["cached_keys"],
            geometry=(geometry.get("by_layer_type") or {}).get(record["layers"], geometry),
        )


@dataclass(frozen=True)
class Edit:
    """`text` in place of what stands from `start` to `end` in the file."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Fix:
    description: str
    safe: bool
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a configuration."""

    path: str
    rule: str
    severity: str
    """"error", "warning" or "note"."""
    message: str
    pointer: Optional[str]
    line: Optional[int]
    column: Optional[int]
    end_line: Optional[int]
    end_column: Optional[int]
    fix: Optional[Fix]
    references: tuple[str, ...]

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return f"{place}: {self.severity}: {self.message} [{self.rule}]"

    @classmethod
    def from_record(cls, record: Mapping[str, Any], path: str) -> Finding:
        fix = record["fix"]
        return cls(
            path=path,
            rule=record["rule"],
            severity=record["severity"],
            message=record["message"],
            pointer=record.get("pointer"),
            line=record.get("line"),
            column=record.get("column"),
            end_line=record.get("end_line"),
            end_column=record.get("end_column"),
            fix=fix
            and Fix(
                fix["description"],
                fix["safe"],
                tuple(Edit(edit["start"], edit["end"], edit["text"]) for edit in fix["edits"]),
            ),
            references=tuple(record["references"]),
        )


@dataclass(frozen=True, eq=False)
class RuntimeReading:
    """What one runtime computes from a configuration, beside the reference."""

    runtime: str
    version: str
    supported: bool
    reason: Optional[str]
    """Why the runtime does not run the file, where it does not."""
    method: Optional[str]
    parameters: Mapping[str, Any]
    inverse_frequencies: Floats = field(repr=False)
    attention_factor: Optional[float]
    softmax_scale_factor: Optional[float]
    max_relative_difference: Optional[float]
    pairs_differing: Optional[int]
    max_phase_error_radians: Optional[float]
    notes: tuple[str, ...]
    record: Mapping[str, Any] = field(repr=False)
    """All that the program says of this runtime."""

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> RuntimeReading:
        return cls(
            runtime=record["runtime"],
            version=record["version"],
            supported=record["supported"],
            reason=record["reason"],
            method=record["method"],
            parameters=record["parameters"],
            inverse_frequencies=floats(record["inverse_frequencies"] or ()),
            attention_factor=record["attention_factor"],
            softmax_scale_factor=record["softmax_scale_factor"],
            max_relative_difference=record["max_relative_difference"],
            pairs_differing=record["pairs_differing"],
            max_phase_error_radians=record["max_phase_error_radians"],
            notes=tuple(record["notes"]),
            record=record,
        )


@dataclass(frozen=True, eq=False)
class Parity:
    """The same configuration as each runtime computes it."""

    reference: str
    length: int
    runtimes: tuple[RuntimeReading, ...]
    agrees: bool
    """Whether every runtime that runs the file computes the reference's numbers."""

    @property
    def differing(self) -> tuple[RuntimeReading, ...]:
        """The runtimes that run the file and have other pairs than the reference."""
        return tuple(reading for reading in self.runtimes if reading.pairs_differing)


@dataclass(frozen=True)
class Reason:
    text: str
    value: Optional[float]
    source: Optional[str]
    """A paper, a repository or a documentation page."""

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Reason:
        source = record.get("source")
        if isinstance(source, Mapping):
            source = source.get("url") or source.get("source")
        return cls(record["text"], record.get("value"), source)


@dataclass(frozen=True)
class Setting:
    """What one runtime is given, so that it computes what is advised."""

    runtime: str
    version: str
    supported: bool
    kind: Optional[str]
    """"configuration" (keys for the file) or "arguments" (of the command)."""
    text: Optional[str]
    reason: Optional[str]
    """Why there is no text, where there is none."""
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """What brings a model to a length."""

    target: int
    method: Optional[str]
    """A SPEC for `plan`; None where nothing is needed or nothing serves."""
    factor: Optional[float]
    parameters: Mapping[str, Any]
    runtimes: tuple[str, ...]
    reasons: tuple[Reason, ...]
    cautions: tuple[Reason, ...]
    alternatives: tuple[Reason, ...]
    would_change: tuple[Reason, ...]
    settings: tuple[Setting, ...]
    record: Mapping[str, Any] = field(repr=False)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Advice:
        advice = record["advice"]

        def reasons(key: str) -> tuple[Reason, ...]:
            return tuple(Reason.from_record(item) for item in advice.get(key) or ())

        return cls(
            target=advice["target"],
            method=advice["method"],
            factor=advice.get("factor"),
            parameters=advice["parameters"],
            runtimes=tuple(advice["for"]),
            reasons=reasons("reasons"),
            cautions=reasons("cautions"),
            alternatives=reasons("alternatives"),
            would_change=reasons("would_change"),
            settings=tuple(
                Setting(
                    setting["runtime"],
                    setting["version"],
                    setting["supported"],
                    setting.get("kind"),
                    setting.get("text"),
                    setting.get("reason"),
                    tuple(setting["notes"]),
                )
                for setting in record["settings"]
            ),
            record=record,
        )


@dataclass(frozen=True)
class Figure:
    """A figure; a notebook shows it inline."""

    kind: str
    title: str
    caption: str = field(repr=False)
    alternative_text: str = field(repr=False)
    svg: str = field(repr=False)
    analyses: Sequence[Mapping[str, Any]] = field(repr=False)
    """The numbers that are drawn."""
    draw: Callable[[str], None] = field(repr=False, compare=False)

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: Union[str, Path]) -> Path:
        """Writes the figure as `.pdf`, `.svg` or `.png`, and its data beside it."""
        path = Path(path)
        self.draw(str(path))
        return path
