#!/usr/bin/env python3
"""Splits the tables on which predictive models are judged. usage: models_prepare.py SHARED FOLDER"""
import hashlib, sys
from pathlib import Path
import numpy as np, pandas as pd

shared, folder = Path(sys.argv[1]), Path(sys.argv[2])


def split(table, name):
    """As shared/evaluate/split.py does: by the number of the row."""
    held = [int.from_bytes(hashlib.sha256(str(i).encode()).digest(), "big") / 2**256 < 0.2 for i in range(len(table))]
    table[~np.array(held)].to_csv(folder / f"{name}_train.csv", index=False)
    table[held].to_csv(folder / f"{name}_test.csv", index=False)


split(pd.read_csv(shared / "data/adult.csv", dtype=str, keep_default_na=False), "adult")

# What was known on the third day: without later events and without the scores of others.
later = ["death", "slos", "d.time", "surv2m", "surv6m", "prg2m", "prg6m", "sfdm2", "dnr", "dnrday", "charges", "totcst", "totmcst", "avtisst", "aps", "sps", "id"]
support = pd.read_csv(shared / "data/support2/support2.csv")
support = support.drop(columns=[name for name in later if name in support.columns] + [name for name in support.columns if name.startswith("Unnamed")])
split(support.assign(hospdead=support.hospdead.map({0: "no", 1: "yes"})), "support2")

# The first stay of each patient who went home.
stays = pd.read_csv(shared / "data/diabetes130/diabetic_data.csv.gz", dtype=str, keep_default_na=False)
stays = stays.sort_values("encounter_id", key=lambda ids: ids.astype(int)).drop_duplicates("patient_nbr")
stays = stays[~stays.discharge_disposition_id.isin(["11", "13", "14", "19", "20", "21"])]
split(stays.drop(columns=["encounter_id", "patient_nbr", "weight"]).assign(readmitted=(stays.readmitted != "NO").map({True: "yes", False: "no"})), "diabetes130")

people = pd.read_csv(shared / "data/iwpc-warfarin/warfarin.csv", encoding="utf-8-sig")
taken = lambda *names: np.where(sum((pd.to_numeric(people[name], errors="coerce") == 1).astype(int) for name in names) > 0, "yes", "no")
number = lambda name: pd.to_numeric(people[name], errors="coerce")
doses = pd.DataFrame({
    "age": pd.to_numeric(people["Age"].astype(str).str.extract(r"^(\d+)")[0], errors="coerce") // 10,
    "height": number("Height (cm)").round(), "weight": number("Weight (kg)").round(), "race": people["Race"],
    "inducer": taken("Carbamazepine (Tegretol)", "Phenytoin (Dilantin)", "Rifampin or Rifampicin"), "amiodarone": taken("Amiodarone (Cordarone)"),
    "vkorc1": people["VKORC1 -1639 consensus"], "cyp2c9": people["CYP2C9 consensus"], "dose": number("Therapeutic Dose of Warfarin")})
genes = {"vkorc1": ["A/A", "A/G", "G/G"], "cyp2c9": ["*1/*1", "*1/*2", "*1/*3", "*2/*2", "*2/*3", "*3/*3"]}
doses = doses[doses.dose.notna() & doses.age.notna() & doses.vkorc1.isin(genes["vkorc1"]) & doses.cyp2c9.isin(genes["cyp2c9"])]
for name in ("age", "height", "weight"):
    doses[name] = doses[name].astype("Int64")
for number in range(10):
    order, cut = np.random.default_rng(number).permutation(len(doses)), 2 * len(doses) // 3
    doses.iloc[order[:cut]].to_csv(folder / f"warfarin_train{number}.csv", index=False)
    doses.iloc[order[cut:]].to_csv(folder / f"warfarin_test{number}.csv", index=False)

# The schema of docs/models.md.
lines = Path(__file__).resolve().parents[2].joinpath("docs/models.md").read_text().split("```yaml\n")[1].split("```")[0]
(folder / "warfarin.schema.yaml").write_text(lines)
