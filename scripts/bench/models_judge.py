#!/usr/bin/env python3
"""Judges predictive models on rows that were held out.
usage: models_judge.py auc TEST TARGET EVENT SCORES | dose TEST SCORES | dose-plain TRAIN TEST | additive TRAIN TEST TARGET EVENT
"additive" trains the model of `understudy train` without privacy, on any table: points for about eight bins of each column."""
import sys
import numpy as np, pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def edges(values, bins=8, least=0.01):
    """The first value of each bin but the first: frequent values alone, the rest in about equal parts."""
    ticks, counts = np.unique(values, return_counts=True)
    heavy, total = counts > counts.sum() / bins, counts.sum()
    share, found, rows = max(counts[~heavy].sum() / max(bins - heavy.sum(), 2), 2 * least * total), [], 0.0
    for tick, count, alone in zip(ticks, counts, heavy):
        if rows > 0 and (alone or rows + count / 2 > share):
            found.append(tick)
            rows = 0.0
        rows += np.inf if alone else count
    return np.array(found)


def additive(train, test, target, event):
    train, test, inputs = read(train), read(test), []
    for name in train.columns.drop(target):
        one, other = (pd.to_numeric(table[name], errors="coerce") for table in (train, test))
        if one.nunique() > 2 and (one.isna() == train[name].eq("")).all():
            cuts = edges(one.dropna())
            codes = [np.where(c.isna(), len(cuts) + 1, np.searchsorted(cuts, c.fillna(0), side="right")) for c in (one, other)]
        else:
            shares = train[name].value_counts(normalize=True)
            known = {label: code for code, label in enumerate(shares.index[shares >= 0.01])}
            codes = [table[name].map(lambda label: known.get(label, len(known))).to_numpy() for table in (train, test)]
        width = max(c.max() for c in codes) + 1
        inputs.append([np.eye(width, dtype=np.float32)[c] for c in codes])
    first, second = (np.concatenate([pair[side] for pair in inputs], axis=1) for side in (0, 1))
    model = LogisticRegression(C=0.3, max_iter=500).fit(first, train[target] == event)
    return roc_auc_score(test[target] == event, model.decision_function(second))


def dose(test, scores):
    return (pd.read_csv(test).dose - pd.read_csv(scores).score).abs().mean()


def dose_plain(train, test):
    """Least squares on the square root of the dose, as the consortium fitted it."""
    train, test = pd.read_csv(train), pd.read_csv(test)

    def columns(table):
        out = [np.ones(len(table))]
        for name in ("age", "height", "weight"):
            out += [table[name].astype(float).fillna(train[name].mean()), table[name].isna() * 1.0]
        for name in ("race", "inducer", "amiodarone", "vkorc1", "cyp2c9"):
            out += [(table[name] == label) * 1.0 for label in sorted(train[name].unique())[1:]]
        return np.stack(out, axis=1)

    weights = np.linalg.lstsq(columns(train), np.sqrt(train.dose), rcond=None)[0]
    return (np.maximum(columns(test) @ weights, 0) ** 2 - test.dose).abs().mean()


kind, *words = sys.argv[1:]
if kind == "auc":
    test, target, event, scores = words
    print(roc_auc_score(read(test)[target] == event, pd.read_csv(scores).score))
else:
    print({"dose": dose, "dose-plain": dose_plain, "additive": additive}[kind](*words))
