#!/usr/bin/env python3
"""Opens HTML reports in headless Chromium as readers do: telephone, tablet, desktop, wide screen, light, dark and paper; and
reads the structure of PDF reports.

Fails where a page scrolls sideways, where axe-core finds a fault, or where hardly any printed text has 9 pt; and where a
PDF has no tags, no language, no title in its metadata, a figure without alternative text or a head of a table without scope.
Usage:  python3 -m venv V && V/bin/pip install axe-core-python pikepdf
        V/bin/python Scripts/peers/page-check.py report.html report.pdf [more …]
Environment: CHROMIUM (default: chromium), AXE (path of axe.min.js; default: the one inside axe-core-python).
"""

import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

WIDTHS = [390, 768, 1280, 1920]
THEMES = ["light", "dark"]

# Runs inside the page: opens all details, measures, and lets axe-core look at it.
PROBE = """
<script>%s</script>
<script>
addEventListener('load', async () => {
  const root = document.documentElement, answer = {};
  root.dataset.theme = '%s';
  const measure = () => [...document.querySelectorAll('main *')].filter(e => {
    const box = e.getBoundingClientRect();
    return box.width && box.right > innerWidth + 1 && !e.closest('.scroll, pre, .equation, svg, .quiet');
  }).slice(0, 5).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40));
  answer.closed = root.scrollWidth - root.clientWidth;
  document.querySelectorAll('details').forEach(d => d.open = true);
  answer.open = root.scrollWidth - root.clientWidth;
  answer.beyond = measure();
  try {
    const found = await axe.run(document, { resultTypes: ['violations'] });
    answer.violations = found.violations.map(v => ({
      id: v.id, help: v.help, nodes: v.nodes.length, first: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)),
      why: v.nodes.slice(0, 1).map(n => n.failureSummary) }));
  } catch (error) { answer.error = String(error); }
  parent.postMessage(answer, '*');
});
</script>
"""


def axe() -> str:
    if "AXE" in os.environ:
        return pathlib.Path(os.environ["AXE"]).read_text(encoding="utf-8")
    import axe_core_python

    return (pathlib.Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def chromium(*arguments: str) -> str:
    program = os.environ.get("CHROMIUM", "chromium")
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300).stdout


def whole(path: pathlib.Path) -> str:
    """The page with its address, by which a frame finds the style sheets, scripts and pictures that it links."""
    page = path.read_text(encoding="utf-8")
    return page.replace("<head>", f'<head>\n<base href="{path.resolve().as_uri()}">', 1)


def look(page: str, width: int, theme: str, script: str, folder: str) -> dict:
    """A frame of exactly this width: a window of Chromium is never narrower than 500 px."""
    probed = page.replace("</body>", PROBE % (script, theme) + "</body>")
    outer = f"""<!DOCTYPE html><html lang="en"><title>look</title><body style="margin:0">
<iframe width="{width}" height="900" style="border:0" srcdoc="{html.escape(probed, quote=True)}"></iframe><pre></pre>
<script>addEventListener('message', e => document.querySelector('pre').textContent = JSON.stringify(e.data))</script>"""
    path = pathlib.Path(folder) / "look.html"
    path.write_text(outer, encoding="utf-8")
    dump = chromium(f"--window-size={max(width, 800)},1000", "--virtual-time-budget=60000", "--dump-dom", path.as_uri())
    answer = re.search(r"<pre>(.*?)</pre>", dump, re.S)
    return json.loads(html.unescape(answer.group(1))) if answer and answer.group(1) else {"error": "no answer"}


