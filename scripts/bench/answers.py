#!/usr/bin/env python3
"""Writes the table of docs/researcher.md: estimates on all rows of three public tables, and three intervals of each.
usage: answers.py [TABLE ...]   needs numpy and pandas, the built program and the shared tables; about two CPU minutes.
The naive interval takes the rows of synthetic.csv for people. A cross marks an interval that misses the estimate on all rows."""
import json, pathlib, sys, tempfile
import numpy as np, pandas as pd
from common import SHARED, UNDERSTUDY, run

DATA = SHARED / "data"
TABLES = {
    "adult": (DATA / "adult.csv", [
        {"kind": "proportion", "outcome": "income", "value": ">50K", "by": "sex"},
        {"kind": "mean", "outcome": "age", "by": "sex"},
        {"kind": "mean", "outcome": "hours-per-week", "by": "income"},
        {"kind": "logistic", "outcome": "income", "value": ">50K", "terms": ["age", "education-num", "hours-per-week", "sex"]},
    ]),
    "support2": (DATA / "support2" / "support2.csv", [
        {"kind": "proportion", "outcome": "hospdead", "value": "1", "by": "sex"},
        {"kind": "mean", "outcome": "age", "by": "sex"},
        {"kind": "mean", "outcome": "meanbp", "by": "hospdead"},
        {"kind": "logistic", "outcome": "hospdead", "value": "1", "terms": ["age", "meanbp", "hrt", "num.co", "sex"]},
    ]),
    "diabetes130": (DATA / "diabetes130" / "diabetic_data.csv.gz", [
        {"kind": "proportion", "outcome": "readmitted", "value": "<30", "by": "gender"},
        {"kind": "mean", "outcome": "time_in_hospital", "by": "gender"},
        {"kind": "logistic", "outcome": "readmitted", "value": "<30",
         "terms": ["time_in_hospital", "num_medications", "number_inpatient", "number_diagnoses"]},
    ]),
}
REACH = 1.959964


def logistic(table, analysis):
    """Coefficients and standard errors of the rows without missing cells, by Newton's method."""
    columns = {}
    for term in analysis["terms"]:
        values = pd.to_numeric(table[term], errors="coerce")
        if values.notna().mean() > 0.5:
            columns[term] = values
        else:
            labels = sorted(set(table[term]) - {""})
            columns |= {f"{term}={label}": (table[term] == label).astype(float) for label in labels[1:]}
    inputs = pd.DataFrame(columns)
    kept = inputs.notna().all(axis=1)
    centre, spread = inputs[kept].mean(), inputs[kept].std()
    x = np.c_[np.ones(kept.sum()), ((inputs[kept] - centre) / spread).to_numpy()]
    y = (table.loc[kept, analysis["outcome"]] == analysis["value"]).to_numpy(float)
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        mean = 1 / (1 + np.exp(-x @ beta))
        information = (x * (mean * (1 - mean))[:, None]).T @ x
        beta += np.linalg.solve(information, x.T @ (y - mean))
    errors = np.sqrt(np.diag(np.linalg.inv(information)))
    return {name: (beta[place + 1] / spread[name], errors[place + 1] / spread[name]) for place, name in enumerate(inputs)}


def of_rows(table, analysis):
    """Estimates and naive standard errors, by the names that the program gives its numbers."""
    if analysis["kind"] == "logistic":
        return logistic(table, analysis)
    found = {}
    for label, part in table[table[analysis["by"]] != ""].groupby(analysis["by"]):
        values = (part[analysis["outcome"]] == analysis["value"]).astype(float) if "value" in analysis \
            else pd.to_numeric(part[analysis["outcome"]], errors="coerce").dropna()
        found[f"{analysis['by']}={label}"] = (values.mean(), values.std(ddof=1) / len(values) ** 0.5)
    return found


def interval(truth, low, high):
    return f"{low:.3g} to {high:.3g}" + ("" if low <= truth <= high else " ✕")


def numbers(text):
    return {n["name"]: n for n in json.loads(text)["findings"]["numbers"]}


def rows(name, folder):
    source, analyses = TABLES[name]
    real = pd.read_csv(source, dtype=str, keep_default_na=False).replace("?", "").apply(lambda column: column.str.strip())
    csv, ledger = folder / f"{name}.csv", folder / "ledger.sqlite"
    real.to_csv(csv, index=False)
    release = folder / f"{name}-release"
    run([UNDERSTUDY, "synthesize", csv, "--engine", "aim", "--epsilon", "1", "-o", release, "--ledger", ledger, "--no-owner-report"])
    run([UNDERSTUDY, "budget", "grant", csv, "--epsilon", "50", "--delta", "1e-7", "--accept", "--ledger", ledger])
    synthetic = pd.read_csv(release / "synthetic.csv", dtype=str, keep_default_na=False)
    words = {"proportion": "share of", "mean": "mean", "logistic": "log odds of"}
    for index, analysis in enumerate(analyses):
        file = folder / "analysis.json"
        file.write_text(json.dumps(analysis))
        truths, naive = of_rows(real, analysis), of_rows(synthetic, analysis)
        free = numbers(run([UNDERSTUDY, "estimate", release, "--analysis", file, "--json"])[0])
        answer = folder / f"{name}-{index}"
        run([UNDERSTUDY, "ask", csv, "--analysis", file, "--release", release, "--epsilon", "1", "-o", answer, "--ledger", ledger])
        asked = numbers((answer / "answer.json").read_text())
        for label, (truth, _) in truths.items():
            if label not in asked:
                continue
            middle, error = naive.get(label, (float("nan"), 0))
            ways = [interval(truth, middle - REACH * error, middle + REACH * error)]
            ways += [interval(truth, n["low"], n["high"]) if n.get("estimate") is not None else "not known"
                     for n in (free[label], asked[label])]
            yield [name, f"{words[analysis['kind']]} {analysis['outcome']}: {label}", f"{truth:.3g}", *ways]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        lines = [row for name in sys.argv[1:] or TABLES for row in rows(name, pathlib.Path(folder))]
    print("| table | number | all rows | naive | estimate | ask |\n|---|---|---|---|---|---|")
    for row in lines:
        print("| " + " | ".join(row) + " |")
    for way, place in (("naive", 3), ("estimate", 4), ("ask", 5)):
        known = [row[place] for row in lines if row[place] != "not known"]
        print(f"{way}: {sum('✕' not in cell for cell in known)} of {len(known)} hold, {len(lines) - len(known)} not known", file=sys.stderr)
