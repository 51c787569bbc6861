"""Writes a wheel, a tar ball, a .deb and a list of parts (SPDX) of the folder of dist.sh.

    python3 scripts/dist-packages.py FOLDER LIBRARIES OUTPUT

Entries are sorted, and their times are SOURCE_DATE_EPOCH: the same folder gives the same bytes.
"""

import base64
import gzip
import hashlib
import io
import json
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import tomllib

ROOT = Path(__file__).parents[1]
EPOCH = int(os.environ["SOURCE_DATE_EPOCH"])
TAG = "py3-none-manylinux_2_36_x86_64"


def main() -> None:
    stage, libraries, output = map(Path, sys.argv[1:])
    project = tomllib.loads((ROOT / "python/pyproject.toml").read_text())["project"]
    version = project["version"]
    said = subprocess.run(
        [stage / "understudy", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[-1]
    if said != version:
        sys.exit(f"The program says version {said}, and python/pyproject.toml {version}.")
    licences(stage, libraries)
    parts = sbom(stage, libraries, version)
    (stage / "understudy.spdx.json").write_text(parts)
    (output / f"understudy-{version}.spdx.json").write_text(parts)

    name = f"understudy-{version}-linux-x86_64"
    (output / f"{name}.tar.gz").write_bytes(
        gzipped(tar([(f"{name}/{path}", data, mode) for path, data, mode in files(stage)]))
    )
    (output / f"understudy_{version}_amd64.deb").write_bytes(deb(stage, version))
    write_wheel(output / f"understudy-{version}-{TAG}.whl", stage, project)


def files(folder: Path):
    """Path, contents and mode of every file, sorted."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            mode = 0o755 if os.access(path, os.X_OK) and path.suffix != ".py" else 0o644
            yield path.relative_to(folder).as_posix(), path.read_bytes(), mode


def tar(entries, links=()) -> bytes:
    """A tar ball with the folders of its entries."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:

        def add(name, kind, mode, data=b"", link=""):
            info = tarfile.TarInfo(name)
            info.type, info.mode, info.linkname = kind, mode, link
            info.size, info.mtime = len(data), EPOCH
            info.uname = info.gname = "root"
            archive.addfile(info, io.BytesIO(data))

        known = set()
        everything = [(name, data, mode, None) for name, data, mode in entries]
        everything += [(name, b"", 0o777, target) for name, target in links]
        for name, data, mode, target in sorted(everything):
            parts = name.split("/")
            for depth in range(1, len(parts)):
                folder = "/".join(parts[:depth])
                if folder not in known:
                    known.add(folder)
                    add(folder, tarfile.DIRTYPE, 0o755)
            add(name, tarfile.SYMTYPE if target else tarfile.REGTYPE, mode, data, target or "")
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=EPOCH)


def deb(stage: Path, version: str) -> bytes:
    """A package of Debian: the program in /usr/lib/understudy, a link to it in /usr/bin."""
    entries = []
    for path, data, mode in files(stage):
        if path.startswith("share/"):
            if path.endswith(".1"):
                path, data = path + ".gz", gzip.compress(data, mtime=EPOCH)
            entries.append((f"./usr/{path}", data, mode))
        elif path == "licenses/understudy":
            entries.append(("./usr/share/doc/understudy/copyright", data, mode))
        elif path.startswith("licenses/"):
            entries.append((f"./usr/share/doc/understudy/{path}", data, mode))
        elif path.endswith(".spdx.json"):
            entries.append((f"./usr/share/doc/understudy/{path}", data, mode))
        else:
            entries.append((f"./usr/lib/understudy/{path}", data, mode))
    sums = "".join(f"{hashlib.md5(data).hexdigest()}  {path[2:]}\n" for path, data, _ in entries)
    control = (
        f"Package: understudy\nVersion: {version}\nArchitecture: amd64\nSection: science\n"
        "Priority: optional\nMaintainer: The Understudy project <understudy@localhost>\n"
        f"Installed-Size: {sum(len(data) for _, data, _ in entries) // 1024}\n"
        "Depends: libc6 (>= 2.36)\n"
        "Description: private stand-ins for tables of people\n"
        " Turns a table about people into a differentially private stand-in, with evidence\n"
        " and a durable budget. Takes its libraries along.\n"
    )
    members = [
        ("debian-binary", b"2.0\n"),
        (
            "control.tar.xz",
            lzma.compress(
                tar([("./control", control.encode(), 0o644), ("./md5sums", sums.encode(), 0o644)])
            ),
        ),
        (
            "data.tar.xz",
            lzma.compress(tar(entries, [("./usr/bin/understudy", "../lib/understudy/understudy")])),
        ),
    ]
    out = b"!<arch>\n"
    for name, data in members:
        out += f"{name:<16}{EPOCH:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode()
        out += data + b"\n" * (len(data) % 2)
    return out


def write_wheel(path: Path, stage: Path, project: dict) -> None:
    """A wheel with the Python package and, inside it, the program and its libraries."""
    version = project["version"]
    info = f"understudy-{version}.dist-info"
    entries = [
        (f"understudy/{name}", data, mode)
        for name, data, mode in files(ROOT / "python/src/understudy")
        if not name.startswith("_bin/")
    ]
    entries += [
        (f"understudy/_bin/{name}", data, mode)
        for name, data, mode in files(stage)
        if not name.startswith("share/")
    ]
    scripts = "".join(f"{name} = {target}\n" for name, target in sorted(project["scripts"].items()))
    entries += [
        (f"{info}/METADATA", metadata(project).encode(), 0o644),
        (
            f"{info}/WHEEL",
            f"Wheel-Version: 1.0\nGenerator: dist-packages\nRoot-Is-Purelib: false\n"
            f"Tag: {TAG}\n".encode(),
            0o644,
        ),
        (f"{info}/entry_points.txt", f"[console_scripts]\n{scripts}".encode(), 0o644),
        (f"{info}/licenses/LICENSE", (ROOT / "LICENSE").read_bytes(), 0o644),
    ]
    record = "".join(
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip('=')},"
        f"{len(data)}\n"
        for name, data, _ in entries
    )
    entries.append((f"{info}/RECORD", f"{record}{info}/RECORD,,\n".encode(), 0o644))
    # A zip archive knows no time before 1980, and even seconds only.
    moment = time.gmtime(max(EPOCH, 315532800))[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data, mode in entries:
            entry = zipfile.ZipInfo(name, moment)
            entry.external_attr, entry.create_system = (0o100000 | mode) << 16, 3
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)


