"""The calls against the program itself, with numbers computed here."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ropescope
from ropescope import RopeScopeError


def plain(base: float = 10000.0, size: int = 16) -> list[float]:
    return [base ** (-2 * pair / size) for pair in range(size // 2)]


def yarn(factor: float, original: int, base: float = 10000.0, size: int = 16) -> list[float]:
    """YaRN as its paper gives it, with whole numbers for the ends of the ramp."""

    def pair_of(turns: float) -> float:
        return size * math.log(original / (turns * 2 * math.pi)) / (2 * math.log(base))

    low, high = max(math.floor(pair_of(32)), 0), min(math.ceil(pair_of(1)), size - 1)
    result = []
    for pair, value in enumerate(plain(base, size)):
        ramp = min(max((pair - low) / (high - low), 0), 1)
        result.append(value / factor * ramp + value * (1 - ramp))
    return result


class Module:
    """A rotary module as torch code has one: a tensor with one axis more, detached before it is read."""

    class Tensor:
        def __init__(self, values: list[float]) -> None:
            self.values = values
            self.is_attached = True

        def detach(self) -> Module.Tensor:
            other = Module.Tensor(self.values)
            other.is_attached = False
            return other

        def tolist(self) -> list[list[float]]:
            assert not self.is_attached
            return [self.values]

    def __init__(self, values: list[float], factor: float = 1.0) -> None:
        self.inv_freq = Module.Tensor(values)
        self.attention_scaling = factor


class TestPlan:
    def test_numbers(self, config: dict[str, Any]) -> None:
        plan = ropescope.plan(config, "yarn:factor=4", length=16384)
        assert list(plan.inverse_frequencies) == pytest.approx(yarn(4, 4096), rel=1e-14)
        assert list(plan.wavelengths) == pytest.approx([2 * math.pi / value for value in yarn(4, 4096)], rel=1e-14)
        assert plan.attention_factor == pytest.approx(0.1 * math.log(4) + 1, rel=1e-14)
        assert (plan.length, plan.layers, plan.method) == (16384, "all", "yarn:factor=4")
        assert plan.geometry["head_dim"] == 16

    def test_arrays_are_numpy_where_it_is_installed(self, config: dict[str, Any]) -> None:
        numpy = pytest.importorskip("numpy")
        frequencies = ropescope.plan(config).inverse_frequencies
        assert isinstance(frequencies, numpy.ndarray)
        assert frequencies.dtype == numpy.float64

    def test_tuples_without_numpy(self, config: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "numpy", None)
        assert isinstance(ropescope.plan(config).inverse_frequencies, tuple)

    def test_a_path_and_an_object_are_models(self, config: dict[str, Any], tmp_path: Path) -> None:
        path = tmp_path / "config.json"
        path.write_text(json.dumps(config))

        class Configuration:
            def to_dict(self) -> dict[str, Any]:
                return config

        for model in (path, str(path), Configuration()):
            assert list(ropescope.plan(model).inverse_frequencies) == pytest.approx(plain(), rel=1e-14)
        with pytest.raises(TypeError, match="not int"):
            ropescope.plan(7)

    def test_an_infinite_wavelength(self, config: dict[str, Any]) -> None:
        plan = ropescope.plan({**config, "rope_theta": 10000.0}, "none")
        assert all(math.isfinite(value) for value in plan.wavelengths)
        assert list(ropescope._values.floats([1, None])) == [1.0, math.inf]

    def test_layer_types_are_told_apart(self) -> None:
        kinds = {plan.layers: plan for plan in ropescope.plans("gemma-3-4b")}
        assert set(kinds) == {"full_attention", "sliding_attention"}
        assert kinds["sliding_attention"].geometry["base"] == 10000
        with pytest.raises(RopeScopeError, match="full_attention, sliding_attention") as caught:
            ropescope.plan("gemma-3-4b")
        assert caught.value.kind == "layers"
        assert ropescope.plan("gemma-3-4b", layers="full_attention").geometry["base"] == 1000000

    def test_failures_are_typed(self, config: dict[str, Any], tmp_path: Path) -> None:
        with pytest.raises(RopeScopeError) as caught:
            ropescope.plan("no-such-model")
        assert caught.value.kind == "unknown_model"
        broken = tmp_path / "config.json"
        broken.write_text('{\n  "rope_theta": 1e4,\n  oops\n}')
        with pytest.raises(RopeScopeError) as caught:
            ropescope.plan(broken)
        assert (caught.value.kind, caught.value.path, caught.value.line) == ("malformed", str(broken), 3)
        assert str(caught.value).startswith(f"{broken}:3:")
        with pytest.raises(RopeScopeError, match="cannot be written as JSON"):
            ropescope.plan({"rope_theta": math.inf})


class TestCheck:
    def test_findings(self, config: dict[str, Any]) -> None:
        findings = ropescope.check(config, target="16k")
        [finding] = [finding for finding in findings if finding.severity == "error"]
        assert finding.rule == "target-exceeds-window"
        assert finding.pointer == "/max_position_embeddings"
        assert finding.line == 8
        assert finding.references
        assert str(finding).endswith("[target-exceeds-window]")
        assert ropescope.check(config) == []

    def test_a_fix_can_be_applied(self, config: dict[str, Any], tmp_path: Path) -> None:
        config["rope_scaling"] = {"type": "linear", "factor": 2.0}
        path = tmp_path / "config.json"
        path.write_text(json.dumps(config, indent=2))
        [finding] = ropescope.check(path, select="rope-type-legacy-key")
        assert finding.fix is not None
        assert finding.path == str(path)
        data = path.read_bytes()
        for edit in sorted(finding.fix.edits, key=lambda edit: -edit.start):
            data = data[: edit.start] + edit.text.encode() + data[edit.end :]
        assert json.loads(data)["rope_scaling"]["rope_type"] == "linear"

    def test_a_file_that_cannot_be_read_is_no_clean_file(self, tmp_path: Path) -> None:
        path = tmp_path / "config.json"
        path.write_text("{")
        with pytest.raises(RopeScopeError) as caught:
            ropescope.check(path)
        assert (caught.value.kind, caught.value.path) == ("malformed", str(path))
        with pytest.raises(RopeScopeError):
            ropescope.check(tmp_path / "nothing")

    def test_several_paths(self, config: dict[str, Any], tmp_path: Path) -> None:
        paths = []
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            paths.append(tmp_path / name / "config.json")
            paths[-1].write_text(json.dumps(config))
        found = ropescope.check(paths, target=16384, select=["target-exceeds-window"])
        assert [finding.path for finding in found] == [str(path) for path in paths]


class TestParity:
    def test_runtimes_that_agree_and_one_that_refuses(self, config: dict[str, Any]) -> None:
        config["rope_scaling"] = {"rope_type": "linear", "factor": 2.0}
        parity = ropescope.parity(config, runtimes=["transformers", "vllm", "deepseek"], length=8192)
        assert parity.agrees
        assert parity.length == 8192
        readings = {reading.runtime: reading for reading in parity.runtimes}
        assert list(readings["vllm"].inverse_frequencies) == pytest.approx([v / 2 for v in plain()], rel=1e-12)
        assert not readings["deepseek"].supported
        assert readings["deepseek"].reason

    def test_runtimes_that_differ(self, config: dict[str, Any]) -> None:
        config["rope_scaling"] = {"rope_type": "linear", "factor": 2.0}
        parity = ropescope.parity(config, runtimes="transformers,transformers@4.30", length=8192)
        assert [reading.version for reading in parity.runtimes if reading.pairs_differing or not reading.supported]


class TestAdvice:
    def test_what_is_advised_can_be_planned(self) -> None:
        advice = ropescope.advice("qwen2.5-7b", "128k", runtimes=["transformers", "vllm"])
        assert advice.method is not None and advice.method.startswith("yarn:factor=4")
        assert advice.factor == 4
        assert advice.reasons
        assert {setting.runtime for setting in advice.settings} >= {"transformers", "vllm"}
        assert ropescope.plan("qwen2.5-7b", advice.method, length="128k").attention_factor > 1

    def test_nothing_is_needed_within_what_was_trained(self) -> None:
        assert ropescope.advice("qwen2.5-7b", "16k").method is None


class TestFigure:
    def test_it_is_shown_inline_and_saved(self, tmp_path: Path) -> None:
        figure = ropescope.figure("wavelength", "qwen2.5-7b", target="128k", methods=["none", "yarn"])
        assert figure._repr_svg_().startswith("<svg") or figure._repr_svg_().startswith("<?xml")
        assert {series["method"] for series in figure.analyses} >= {"none", "yarn"}
        assert figure.title and figure.caption and figure.alternative_text
        path = figure.save(tmp_path / "figure.pdf")
        assert path.read_bytes().startswith(b"%PDF")
        figure.save(tmp_path / "again.svg")
        assert (tmp_path / "again.svg").read_text(encoding="utf-8") == figure.svg

    def test_a_kind_that_is_not_there(self) -> None:
        with pytest.raises(RopeScopeError, match="wavelenth"):
            ropescope.figure("wavelenth", "qwen2.5-7b", target="128k")


class TestReport:
    def test_the_same_bytes_as_the_command_writes(self, tmp_path: Path) -> None:
        folder = ropescope.report("qwen2.5-7b", "64k", tmp_path / "a", methods=["none", "yarn"])
        arguments = [
            "report",
            "qwen2.5-7b",
            "--target",
            "64k",
            "--methods",
            "none,yarn",
            "-o",
            str(tmp_path / "b"),
            "-q",
        ]
        subprocess.run([ropescope.find_program(), *arguments], check=True)
        names = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        assert Path("report.html") in names and Path("run.json") in names and len(names) > 20
        for name in names:
            assert (folder / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


class TestAssertRope:
    def test_right_ones_pass(self, config: dict[str, Any]) -> None:
        ropescope.assert_rope(plain(), config)
        ropescope.assert_rope(Module(plain()), config, runtime="vllm")
        config["rope_scaling"] = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 4096}
        factor = 0.1 * math.log(4) + 1
        ropescope.assert_rope(Module(yarn(4, 4096), factor), config)
        single = pytest.importorskip("numpy").array(yarn(4, 4096), dtype="float32")
        ropescope.assert_rope(single, config)

    def test_the_first_wrong_pair_is_named(self, config: dict[str, Any]) -> None:
        config["rope_scaling"] = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 4096}
        right, wrong = yarn(4, 4096), plain()
        first = next(pair for pair in range(8) if right[pair] != wrong[pair])
        with pytest.raises(AssertionError) as caught:
            ropescope.assert_rope(wrong, config, length=16384)
        message = str(caught.value)
        assert f"pair {first} of 8" in message
        assert repr(wrong[first]) in message
        assert (
            "transformers 5" in message and " reads yarn:" in message and "factor=4" in message and "16,384" in message
        )
        stated = float(message.split("expected is ")[1].split(" ")[0])
        assert stated == pytest.approx(right[first], rel=1e-14)

    def test_a_wrong_attention_factor(self, config: dict[str, Any]) -> None:
        config["rope_scaling"] = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 4096}
        with pytest.raises(AssertionError, match="attention factor is 1.0"):
            ropescope.assert_rope(Module(yarn(4, 4096), 1.0), config)

    def test_tolerance_and_length(self, config: dict[str, Any]) -> None:
        off = [value * (1 + 5e-6) for value in plain()]
        with pytest.raises(AssertionError, match="8 of 8 pairs differ"):
            ropescope.assert_rope(off, config)
        ropescope.assert_rope(off, config, tolerance=1e-5)
        with pytest.raises(AssertionError, match="7 inverse frequencies are given, 8 expected"):
            ropescope.assert_rope(plain()[:-1], config)
        with pytest.raises(AssertionError):
            ropescope.assert_rope([math.nan] * 8, config)
        with pytest.raises(TypeError, match="no list of numbers"):
            ropescope.assert_rope(object(), config)

    def test_a_method_that_depends_on_the_length(self, config: dict[str, Any]) -> None:
        config["rope_scaling"] = {"rope_type": "dynamic", "factor": 2.0}
        ropescope.assert_rope(plain(), config, length=4096)
        base = 10000.0 * (2.0 * 8192 / 4096 - 1.0) ** (16 / 14)
        ropescope.assert_rope(plain(base), config, length=8192)

    def test_a_runtime_that_refuses_the_file(self, config: dict[str, Any]) -> None:
        with pytest.raises(RopeScopeError, match="deepseek_v2"):
            ropescope.assert_rope(plain(), config, runtime="deepseek")
