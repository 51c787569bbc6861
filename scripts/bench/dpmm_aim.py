#!/usr/bin/env python3
"""The reference: dpmm's AIM, given the schema: categories and ranges as they are in the table, which is more than it is owed. Whole numbers
with few distinct values are given as categories. Its bins are learned at the 0.1 of epsilon that it takes by default, on top of the epsilon asked for.

usage: dpmm_aim.py TRAIN.csv OUT.csv --epsilon E [--iterations 1000]
"""
import argparse

import pandas as pd
from dpmm.pipelines import AIMPipeline

FEW = 128


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("train")
    parser.add_argument("out")
    parser.add_argument("--epsilon", type=float, required=True)
    parser.add_argument("--iterations", type=int, default=1000)
    options = parser.parse_args()
    table = pd.read_csv(options.train, skipinitialspace=True, low_memory=False)
    domain = {}
    for name in table.columns:
        if pd.api.types.is_integer_dtype(table[name]) and table[name].nunique() <= FEW:
            table[name] = table[name].astype(str)
    for name in table.columns:
        column = table[name]
        if pd.api.types.is_numeric_dtype(column):
            domain[name] = {"lower": float(column.min()), "upper": float(column.max())}
        else:
            table[name] = column.fillna("NA").astype("category")
            domain[name] = {"categories": sorted(table[name].unique().tolist())}
    pipeline = AIMPipeline(epsilon=options.epsilon, delta=1e-9, n_jobs=1, max_model_size=80, gen_kwargs={"n_iters": options.iterations})
    pipeline.fit(table, domain)
    pipeline.generate(n_records=len(table)).to_csv(options.out, index=False)


if __name__ == "__main__":
    main()
