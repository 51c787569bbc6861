#!/usr/bin/env python3
"""Writes a simulated table: the recipe of the tables long and wide.

usage: simulate.py ROWS COLUMNS OUT.csv [--seed 1]

Column j depends on columns j - 1 and j - 3 (half of its spread) and on chance. By turns it is a category of 2 to 20 labels, a whole number from
0 to 120 with a heap at 0, and an amount with two decimals whose logarithm is normal; one cell in fifty of every fourth column is missing.
Rows come in blocks of 250,000, each from its own stream of the seed.
"""
import argparse

import numpy as np
import polars as pl

BLOCK = 250_000


def block(rows, columns, stream):
    random = np.random.default_rng(stream)
    latent, frame = [], {}
    for j in range(columns):
        chance = random.normal(size=rows).astype(np.float32)
        parents = [latent[j - back] for back in (1, 3) if j >= back]
        z = 0.7 * chance + 0.7 * sum(parents) / max(1, len(parents)) ** 0.5 if parents else chance
        latent.append(z)
        kind = j % 3
        if kind == 0:
            labels = 2 + (7 * j) % 19
            code = np.clip(((z + 2) / 4 * labels).astype(int), 0, labels - 1)
            column = pl.Series([f"L{i:02}" for i in range(labels)]).gather(code)
        elif kind == 1:
            column = pl.Series(np.where(z < -0.8, 0, np.clip(40 + 25 * z, 0, 120)).astype(np.int32))
        else:
            column = pl.Series(np.round(np.exp(4 + 0.6 * z.astype(float)), 2))
        if j % 4 == 3:
            column = column.set(pl.Series(random.random(rows) < 0.02), None)
        frame[f"c{j:02}"] = column
    return pl.DataFrame(frame)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=int)
    parser.add_argument("columns", type=int)
    parser.add_argument("out")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with open(options.out, "wb") as out:
        for number, start in enumerate(range(0, options.rows, BLOCK)):
            rows = min(BLOCK, options.rows - start)
            block(rows, options.columns, [options.seed, number]).write_csv(out, include_header=number == 0, float_precision=2)


main()
