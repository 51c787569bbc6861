"""Takes ICU's data out of Foundation's static library, without what Understudy has no use for.

    python3 scripts/trim-icu.py lib_FoundationICU.a icu.dat

The data are 34 MB, of which Understudy uses the root and English: which signs are letters and which
signs are written together, how dates of ISO 8601 and lists of words are written, and in which order
words come. Names of languages, regions, units and characters, the spelling of numbers, the breaking
of lines and the change of one script into another are left out too. The program is linked with what
this script writes in place of the library's own.
"""

import re
import struct
import sys
from pathlib import Path

_LOCALE = re.compile(r"[a-z]{2,3}(_\w+)*")
_ENGLISH = re.compile(r"en(_\w+)?")
#: Converters between character sets, dictionaries for breaking lines, and rules for domain names.
_KINDS = ("cnv", "dict", "spp", "cfu")
#: Names of languages, regions and units; numbers in words; scripts.
_FOLDERS = ("lang", "region", "unit", "rbnf", "translit")


def is_kept(name: str) -> bool:
    path = name.partition("/")[2]
    folder, _, last = path.rpartition("/")
    stem, _, kind = last.rpartition(".")
    if kind in _KINDS or folder in _FOLDERS or path == "unames.icu":
        return False
    if folder == "brkitr" and stem.startswith("line"):
        return False
    is_of_a_language = kind == "res" and stem != "res_index" and _LOCALE.fullmatch(stem)
    return not is_of_a_language or bool(_ENGLISH.fullmatch(stem))


def headers(data: bytes) -> list[int]:
    """Where packages of ICU's common data begin (unicode/udata.h, ucmndata.h)."""
    found, place = [], data.find(b"CmnD")
    while place >= 0:
        if data[place - 10 : place - 8] == b"\xda\x27":
            found.append(place - 12)
        place = data.find(b"CmnD", place + 1)
    return found


def trimmed(data: bytes, header: int) -> bytes:
    """The package that begins there, with a new table of contents and what is kept."""
    (length,) = struct.unpack_from("<H", data, header)
    base = header + length
    (count,) = struct.unpack_from("<I", data, base)
    table = [struct.unpack_from("<II", data, base + 4 + 8 * place) for place in range(count)]
    names = [bytes(data[base + at : data.index(0, base + at)]).decode() for at, _ in table]
    starts = [start for _, start in table]
    if starts != sorted(starts) or names != sorted(names) or is_kept(names[-1]):
        sys.exit("The data of ICU are not laid out as this script knows them.")
    kept = [place for place, name in enumerate(names) if is_kept(name)]
    if not any(names[place].endswith("/root.res") for place in kept) or len(kept) == count:
        sys.exit("The data of ICU have no root, or nothing that could be taken out.")

    texts, contents = bytearray(), bytearray()
    entries = bytearray(struct.pack("<I", len(kept)))
    begin = 4 + 8 * len(kept)
    first = (begin + sum(len(names[place]) + 1 for place in kept) + 15) // 16 * 16
    for place in kept:
        entries += struct.pack("<II", begin + len(texts), first + len(contents))
        texts += names[place].encode() + b"\0"
        contents += data[base + starts[place] : base + starts[place + 1]]
        contents += bytes(-len(contents) % 16)
    made = entries + texts
    return bytes(data[header:base]) + made + bytes(first - len(made)) + contents


def main() -> None:
    library, output = map(Path, sys.argv[1:])
    data = library.read_bytes()
    found = headers(data)
    if len(found) != 1:
        sys.exit(f"{library.name} has {len(found)} packages of ICU's data, not one.")
    made = trimmed(data, found[0])
    output.write_bytes(made)
    print(f"ICU's data: {len(made) / 1e6:.1f} MB are left.")


if __name__ == "__main__":
    main()
