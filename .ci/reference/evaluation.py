#!/usr/bin/env python3
"""Recomputes every number of a run's evaluation.json from the files of the run folder, and compares.

Nothing of the program is used: formulas are written down here once more, distributions are scipy's, random numbers are drawn by
the published mixing function (SplitMix64) from the seeds that the files name. With --golden and --features, FID, KID, their
intervals and their noise floors are computed too, from the features that the run and the golden set keep in their caches; without
them they are compared with scores.jsonl only. Values and intervals must agree to 1e-9 relative, noise floors to 1e-7.

Source:  NumPy 1.24.2, scipy 1.10.1
Command: /usr/bin/python3 .ci/reference/evaluation.py RUN [--golden golden-datasets/builtin/1 --features .touchstone/features]
"""
import argparse
import hashlib
import json
import math
import sys
from collections import OrderedDict, defaultdict
from pathlib import Path
import numpy as np
from scipy import linalg, stats

TOLERANCE = 1e-9
# The covariance of a draw of few pictures has low rank; what should be its zero eigenvalues is rounding, and enters as a square root.
FLOOR_TOLERANCE = 1e-7
MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15
AXES = ["workflow", "style_family", "resolution_class", "user_type"]
ATTRIBUTES = ["subject", "colour", "background", "ground", "place", "size", "style", "count", "light", "skin", "hair", "hair-colour",
              "expression", "glasses", "pose", "label", "word"]


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


# ---- random numbers -------------------------------------------------------------------------------------------------

def mix(z):
    z = np.asarray(z, dtype=np.uint64)
    with np.errstate(over="ignore"):
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


class IndexedRandom:
    def __init__(self, seed, *purpose):
        digest = hashlib.sha256(b"".join(word.encode() + b"\0" for word in purpose)).digest()
        self.seed = int(mix(np.uint64(seed & MASK))) ^ int.from_bytes(digest[:8], "big")

    def below(self, bound, count):
        with np.errstate(over="ignore"):
            index = (np.arange(count, dtype=np.uint64) + np.uint64(1)) * np.uint64(GAMMA) + np.uint64(self.seed)
        return (((mix(index) >> np.uint64(32)) * np.uint64(bound)) >> np.uint64(32)).astype(np.int64)


# ---- intervals ------------------------------------------------------------------------------------------------------

def t_quantile(df, level):
    """scipy 1.10's inverse is off by 3e-10 at 41 degrees of freedom; steps of Newton's on its distribution function mend that."""
    p = 1 - (1 - level) / 2
    t = stats.t.ppf(p, df)
    for _ in range(3):
        t -= (stats.t.cdf(t, df) - p) / stats.t.pdf(t, df)
    return t


def clustered_t(sums, counts):
    k = len(sums)
    ratio = sums.sum() / counts.sum()
    left = sums - ratio * counts
    squares = (left ** 2).sum()
    if squares <= 1e-28 * (sums ** 2).sum():
        squares = 0.0
    return ratio, math.sqrt(squares * k / (k - 1)) / counts.sum()


def components(groups):
    groups = [np.asarray(g, float) for g in groups if len(g)]
    n = sum(len(g) for g in groups)
    k = len(groups)
    grand = np.concatenate(groups).sum() / n
    between = sum(len(g) * (g.mean() - grand) ** 2 for g in groups) / (k - 1)
    within = sum(((g - g.mean()) ** 2).sum() for g in groups) / (n - k)
    n0 = (n - sum(len(g) ** 2 for g in groups) / n) / (k - 1)
    return (between - within) / n0, within


def effective(groups):
    n = sum(len(g) for g in groups)
    k = len(groups)
    if k == n:
        return n, 0.0, k
    rho = 1.0
    if k >= 2 and any(len(g) > 1 for g in groups):
        between, within = components(groups)
        between = max(0.0, between)
        rho = between / (between + within) if between + within > 0 else 1.0
    size = sum(len(g) ** 2 for g in groups) / n
    return n / (1 + (size - 1) * rho), rho, k


def wilson(p, n, z):
    centre = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return (0.0 if p == 0 else max(0, (centre - half) / scale)), (1.0 if p == 1 else min(1, (centre + half) / scale))


def rate_interval(groups, level):
    n = sum(len(g) for g in groups)
    p = sum(sum(g) for g in groups) / n
    size, _, k = effective(groups)
    z = stats.norm.ppf(1 - (1 - level) / 2) if k == n or k < 2 else t_quantile(k - 1, level)
    return p, wilson(p, size, z)


