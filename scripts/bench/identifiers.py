"""Makes notes with planted identifiers, lets both sides find them, and scores what they found.

A planted span counts as found when it shares a character with a span that was found; a found span is right when it shares one with a planted span.
"""
import json, random, sys, tempfile
from pathlib import Path

from common import ROOT, UNDERSTUDY, environment, run

OURS_NOTES, THEIR_NOTES = 20_000, 1_000
FIRST = "Maria James Aisha Peter Linda Carlos Susan Robert Helen Thomas".split()
LAST = "Smith Garcia Johnson Miller Okafor Brown Davis Wilson Moore Taylor".split()
PLAIN = ["Blood pressure 130/85, pulse 72, afebrile.", "Continue metformin 500 mg twice daily.", "No evidence of Parkinson disease.",
         "Seen in clinic, reports mild pain after exercise.", "Labs: sodium 139, potassium 4.1, creatinine 0.9."]


def note(r):
    """The text of a note, and the planted spans as [start, end) in characters."""
    first, last = r.choice(FIRST), r.choice(LAST)
    digits = lambda n: "".join(str(r.randrange(10)) for _ in range(n))
    planted = [
        ("Patient: ", f"{first} {last}", " was seen."), ("Contact ", f"{first.lower()}.{last.lower()}{digits(2)}@example.org", " for results."),
        ("Phone (", f"{r.randrange(201, 790)}) 555-0{digits(3)}", "."), ("SSN ", f"{r.randrange(100, 665)}-{r.randrange(10, 99)}-{r.randrange(1000, 9999)}", "."),
        ("Logged in from ", ".".join(str(r.randrange(1, 250)) for _ in range(4)), "."), ("See ", f"https://portal.example.org/p/{digits(6)}", " today."),
    ]
    text, spans = "", []
    for before, value, after in r.sample(planted, 3):
        text += r.choice(PLAIN) + " " + before
        spans.append((len(text), len(text) + len(value)))
        text += value + after + " "
    return text + r.choice(PLAIN), spans


def score(notes, found):
    hit = planted = right = said = 0
    for (_, spans), guesses in zip(notes, found):
        touch = lambda a, b: a[0] < b[1] and b[0] < a[1]
        planted += len(spans)
        said += len(guesses)
        hit += sum(any(touch(s, g) for g in guesses) for s in spans)
        right += sum(any(touch(s, g) for s in spans) for g in guesses)
    return {"recall": hit / planted, "precision": right / max(1, said)}


def main():
    r = random.Random(1)
    notes = [note(r) for _ in range(OURS_NOTES)]
    with tempfile.TemporaryDirectory() as folder:
        file, fewer, made = (Path(folder) / name for name in ("notes.jsonl", "fewer.jsonl", "presidio.json"))
        lines = [json.dumps({"id": str(i), "text": text}) + "\n" for i, (text, _) in enumerate(notes)]
        file.write_text("".join(lines))
        fewer.write_text("".join(lines[:THEIR_NOTES]))
        output, ours = run([UNDERSTUDY, "scan", file, "--text-field", "text", "--id-field", "id", "--json", "--quiet"])
        by = {str(d["id"]): [(s["start"], s["end"]) for s in d["spans"]] for d in map(json.loads, output.splitlines()) if "spans" in d}
        found = [by.get(str(i), []) for i in range(len(notes))]
        _, theirs = run([environment("presidio"), ROOT / "scripts/bench/presidio_scan.py", fewer, made])
        reference = json.loads(made.read_text())
        size, small = file.stat().st_size / 1e6, fewer.stat().st_size / 1e6
        rows = [{"name": f"Understudy, {OURS_NOTES:,} notes", **ours, "megabytes": size, **score(notes, found)},
                {"name": f"Presidio 2.2.366, patterns only, {THEIR_NOTES:,} notes", "cpuSeconds": reference["cpuSeconds"], "megabytes": small,
                 **score(notes[:THEIR_NOTES], reference["spans"])}]
    if rows[0]["recall"] < 0.5:
        sys.exit("scan found less than half of what was planted: no time is reported")
    ratio = rows[0]["megabytes"] / rows[0]["cpuSeconds"] / (rows[1]["megabytes"] / rows[1]["cpuSeconds"])
    note_ = (f"Simulated notes with planted names, addresses of mail and web, telephone, social security and network numbers (`scripts/bench/identifiers.py`). "
             f"{ratio:.0f} times Presidio's speed. Presidio has no model of names here (none is on PyPI), so it cannot find names; its start-up is left out.")
    Path(sys.argv[1]).write_text(json.dumps({"note": note_, "rows": rows}))


main()
