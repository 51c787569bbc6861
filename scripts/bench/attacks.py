"""All attacks of understudy beside anonymeter's, on the same three tables; the answers must name what both measure before times are reported."""
import json, subprocess, sys
from pathlib import Path

from common import ROOT, SHARED, UNDERSTUDY, environment, run

ATTACKS = 2000


def ours(folder):
    """`attack` ends with 3 when an attack succeeds, which is an answer: it is run through a shell that lets 3 pass."""
    words = [str(w) for w in (UNDERSTUDY, "attack", "--original", folder / "original.csv", "--synthetic", folder / "synthetic.csv", "--control",
                              folder / "control.csv", "--json", "--quiet")]
    output, usage = run(["sh", "-c", '"$@" || [ $? -eq 3 ]', "sh", *words])
    return json.loads(output), usage


def main():
    folder = SHARED / "data" / "anonymeter"
    if not (folder / "original.csv").exists():
        sys.exit("anonymeter's example tables are not in the shared folder")
    report, usage = ours(folder)
    if not report["attacks"] or any(not 0 <= attack["successes"] <= attack["attempts"] for attack in report["attacks"]):
        sys.exit("the report's attacks do not add up: no time is reported")
    output, theirs = run([environment("anonymeter"), ROOT / "scripts/bench/anonymeter_run.py", folder, ATTACKS], OMP_NUM_THREADS="1", NUMBA_NUM_THREADS="1")
    reference = json.loads(output)
    rows = [{"name": f"Understudy: {len(report['attacks'])} attacks, {sum(a['attempts'] for a in report['attacks']):,} attempts", **usage},
            {"name": f"anonymeter {reference['version']}: {len(reference['attacks'])} attacks of {ATTACKS} attempts", **theirs}]
    note = (f"anonymeter's example tables (39,032 rows). anonymeter runs univariate and multivariate singling out, linkability once and inference of one column; "
            f"{theirs['cpuSeconds'] / usage['cpuSeconds']:.1f} times our CPU seconds.")
    Path(sys.argv[1]).write_text(json.dumps({"note": note, "rows": rows, "ours": report["attacks"], "theirs": reference["attacks"]}))


main()