def fieller(a, b, level):
    n = len(a)
    ma, mb = a.mean(), b.mean()
    va, vb = a.var(ddof=1) / n, b.var(ddof=1) / n
    vab = ((a - ma) * (b - mb)).sum() / (n * (n - 1))
    t = t_quantile(n - 1, level)
    square, linear, constant = mb * mb - t * t * vb, ma * mb - t * t * vab, ma * ma - t * t * va
    if square <= 0:
        return None
    root = math.sqrt(max(0, linear * linear - square * constant))
    return (linear - root) / square, (linear + root) / square


def mover(a, ia, b, ib, r):
    def root(below, above, sign):
        linear, square, constant = a * b - r * below * above, b * b - above ** 2, a * a - below ** 2
        discriminant = math.sqrt(max(0, linear * linear - square * constant))
        if sign < 0:
            return 0.0 if constant <= 0 else constant / (linear + discriminant)
        return (linear + discriminant) / square
    lower = root(a - ia[0], ib[1] - b, -1)
    if ib[0] <= 0 or b * b - (b - ib[0]) ** 2 <= 0:
        return lower, None
    return lower, root(ia[1] - a, b - ib[0], 1)


def quantile(values, p):
    values = np.sort(values)
    at = (len(values) - 1) * p
    below = math.floor(at)
    if below == len(values) - 1 or at == below:
        return values[below]
    return (1 - (at - below)) * values[below] + (at - below) * values[below + 1]


def order_statistics(values, p, level):
    n = len(values)
    tail = (1 - level) / 2
    values = np.sort(values)
    lower = max(1, int(stats.binom.ppf(tail, n, p)))
    upper = min(n, int(stats.binom.ppf(1 - tail, n, p)) + 1)
    return values[lower - 1], values[upper - 1]


def fewest(p, level):
    tail = (1 - level) / 2
    return math.ceil(max(math.log(tail) / math.log(p), math.log(tail) / math.log1p(-p)))


class Bootstrap:
    def __init__(self, conditions, number, cohort):
        self.random = IndexedRandom(conditions["seed"], number, cohort)
        self.replicates, self.level = conditions["replicates"], conditions["level"]

    def draws(self, clusters):
        return self.random.below(clusters, self.replicates * clusters).reshape(self.replicates, clusters)

    def percentile(self, groups, statistic):
        values = np.sort([statistic([groups[i] for i in draw]) for draw in self.draws(len(groups))])
        tail = (1 - self.level) / 2
        return quantile(values, tail), quantile(values, 1 - tail)

    def accelerated_mean(self, groups):
        sums, counts = np.array([sum(g) for g in groups]), np.array([len(g) for g in groups], float)
        drawn = self.draws(len(groups))
        values = np.sort(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1))
        estimate = sums.sum() / counts.sum()
        # Equal sums added in another order differ by rounding.
        same = np.abs(values - estimate) <= 1e-12 * abs(estimate)
        share = ((values < estimate) & ~same).mean() + 0.5 * same.mean()
        left = (sums.sum() - sums) / (counts.sum() - counts)
        difference = left.mean() - left
        squares, cubes = (difference ** 2).sum(), (difference ** 3).sum()
        a = 0.0 if squares == 0 else cubes / (6 * squares * math.sqrt(squares))
        tail = (1 - self.level) / 2
        if share <= 0 or share >= 1:
            return quantile(values, tail), quantile(values, 1 - tail)
        bias, z = stats.norm.ppf(share), stats.norm.ppf(1 - tail)
        ends = [stats.norm.cdf(bias + (bias + s * z) / (1 - a * (bias + s * z))) for s in (-1, 1)]
        return quantile(values, ends[0]), quantile(values, ends[1])


# ---- the run --------------------------------------------------------------------------------------------------------

def micros(seconds):
    return math.floor(seconds * 1e6 + 0.5) / 1e6


def timelines(run):
    """Ended requests: how long they held the device, and the seconds of each phase."""
    done, open_ = [], {}
    for event in lines(run / "events.jsonl")[1:]:
        if "startedAt" in event:
            open_ = {}
            continue
        at, name, phase = round(event["t"] * 1e6), event["request"], event.get("phase")
        if name not in open_:
            open_[name] = {"session": event["session"], "start": at, "at": at, "phase": phase, "seconds": defaultdict(float)}
        elif "attempt" not in event and "step" not in event:
            state = open_[name]
            state["seconds"][state["phase"]] += (at - state["at"]) / 1e6
            last = phase in ("complete", "failed")
            state["free"] = state["at"] if state["phase"] == "saving" and last else at
            state["at"], state["phase"] = at, phase
            if last:
                done.append(dict(state, request=name, held=state["free"] / 1e6 - state["start"] / 1e6, end=at / 1e6))
                del open_[name]
    return done


