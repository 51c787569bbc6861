#!/usr/bin/env python3
"""Runs sections of the benchmarks and keeps their figures in docs/benchmarks.json. report.py makes the page of them.

usage: run.py [SECTION...]

quick (the default):  kernels csv sampling length adult evaluate reference tables objective identifiers attacks
                      training-steps scoring models
long:                 length-long wide reference-default reference-tables networks ctgan dpctgan
Every section checks answers before it reports times; a section whose tables or tools are absent says so and leaves its old figures.
"""
import csv, gzip, json, shutil, sys, tempfile
from pathlib import Path

from common import ROOT, SHARED, UNDERSTUDY, Failed, environment, figures, keep, median, run

HERE = Path(__file__).parent
JUDGE = SHARED / "evaluate" / "evaluate.py"
DELTA = "1e-9"


def synthesize(table, release, epsilon, *more):
    """One release. Checks that it is private, cost no more than was asked, and has the table's columns."""
    ledger = release.parent / "ledger.sqlite"
    ledger.unlink(missing_ok=True)
    output, usage = run([UNDERSTUDY, "synthesize", table, "-o", release, "--epsilon", epsilon, "--delta", DELTA, "--no-owner-report",
                         "--ledger", ledger, "--force", "--json", "--quiet", *more])
    said = json.loads(output)
    if not said["isPrivate"]:
        raise Failed("the release is not private")
    if said["epsilon"] > float(epsilon) * (1 + 1e-9):
        raise Failed(f"the release cost {said['epsilon']}, more than {epsilon}")
    with open(table, newline="") as a, open(release / "synthetic.csv", newline="") as b:
        if [name.strip() for name in next(csv.reader(a))] != [name.strip() for name in next(csv.reader(b))]:
            raise Failed("the release has other columns than the table")
    return {**usage, "rows": said["rows"]}


def judge(train, holdout, synthetic, target, ignore=""):
    """The neutral judge's distances and AUC, of a table made by anyone."""
    words = [environment("judge"), JUDGE, train, holdout, synthetic, "--target", target] + (["--ignore", ignore] if ignore else [])
    found = json.loads(run(words)[0])
    return {key: found[key] for key in ("tvd1", "tvd2", "tvd3", "auc_tstr", "auc_trtr", "rows")}


def mean(results):
    """The mean of each figure over some runs, the median of the times, the greatest memory."""
    out = {key: sum(r[key] for r in results) / len(results) for key in results[0]}
    out["cpuSeconds"] = median([r["cpuSeconds"] for r in results])
    out["peakMegabytes"] = max(r["peakMegabytes"] for r in results)
    return {**out, "runs": len(results)}


def split(table, work):
    train, holdout = work / "train.csv", work / "holdout.csv"
    run([environment("judge"), SHARED / "evaluate" / "split.py", table, train, holdout])
    return train, holdout


def needs(*paths):
    for path in paths:
        if not Path(path).exists():
            raise Failed(f"{path} is not there")


