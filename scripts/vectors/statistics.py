"""Files of Stata as pandas writes them, in every version that it knows, with missing cells.
Called: python3 scripts/vectors/statistics.py FOLDER"""
import sys

import pandas as pd

table = pd.DataFrame(
    {
        "num": [1.5, None, -0.25, 12345678.0],
        "whole": pd.array([1, -3, 0, 2147483620], dtype="int32"),
        "txt": ["Und", "", "a b", "'q\""],
        "day": pd.to_datetime(["2020-02-29", None, "1969-12-31", "1960-01-01"]),
        "time": pd.to_datetime(["2020-02-29 13:45:10", None, "1969-12-31 23:59:59", "2000-01-01 00:00:00"]),
        "sex": pd.Categorical(["male", "female", None, "male"], ["male", "female"]),
        "small": pd.array([1, -3, 0, 100], dtype="int8"),
        "single": pd.array([0.5, 0.1, 0.25, 3.5], dtype="float32"),
        "truth": [True, False, True, True],
    }
)
for version in (114, 117, 118, 119):
    own = table.copy()
    if version > 117:
        own.loc[0, "txt"] = "\u00dcnd"
    if version > 114:
        own["prose"] = ["x" * 2100, "", "b", "c"]
    own.to_stata(
        f"{sys.argv[1]}/pandas{version}.dta", write_index=False, version=version, convert_dates={"day": "td", "time": "tc"},
        convert_strl=["prose"] if version > 114 else None,
    )
