#!/usr/bin/env python3
"""Intervals and tests by SciPy, for Tests/Fixtures/measured/statistics.json: what the product computes is compared with it.

    pip install numpy scipy
    python Scripts/peers/statistics-goldens.py Tests/Fixtures/measured/statistics.json

Student's t, clusters of documents, McNemar's exact test, Wilson's interval and Spearman's correlation come from SciPy;
Newcombe's intervals and Holm's adjustment are written out from their papers; the bootstraps draw with SplitMix64 as the
product does. The study's own numbers are among the cases.
"""
import glob
import json
import math
import os
import sys

import numpy as np
from scipy import stats

MASK = (1 << 64) - 1


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)


def wilson(x, n):
    interval = stats.binomtest(x, n).proportion_ci(0.95, method="wilson")
    return [interval.low, interval.high]


def newcombe(x1, n1, x2, n2):
    (l1, u1), (l2, u2), p1, p2 = wilson(x1, n1), wilson(x2, n2), x1 / n1, x2 / n2
    d = p1 - p2
    return [d - math.hypot(p1 - l1, u2 - p2), d + math.hypot(u1 - p1, p2 - l2)]


def newcombe_paired(a, b, c, d):
    n = a + b + c + d
    p1, p2 = (a + b) / n, (a + c) / n
    (l1, u1), (l2, u2) = wilson(a + b, n), wilson(a + c, n)
    margins, cross = (a + b) * (c + d) * (a + c) * (b + d), a * d - b * c
    phi = 0.0
    if margins:
        cross = cross - n / 2 if cross > n / 2 else 0 if cross > 0 else cross
        phi = cross / math.sqrt(margins)
    low = (p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2
    high = (u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2
    return [p1 - p2 - math.sqrt(max(0, low)), p1 - p2 + math.sqrt(max(0, high))]


def holm(values):
    order, adjusted, largest = np.argsort(values, kind="stable"), [0.0] * len(values), 0.0
    for rank, place in enumerate(order):
        largest = max(largest, min(1.0, (len(values) - rank) * values[place]))
        adjusted[place] = largest
    return adjusted


def clusters(groups):
    means = [float(np.mean(group)) for group in groups]
    mean, error = float(np.mean(means)), float(stats.sem(means))
    low, high = stats.t.interval(0.95, len(means) - 1, loc=mean, scale=error)
    return {"groups": groups, "mean": mean, "stderr": error, "interval": [low, high],
            "p": float(stats.ttest_1samp(means, 0).pvalue)}


def bootstrap(means, resamples, seed):
    generator, count = SplitMix64(seed), len(means)
    drawn = sorted(sum(means[generator.next() % count] for _ in range(count)) / count for _ in range(resamples))
    below, above = sum(m <= 0 for m in drawn) + 1, sum(m >= 0 for m in drawn) + 1
    return {"means": means, "resamples": resamples, "seed": seed, "interval": list(np.quantile(drawn, [0.025, 0.975])),
            "p": min(1.0, 2 * min(below, above) / (resamples + 1))}


def spearman(cases, resamples=1999, seed=0):
    order = list(dict.fromkeys(case["cluster"] for case in cases))
    members = {name: [case for case in cases if case["cluster"] == name] for name in order}

    def rho(part):
        """Pearson's correlation of the ranks inside the strata; SciPy's own where there is one."""
        strata = [[case for case in part if case.get("stratum") == name]
                  for name in dict.fromkeys(case.get("stratum") for case in part)]
        x, y = (np.concatenate([stats.rankdata(values) - (len(values) + 1) / 2
                                for values in ([case[side] for case in stratum] for stratum in strata)])
                for side in ("x", "y"))
        return float(x @ y / math.sqrt((x @ x) * (y @ y))) if len(part) > 2 and x @ x > 0 and y @ y > 0 else math.nan

    generator, drawn = SplitMix64(seed), []
    for _ in range(resamples):
        drawn.append(rho([case for _ in order for case in members[order[generator.next() % len(order)]]]))
    drawn = [value for value in drawn if not math.isnan(value)]
    whole, strata = rho(cases), len({case.get("stratum") for case in cases})
    freedom = len(cases) - strata - 1
    p = 2 * stats.t.sf(abs(whole) * math.sqrt(freedom / (1 - whole * whole)), freedom)
    if strata == 1:
        peer = stats.spearmanr([case["x"] for case in cases], [case["y"] for case in cases])
        assert abs(peer.statistic - whole) < 1e-12 and abs(peer.pvalue - p) < 1e-12
    return {"cases": cases, "coefficient": whole, "p": float(p),
            "interval": list(np.quantile(drawn, [0.025, 0.975]))}


def study(package):
    """Differences of the committed study by document, within and beyond 8,192 tokens; retrieval beyond it, by trial."""
    folder = os.path.join(package, "Output/gallery/study")
    losses, found = {}, {}
    for path in sorted(glob.glob(folder + "/*-perplexity.json")):
        for run in json.load(open(path))["runs"]:
            name = run["method"] + (" (stale keys)" if run["cache"] == "stale" else "")
            losses.setdefault(name, []).append(run["by_position"])
    for path in sorted(glob.glob(folder + "/*-passkey.json")):
        for cell in json.load(open(path))["cells"]:
            if cell["length"] > 8192:
                found.setdefault(cell["method"], []).append(cell["correct"] == 1)
    rows = []
    for own, other, beyond in [
        ("linear:factor=2", "none", False), ("ntk:factor=2", "none", False), ("ntk:factor=2", "linear:factor=2", True),
        ("yarn:factor=2", "linear:factor=2", True), ("self-extend", "yarn:factor=2", True),
        ("yarn:attention_factor=1,factor=2", "yarn:factor=2", True), ("dynamic (stale keys)", "dynamic", True),
    ]:
        groups = []
        for a, b in zip(losses[own], losses[other]):
            pairs = [(x, y) for x, y in zip(a, b) if (x["from"] >= 8192) == beyond]
            groups.append([u - v for x, y in pairs for u, v in zip(x["by_window"], y["by_window"])])
        rows.append({"own": own, "other": other, "beyond": beyond} | clusters(groups))
        rows[-1].pop("groups")
    retrieval = []
    for own, other in [("ntk:factor=2", "linear:factor=2"), ("yarn:factor=2", "linear:factor=2"),
                       ("self-extend", "yarn:factor=2")]:
        a, b = found[own], found[other]
        table = [sum(x and y for x, y in zip(a, b)), sum(x and not y for x, y in zip(a, b)),
                 sum(y and not x for x, y in zip(a, b)), sum(not x and not y for x, y in zip(a, b))]
        retrieval.append({"own": own, "other": other, "table": table, "interval": newcombe_paired(*table),
                          "p": mcnemar(*table)})
    return {"losses": rows, "retrieval": retrieval}


def mcnemar(a, b, c, d):
    return float(stats.binomtest(min(b, c), b + c, 0.5).pvalue) if b + c else 1.0


def main(path):
    generator = np.random.default_rng(5)
    groups = [[list(map(float, generator.normal(0.1 * k, 1, int(generator.integers(1, 9))))) for k in range(count)]
              for count in (2, 3, 6, 12)]
    tables = [[6, 6, 0, 0], [0, 10, 0, 2], [3, 4, 1, 12], [0, 0, 0, 5], [20, 7, 9, 14], [12, 0, 0, 0], [0, 6, 5, 0],
              [43, 0, 1, 0], [1, 1, 7, 1], [36, 12, 2, 0]]
    cases = [{"x": float(x), "y": float(y), "cluster": f"m{k // 2}"} for k, (x, y) in enumerate(
        zip(generator.normal(0, 1, 16).round(1), generator.normal(0, 1, 16).round(1)))]
    document = {
        "made_by": "Scripts/peers/statistics-goldens.py, SciPy",
        "student": [{"df": df, "p": p, "quantile": float(stats.t.ppf(p, df)), "t": t, "cumulative": float(stats.t.cdf(t, df))}
                    for df, p, t in [(1, 0.975, 3.0), (2, 0.975, -0.4), (2, 0.9958, 10.0), (5, 0.8, 1.0), (30, 0.5, 2.5),
                                     (47, 0.01, -2.0), (1000, 0.999, 0.1)]],
        "clusters": [clusters(group) for group in groups],
        "bootstrap": [bootstrap([float(v) for v in generator.normal(0.2, 1, n).round(3)], 999, seed)
                      for n, seed in ((2, 0), (7, 3), (20, 9))],
        "wilson": [{"x": x, "n": n, "interval": wilson(x, n)} for x, n in [(0, 12), (6, 12), (12, 12), (81, 263), (1, 1)]],
        "newcombe": [{"table": t, "interval": newcombe(*t)} for t in [[6, 12, 0, 12], [56, 70, 48, 80], [9, 10, 3, 10]]],
        "paired": [{"table": t, "interval": newcombe_paired(*t), "p": mcnemar(*t)} for t in tables],
        "holm": [{"p": p, "adjusted": holm(p)} for p in [[0.01, 0.04, 0.03], [0.5], [0.2, 0.001, 0.001, 0.9]]],
        "spearman": spearman(cases),
        "study": study(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")),
    }
    # Two lengths, of which the longer has more of both sides.
    layers = [{"x": float(x) + 3 * (k % 2), "y": float(y) + 3 * (k % 2), "cluster": f"m{k // 2}", "stratum": str(k % 2)}
              for k, (x, y) in enumerate(zip(generator.normal(0, 1, 18).round(1), generator.normal(0, 1, 18).round(1)))]
    document["spearman_in_strata"] = spearman(layers)
    with open(path, "w") as file:
        json.dump(document, file, indent=1, sort_keys=True)
        file.write("\n")


main(sys.argv[1])
