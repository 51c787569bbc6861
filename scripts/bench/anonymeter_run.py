"""anonymeter's attacks on one release. usage: anonymeter_run.py FOLDER ATTACKS; prints JSON."""
import importlib.metadata, json, sys, warnings
from pathlib import Path

import pandas as pd
from anonymeter.evaluators import InferenceEvaluator, LinkabilityEvaluator, SinglingOutEvaluator

warnings.simplefilter("ignore")
folder, attempts = Path(sys.argv[1]), int(sys.argv[2])
ori, syn, control = (pd.read_csv(folder / f"{name}.csv") for name in ("original", "synthetic", "control"))
tables = {"ori": ori, "syn": syn, "control": control, "n_attacks": attempts}
found = []


def add(name, evaluator):
    risk = evaluator.risk()
    found.append({"name": name, "attempts": attempts, "risk": {"value": risk.value, "low": risk.ci[0], "high": risk.ci[1]}})


for mode in ("univariate", "multivariate"):
    evaluator = SinglingOutEvaluator(**tables)
    evaluator.evaluate(mode=mode)
    add(f"singling out, {mode}", evaluator)
half = ["type_employer", "education", "hr_per_week", "capital_loss", "capital_gain"], ["race", "sex", "fnlwgt", "age", "country"]
evaluator = LinkabilityEvaluator(**tables, aux_cols=half, n_neighbors=10)
evaluator.evaluate(n_jobs=1)
add("linkability", evaluator)
evaluator = InferenceEvaluator(ori=ori, syn=syn, control=control, aux_cols=[c for c in ori.columns if c != "marital"], secret="marital", n_attacks=attempts)
evaluator.evaluate(n_jobs=1)
add("inference of marital", evaluator)
json.dump({"version": importlib.metadata.version("anonymeter"), "attacks": found}, sys.stdout)
