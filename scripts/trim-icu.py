"""Takes out of ICU's data, in a program or library, what belongs to other languages than English.

    python3 scripts/trim-icu.py FILE…

The data of Foundation's ICU are 34 MB, of which Understudy uses the root and English: how dates of
ISO 8601 and lists of words are written, and which signs are letters. What goes is overwritten with
zeros, which take no room in a package: the file keeps its length, and everything else its place. A
file without such data is left alone; if no file has any, it fails.
"""

import re
import struct
import sys
from pathlib import Path

_LOCALE = re.compile(r"[a-z]{2,3}(_\w+)*")
_ENGLISH = re.compile(r"en(_\w+)?")
#: Converters between character sets, dictionaries for breaking lines, and rules for domain names.
_KINDS = ("cnv", "dict", "spp", "cfu")


def is_kept(name: str) -> bool:
    path = name.partition("/")[2]
    stem, _, kind = path.rpartition("/")[2].rpartition(".")
    if kind in _KINDS:
        return False
    if path.startswith("translit/"):
        return stem in ("root", "en", "res_index")
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


def trim(data: bytearray, header: int) -> tuple[int, int]:
    """Writes the package anew in its place; returns its length before and after."""
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
    made += bytes(first - len(made)) + contents
    whole = starts[-1]  # The last item goes but keeps its bytes: its end is not stated.
    data[base : base + whole] = made + bytes(whole - len(made))
    return whole, len(made)


def main() -> None:
    found = False
    for path in map(Path, sys.argv[1:]):
        data = bytearray(path.read_bytes())
        for header in headers(data):
            before, after = trim(data, header)
            found = True
            print(f"ICU's data in {path.name}: {before / 1e6:.1f} MB, now {after / 1e6:.1f}.")
        path.write_bytes(data)
    if not found:
        sys.exit("None of the files has data of ICU.")


if __name__ == "__main__":
    main()
