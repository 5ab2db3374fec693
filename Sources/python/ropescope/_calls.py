"""The calls: each is one command of the program."""

from __future__ import annotations

import json
import math
import os
import tempfile
from pathlib import Path
from typing import Any, Iterable, Mapping, Optional, Sequence, Union

from ._errors import RopeScopeError
from ._process import ask, ask_json
from ._values import Advice, Figure, Finding, Parity, Plan, RuntimeReading

Length = Union[int, str]
"""Tokens: 131072, or as people write it, "128k"."""
Names = Union[str, Iterable[str]]
"""One name, several with commas, or several."""


def _model(model: Any) -> tuple[list[str], Optional[str]]:
    """A model as the argument that names it, and what stands on standard input."""
    if isinstance(model, (str, os.PathLike)):
        name = os.fspath(model)
        # A path is never taken for an option.
        return (["./" + name] if name.startswith("-") and name != "-" else [name]), None
    if not isinstance(model, Mapping) and callable(getattr(model, "to_dict", None)):
        model = model.to_dict()
    if isinstance(model, Mapping):
        try:
            return ["-"], json.dumps(dict(model), indent=2, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise RopeScopeError("malformed", f"the configuration cannot be written as JSON: {error}") from None
    raise TypeError(f"a model is a path, a name, a dictionary or has to_dict(), not {type(model).__name__}")


def _options(**options: Any) -> list[str]:
    """Options that are given, as the program spells them."""
    arguments: list[str] = []
    for key, value in options.items():
        if value is None or value is False:
            continue
        name = "--" + key.replace("_", "-")
        if value is True:
            arguments.append(name)
        elif isinstance(value, (str, int, float, os.PathLike)):
            arguments += [name, os.fspath(value) if isinstance(value, os.PathLike) else str(value)]
        else:
            arguments += [name, ",".join(map(str, value))]
    return arguments


def version() -> str:
    """The version of the program."""
    return ask(["--version"]).stdout.strip()


def plans(
    model: Any,
    spec: str = "config",
    *,
    length: Optional[Length] = None,
    target: Optional[Length] = None,
    runtime: Optional[str] = None,
) -> tuple[Plan, ...]:
    """What a method makes of each layer type of a model.

    `spec` is a method such as "yarn:factor=4"; "config" is what the file itself asks for. `length` is how many tokens
    are in context, `target` the length that a factor which is not given follows from; `runtime` reads the file as that
    runtime does.
    """
    name, text = _model(model)
    method = None if spec == "config" else spec
    options = _options(method=method, at=length, target=target, dialect=runtime)
    record = ask_json(["inspect", *name, *options], text)
    return tuple(Plan.from_record(plan, record["geometry"]) for plan in record["plans"])


def plan(
    model: Any,
    spec: str = "config",
    *,
    length: Optional[Length] = None,
    target: Optional[Length] = None,
    runtime: Optional[str] = None,
    layers: Optional[str] = None,
) -> Plan:
    """What a method makes of a model: `plans` where there is one, or that of one layer type."""
    found = plans(model, spec, length=length, target=target, runtime=runtime)
    if not found:
        raise RopeScopeError("no_rotation", "the model rotates nothing")
    kinds = [candidate.layers for candidate in found]
    if layers is not None:
        for candidate in found:
            if candidate.layers == layers:
                return candidate
        raise RopeScopeError("layers", f"no layers are called {layers!r}; there are {', '.join(kinds)}")
    if len(found) > 1:
        raise RopeScopeError("layers", f"the model has several plans; name one with layers=: {', '.join(kinds)}")
    return found[0]


def check(
    path: Any = ".",
    *,
    target: Optional[Length] = None,
    train_length: Optional[Length] = None,
    runtime: Optional[Names] = None,
    select: Optional[Names] = None,
    ignore: Optional[Names] = None,
    min_severity: Optional[str] = None,
    command: Optional[str] = None,
) -> list[Finding]:
    """What is wrong with configurations: a path, several, or a dictionary. A file that cannot be read is an error."""
    options = _options(
        target=target,
        train_length=train_length,
        runtime=runtime,
        select=select,
        ignore=ignore,
        min_severity=min_severity,
        command=command,
    )
    if isinstance(path, (list, tuple)):
        names, text = [argument for item in path for argument in _model(item)[0]], None
        if "-" in names:
            raise TypeError("several paths are paths; check dictionaries one at a time")
    else:
        names, text = _model(path)
    record = ask_json(["check", *names, *options], text, clean=(0, 1, 2))
    if "error" in record:
        raise RopeScopeError.from_record(record["error"])
    findings: list[Finding] = []
    for file in record["files"]:
        if file["error"]:
            raise RopeScopeError.from_record(file["error"], file["path"])
        findings += (Finding.from_record(finding, file["path"]) for finding in file["findings"])
    return findings


def parity(model: Any, *, runtimes: Optional[Names] = None, length: Optional[Length] = None) -> Parity:
    """The same configuration as each runtime computes it."""
    name, text = _model(model)
    options = [*_options(runtimes=runtimes, at=length), "--format", "json"]
    answer = ask(["parity", *name, *options], text, clean=(0, 1))
    record = json.loads(answer.stdout)
    return Parity(
        reference=record["reference"],
        length=record["length"],
        runtimes=tuple(RuntimeReading.from_record(runtime) for runtime in record["runtimes"]),
        agrees=answer.code == 0,
    )


def advice(
    model: Any,
    target: Length,
    *,
    runtimes: Optional[Names] = None,
    train_budget: Optional[Length] = None,
    command: Optional[str] = None,
) -> Advice:
    """What brings a model to a length, why, and the settings of each runtime for it.

    `train_budget` is how many tokens can be trained on ("2B"); without one the weights stay as they are.
    """
    name, text = _model(model)
    options = _options(target=target, runtimes=runtimes, train_budget=train_budget, command=command)
    return Advice.from_record(ask_json(["suggest", *name, *options], text))


def report(
    model: Any,
    target: Length,
    output: Union[str, Path],
    *,
    methods: Optional[Names] = None,
    runtimes: Optional[Names] = None,
    style: Optional[str] = None,
    paper: Optional[str] = None,
    measured: Sequence[Union[str, Path]] = (),
    seed: Optional[int] = None,
    force: bool = False,
) -> Path:
    """Writes the report into the folder `output` (HTML, PDF, every figure, every number), and answers that folder."""
    name, text = _model(model)
    options = _options(
        target=target, methods=methods, runtimes=runtimes, style=style, paper=paper, seed=seed, force=force
    )
    for path in measured:
        options += ["--measured", os.fspath(path)]
    ask(["report", *name, *options, "--output", os.fspath(output), "--quiet"], text)
    return Path(output)


def figure(
    kind: str,
    model: Any,
    *,
    target: Optional[Length] = None,
    methods: Optional[Names] = None,
    style: Optional[str] = None,
    width: Optional[str] = None,
    measured: Sequence[Union[str, Path]] = (),
    seed: Optional[int] = None,
) -> Figure:
    """One figure, which a notebook shows inline and `save` writes as PDF, SVG or PNG."""
    name, text = _model(model)
    options = _options(target=target, methods=methods, style=style, width=width, seed=seed)
    for path in measured:
        options += ["--measured", os.fspath(path)]

    def draw(path: str) -> None:
        ask(["figure", kind, *name, *options, "--output", path, "--quiet"], text)

    with tempfile.TemporaryDirectory(prefix="ropescope-") as folder:
        place = Path(folder) / "figure.svg"
        draw(str(place))
        svg = place.read_text(encoding="utf-8")
        data = json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))
    return Figure(
        kind=kind,
        title=data["title"],
        caption=data["caption"],
        alternative_text=data["alternative_text"],
        svg=svg,
        analyses=data["analyses"],
        draw=draw,
    )


