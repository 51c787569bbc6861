"""Packs the long word lists, which travel inside the program: scripts/pack-lists.py.

    Sources/Identifiers/WordLists/packed/NAME.zlib

The lengths of the list and of what is compressed, four bytes each (little-endian), then, compressed
by zlib, for each line: a sign for the number of bytes at its beginning that are those of the line
before, A for none, and the rest of it. WordLists.c reads it. Run this after a list has changed; a
test compares what is packed with the lists.
"""

import struct
import zlib
from os.path import commonprefix
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "Sources/Identifiers/WordLists"
#: Shorter lists stay as they are.
LONG = 100_000


def coded(text: bytes) -> bytes:
    """Each line without what it has in common with the one before."""
    parts, before = [], b""
    for line in text.splitlines(keepends=True):
        common = min(len(commonprefix([before.rstrip(b"\n"), line])), 60)
        parts.append(bytes([ord("A") + common]) + line[common:])
        before = line
    return b"".join(parts)


def main() -> None:
    (FOLDER / "packed").mkdir(exist_ok=True)
    for path in sorted((FOLDER / "lists").glob("*.txt")):
        text = path.read_bytes()
        if len(text) >= LONG:
            lines = coded(text)
            packed = struct.pack("<II", len(text), len(lines)) + zlib.compress(lines, 9)
            (FOLDER / "packed" / f"{path.stem}.zlib").write_bytes(packed)


if __name__ == "__main__":
    main()
