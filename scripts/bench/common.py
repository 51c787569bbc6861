"""What the benchmarks share: running a command and measuring it, and the file of figures."""
import datetime, json, os, pathlib, platform, resource, subprocess, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("UNDERSTUDY_SHARED", ROOT.parent / "shared"))
FIGURES = ROOT / "docs" / "benchmarks.json"
UNDERSTUDY = ROOT / ".build" / "release" / "understudy"


class Failed(Exception):
    """A command that did not end well, or an answer that is wrong: no time is reported then."""


def run(command, limit=None, **environment):
    """Runs a command to its end, or until `limit` CPU seconds. Returns its output, the CPU seconds of it and all it waited for, its seconds of wall time, its peak in MB."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.monotonic()
        started = subprocess.Popen([str(word) for word in command], stdout=out, stderr=err, cwd=ROOT, env={**os.environ, **environment},
                                   preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))) if limit else None)
        _, status, usage = os.wait4(started.pid, 0)
        wall = time.monotonic() - begun
        started.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        text, complaint = out.read().decode(), err.read().decode()
    if started.returncode != 0:
        raise Failed(f"{pathlib.Path(str(command[0])).name} ended with {started.returncode}: {complaint.strip()[-600:]}")
    return text, {"cpuSeconds": usage.ru_utime + usage.ru_stime, "wallSeconds": wall, "peakMegabytes": usage.ru_maxrss / (1e3 if platform.system() == "Linux" else 1e6)}


def median(values):
    return sorted(values)[len(values) // 2]


def environment(name):
    return ROOT / ".venv" / name / "bin" / "python"


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "") if os.path.exists("/proc/cpuinfo") else ""
    return f"{os.cpu_count()} cores, {model or platform.processor()}, {platform.system()} {platform.machine()}"


def figures():
    return json.loads(FIGURES.read_text()) if FIGURES.exists() else {}


def keep(section, result):
    """Adds a section's result, or replaces it, with the day, the version and the machine that it holds for."""
    everything = figures()
    version = run([UNDERSTUDY, "--version"])[0].strip()
    load = os.getloadavg()[0]
    everything[section] = {"date": datetime.date.today().isoformat(), "version": version, "machine": machine(), "load": round(load, 1), "result": result}
    beside = FIGURES.with_suffix(".partial")
    beside.write_text(json.dumps(everything, indent=1, sort_keys=True) + "\n")
    beside.replace(FIGURES)