def assert_rope(
    module_or_array: Any,
    config: Any,
    *,
    runtime: str = "transformers",
    length: Optional[Length] = None,
    layers: Optional[str] = None,
    tolerance: float = 1e-6,
) -> None:
    """Asserts that an implementation has the inverse frequencies that a runtime computes from a configuration.

    Takes an array, or anything with `inv_freq`, such as a torch module; its `attention_scaling` is compared as well
    where there is one. `length` is how many tokens are in context, for methods that depend on it. `tolerance` is
    relative.
    """
    given = _numbers(module_or_array)
    expected = plan(config, length=length, runtime=runtime, layers=layers)
    wanted = [float(value) for value in expected.inverse_frequencies]
    if len(given) != len(wanted):
        source = _description(expected, config, runtime)
        raise AssertionError(f"{len(given)} inverse frequencies are given, {len(wanted)} expected: {source}")
    differing = [pair for pair, (a, b) in enumerate(zip(given, wanted)) if not _agree(a, b, tolerance)]
    if differing:
        pair = differing[0]
        a, b = given[pair], wanted[pair]
        raise AssertionError(
            f"pair {pair} of {len(wanted)} has the inverse frequency {a!r}, expected is {b!r} "
            f"({_difference(a, b)}); {len(differing)} of {len(wanted)} pairs differ: "
            f"{_description(expected, config, runtime)}"
        )
    factor = getattr(module_or_array, "attention_scaling", None)
    if factor is not None and not _agree(float(factor), expected.attention_factor, tolerance):
        raise AssertionError(
            f"the attention factor is {float(factor)!r}, expected is {expected.attention_factor!r} "
            f"({_difference(float(factor), expected.attention_factor)}): {_description(expected, config, runtime)}"
        )


