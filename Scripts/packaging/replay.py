#!/usr/bin/env python3
"""Replays the shell steps of Templates/ci against a small repository of somebody else, cold and with the cache restored.

replay.py github|gitlab|pre-commit WHEEL [TARBALL]     (needs PyYAML, git; pre-commit for the last)
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import yaml

TEMPLATES = Path(__file__).resolve().parents[2] / "Templates" / "ci"
CONFIG = {
    "architectures": ["LlamaForCausalLM"],
    "model_type": "llama",
    "hidden_size": 4096,
    "num_attention_heads": 32,
    "num_hidden_layers": 32,
    "max_position_embeddings": 4096,
    "rope_theta": 10000.0,
    "torch_dtype": "bfloat16",
}


def foreign(folder: Path, is_clean: bool) -> Path:
    """A repository with a configuration, things that are none, and things that are not to be searched."""
    repository = folder / "repository"
    wrong = {**CONFIG, "rope_scaling": {"rope_type": "yrn", "factor": 4.0}}
    texts = {
        "model/config.json": json.dumps(CONFIG if is_clean else wrong, indent=2),
        "setup.py": "print('hello')\n",
        "compose/other.yml": "name: other\n",
        "package.json": '{"name": "other"}',
        ".gitignore": "build/\n",
        "build/config.json": json.dumps(wrong),
        "vendor/config.json": json.dumps(wrong),
    }
    for name, text in texts.items():
        path = repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for place in ("vendor", "."):
        git(repository / place, "init", "-q")
    git(repository, "add", ".gitignore", "model", "setup.py", "compose", "package.json")
    git(repository, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "All")
    return repository


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", folder, *arguments], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def untracked(repository: Path) -> set[str]:
    return {line[3:] for line in git(repository, "status", "--porcelain").splitlines()} - {"vendor/"}


def shell(script: str, repository: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    own = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "PIP_INDEX_URL", "PIP_CONFIG_FILE") if key in os.environ}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=repository, env={**own, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip


def expect(condition: object, what: str, output: str = "") -> None:
    if not condition:
        raise SystemExit(f"replay: {what}\n{output}")


def github(releases: list[Path]) -> None:
    action = yaml.safe_load((TEMPLATES / "github" / "action.yml").read_text())
    steps = action["runs"]["steps"]
    expect([step.get("uses", "run").split("@")[0] for step in steps]
           == ["actions/cache", "run", "run", "github/codeql-action/upload-sarif"], "the action has other steps")  # fmt: skip
    workflow = yaml.safe_load((TEMPLATES / "github" / "workflow.yml").read_text())
    given = workflow["jobs"]["check"]["steps"][1]["with"]
    expect(set(given) <= set(action["inputs"]), "the workflow gives inputs that the action does not have")

    def run(folder: Path, repository: Path, **inputs: str) -> tuple[int, str, Path]:
        """The run steps in their order; the first that fails ends them, as GitHub does it."""
        values = {name: str(value.get("default", "")) for name, value in action["inputs"].items()} | inputs
        temporary = folder / "temp"
        temporary.mkdir(exist_ok=True)
        (folder / "output").write_text("")
        environment = {
            "RUNNER_TEMP": str(temporary),
            "GITHUB_ACTION_PATH": str(TEMPLATES / "github"),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        }
        text = ""
        for step in steps:
            if "run" not in step:
                continue
            own = {
                key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: values[match[1]], value)
                for key, value in step["env"].items()
            }
            expect("${{" not in step["run"], "an input is pasted into a script")
            done = shell(step["run"], repository, environment | own)
            text += done.stdout
            if done.returncode:
                return done.returncode, text, temporary
        return 0, text, temporary

    for release in releases:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            repository = foreign(folder, is_clean=False)
            inputs = {"release": str(release), "sha256": hashlib.sha256(release.read_bytes()).hexdigest(), "target": "4k"}
            code, cold, temporary = run(folder, repository, **inputs)
            expect(code == 1, f"a wrong configuration ends with {code}", cold)
            expect(re.search(r"^::error file=model/config\.json,line=\d+", cold, re.M), "no annotation", cold)
            expect("vendor" not in cold and "build/" not in cold, "foreign or ignored files are checked", cold)
            place = (folder / "output").read_text().strip().removeprefix("sarif-file=")
            results = json.loads(Path(place).read_text())["runs"][0]["results"]
            uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
            expect(uris == {"model/config.json"}, f"the SARIF is about {uris}")
            expect("rope-type-unknown" in (folder / "summary.md").read_text(), "no summary")
            expect(not untracked(repository), f"the repository has new files: {untracked(repository)}")
            # The cache is restored into a new runner.
            shutil.copytree(temporary / "ropescope", folder / "cache", symlinks=True)
            shutil.rmtree(temporary)
            temporary.mkdir()
            shutil.copytree(folder / "cache", temporary / "ropescope", symlinks=True)
            code, warm, _ = run(folder, repository, **inputs)
            expect(code == 1 and "is there already" in warm, "the cached run installs again or fails", warm)
            expect(warm.split("\n", 1)[1] == cold.split("\n", 1)[1], "the cached run says something else", warm)
            code, text, _ = run(folder, repository, **inputs | {"sha256": "0" * 64})
            expect(code not in (0, None) and "::error file" not in text, "a wrong checksum is taken", text)
            code, text, _ = run(folder, repository, **inputs | {"paths": "setup.py\nmissing.json"})
            expect(code == 2, f"a missing file ends with {code}", text)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            repository = foreign(folder, is_clean=True)
            code, text, _ = run(folder, repository, release=str(release))
            expect(code == 0, f"a clean repository ends with {code}", text)


def gitlab(releases: list[Path]) -> None:
    header, body = yaml.safe_load_all((TEMPLATES / "gitlab" / "ropescope.yml").read_text())
    inputs = header["spec"]["inputs"]
    job = body["ropescope"]
    for is_clean in (False, True):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            repository = foreign(folder, is_clean)
            values = {key: (value or {}).get("default") for key, value in inputs.items()}
            values |= {"release": str(releases[0]), "target": "4k"}
            environment = {
                key: re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda match: str(values[match[1]]), value)
                for key, value in job["variables"].items()
            }
            environment["PIP_CACHE_DIR"] = str(repository / job["cache"]["paths"][0])
            for turn in range(2):
                environment["ROPESCOPE_HOME"] = str(folder / f"home-{turn}")
                done = shell("\n".join(job["script"]), repository, environment)
                expect(done.returncode == (0 if is_clean else 1), f"run {turn} ends with {done.returncode}", done.stdout)
                report = repository / job["artifacts"]["reports"]["junit"]
                failures = ElementTree.parse(report).getroot().iter("failure")
                expect(bool(list(failures)) != is_clean, "the report is wrong", report.read_text())
                expect("vendor" not in report.read_text(), "a repository inside is checked", report.read_text())
                # The next job starts from a clean tree with the cache restored.
                report.unlink()
                expect(untracked(repository) <= {".cache/"}, f"new files: {untracked(repository)}")


def pre_commit(releases: list[Path]) -> None:
    recipe = (TEMPLATES / "pre-commit" / "config.yaml").read_text()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        repository = foreign(folder, is_clean=False)
        (repository / ".pre-commit-config.yaml").write_text(recipe.replace("WHEEL", releases[0].as_uri()))
        git(repository, "add", ".pre-commit-config.yaml")
        program = str(Path(sys.executable).with_name("pre-commit"))
        environment = {"PRE_COMMIT_HOME": str(folder / "home"), "NO_COLOR": "1"}
        for turn in ("cold", "cached"):
            done = shell(f"'{program}' run --all-files", repository, environment)
            expect(done.returncode == 1, f"{turn}: a wrong configuration ends with {done.returncode}", done.stdout)
            expect("rope-type-unknown" in done.stdout and "vendor" not in done.stdout, f"{turn}: other findings", done.stdout)
            expect(("Installing environment" in done.stdout) == (turn == "cold"), f"{turn}: installs", done.stdout)
        (repository / "model/config.json").write_text(json.dumps(CONFIG, indent=2))
        git(repository, "add", "model")
        done = shell(f"'{program}' run --all-files", repository, environment)
        expect(done.returncode == 0, f"a clean repository ends with {done.returncode}", done.stdout)
        done = shell(f"'{program}' run --files setup.py", repository, environment)
        expect("Skipped" in done.stdout, "it runs for files that nothing reads settings from", done.stdout)


def main() -> None:
    kind, *releases = sys.argv[1:]
    {"github": github, "gitlab": gitlab, "pre-commit": pre_commit}[kind]([Path(path).resolve() for path in releases])


main()