class Run:
    def __init__(self, path):
        self.path = Path(path)
        self.evaluation = json.loads((self.path / "evaluation.json").read_text(encoding="utf-8"))
        self.conditions = self.evaluation["conditions"]
        self.prompts = OrderedDict((p["promptId"], p) for p in lines(self.path / "prompts.jsonl")[1:])
        self.images = OrderedDict((i["imageId"], i) for i in lines(self.path / "images.jsonl")[1:])
        self.order = sorted(self.images.values(), key=lambda i: (list(self.prompts).index(i["promptId"]), i["imageIndex"]))
        self.timelines = timelines(self.path)
        self.scores = lines(self.path / "scores.jsonl")[1:]
        labels = lines(self.path / "labels.jsonl") if (self.path / "labels.jsonl").exists() else [{}]
        self.label_counts = labels[0]
        self.verdicts = {(v["imageId"], v["question"]): v for v in labels[1:] if v["kind"] == "verdict"}
        self.votes = [v for v in labels[1:] if v["kind"] == "vote" and v["status"] == "current"]
        by_request = defaultdict(list)
        for timeline in self.timelines:
            by_request[timeline["request"]].append(timeline)
        self.held = {p: micros(sum(t["held"] for t in by_request[p])) for p in self.prompts}
        self.by_request = by_request
        self.phases = sorted({ph for t in self.timelines if not t["request"].startswith("~") for ph in t["seconds"]})
        loading = sum(t["held"] for t in self.timelines if t["request"] == "~load")
        warm = [t["held"] for t in self.timelines if t["request"].startswith("~") and t["request"] != "~load"]
        self.overhead = {"loadingSeconds": micros(loading), "warmUpSeconds": micros(sum(warm)), "warmUpRequests": len(warm),
                         "cost": (loading + sum(warm)) * self.conditions["pricePerHour"] / 3600}

    def members(self, labels):
        return [p for p in self.prompts if all(self.prompts[p]["labels"].get(a) == v for a, v in labels.items())
                and any(i["promptId"] == p for i in self.order)]


class Check:
    def __init__(self):
        self.compared, self.wrong, self.carried = 0, [], []

    def number(self, where, expected, found, tolerance=TOLERANCE):
        self.compared += 1
        if expected is None or found is None:
            if expected is not found:
                self.wrong.append((where, expected, found))
            return
        if not abs(expected - found) <= tolerance * max(1e-12, abs(expected), abs(found)):
            self.wrong.append((where, expected, found))

    def figure(self, where, figure, value, interval="none", n=None):
        if figure["status"] == "unscored":
            if value is not None:
                self.wrong.append((where, value, figure))
            self.compared += 1
            return
        self.number(where, value, figure["value"] if figure["status"] == "scored" else None)
        if n is not None:
            self.number(where + " n", n, figure["n"])
        found = figure.get("interval")
        if interval == "none":
            if found is not None:
                self.wrong.append((where + " interval", None, found))
        else:
            width = max(abs(b) for b in list(interval) + [0] if b is not None)
            for end in (0, 1):
                a, b = interval[end], found[end] if found else None
                self.compared += 1
                if a is None or b is None or not abs(a - b) <= TOLERANCE * max(width, 1e-12):
                    if not (a is None and b is None):
                        self.wrong.append((where + " interval", interval, found))


def by_prompt(run, members, value):
    groups = []
    for p in members:
        group = [v for v in (value(i) for i in run.order if i["promptId"] == p) if v is not None]
        if group:
            groups.append(group)
    return groups


def mean_figure(check, where, figure, groups, run, metric, cohort):
    n = sum(len(g) for g in groups)
    mean = sum(sum(g) for g in groups) / n
    level = run.conditions["level"]
    if len(groups) < 5:
        return check.figure(where, figure, mean, n=n)
    _, error = clustered_t(np.array([sum(g) for g in groups]), np.array([len(g) for g in groups], float))
    if error == 0:
        return check.figure(where, figure, mean, n=n)
    if len(groups) < 60:
        half = t_quantile(len(groups) - 1, level) * error
        return check.figure(where, figure, mean, (mean - half, mean + half), n)
    return check.figure(where, figure, mean, Bootstrap(run.conditions, "mean " + metric, cohort).accelerated_mean(groups), n)


def share(groups):
    if not (len(groups) >= 2 and any(len(g) > 1 for g in groups)):
        return 1.0
    between, within = components(groups)
    between = max(0.0, between)
    return between / (between + within) if between + within > 0 else 0.0


