#!/usr/bin/env python3
"""Makes the folder that the tarball and the wheel hold: bin, lib, share.

stage.py PROGRAM TREE --package FOLDER --checkouts FOLDER --swift FOLDER --version VERSION --bill FILE

Libraries of the program that are no part of every Linux go along, fonts and licences too; nothing in the tree refers to the
folder it was made in.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

# The C and C++ runtime: in every distribution, and bound to the machine's own loader. All else travels.
BASE = {
    "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "linux-vdso.so.1", "libc.so.6", "libm.so.6", "libdl.so.2",
    "libpthread.so.0", "librt.so.1", "libresolv.so.2", "libutil.so.1", "libstdc++.so.6", "libgcc_s.so.1",
}  # fmt: skip

FONTS = {
    "fonts-texgyre": r"/texgyre(termes|heros)-(regular|bold|italic|bolditalic)\.otf$",
    "fonts-liberation": r"/Liberation(Serif|Sans)-(Regular|Bold|Italic|BoldItalic)\.ttf$",
    "fonts-dejavu-core": r"/DejaVu(Sans|SansMono|Serif)(-Bold)?\.ttf$",
}


def run(*command: str | Path) -> str:
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def package_of(path: Path) -> str:
    """The Debian package that a file is of. Where folders are linked, the database knows only one of the names."""
    for name in (path, path.resolve(), Path("/usr") / path.relative_to("/")):
        for candidate in (str(name), re.sub(r"^/usr(?=/lib)", "", str(name))):
            found = subprocess.run(["dpkg", "-S", candidate], capture_output=True, encoding="utf-8")
            if found.returncode == 0:
                return found.stdout.split(": ")[0].split(",")[0].split(":")[0]
    raise SystemExit(f"stage: {path} is of no package, so that its licence is unknown")


def libraries(program: Path) -> dict[str, Path]:
    """Every library that the program loads, by the name that it is asked for with."""
    found = {}
    for line in run("ldd", program).splitlines():
        name, _, rest = line.strip().partition(" => ")
        if "not found" in line:
            raise SystemExit(f"stage: {line.strip()}")
        if rest and name not in BASE:
            found[name] = Path(rest.split(" (")[0])
    return found


def stage_programs(program: Path, tree: Path, swift: Path, parts: list[dict[str, str]]) -> None:
    (tree / "bin").mkdir(parents=True)
    (tree / "lib").mkdir()
    target = tree / "bin" / "ropescope"
    found = libraries(program)
    shutil.copy(program, target)
    run("strip", target)
    # RPATH and not RUNPATH: an LD_LIBRARY_PATH of a cluster's modules would bring other libraries in.
    run("patchelf", "--force-rpath", "--set-rpath", "$ORIGIN/../lib", target)
    target.chmod(0o755)
    for name, path in sorted(found.items()):
        copy = tree / "lib" / name
        if path.is_relative_to(swift / "usr" / "lib" / "swift"):
            parts.append({"file": f"lib/{name}", "part": "swift"})
            shutil.copy(path.resolve(), copy)
        else:
            parts.append({"file": f"lib/{name}", "part": package_of(path)})
            if name == "libexpat.so.1":
                link_expat(path, copy)
            else:
                shutil.copy(path.resolve(), copy)
        run("strip", "--strip-unneeded", copy)
        run("patchelf", "--force-rpath", "--set-rpath", "$ORIGIN", copy)
        copy.chmod(0o644)


def link_expat(library: Path, target: Path) -> None:
    """The same libexpat without its one function of glibc 2.36, so that the whole runs on 2.35."""
    archive = library.with_name("libexpat.a")
    if not archive.exists():
        raise SystemExit("stage: needs libexpat.a (apt-get install libexpat1-dev)")
    source = Path(__file__).with_name("expat-random.c")
    run(
        "cc", "-shared", "-O2", "-fPIC", "-o", target, "-Wl,-soname,libexpat.so.1", source,
        "-Wl,--whole-archive", archive, "-Wl,--no-whole-archive",
    )  # fmt: skip


def stage_fonts(tree: Path, parts: list[dict[str, str]]) -> None:
    folder = tree / "share" / "ropescope" / "fonts"
    folder.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("fonts.conf"), folder.parent)
    for package, pattern in FONTS.items():
        files = [Path(line) for line in run("dpkg", "-L", package).splitlines() if re.search(pattern, line)]
        if not files:
            raise SystemExit(f"stage: {package} has none of its fonts")
        for path in sorted(files):
            shutil.copy(path.resolve(), folder / path.name)
            (folder / path.name).chmod(0o644)
            parts.append({"file": f"share/ropescope/fonts/{path.name}", "part": package})


def stage_licences(tree: Path, package: Path, checkouts: Path, swift: Path, parts: list[dict[str, str]]) -> None:
    folder = tree / "share" / "licenses" / "ropescope"
    folder.mkdir(parents=True)
    shutil.copy(package / "LICENSE", folder / "ropescope.txt")
    shutil.copy(swift / "usr/share/swift/LICENSE.txt", folder / "swift.txt")
    for part in sorted({part["part"] for part in parts} - {"swift"}):
        shutil.copy(Path("/usr/share/doc") / part / "copyright", folder / f"{part}.txt")
    for pin in json.loads((package / "Package.resolved").read_text())["pins"]:
        checkout = next(path for path in sorted(checkouts.iterdir()) if path.name.lower() == pin["identity"])
        licence = next(path for path in sorted(checkout.iterdir()) if path.name.upper().startswith("LICEN"))
        shutil.copy(licence, folder / f"{pin['identity']}.txt")
    # The licences that Debian's files only name.
    common = folder / "common"
    common.mkdir()
    named = {
        name.rstrip(".")
        for path in folder.glob("*.txt")
        for name in re.findall(r"/usr/share/common-licenses/([\w.+-]+)", path.read_text(errors="replace"))
    }
    for name in sorted(named):
        if (Path("/usr/share/common-licenses") / name).is_file():
            shutil.copy((Path("/usr/share/common-licenses") / name).resolve(), common / f"{name}.txt")
    for path in folder.rglob("*.txt"):
        path.chmod(0o644)


def stage_words(tree: Path, version: str) -> None:
    """Completions and the manual, as the program itself gives them."""
    program = tree / "bin" / "ropescope"
    share = tree / "share"
    for shell, name in [
        ("bash", "bash-completion/completions/ropescope"),
        ("zsh", "zsh/site-functions/_ropescope"),
        ("fish", "fish/vendor_completions.d/ropescope.fish"),
    ]:
        path = share / name
        path.parent.mkdir(parents=True)
        path.write_text(run(program, "--generate-completion-script", shell))
    page = manual(json.loads(run(program, "--experimental-dump-help"))["command"], version)
    path = share / "man" / "man1" / "ropescope.1.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(page.encode(), mtime=0))


def roff(text: str) -> str:
    lines = text.replace("\\", "\\e").replace("-", "\\-").splitlines()
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in lines)


def manual(root: dict, version: str) -> str:
    """One page for the program and its commands."""
    lines = [f'.TH ROPESCOPE 1 "" "ropescope {version}"', ".SH NAME", f"ropescope \\- {roff(root['abstract'])}"]
    lines += [".SH SYNOPSIS", ".B ropescope", "COMMAND [OPTIONS]", ".SH DESCRIPTION", ".nf", roff(root["discussion"]), ".fi"]

    def describe(command: dict, path: list[str]) -> None:
        if not command.get("shouldDisplay", True) or command["commandName"] == "help":
            return
        path = [*path, command["commandName"]]
        inner = command.get("subcommands") or []
        lines.extend([f'.SH "{" ".join(path[1:]).upper()}"' if len(path) == 2 else f'.SS "{" ".join(path[1:])}"'])
        lines.append(roff(command.get("abstract") or ""))
        if command.get("discussion"):
            lines.extend([".PP", ".nf", roff(command["discussion"]), ".fi"])
        for argument in command.get("arguments") or [] if not inner else []:
            if not argument.get("shouldDisplay", True):
                continue
            value = argument.get("valueName", "")
            names = [("--" if name["kind"] == "long" else "-") + name["name"] for name in argument.get("names") or []]
            if argument["kind"] == "positional":
                head = f"<{value}>"
            else:
                head = ", ".join(names) + (f" <{value}>" if argument["kind"] == "option" else "")
            lines.extend([".TP", f".B {roff(head)}", roff(argument.get("abstract") or "")])
            if argument.get("defaultValue"):
                lines.append(roff(f"(default: {argument['defaultValue']})"))
        for command in inner:
            describe(command, path)

    for command in root["subcommands"]:
        describe(command, [root["commandName"]])
    return "\n".join(lines) + "\n"


def bill(tree: Path, package: Path, version: str, parts: list[dict[str, str]], swift: Path) -> dict:
    """What it consists of, as CycloneDX."""
    components = []
    files: dict[str, list[str]] = {}
    for part in parts:
        files.setdefault(part["part"], []).append(part["file"])
    for name in sorted(set(files) - {"swift"}):
        found = run("dpkg-query", "-W", "-f", "${Version} ${source:Package} ${source:Version}\n", name).splitlines()[0]
        own, source, source_version = found.split()
        components.append(
            {
                "type": "library",
                "name": name,
                "version": own,
                "purl": f"pkg:deb/debian/{quote(name, safe='')}@{quote(own, safe='')}",
                "properties": [{"name": "source", "value": f"{source} {source_version}"}]
                + [{"name": "file", "value": file} for file in files[name]],
            }
        )
    release = re.search(r"Swift version (\S+)", run(swift / "usr/bin/swift", "--version"))
    components.append({"type": "framework", "name": "swift", "version": release.group(1) if release else "unknown"})
    for pin in sorted(json.loads((package / "Package.resolved").read_text())["pins"], key=lambda pin: pin["identity"]):
        state = pin["state"]
        place = pin["location"].removeprefix("https://").removesuffix(".git")
        components.append(
            {
                "type": "library",
                "name": pin["identity"],
                "version": state.get("version") or state["revision"],
                "purl": f"pkg:swift/{place}@{state.get('version') or state['revision']}",
            }
        )
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "ropescope",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": components,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=Path)
    parser.add_argument("tree", type=Path)
    for name in ("package", "checkouts", "swift"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--bill", type=Path, required=True)
    options = parser.parse_args()
    parts: list[dict[str, str]] = []
    stage_programs(options.program, options.tree, options.swift, parts)
    stage_fonts(options.tree, parts)
    stage_licences(options.tree, options.package, options.checkouts, options.swift, parts)
    stage_words(options.tree, options.version)
    document = bill(options.tree, options.package, options.version, parts, options.swift)
    options.bill.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    # Folders as any user may read them, whatever the umask here is.
    for path in options.tree.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
        elif path.parent.name != "bin":
            path.chmod(0o644)
    print(f"staged {len(parts)} libraries and fonts", file=sys.stderr)


if __name__ == "__main__":
    main()