def _numbers(module_or_array: Any) -> list[float]:
    """The inverse frequencies of a module, a tensor, an array or a sequence, without knowing any of their libraries."""
    values = getattr(module_or_array, "inv_freq", module_or_array)
    # Tensors of half precision and on devices answer this too, once detached from their graph.
    if callable(getattr(values, "detach", None)):
        values = values.detach()
    if callable(getattr(values, "tolist", None)):
        values = values.tolist()
    try:
        values = list(values)
        # A batch or head axis of one is no axis.
        while len(values) == 1 and isinstance(values[0], (list, tuple)):
            values = list(values[0])
        return [float(value) for value in values]
    except (TypeError, ValueError):
        raise TypeError(f"{type(module_or_array).__name__} has no inv_freq and is no list of numbers") from None


def _agree(a: float, b: float, tolerance: float) -> bool:
    # A tolerance of its own for zero would hide pairs that do not turn: 0 agrees with 0 alone. Nothing agrees with NaN.
    return a == b or abs(a - b) <= tolerance * max(abs(a), abs(b))


def _difference(a: float, b: float) -> str:
    larger = max(abs(a), abs(b))
    if not math.isfinite(larger) or larger == 0:
        return "not comparable"
    return f"relative difference {abs(a - b) / larger:.2g}"


def _description(expected: Plan, config: Any, runtime: str) -> str:
    """Who computes what from where; asked only when something differs."""
    name = os.fspath(config) if isinstance(config, (str, os.PathLike)) else "the configuration"
    layers = "" if expected.layers == "all" else f", {expected.layers} layers"
    reader, method = runtime, "its own scaling"
    try:
        readings = parity(config, runtimes=runtime, length=expected.length).runtimes
    except RopeScopeError:
        readings = ()
    if readings and readings[0].method:
        reading = readings[0]
        reader, method = f"{reading.runtime} {reading.version}", reading.method or ""
        numbers = [
            f"{key}={json.dumps(value)}" for key, value in reading.parameters.items() if isinstance(value, (int, float))
        ]
        method += ":" + ",".join(numbers) if numbers else ""
    return f"{reader} reads {method} from {name}, at {expected.length:,} tokens{layers}"