def variance(check, where, split, groups, run, metric, cohort):
    values = np.concatenate(groups)
    median = np.median(values)
    check.figure(where + " MAD", split["medianAbsoluteDeviation"], float(np.median(np.abs(values - median))))
    if len(groups) < 5 or sum(len(g) > 1 for g in groups) < 5:
        return check.figure(where + " between", split["betweenPrompts"], None)
    between, within = components(groups)
    between = max(0.0, between)
    check.figure(where + " deviation", split["standardDeviation"], math.sqrt(between + within))
    if between + within == 0:
        return check.figure(where + " between", split["betweenPrompts"], None)
    low, high = Bootstrap(run.conditions, "variance " + metric, cohort).percentile(groups, share)
    value = between / (between + within)
    check.figure(where + " between", split["betweenPrompts"], value, (low, high))
    check.figure(where + " seeds", split["betweenSeeds"], 1 - value, (1 - high, 1 - low))


def krippendorff(units, ordinal):
    units = [u for u in units if len(u) > 1]
    values = sorted({v for u in units for v in u})
    if not units or len(values) < 2:
        return None
    o = np.zeros((len(values), len(values)))
    for u in units:
        counts = np.array([u.count(v) for v in values], float)
        o += (np.outer(counts, counts) - np.diag(counts)) / (len(u) - 1)
    totals = o.sum(1)
    d = np.array([[0 if i == j else 1.0 if not ordinal else
                   (totals[min(i, j):max(i, j) + 1].sum() - (totals[i] + totals[j]) / 2) ** 2
                   for j in range(len(values))] for i in range(len(values))])
    return 1 - (totals.sum() - 1) * (o * d).sum() / (np.outer(totals, totals) * d).sum()


def gwet(units):
    values = sorted({v for u in units for v in u})
    pairs = [u for u in units if len(u) > 1]
    if not pairs:
        return None
    if len(values) == 1:
        return 1.0
    agreement = np.mean([sum(u.count(v) * (u.count(v) - 1) for v in values) / (len(u) * (len(u) - 1)) for u in pairs])
    shares = [np.mean([u.count(v) / len(u) for u in units if u]) for v in values]
    chance = sum(s * (1 - s) for s in shares) / (len(values) - 1)
    return (agreement - chance) / (1 - chance)


# ---- golden pictures ------------------------------------------------------------------------------------------------

def packed(folder, name):
    file = next(iter(sorted(Path(folder).glob(name + "-*.features"))))
    data = file.read_bytes()
    assert data[:8] == b"TSFEAT01", file
    d = int.from_bytes(data[8:12], "big")
    size = 32 + 4 * d + 4
    found = {}
    for at in range(44, len(data) - size + 1, size):
        found[data[at:at + 32].hex()] = np.frombuffer(data, ">f4", d, at + 32).astype(np.float64)
    return found


class Golden:
    def __init__(self, folder, features, extractor):
        digests = dict(reversed(line.split("  ", 1)) for line in (Path(folder) / "files.sha256").read_text().splitlines())
        self.images = lines(Path(folder) / "labels.jsonl")
        cache = packed(features, extractor)
        self.features = np.array([cache[digests[i["file"]]] for i in self.images])
        numbers = {}
        self.codes = np.array([[numbers.setdefault((a, i["attributes"][a]), len(numbers)) if a in i["attributes"] else -r - 1
                                for a in ATTRIBUTES] for r, i in enumerate(self.images)])
        self.workflows = np.array([i["workflow"] for i in self.images])

    def rows(self, prompts):
        looks = {(p["labels"]["workflow"], p["labels"]["style_family"]) for p in prompts}
        rows = [r for r, i in enumerate(self.images) if (i["workflow"], i["attributes"].get("style", "")) in looks]
        if not rows:
            names = {p["labels"]["workflow"] for p in prompts}
            rows = [r for r, i in enumerate(self.images) if i["workflow"] in names]
        return np.array(rows or range(len(self.images)))


def shuffled(rows, stream):
    order = list(range(rows))
    with np.errstate(over="ignore"):
        keys = mix(np.uint64(stream) + np.arange(rows, dtype=np.uint64) * np.uint64(GAMMA)).view(np.int64)
    picks = np.mod(keys[1:], np.arange(2, rows + 1)).tolist()
    for i in range(rows - 1, 0, -1):
        j = picks[i - 1]
        order[i], order[j] = order[j], order[i]
    return np.array(order)


