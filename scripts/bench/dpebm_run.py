#!/usr/bin/env python3
"""The area under the curve of interpret's DP-EBM, which learns its own bounds. usage: dpebm_run.py TRAIN TEST TARGET EVENT SEED"""
import sys, warnings
import pandas as pd
from interpret.privacy import DPExplainableBoostingClassifier
from sklearn.metrics import roc_auc_score

warnings.filterwarnings("ignore")
train, test, target, event, seed = sys.argv[1:]


def columns(path):
    """Missing numbers become -1, which it needs; labels stay."""
    table = pd.read_csv(path, keep_default_na=False, na_values=[""])
    inputs = table.drop(columns=target)
    for name in inputs.columns:
        isnumber = pd.api.types.is_numeric_dtype(inputs[name])
        inputs[name] = inputs[name].fillna(-1.0 if isnumber else "?")
    return inputs, (table[target] == event).astype(int)


inputs, outcomes = columns(train)
model = DPExplainableBoostingClassifier(epsilon=1, delta=1e-9, random_state=int(seed)).fit(inputs, outcomes)
inputs, outcomes = columns(test)
print(roc_auc_score(outcomes, model.predict_proba(inputs)[:, 1]))
