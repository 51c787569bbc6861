#!/usr/bin/env python3
"""The reference: smartnoise-synth's DP-CTGAN, given the schema: categories and ranges as they are in the table, which is more than it is
owed, so that it spends nothing on them. It stops at the first epoch that begins beyond epsilon, or after `--epochs`. Prints one line of
JSON: the epochs it took and the epsilon it then states.

usage: dpctgan.py TRAIN.csv OUT.csv --epsilon E [--sigma 5] [--epochs 300]
"""
import argparse, json, warnings

import pandas as pd
import torch
from snsynth.pytorch.nn.dpctgan import DPCTGAN
from snsynth.transform import LabelTransformer, MinMaxTransformer, OneHotEncoder
from snsynth.transform.chain import ChainTransformer
from snsynth.transform.table import TableTransformer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("train")
    parser.add_argument("out")
    parser.add_argument("--epsilon", type=float, required=True)
    parser.add_argument("--sigma", type=float, default=5)
    parser.add_argument("--epochs", type=int, default=300)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    table = pd.read_csv(options.train, skipinitialspace=True, low_memory=False)
    columns, whole = [], []
    for name in table.columns:
        column = table[name]
        if pd.api.types.is_numeric_dtype(column):
            whole += [name] if pd.api.types.is_integer_dtype(column) else []
            table[name] = column.astype(float)
            columns.append(MinMaxTransformer(lower=float(column.min()), upper=float(column.max()), nullable=bool(column.isna().any())))
        else:
            table[name] = column.fillna("NA").astype(str)
            columns.append(ChainTransformer([LabelTransformer(nullable=False), OneHotEncoder()]))
    synthesizer = DPCTGAN(epsilon=options.epsilon, delta=1e-9, sigma=options.sigma, epochs=options.epochs, cuda=False, verbose=False)
    _, _, epsilons, _ = synthesizer.train(table, transformer=TableTransformer(columns))
    made = synthesizer.sample(len(table))
    for name in whole:
        made[name] = made[name].round().astype("Int64")
    made.to_csv(options.out, index=False)
    print(json.dumps({"epochs": len(epsilons), "epsilonStated": epsilons[-1]}))


if __name__ == "__main__":
    main()