def floor_draws(golden, rows, prompts, sizes, draws=200, seed=1):
    """Pseudo-prompts: a golden picture and those most like it, as many as the run has of each prompt."""
    n = len(rows)
    most, used, total = min(1024, n // 2), 0, 0
    while used < len(sizes) and total + sizes[used] <= most:
        total += sizes[used]
        used += 1
    codes, workflows = golden.codes[rows], golden.workflows[rows]
    base = int(mix(np.uint64(seed ^ 0x6E6F697365)))
    for draw in range(draws):
        order = shuffled(n, int(mix(np.uint64((base + draw) & MASK))))
        taken = np.zeros(n, bool)
        chosen, of = [], []
        at = 0
        for k in range(used):
            while taken[order[at]]:
                at += 1
            first = order[at]
            group = [first]
            if sizes[k] > 1:
                asked = [ATTRIBUTES.index(a) for a in prompts[k].get("asks", {})]
                free = order[(~taken[order]) & (order != first)]
                like = (codes[free][:, asked] == codes[first][asked]).sum(1) + len(ATTRIBUTES) * (
                    workflows[free] == workflows[first])
                group += list(free[np.argsort(-like, kind="stable")[:sizes[k] - 1]])
            taken[group] = True
            chosen += group
            of += [k] * len(group)
        yield np.array(chosen), np.array(of)


def moments(x):
    return x.mean(0), np.cov(x, rowvar=False)


def root_of(cov):
    factor, info = linalg.lapack.dpotrf(cov, lower=1, clean=1)
    if info == 0:
        return factor
    values, vectors = linalg.eigh(cov)
    keep = values > len(values) * np.finfo(float).eps * values[-1]
    return vectors[:, keep] * np.sqrt(values[keep])


def frechet(x, y_mean, y_cov, y_root):
    centred = (x - x.mean(0)) / math.sqrt(len(x) - 1)
    cross = linalg.svdvals(centred @ y_root).sum()
    return ((x.mean(0) - y_mean) ** 2).sum() + (centred ** 2).sum() + np.trace(y_cov) - 2 * cross


def kernel(a, b):
    return (a @ b.T / a.shape[1] + 1) ** 3


def kid(x, clusters, y, yy_sums):
    """Prompt-wise estimate, jackknife error of both sides and degrees of freedom."""
    m = len(y)
    kxx, kxy = kernel(x, x), kernel(x, y)
    apart = clusters[:, None] != clusters[None, :]
    total, pairs = kxx[apart].sum(), apart.sum()
    yy, cross = yy_sums.sum(), kxy.sum()
    value = total / pairs + yy / (m * (m - 1)) - 2 * cross / (len(x) * m)
    left = []
    for c in np.unique(clusters):
        keep = clusters != c
        rest = apart[np.ix_(keep, keep)]
        left.append(kxx[np.ix_(keep, keep)][rest].sum() / rest.sum() + yy / (m * (m - 1))
                    - 2 * kxy[keep].sum() / (keep.sum() * m))
    first = np.var(left) * (len(left) - 1)
    rows = kxy.sum(0)
    right = total / pairs + (yy - 2 * yy_sums) / ((m - 1) * (m - 2)) - 2 * (cross - rows) / (len(x) * (m - 1))
    second = np.var(right) * (m - 1)
    df = (first + second) ** 2 / (first ** 2 / (len(left) - 1) + second ** 2 / (m - 1))
    return value, math.sqrt(first + second), df


def set_metrics(check, run, golden, own, cohort, members, done):
    name = cohort["cohort"]
    images = [i for i in sorted(run.images.values(), key=lambda i: (i["promptId"], i["imageIndex"]))
              if i["promptId"] in members and i["status"] == "complete"]
    asked = list(OrderedDict((i["promptId"], None) for i in images))
    prompts = [run.prompts[p] for p in asked]
    clusters = np.array([asked.index(i["promptId"]) for i in images])
    rows = golden.rows(prompts)
    x, y = np.array([own[i["sha256"]] for i in images]), golden.features[rows]
    sizes = [int((clusters == k).sum()) for k in range(len(asked))]
    metrics = cohort["quality"]["metrics"]
    of_fid = next((m for m in metrics if m.startswith("fid[")), None)
    of_kid = next((m for m in metrics if m.startswith("kid[")), None)
    scored = [m for m in (of_fid, of_kid) if m and metrics[m]["status"] == "scored"]
    if not scored:
        return
    key = rows.tobytes()
    if key not in done:
        k = kernel(y, y)
        np.fill_diagonal(k, 0)
        mean, cov = moments(y)
        done[key] = (k.sum(1), mean, cov)
    yy_sums, mean, cov = done[key]
    fid_floor, kid_floor = [], []
    n = len(rows)
    for chosen, of in floor_draws(golden, rows, prompts, sizes):
        drawn, rest = y[chosen], n - len(chosen)
        if of_kid in scored:
            k = kernel(drawn, drawn)
            among = k.sum() - np.trace(k)
            apart = of[:, None] != of[None, :]
            to_all = yy_sums[chosen].sum()
            kid_floor.append(k[apart].sum() / apart.sum() + (yy_sums.sum() - 2 * to_all + among) / (rest * (rest - 1))
                             - 2 * (to_all - among) / (len(chosen) * rest))
        if of_fid in scored:
            mask = np.ones(n, bool)
            mask[chosen] = False
            deviations = drawn - mean
            left = deviations.sum(0)
            rest_cov = (cov * (n - 1) - deviations.T @ deviations - np.outer(left, left) / rest) / (rest - 1)
            rest_mean = mean - left / rest
            fid_floor.append(frechet(drawn, rest_mean, rest_cov, root_of(rest_cov)))
    for metric, values in ((of_fid, fid_floor), (of_kid, kid_floor)):
        if metric not in scored:
            continue
        detail = metrics[metric]["detail"]
        scale = np.trace(cov) if metric == of_fid else 1.0
        for word, expected in (("floor", np.mean(values)), ("floorHigh", np.sort(values)[math.ceil(0.95 * len(values)) - 1])):
            check.compared += 1
            if not abs(expected - detail[word]) <= (FLOOR_TOLERANCE if metric == of_fid else TOLERANCE) * scale:
                check.wrong.append((f"{name} {metric} {word}", expected, detail[word]))
    if of_fid in scored:
        check.compared += 1
        value = frechet(x, mean, cov, root_of(cov))
        if not abs(value - metrics[of_fid]["value"]) <= TOLERANCE * np.trace(cov):
            check.wrong.append((f"{name} {of_fid}", value, metrics[of_fid]["value"]))
    if of_kid in scored:
        value, error, df = kid(x, clusters, y, yy_sums)
        half = t_quantile(df, 0.95) * error
        for expected, found in ((value, metrics[of_kid]["value"]), (value - half, metrics[of_kid]["interval"][0]),
                                (value + half, metrics[of_kid]["interval"][1])):
            check.compared += 1
            if not abs(expected - found) <= TOLERANCE:
                check.wrong.append((f"{name} {of_kid}", expected, found))


# ---- one cohort -----------------------------------------------------------------------------------------------------

def cohort_numbers(check, run, cohort, held_all):
    name, level = cohort["cohort"], run.conditions["level"]
    labels = cohort["labels"]
    key = "overall" if not labels else name
    members = run.members(labels)
    images = [i for i in run.order if i["promptId"] in set(members)]
    states = defaultdict(int)
    for image in images:
        states[image["status"]] += 1
    for word, count in (("prompts", len(members)), ("images", len(images)), ("complete", states["complete"]),
                        ("failed", states["failed"]), ("moderated", states["moderated"]), ("missing", states["missing"])):
        check.number(f"{name} {word}", count, cohort["counts"][word])
    requests = []
    for p in members:
        made = [i for i in images if i["promptId"] == p]
        times = made[0]["request"]
        timeline = next((t for t in run.by_request[p] if t["session"] == made[0]["session"]
                         and abs(t["end"] - times["deliveredSeconds"]) < 2e-6), None)
        service = times["deliveredSeconds"] - times["sentSeconds"]
        row = {"prompt": p, "session": made[0]["session"], "complete": sum(i["status"] == "complete" for i in made),
               "intended": micros(times["intendedStartSeconds"]), "delivered": micros(times["deliveredSeconds"]),
               "end-to-end": micros(times["deliveredSeconds"] - times["intendedStartSeconds"]), "service": micros(service),
               "answered": any(i["status"] == "complete" for i in made) and not any(i["status"] == "failed" for i in made)}
        if times.get("firstImageSeconds") is not None:
            row["first-image"] = micros(times["firstImageSeconds"] - times["intendedStartSeconds"])
        if timeline:
            for phase in run.phases:
                row["phase." + phase] = micros(timeline["seconds"].get(phase, 0.0))
            row["phase.other"] = micros(service - sum(timeline["seconds"].get(ph, 0.0) for ph in run.phases))
        requests.append(row)
    for latency in cohort["latencies"]:
        measure = latency["measure"]
        values = np.array([r[measure] for r in requests if r["answered"] and measure in r])
        where = f"{name} {measure}"
        if not len(values):
            check.figure(where, latency["mean"], None)
            continue
        error = values.std(ddof=1) / math.sqrt(len(values)) if len(values) >= 5 else 0
        half = t_quantile(len(values) - 1, level) * error if error > 1e-12 * values.mean() else None
        check.figure(where, latency["mean"], values.mean(),
                     "none" if half is None else (values.mean() - half, values.mean() + half), len(values))
        for word, p in (("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)):
            if len(values) < fewest(p, level):
                check.figure(f"{where} {word}", latency[word], None)
                check.number(f"{where} {word} needed", fewest(p, level), latency[word]["needed"])
            else:
                check.figure(f"{where} {word}", latency[word], quantile(values, p), order_statistics(values, p, level))
    if not labels:
        counts, seconds = [], []
        for session in sorted({str(r["session"]) for r in requests}):
            rows = sorted((r for r in requests if str(r["session"]) == session), key=lambda r: r["delivered"])
            last = min(r["intended"] for r in rows)
            for row in rows:
                counts.append(row["complete"])
                seconds.append(row["delivered"] - last)
                last = row["delivered"]
        blocks = min(12, len(counts))
        a, b = np.zeros(blocks), np.zeros(blocks)
        for i in range(len(counts)):
            a[i * blocks // len(counts)] += counts[i]
            b[i * blocks // len(counts)] += seconds[i]
    else:
        a, b = np.array([r["complete"] for r in requests], float), np.array([r["service"] for r in requests])
    if a.sum() == 0:
        check.figure(f"{name} throughput", cohort["throughput"], None)
    else:
        check.figure(f"{name} throughput", cohort["throughput"], a.sum() / b.sum(),
                     fieller(a, b, level) if len(requests) >= (5 if labels else 24) else "none", int(a.sum()))
    money(check, run, cohort, members, images, held_all)
    quality(check, run, cohort, key, members, images)
    return members


def money(check, run, cohort, members, images, held_all):
    name, level = cohort["cohort"], run.conditions["level"]
    price, fee = run.conditions["pricePerHour"] / 3600, run.conditions["feePerImage"]

    def charged(image):
        if image["status"] == "complete":
            return len(image["selection"]["candidates"]) if image.get("selection") else 1
        return 1 if image["status"] == "moderated" else 0
    per_held = run.overhead["cost"] / held_all if held_all else 0
    held = sum(run.held[p] for p in members)
    check.number(f"{name} cost", held * price + fee * sum(map(charged, images)), cohort["cost"]["requests"])
    check.number(f"{name} overhead", per_held * held, cohort["cost"]["overhead"])
    c = np.array([run.held[p] * (price + per_held) + fee * sum(charged(i) for i in images if i["promptId"] == p) for p in members])
    n = np.array([sum(i["status"] == "complete" for i in images if i["promptId"] == p) for p in members], float)
    said = [[run.verdicts.get((i["imageId"], "usable"), {}).get("value") for i in images
             if i["promptId"] == p and i["status"] == "complete"] for p in members]
    j = np.array([sum(v in ("yes", "no") for v in s) for s in said], float)
    u = np.array([sum(v == "yes" for v in s) for s in said], float)
    groups = [[1.0 if v == "yes" else 0.0 for v in s if v in ("yes", "no")] for s in said]
    groups = [g for g in groups if g]
    usability = cohort["quality"]["usability"]
    check.number(f"{name} usable", u.sum(), usability["usable"])
    check.number(f"{name} rejected", j.sum() - u.sum(), usability["rejected"])
    if not groups:
        check.figure(f"{name} rate", usability["rate"], None)
    else:
        rate, limits = rate_interval(groups, level)
        check.figure(f"{name} rate", usability["rate"], rate, limits, int(j.sum()))
    if n.sum() == 0:
        return check.figure(f"{name} per image", cohort["cost"]["perImage"], None)
    per_image, error = clustered_t(c, n)
    own = None
    if len(c) >= 5:
        half = t_quantile(len(c) - 1, level) * error
        own = (max(0, per_image - half), per_image + half)
    check.figure(f"{name} per image", cohort["cost"]["perImage"], per_image, own or "none", int(n.sum()))
    figure = cohort["cost"]["perUsableImage"]
    if not groups:
        return check.figure(f"{name} per usable", figure, None)
    if own and per_image > 0:
        left, right = c - per_image * n, u - rate * j
        scale = math.sqrt((left ** 2).sum()) * math.sqrt((right ** 2).sum())
        r = (left * right).sum() / scale if scale > 0 else 0.0
        interval = mover(per_image, own, rate, limits, r)
    else:
        interval = (per_image / limits[1], per_image / limits[0] if limits[0] > 0 else None)
    if rate == 0:
        check.number(f"{name} per usable at least", interval[0], figure["bound"])
    else:
        check.figure(f"{name} per usable", figure, per_image / rate, interval, int(j.sum()))


def quality(check, run, cohort, key, members, images):
    name = cohort["cohort"]
    metrics = cohort["quality"]["metrics"]
    inside = {i["imageId"] for i in images}
    values, of_prompts = defaultdict(dict), defaultdict(dict)
    for score in run.scores:
        if score["status"] == "scored" and score["scope"] in ("image", "prompt"):
            (values if score["scope"] == "image" else of_prompts)[score["metric"]][score["id"]] = score["value"]
    carried = {s["metric"]: s for s in run.scores
               if s["scope"] == "cohort" and (s.get("axis", "overall") == "overall" if not cohort["labels"] else
                                              s.get("axis") == "*".join(sorted(cohort["labels"], key=AXES.index))
                                              and s["id"] == "*".join(cohort["labels"][a] for a in sorted(
                                                  cohort["labels"], key=AXES.index)))}
    splits = {v["metric"]: v for v in cohort["quality"]["variances"]}
    for metric, figure in metrics.items():
        where = f"{name} {metric}"
        if metric in values or metric.startswith("human-"):
            if metric.startswith("human-"):
                question = metric.split("-")[1]
                def value(i):
                    return run.verdicts.get((i["imageId"], question), {}).get("meanGrade")
            else:
                def value(i):
                    return values[metric].get(i["imageId"])
            groups = by_prompt(run, members, value)
            if not groups:
                check.figure(where, figure, None)
                continue
            mean_figure(check, where, figure, groups, run, metric, key)
            if metric in splits:
                variance(check, where, splits[metric], groups, run, metric, key)
        elif metric in of_prompts:
            groups = [[of_prompts[metric][p]] for p in members if p in of_prompts[metric]]
            if groups:
                mean_figure(check, where, figure, groups, run, metric, key)
            else:
                check.figure(where, figure, None)
        elif metric in carried and carried[metric]["status"] == "scored":
            score = carried[metric]
            check.figure(where, figure, score["value"], score.get("interval", "none"), score["n"])
            check.carried.append(where)
        for word, number in figure.get("detail", {}).items():
            check.number(f"{where} {word}", carried[metric]["detail"][word], number)
    flaws = defaultdict(int)
    for image in inside:
        for flaw in (run.verdicts.get((image, "flaws"), {}).get("value") or "").split(";"):
            if flaw:
                flaws[flaw] += 1
    for flaw, count in flaws.items():
        check.number(f"{name} flaw {flaw}", count, cohort["quality"]["flaws"].get(flaw))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run")
    parser.add_argument("--golden")
    parser.add_argument("--features")
    arguments = parser.parse_args()
    run, check = Run(arguments.run), Check()
    for word, value in run.overhead.items():
        check.number("overhead " + word, value, run.evaluation["overhead"][word])
    labelling = run.evaluation["labelling"]
    check.number("reviewers", len({v["reviewer"] for v in run.votes}), labelling["reviewers"])
    check.number("judged images", len({v["imageId"] for v in run.votes}), labelling["judgedImages"])
    for agreement in labelling["agreements"]:
        units = defaultdict(list)
        for vote in run.votes:
            if vote["question"] == agreement["question"]:
                units[vote["imageId"]].append(vote["value"] if vote["question"] != "usable" else {"yes": 1, "no": 0}[vote["value"]])
        units = [[float(v) for v in u] for u in units.values()]
        check.figure("alpha", agreement["alpha"], krippendorff(units, agreement["question"] != "usable"))
        check.figure("AC1", agreement["ac1"], gwet(units))
    held_all = sum(run.held.values())
    golden = None
    if arguments.golden:
        extractor = lines(run.path / "scores.jsonl")[0]["extractor"]
        golden = Golden(arguments.golden, arguments.features, extractor)
        own = packed(run.path / "features", extractor)
    done = {}
    for cohort in run.evaluation["cohorts"]:
        members = cohort_numbers(check, run, cohort, held_all)
        if golden:
            set_metrics(check, run, golden, own, cohort, set(members), done)
    for where, expected, found in check.wrong[:40]:
        print(f"{where}: expected {expected!r}, found {found!r}")
    print(f"{check.compared} numbers compared, {len(check.wrong)} differ"
          + ("" if golden else f"; {len(check.carried)} scores of sets were compared with scores.jsonl only"))
    sys.exit(1 if check.wrong else 0)


if __name__ == "__main__":
    main()