def printed(path: pathlib.Path, folder: str) -> list[str]:
    """Type sizes of the running text, and whether every page keeps its margins."""
    out = pathlib.Path(folder) / "print.pdf"
    chromium(f"--print-to-pdf={out}", "--no-pdf-header-footer", path.resolve().as_uri())
    import pikepdf

    sizes: dict[float, int] = {}
    with pikepdf.open(out) as pdf:
        for page in pdf.pages:
            scale, stack, size = 1.0, [], 0.0
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name == "q":
                    stack.append(scale)
                elif name == "Q" and stack:
                    scale = stack.pop()
                elif name == "cm":
                    scale *= abs(float(operands[3]))
                elif name == "Tf":
                    size = float(operands[1])
                elif name == "Tm":
                    matrix = abs(float(operands[3]))
                    points = round(size * matrix * scale, 1)
                    sizes[points] = sizes.get(points, 0) + 1
        pages = len(pdf.pages)
    if not sizes:
        return ["the printed page has no text"]
    usual = max(sizes, key=lambda points: sizes[points])
    print(f"  print: {pages} pages, text of {usual} pt most often; {dict(sorted(sizes.items()))}")
    # Tables and charts are set smaller; sentences are not.
    readable = sum(count for points, count in sizes.items() if points >= 9) / sum(sizes.values())
    return [] if readable > 0.1 else [f"{readable:.0%} of the printed text has 9 pt or more: the page was shrunk to fit"]


def structure(path: pathlib.Path) -> list[str]:
    """What a reader of a tagged PDF would miss."""
    import pikepdf

    problems: list[str] = []
    kinds: dict[str, int] = {}

    def walk(element: "pikepdf.Object") -> None:
        if isinstance(element, pikepdf.Array):
            for part in element:
                walk(part)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            kind = str(element.S)[1:]
            kinds[kind] = kinds.get(kind, 0) + 1
            if kind in ("Figure", "Formula") and not str(element.get("/Alt", "")):
                problems.append(f"a {kind} without alternative text")
            if kind == "TH" and "/A" not in element:
                problems.append("a TH without scope")
            if "/K" in element:
                walk(element.K)

    with pikepdf.open(path) as pdf:
        root = pdf.Root
        if "/StructTreeRoot" not in root or not root.get("/MarkInfo", {}).get("/Marked", False):
            return ["it is not tagged"]
        if not str(root.get("/Lang", "")):
            problems.append("no language")
        with pdf.open_metadata() as metadata:
            if not metadata.get("dc:title"):
                problems.append("no title in the XMP metadata")
        walk(root.StructTreeRoot.K)
        # Marked content begins and ends as often on every page.
        for number, page in enumerate(pdf.pages, 1):
            names = [str(operator) for _, operator in pikepdf.parse_content_stream(page)]
            if names.count("BDC") + names.count("BMC") != names.count("EMC"):
                problems.append(f"page {number}: marks are not balanced")
        print(f"  {len(pdf.pages)} pages, {dict(sorted(kinds.items()))}")
    if kinds.get("H1") != 1:
        problems.append(f"{kinds.get('H1', 0)} first headings")
    return problems


def main() -> int:
    script, faults = axe(), 0
    for name in sys.argv[1:]:
        path = pathlib.Path(name)
        if path.suffix == ".pdf":
            print(name)
            problems = structure(path)
            for problem in problems:
                print("  " + problem)
            faults += len(problems)
            continue
        page = whole(path)
        print(f"{name}: {path.stat().st_size} bytes")
        with tempfile.TemporaryDirectory() as folder:
            problems = []
            for width in WIDTHS:
                for theme in THEMES:
                    answer = look(page, width, theme, script, folder)
                    where = f"{width} px, {theme}"
                    if "error" in answer:
                        problems.append(f"{where}: {answer['error']}")
                        continue
                    over = max(answer["closed"], answer["open"])
                    if over > 0 or answer["beyond"]:
                        problems.append(f"{where}: {over} px wider than the window: {answer['beyond']}")
                    for fault in answer["violations"]:
                        problems.append(f"{where}: {fault['id']} ({fault['help']}), {fault['nodes']} ×: "
                                        f"{fault['first']} {fault['why']}")
            problems += [f"print: {text}" for text in printed(path, folder)]
        for problem in problems:
            print("  " + problem)
        faults += len(problems)
    print("clean" if faults == 0 else f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
