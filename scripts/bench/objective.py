#!/usr/bin/env python3
"""Writes noisy marginals of a simulated table, and how well private-pgm (PyPI `mbi`) fits them, as known answers for the estimator's test.

usage: objective.py OUT.json [--iterations 3000]

The table is simulated from a seed: 20,000 rows of 6 attributes, each a noisy function of two earlier ones. All one-way marginals, five pairs and
two triples of it get Gaussian noise and are rounded. private-pgm's estimators fit them in double precision; what is recorded of each is
the objective 1/2 sum (N p - y)^2 / sigma^2 of its result, computed here from its marginals and not taken from it.
"""
import argparse, datetime, importlib.metadata, json, resource

import jax
import numpy as np

jax.config.update("jax_enable_x64", True)
import mbi
from mbi import estimation, marginal_loss

SIZES = [4, 6, 5, 7, 3, 8]
CLIQUES = [[i] for i in range(6)] + [[0, 1], [1, 3], [2, 4], [3, 5], [0, 5], [1, 2, 3], [0, 3, 4]]
ROWS = 20_000
# Of the others, at sigma 5, dual averaging ended far behind and LBFGS had not ended after five minutes.
ESTIMATORS = ("MirrorDescent", "InteriorGradient", "UniversalAcceleratedMethod")


def simulate(seed):
    random = np.random.default_rng(seed)
    columns = []
    for attribute, size in enumerate(SIZES):
        mean = np.zeros(ROWS)
        for source in random.choice(attribute, min(2, attribute), replace=False) if attribute else []:
            mean += random.uniform(0.2, 1.0) * columns[source] / SIZES[source]
        value = np.abs(mean / 2 + random.uniform(0.15, 0.5) * random.normal(size=ROWS) * random.uniform(size=ROWS))
        columns.append(np.minimum(size - 1, (value * size)).astype(int))
    return columns


def counts(columns, clique):
    return np.histogramdd(np.stack([columns[a] for a in clique], 1), [np.arange(SIZES[a] + 1) - 0.5 for a in clique])[0].ravel()


def measure(columns, sigma, seed):
    random = np.random.default_rng(seed)
    return [np.rint(counts(columns, c) + random.normal(0, sigma, int(np.prod([SIZES[a] for a in c])))).astype(int) for c in CLIQUES]


def objective(model, values, sigma):
    fitted = [np.asarray(model.project(tuple(f"a{a}" for a in c)).datavector()) for c in CLIQUES]
    assert all(f.min() > -1e-6 and abs(f.sum() - ROWS) < 1e-3 for f in fitted), "the reference's marginals are no distribution"
    return float(sum(0.5 * ((f - v) ** 2).sum() / sigma**2 for f, v in zip(fitted, values)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--iterations", type=int, default=3000)
    options = parser.parse_args()
    domain = mbi.Domain([f"a{i}" for i in range(6)], SIZES)
    columns = simulate(1)
    cases = []
    for sigma in (5.0, 20.0, 100.0):
        values = measure(columns, sigma, int(sigma))
        measurements = [marginal_loss.LinearMeasurement(v.astype(float), tuple(f"a{a}" for a in c), sigma) for v, c in zip(values, CLIQUES)]
        found = {}
        for name in ESTIMATORS:
            start = resource.getrusage(resource.RUSAGE_SELF).ru_utime
            try:
                model = getattr(estimation, name)().estimate(domain, measurements, known_total=float(ROWS), iters=options.iterations)
                result = objective(model, values, sigma)
            except Exception as error:  # an estimator that fails is no reference; say so and go on
                print(f"sigma {sigma:g} {name}: {type(error).__name__}: {error}"[:300])
                continue
            found[name] = result
            print(f"sigma {sigma:g} {name}: {result:.9g}  ({resource.getrusage(resource.RUSAGE_SELF).ru_utime - start:.1f} CPU s)", flush=True)
        cases.append({"sigma": sigma, "values": [v.tolist() for v in values], "objectives": found})
    document = {
        "source": f"private-pgm: PyPI mbi {importlib.metadata.version('mbi')}, jax {jax.__version__}, double precision, "
        f"{options.iterations} iterations of each estimator, simulated table of scripts/bench/objective.py",
        "date": datetime.date.today().isoformat(), "sizes": SIZES, "total": ROWS, "cliques": CLIQUES, "cases": cases,
    }
    with open(options.out, "w") as file:
        json.dump(document, file, separators=(",", ":"))
        file.write("\n")


main()