def reference(train, holdout, target, epsilon, iterations, work, limit, ignore=""):
    """dpmm's AIM on the same rows, judged alike."""
    made = work / "reference.csv"
    _, usage = run([environment("dpmm"), HERE / "dpmm_aim.py", train, made, "--epsilon", epsilon, "--iterations", iterations], limit=limit,
                   OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    return {**usage, **judge(train, holdout, made, target, ignore), "iterations": iterations}


def adult(work):
    """Adult at three budgets, three runs each."""
    needs(JUDGE, SHARED / "data/adult.csv")
    train, holdout = split(SHARED / "data/adult.csv", work)
    result = {}
    for epsilon in ("0.2", "1", "10"):
        runs = []
        for _ in range(3):
            usage = synthesize(train, work / "release", epsilon, "--target", "income")
            runs.append({**usage, **judge(train, holdout, work / "release/synthetic.csv", "income")})
        result[epsilon] = mean(runs)
        if result[epsilon]["tvd2"] > 0.2:
            raise Failed("the release is no likeness of the table")
        if result[epsilon]["cpuSeconds"] > 300:
            raise Failed(f"a release of Adult took {result[epsilon]['cpuSeconds']:.0f} CPU seconds, more than 300")
        print(f"Adult, epsilon {epsilon}: {result[epsilon]}", flush=True)
    return result


def evaluate(work):
    """All of Adult compared with a disturbed copy: all marginals, and with two fits of trees. Fails beyond ten times the aims of 1 and 5 seconds."""
    needs(SHARED / "data/adult.csv")
    table, turned = SHARED / "data/adult.csv", work / "turned.csv"
    with open(table, newline="") as lines:
        head, *rows = csv.reader(lines)
    columns = [column[17 * place % len(column):] + column[:17 * place % len(column)] for place, column in enumerate(zip(*rows))]
    with open(turned, "w", newline="") as lines:
        csv.writer(lines).writerows([head, *zip(*columns)])
    result = {}
    for name, words, limit in (("marginals", [], 10), ("with two fits", ["--target", "income"], 50)):
        said, usage = run([UNDERSTUDY, "evaluate", "--original", table, "--synthetic", turned, "--json", "--quiet", *words])
        found = json.loads(said)
        if found["originalRows"] != len(rows) or found["means"]["oneWay"] > 1e-9 or found["means"]["twoWay"] < 0.01:
            raise Failed("columns turned against each other have equal shares and other pairs; the comparison says something else")
        if usage["cpuSeconds"] > limit:
            raise Failed(f"{name}: {usage['cpuSeconds']:.1f} CPU seconds, more than {limit}")
        result[name] = {**usage, "rows": len(rows)}
    print(f"evaluate: {result}", flush=True)
    return result


def reference_at(iterations, limit):
    """The reference on Adult at epsilon 1: at its default of 1,000 iterations ten minutes, at 100 one and a half."""
    def section(work):
        needs(JUDGE, SHARED / "data/adult.csv")
        train, holdout = split(SHARED / "data/adult.csv", work)
        found = reference(train, holdout, "income", "1", iterations, work, limit)
        print(f"reference at {iterations} iterations: {found}")
        return {"1": found}
    return section


def by_patient(table, work):
    """The schema of a table whose unit is a patient with at most one row: what `inspect` writes, with the unit said."""
    schema = work / "patient.schema.yaml"
    run([UNDERSTUDY, "inspect", table, "-o", schema, "--force", "--quiet"])
    lines, found = [], False
    for line in schema.read_text().splitlines():
        if line.startswith("unit:"):
            line, found = "unit: {person: patient_nbr, at most: 1}", True
        lines.append(line)
    if not found:
        lines.append("unit: {person: patient_nbr, at most: 1}")
    schema.write_text("\n".join(lines) + "\n")
    return schema


def wider_tables(work):
    """The files of support2 and diabetes130."""
    needs(JUDGE, SHARED / "data/diabetes130/diabetic_data.csv.gz", SHARED / "data/support2/support2.csv")
    diabetes = work / "diabetes.csv"
    with gzip.open(SHARED / "data/diabetes130/diabetic_data.csv.gz") as packed, open(diabetes, "wb") as plain:
        shutil.copyfileobj(packed, plain)
    return SHARED / "data/support2/support2.csv", diabetes


def reference_tables(work):
    """The reference on the wider tables, cut to few iterations; where it does not end within its CPU seconds that is what is kept."""
    support2, diabetes = wider_tables(work)
    result, limit = {}, 900
    for name, table, target, ignore in [("support2, by row", support2, "hospdead", ""), ("diabetes130, by row", diabetes, "readmitted", "encounter_id,patient_nbr")]:
        train, holdout = split(table, work)
        for iterations in (10,):
            key = f"{name}, {iterations} iterations"
            try:
                result[key] = reference(train, holdout, target, "1", iterations, work, limit, ignore)
            except Failed as failure:
                result[key] = {"iterations": iterations, "limit": limit, "failure": str(failure)}
            print(f"reference, {key}: {result[key]}", flush=True)
    return result


def tables(work):
    """Wider tables: diabetes130 by row and by patient, support2."""
    support2, diabetes = wider_tables(work)
    result = {}
    for name, table, target, ignore in [
        ("support2, by row", support2, "hospdead", ""),
        ("diabetes130, by row", diabetes, "readmitted", "encounter_id,patient_nbr"),
        ("diabetes130, by patient", diabetes, "readmitted", "encounter_id,patient_nbr"),
    ]:
        try:
            train, holdout = split(table, work)
            more = ["--schema", by_patient(train, work)] if "patient" in name else []
            usage = synthesize(train, work / "release", "1", "--target", target, *more)
            result[name] = {**usage, **judge(train, holdout, work / "release/synthetic.csv", target, ignore)}
            print(f"{name}: {result[name]}", flush=True)
        except Failed as failure:
            print(f"{name}: {failure}", file=sys.stderr)
    if not result:
        raise Failed("none of the tables could be made")
    return result


def simulated(rows, columns, work):
    table = work / f"simulated-{rows}x{columns}.csv"
    run([environment("judge"), HERE / "simulate.py", rows, columns, table])
    return table


def length_of(rows, columns, work, times):
    table = simulated(rows, columns, work)
    usages = [synthesize(table, work / "release", "1") for _ in range(times)]
    if abs(usages[0]["rows"] - rows) > 0.01 * rows + 200:
        raise Failed(f"{usages[0]['rows']} rows came of {rows}")
    size = table.stat().st_size / 1e6
    table.unlink()
    found = {**mean(usages), "columns": columns, "megabytes": size}
    print(f"{rows} x {columns}: {found}", flush=True)
    return found


def length(work):
    """Time against rows."""
    return {str(rows): length_of(rows, 15, work, times) for rows, times in ((100_000, 3), (300_000, 3), (1_000_000, 1))}


def length_long(work):
    return {"10000000": length_of(10_000_000, 15, work, 1)}


def wide(work):
    return {"100": length_of(1_000_000, 100, work, 1)}


def sampling(work):
    """Rows that `sample` writes: 15 columns, from a release of a simulated table."""
    synthesize(simulated(100_000, 15, work), work / "release", "1")
    rows, times = 2_000_000, []
    for _ in range(3):
        made = work / "more.csv"
        _, usage = run([UNDERSTUDY, "sample", work / "release", "--rows", rows, "-o", made, "--force", "--quiet"])
        with open(made, "rb") as lines:
            if sum(1 for _ in lines) != rows + 1:
                raise Failed("sample wrote another number of rows")
        times.append(usage)
    return {"rows": rows, "columns": 15, "cpuSeconds": median([t["cpuSeconds"] for t in times]), "peakMegabytes": max(t["peakMegabytes"] for t in times)}


def read_and_write(work):
    """Reading and writing CSV beside pandas and polars, on one core."""
    import csv_speed
    source = SHARED / "data/adult.csv"
    return csv_speed.measure(source if source.exists() else simulated(100_000, 15, work), work)


def kernels(work):
    """Micro-benchmarks: the nested package, and the noise, which needs the parent's libraries."""
    found = json.loads(run([ROOT / "Benchmarks/.build/release/KernelBenchmarks"])[0])
    noise = work / "noise.json"
    run(["swift", "test", "-c", "release", "--skip-build", "--filter", "NoiseBenchmark"], UNDERSTUDY_BENCH_NOISE=str(noise))
    found["noise"] = json.loads(noise.read_text())
    return found


def objective(work):
    """The estimator's objective at equal measurements: a test asserts it; here it must pass."""
    out = work / "objective.json"
    run(["swift", "test", "-c", "release", "--skip-build", "--filter", "ReferenceObjectiveTests"], UNDERSTUDY_BENCH_OBJECTIVE=str(out))
    ours = {case["sigma"]: case for case in json.loads(out.read_text())}
    vector = json.loads((ROOT / "Tests/Vectors/Estimation/private-pgm.json").read_text())
    return {"source": vector["source"], "cases": [{**ours[c["sigma"]], "objectives": c["objectives"]} for c in vector["cases"]]}


def networks(work):
    """Our networks on Adult, without a guarantee and with, and AIM beside them in the same run."""
    needs(JUDGE, SHARED / "data/adult.csv")
    train, holdout = split(SHARED / "data/adult.csv", work)
    result = {}
    for name, epsilon, times in [("gan", None, 3), ("gan", "1", 3), ("gem", "1", 3), ("aim", "1", 3), ("gan", "10", 3), ("gem", "10", 3), ("aim", "10", 3)]:
        runs = []
        for _ in range(times):
            if epsilon:
                usage = synthesize(train, work / "release", epsilon, "--target", "income", "--engine", name)
                made = work / "release/synthetic.csv"
            else:
                _, usage = run([UNDERSTUDY, "synthesize", train, "-o", work / "unprotected", "--engine", name, "--no-privacy", "--force", "--quiet"])
                made = work / "unprotected/synthetic.NOT-PRIVATE.csv"
            runs.append({**usage, **judge(train, holdout, made, "income")})
            print(f"{name}, epsilon {epsilon}: {runs[-1]}", flush=True)
        result[f"{name}, {epsilon or 'not private'}"] = {**mean(runs), "worst": {key: max(r[key] for r in runs) for key in ("tvd1", "tvd2", "tvd3")} | {"auc_tstr": min(r["auc_tstr"] for r in runs)}}
    return result


def ctgan(work):
    """CTGAN at its defaults, not private."""
    needs(JUDGE, SHARED / "data/adult.csv")
    train, holdout = split(SHARED / "data/adult.csv", work)
    _, usage = run([environment("ctgan"), HERE / "ctgan_run.py", train, work / "made.csv"], OMP_NUM_THREADS="1")
    return {"not private": {**usage, **judge(train, holdout, work / "made.csv", "income")}}


def dpctgan(work):
    """DP-CTGAN at its defaults. Its gradients of every row, half a gigabyte a step, go through the allocator: without these settings most of its time is page faults."""
    needs(JUDGE, SHARED / "data/adult.csv")
    train, holdout = split(SHARED / "data/adult.csv", work)
    keeps = {"MALLOC_MMAP_THRESHOLD_": str(2**32), "MALLOC_TRIM_THRESHOLD_": str(2**33), "MALLOC_TOP_PAD_": str(2**28), "OMP_NUM_THREADS": "1"}
    result = {}
    for epsilon in ("1", "10"):
        said, usage = run([environment("smartnoise"), HERE / "dpctgan.py", train, work / "made.csv", "--epsilon", epsilon], **keeps)
        result[epsilon] = {**usage, **json.loads(said.splitlines()[-1]), **judge(train, holdout, work / "made.csv", "income")}
        print(f"DP-CTGAN, epsilon {epsilon}: {result[epsilon]}", flush=True)
    return result


def training_steps(work):
    """A training step with a guarantee beside a plain one: a test measures it."""
    out = work / "steps.json"
    run(["swift", "test", "-c", "release", "--skip-build", "--filter", "StepBenchmark"], UNDERSTUDY_BENCH_STEPS=str(out))
    return json.loads(out.read_text())


def scoring(work):
    """Encrypted scores of 1,000 records of 108 numbers, beside TenSEAL's CKKS vectors at the parameters that are accurate. Fails where ours is not well ahead."""
    out = work / "scoring.json"
    run(["swift", "test", "-c", "release", "--skip-build", "--filter", "ScoringBenchmark"], UNDERSTUDY_BENCH_SCORING=str(out))
    ours = json.loads(out.read_text())
    theirs = json.loads(run([environment("tenseal"), HERE / "tenseal_run.py", 1000, 108, 20])[0])
    steps = ("key", "encrypt", "answer", "read")
    many = next(r for r in ours if (r["records"], r["entries"]) == (1000, 108))
    own, together = sum(many[s] for s in steps), sum(theirs["together"][s] for s in steps)
    alone = 1000 * sum(theirs["alone"][s] for s in steps[1:])
    if own > together / 4 or own > alone / 150 or many["bytesUp"] > 1.6e6 or many["bytesDown"] > 0.8e6:
        raise Failed(f"{own:.0f} ms and {many['bytesUp']} bytes, beside {together:.0f} ms together and {alone:.0f} ms one at a time")
    return {"ours": ours, "theirs": theirs}


MODEL_TABLES = {"adult": ("income", ">50K"), "support2": ("hospdead", "yes"), "diabetes130": ("readmitted", "yes")}
# Of each table: epsilon, runs, and the area that must be reached on average.
MODEL_BARS = {"adult": [("0.5", 5, 0.899), ("1", 5, 0.908), ("4", 5, 0.911)], "support2": [("1", 5, 0.8)], "diabetes130": [("1", 3, 0.655)]}


def train_model(table, output, epsilon, *more):
    """One private model. Checks that it is private and cost no more than was asked."""
    said, usage = run([UNDERSTUDY, "train", table, "-o", output, "--epsilon", epsilon, "--delta", DELTA, "--ledger", output.parent / f"{output.name}.sqlite", "--force", "--json",
                       "--quiet", *more])
    if not json.loads(said)["isPrivate"] or json.loads(said)["epsilon"] > float(epsilon) * (1 + 1e-9):
        raise Failed("the model is not private, or cost more than was asked")
    return usage["cpuSeconds"]


def models(work):
    """Private predictive models beside DP-EBM, beside the same model trained on our own stand-in, and without privacy. Fails where a bar is missed."""
    data = SHARED / "data"
    needs(data / "adult.csv", data / "support2/support2.csv", data / "diabetes130/diabetic_data.csv.gz", data / "iwpc-warfarin/warfarin.csv")
    run([environment("judge"), HERE / "models_prepare.py", SHARED, work])

    def judged(*words):
        return float(run([environment("judge"), HERE / "models_judge.py", *words])[0])

    def scores(model, test):
        run([UNDERSTUDY, "predict", model, test, "-o", work / "scores.csv", "--force", "--quiet"])
        return work / "scores.csv"

    rows, missed = [], []
    for name, (target, event) in MODEL_TABLES.items():
        train, test = work / f"{name}_train.csv", work / f"{name}_test.csv"
        label = ["--event", event] if event != "yes" else []
        plain = judged("additive", train, test, target, event)
        for epsilon, runs, bar in MODEL_BARS[name]:
            found, times = [], []
            for number in range(runs):
                model = work / f"{name}-{epsilon}-{number}"
                times.append(train_model(train, model, epsilon, "--target", target, *label))
                found.append(judged("auc", test, target, event, scores(model, test)))
            row = {"table": name, "target": target, "epsilon": epsilon, "auc": found, "bar": bar, "plain": plain, "cpuSeconds": median(times)}
            if epsilon == "1":
                row["dpebm"] = [float(run([environment("ebm"), HERE / "dpebm_run.py", train, test, target, event, seed])[0]) for seed in range(runs)]
                standins = 3
                row["standIn"] = []
                for number in range(standins):
                    release = work / f"{name}-release"
                    synthesize(train, release, epsilon)
                    row["standIn"].append(judged("additive", release / "synthetic.csv", test, target, event))
            rows.append(row)
            mean = sum(found) / runs
            if mean < bar or mean < sum(row.get("dpebm", [0])) / runs + (0.02 if name == "adult" else 0):
                missed.append(f"{name} at {epsilon}: {mean:.4f}")
    doses = []
    for number in range(10):
        train, test, model = work / f"warfarin_train{number}.csv", work / f"warfarin_test{number}.csv", work / f"warfarin-{number}"
        train_model(train, model, "1", "--schema", work / "warfarin.schema.yaml", "--target", "dose", "--model", "linear", "--square-root")
        doses.append({"ours": judged("dose", test, scores(model, test)), "plain": judged("dose-plain", train, test)})
    if sum(d["ours"] for d in doses) / 10 > 8.6:
        missed.append("warfarin")
    if missed:
        raise Failed("bars missed: " + "; ".join(missed))
    return {"rows": rows, "doses": doses}


def script(name):
    def section(work):
        out = work / "result.json"
        run([ROOT / "scripts" / name, out])
        return json.loads(out.read_text())
    return section


QUICK = {
    "kernels": kernels, "csv": read_and_write, "sampling": sampling, "length": length, "adult": adult, "evaluate": evaluate, "reference": reference_at(100, 900), "tables": tables, "objective": objective,
    "training-steps": training_steps, "scoring": scoring, "models": models,
    "identifiers": script("bench-identifiers.sh"), "attacks": script("bench-attacks.sh"),
}
LONG = {"length-long": length_long, "wide": wide, "reference-default": reference_at(1000, 3600), "reference-tables": reference_tables,
        "networks": networks, "ctgan": ctgan, "dpctgan": dpctgan}


def main():
    names = sys.argv[1:] or list(QUICK)
    unknown = [name for name in names if name not in {**QUICK, **LONG}]
    if unknown:
        sys.exit(f"no section {', '.join(unknown)}; there are {', '.join([*QUICK, *LONG])}")
    failed = []
    for name in names:
        print(f"== {name}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            try:
                keep(name, {**QUICK, **LONG}[name](Path(folder)))
            except Failed as failure:
                failed.append(name)
                print(f"{name}: left as it was: {failure}", file=sys.stderr)
    if failed:
        print(f"not measured: {', '.join(failed)}", file=sys.stderr)


if __name__ == "__main__":
    main()