def metadata(project: dict) -> str:
    lines = [
        "Metadata-Version: 2.1",
        "Name: understudy",
        f"Version: {project['version']}",
        f"Summary: {project['description']}",
        f"License: {project['license']['text']}",
        f"Requires-Python: {project['requires-python']}",
    ]
    lines += [f"Classifier: {text}" for text in project["classifiers"]]
    for extra, wanted in sorted(project["optional-dependencies"].items()):
        lines.append(f"Provides-Extra: {extra}")
        lines += [f'Requires-Dist: {text}; extra == "{extra}"' for text in wanted]
    lines += [
        "Description-Content-Type: text/markdown",
        "",
        (ROOT / "python/README.md").read_text(),
    ]
    return "\n".join(lines)


def sbom(stage: Path, libraries: Path, version: str) -> str:
    """The parts: Swift packages by revision, libraries by hash and Debian version."""
    packages = [
        {
            "SPDXID": "SPDXRef-understudy",
            "name": "understudy",
            "versionInfo": version,
            "downloadLocation": "NOASSERTION",
            "licenseDeclared": "Apache-2.0",
        }
    ]
    pins = json.loads((ROOT / "Package.resolved").read_text())["pins"]
    for pin in sorted(pins, key=lambda pin: pin["identity"]):
        packages.append(
            {
                "SPDXID": f"SPDXRef-swift-{pin['identity']}",
                "name": pin["identity"],
                "versionInfo": pin["state"].get("version", pin["state"]["revision"]),
                "downloadLocation": f"git+{pin['location']}@{pin['state']['revision']}",
            }
        )
    for line in sorted(libraries.read_text().splitlines()):
        name, path = line.split()
        packages.append(
            {
                "SPDXID": f"SPDXRef-lib-{name}",
                "name": name,
                "versionInfo": origin(path),
                "downloadLocation": "NOASSERTION",
                "checksums": [
                    {
                        "algorithm": "SHA256",
                        "checksumValue": hashlib.sha256(
                            (stage / "lib" / name).read_bytes()
                        ).hexdigest(),
                    }
                ],
            }
        )
    return (
        json.dumps(
            {
                "spdxVersion": "SPDX-2.3",
                "dataLicense": "CC0-1.0",
                "SPDXID": "SPDXRef-DOCUMENT",
                "name": f"understudy-{version}",
                "documentNamespace": f"urn:understudy:{version}:{EPOCH}",
                "creationInfo": {
                    "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(EPOCH)),
                    "creators": ["Tool: scripts/dist-packages.py"],
                },
                "packages": packages,
            },
            indent=1,
        )
        + "\n"
    )


def licences(stage: Path, libraries: Path) -> None:
    """Copies the licences of everything that goes along."""
    found = {"understudy": ROOT / "LICENSE"}
    for line in libraries.read_text().splitlines():
        path = line.split()[1]
        package = origin(path).split()[0]
        if package != "Swift":
            found[package] = Path("/usr/share/doc", package, "copyright")
    # Swift's library goes along, linked in or beside the program.
    toolchain = Path(shutil.which("swift") or sys.exit("There is no swift on the PATH.")).resolve()
    found["swift"] = toolchain.parents[1] / "share/swift/LICENSE.txt"
    for checkout in sorted((ROOT / ".build/checkouts").glob("*")):
        for file in sorted(checkout.glob("LICENSE*"))[:1]:
            found[checkout.name] = file
    (stage / "licenses").mkdir()
    for name, file in sorted(found.items()):
        (stage / "licenses" / name).write_bytes(file.read_bytes())


def origin(path: str) -> str:
    """The Debian package and version of a library, or that it is Swift's."""
    for candidate in (path, os.path.realpath(path), "/usr" + path, os.path.realpath("/usr" + path)):
        owner = subprocess.run(["dpkg-query", "-S", candidate], capture_output=True, text=True)
        if owner.returncode == 0:
            package = owner.stdout.split(":")[0]
            return subprocess.run(
                ["dpkg-query", "-W", "-f", "${Package} ${Version}", package],
                capture_output=True,
                text=True,
            ).stdout
    return "Swift toolchain"


if __name__ == "__main__":
    main()
