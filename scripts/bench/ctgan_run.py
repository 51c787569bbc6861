#!/usr/bin/env python3
"""The reference: CTGAN at its defaults, not private.

usage: ctgan_run.py TRAIN.csv OUT.csv [--epochs 300]
"""
import argparse

import pandas as pd
import torch
from ctgan import CTGAN

FEW = 20


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("train")
    parser.add_argument("out")
    parser.add_argument("--epochs", type=int, default=300)
    options = parser.parse_args()
    torch.set_num_threads(1)
    table = pd.read_csv(options.train, skipinitialspace=True, low_memory=False)
    discrete = [name for name in table.columns if not pd.api.types.is_numeric_dtype(table[name]) or table[name].nunique() <= FEW]
    for name in discrete:
        table[name] = table[name].fillna("NA").astype(str)
    model = CTGAN(epochs=options.epochs, enable_gpu=False)
    model.fit(table, discrete)
    model.sample(len(table)).to_csv(options.out, index=False)


if __name__ == "__main__":
    main()
