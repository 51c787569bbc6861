"""Writes a wheel, a tar ball, a .deb and a list of parts (SPDX) of the folder of dist.sh.

    python3 scripts/dist-packages.py FOLDER PARTS OUTPUT
    python3 scripts/dist-packages.py --hub FOLDER PARTS OUTPUT    a .deb of the hub, for beside it

PARTS is a table of what is linked in: name, version, hash of its source and licence.

Entries are sorted, and their times are SOURCE_DATE_EPOCH: the same folder gives the same bytes.
"""

import base64
import gzip
import hashlib
import io
import json
import lzma
import os
import platform
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import tomllib

ROOT = Path(__file__).parents[1]
EPOCH = int(os.environ["SOURCE_DATE_EPOCH"])
#: The machine that this one is, which the program is for, and its name at Debian.
MACHINE = platform.machine()
DEBIAN = {"x86_64": "amd64", "aarch64": "arm64"}[MACHINE]
TAG = f"py3-none-manylinux_2_36_{MACHINE}"


def main() -> None:
    project = tomllib.loads((ROOT / "python/pyproject.toml").read_text())["project"]
    version = project["version"]
    if sys.argv[1] == "--hub":
        hub, linked, output = map(Path, sys.argv[2:])
        write_hub(hub, linked, output, version)
        return
    stage, linked, output = map(Path, sys.argv[1:])
    said = subprocess.run(
        [stage / "understudy", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[-1]
    if said != version:
        sys.exit(f"The program says version {said}, and python/pyproject.toml {version}.")
    licences(stage, linked, ROOT)
    parts = sbom("understudy", version, swift_parts(ROOT) + linked_parts(linked))
    (stage / "understudy.spdx.json").write_text(parts)
    (output / f"understudy-{version}.spdx.json").write_text(parts)

    name = f"understudy-{version}-linux-{MACHINE}"
    (output / f"{name}.tar.gz").write_bytes(
        gzipped(tar([(f"{name}/{path}", data, mode) for path, data, mode in files(stage)]))
    )
    (output / f"understudy_{version}_{DEBIAN}.deb").write_bytes(
        deb(
            "understudy",
            version,
            installed("understudy", stage),
            "libc6 (>= 2.36)",
            "private stand-ins for tables of people\n"
            " Turns a table about people into a differentially private stand-in, with evidence\n"
            " and a durable budget. One file that needs nothing but glibc.",
        )
    )
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
            add(
                name,
                tarfile.SYMTYPE if target else tarfile.REGTYPE,
                mode,
                data,
                target or "",
            )
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=EPOCH)


def write_hub(hub: Path, linked: Path, output: Path, version: str) -> None:
    """A package of the hub. Its program lies beside that of the package understudy, which it runs;
    its services are there and not started."""
    licences(hub, linked, ROOT / "Hub")
    parts = sbom("understudy-hub", version, swift_parts(ROOT / "Hub") + linked_parts(linked))
    (hub / "understudy-hub.spdx.json").write_text(parts)
    (output / f"understudy-hub-{version}.spdx.json").write_text(parts)
    entries = installed("understudy-hub", hub)
    for path in sorted((ROOT / "scripts/hub").glob("*.service")):
        entries.append((f"./lib/systemd/system/{path.name}", path.read_bytes(), 0o644))
    # Whoever removes the package keeps its folders: the ledger never gives budget back.
    users = (ROOT / "scripts/hub/postinst").read_text()
    package = deb(
        "understudy-hub",
        version,
        entries,
        f"understudy (= {version}), passwd",
        "hub of private stand-ins, and a guided start on a page\n"
        " Teams ask for stand-ins and answers on pages, officers decide, and one ledger pays.\n"
        " `understudy-hub start TABLE` asks about a single table on a page of this machine.",
        users,
    )
    (output / f"understudy-hub_{version}_{DEBIAN}.deb").write_bytes(package)


def installed(package: str, stage: Path) -> list:
    """Where the files of a folder go on Debian: the program to /usr/lib/understudy."""
    entries = []
    for path, data, mode in files(stage):
        if path.startswith("share/"):
            if path.endswith(".1"):
                path, data = path + ".gz", gzip.compress(data, mtime=EPOCH)
            entries.append((f"./usr/{path}", data, mode))
        elif path == "licenses/understudy":
            entries.append((f"./usr/share/doc/{package}/copyright", data, mode))
        elif path.startswith("licenses/") or path.endswith(".spdx.json"):
            entries.append((f"./usr/share/doc/{package}/{path}", data, mode))
        else:
            entries.append((f"./usr/lib/understudy/{path}", data, mode))
    return entries


def deb(package: str, version: str, entries, needs: str, described: str, after: str = "") -> bytes:
    """A package of Debian, with a link to its program in /usr/bin; `after` runs once it is in."""
    sums = "".join(f"{hashlib.md5(data).hexdigest()}  {path[2:]}\n" for path, data, _ in entries)
    control = (
        f"Package: {package}\nVersion: {version}\nArchitecture: {DEBIAN}\nSection: science\n"
        "Priority: optional\nMaintainer: The Understudy project <understudy@localhost>\n"
        f"Installed-Size: {sum(len(data) for _, data, _ in entries) // 1024}\n"
        f"Depends: {needs}\nDescription: {described}\n"
    )
    about = [
        ("./control", control.encode(), 0o644),
        ("./md5sums", sums.encode(), 0o644),
    ]
    if after:
        about.append(("./postinst", after.encode(), 0o755))
    links = [(f"./usr/bin/{package}", f"../lib/understudy/{package}")]
    members = [
        ("debian-binary", b"2.0\n"),
        ("control.tar.xz", lzma.compress(tar(about))),
        ("data.tar.xz", lzma.compress(tar(entries, links))),
    ]
    out = b"!<arch>\n"
    for name, data in members:
        out += f"{name:<16}{EPOCH:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode()
        out += data + b"\n" * (len(data) % 2)
    return out


def write_wheel(path: Path, stage: Path, project: dict) -> None:
    """A wheel with the Python package and, inside it, the program."""
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


def swift_parts(package: Path) -> list:
    """The Swift packages that a package is built from, by revision."""
    pins = json.loads((package / "Package.resolved").read_text())["pins"]
    return [
        {
            "SPDXID": f"SPDXRef-swift-{pin['identity']}",
            "name": pin["identity"],
            "versionInfo": pin["state"].get("version", pin["state"]["revision"]),
            "downloadLocation": f"git+{pin['location']}@{pin['state']['revision']}",
        }
        for pin in sorted(pins, key=lambda pin: pin["identity"])
    ]


def libraries(parts: Path) -> list:
    """Name, version, hash of the source and licence of each library that is linked in."""
    return [line.split("\t") for line in sorted(parts.read_text().splitlines())]


def linked_parts(parts: Path) -> list:
    """The libraries that are linked in: by the hash of their source, or by Debian's version."""
    return [
        {
            "SPDXID": f"SPDXRef-lib-{name.replace('+', 'p')}",
            "name": name,
            "versionInfo": version,
            "downloadLocation": "NOASSERTION",
        }
        | ({"checksums": [{"algorithm": "SHA256", "checksumValue": digest}]} if digest else {})
        for name, version, digest, _ in libraries(parts)
    ]


def sbom(package: str, version: str, parts: list) -> str:
    """The list of parts of a package, itself the first."""
    own = {
        "SPDXID": f"SPDXRef-{package}",
        "name": package,
        "versionInfo": version,
        "downloadLocation": "NOASSERTION",
        "licenseDeclared": "Apache-2.0",
    }
    return (
        json.dumps(
            {
                "spdxVersion": "SPDX-2.3",
                "dataLicense": "CC0-1.0",
                "SPDXID": "SPDXRef-DOCUMENT",
                "name": f"{package}-{version}",
                "documentNamespace": f"urn:{package}:{version}:{EPOCH}",
                "creationInfo": {
                    "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(EPOCH)),
                    "creators": ["Tool: scripts/dist-packages.py"],
                },
                "packages": [own] + parts,
            },
            indent=1,
        )
        + "\n"
    )


def licences(stage: Path, parts: Path, built: Path) -> None:
    """Copies the licences of everything that is linked in, and of what a Swift package is built
    from."""
    found = {"understudy": ROOT / "LICENSE"}
    for name, _, _, licence in libraries(parts):
        found[name] = Path(licence)
    for checkout in sorted((built / ".build/checkouts").glob("*")):
        for file in sorted(checkout.glob("LICENSE*"))[:1]:
            found[checkout.name] = file
    (stage / "licenses").mkdir()
    for name, file in sorted(found.items()):
        (stage / "licenses" / name).write_bytes(file.read_bytes())


if __name__ == "__main__":
    main()
