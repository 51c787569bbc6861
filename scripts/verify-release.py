#!/usr/bin/env python3
"""Checks a release without understudy: that its owner signed it, and that every file is as it was signed.

    python3 verify-release.py RELEASE [KEY]

RELEASE is the folder, whole: the table alone cannot be checked. KEY is the short name of the owner's key (32 hexadecimal digits), or
the key in base 64, as the owner gave it by another way than the release: without it only the owner's own word says whose key it is.

Needs nothing but Python 3.8 or later. What `understudy verify` checks besides (that the claim adds up, the policy, the owner's ledger)
is not checked here. Ends with 0 if all is well, 3 if something is not, 1 if the folder cannot be read.
"""
import base64
import hashlib
import json
import os
import stat
import sys

MANIFEST, SIGNATURE = "manifest.json", "manifest.signature.json"

# Ed25519 (RFC 8032, section 5.1): the curve -x² + y² = 1 + d x² y² over the integers modulo P, of a subgroup of order L.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def recover_x(y, sign):
    """The x of a point, or None."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def point(encoded):
    """A point in extended coordinates (X, Y, Z, T), or None."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def add(first, second):
    a = (first[1] - first[0]) * (second[1] - second[0]) % P
    b = (first[1] + first[0]) * (second[1] + second[0]) % P
    c, d = 2 * first[3] * second[3] * D % P, 2 * first[2] * second[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar, base):
    total = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = add(total, base)
        base, scalar = add(base, base), scalar >> 1
    return total


def is_signed(key, message, signature):
    """Whether `signature` is that of exactly `message` by `key`."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, noise = point(key), point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or noise is None or scalar >= L:
        return False
    y = 4 * pow(5, P - 2, P) % P
    base = point(y.to_bytes(32, "little"))
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(scalar, base), add(noise, times(challenge, public))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def read(folder, name):
    try:
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()
    except OSError:
        return None


def file_faults(folder, files):
    """What is wrong with the files that the manifest names, in words."""
    faults = []
    there = set(os.listdir(folder))
    for name, expected in sorted(files.items()):
        path = os.path.join(folder, name)
        if "/" in name or name not in there:
            faults.append(name + " is missing")
        elif not stat.S_ISREG(os.lstat(path).st_mode) or hashlib.sha256(read(folder, name) or b"").hexdigest() != expected:
            faults.append(name + " is not as it was signed")
    faults += [name + " was added" for name in sorted(there - set(files) - {MANIFEST, SIGNATURE})]
    return faults


def check(folder, trusted=None):
    """The faults of a release, and the short name of the key that signed."""
    manifest, written = read(folder, MANIFEST), read(folder, SIGNATURE)
    if manifest is None or written is None:
        return ["%s is missing: get the whole folder from its owner" % (MANIFEST if manifest is None else SIGNATURE)], None
    try:
        signature = json.loads(written)
        key = base64.b64decode(signature["publicKey"], validate=True)
        name = hashlib.sha256(key).hexdigest()[:32]
        is_sound = is_signed(key, manifest, base64.b64decode(signature["signature"], validate=True))
        fields = {
            "algorithm": "Ed25519", "format": 1, "keyID": name, "manifestSHA256": hashlib.sha256(manifest).hexdigest(),
            "publicKey": signature["publicKey"], "signature": signature["signature"],
        }
    except (ValueError, KeyError, TypeError):
        return [SIGNATURE + " is not as it was written"], None
    if not is_sound:
        return ["%s is not what the key %s signed" % (MANIFEST, name)], name
    lines = ['  "%s" : %s' % (key, json.dumps(fields[key])) for key in sorted(fields)]
    if written.decode("utf-8", "replace").strip() != "{\n" + ",\n".join(lines) + "\n}":
        return [SIGNATURE + " is not as it was written"], name
    content = json.loads(manifest)
    faults = file_faults(folder, content["files"])
    if content["signer"]["keyID"] != name:
        faults.append(MANIFEST + " names another key than the one that signed it")
    if trusted is not None:
        words = "".join(trusted.split())
        if words.lower() not in (name, key.hex()) and words != signature["publicKey"]:
            faults.append("the key %s is not the one that you trust" % name)
    return faults, name


def main(arguments):
    if len(arguments) not in (1, 2) or arguments[0].startswith("-"):
        print(__doc__.strip())
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    if not os.path.isdir(arguments[0]):
        print("%s: there is no such folder." % arguments[0], file=sys.stderr)
        return 1
    faults, name = check(arguments[0], arguments[1] if len(arguments) == 2 else None)
    if faults:
        print("NOT VERIFIED: do not rely on this release\n" + "\n".join("  - " + fault for fault in faults))
        return 3
    print("Every file is as it was signed by the key %s." % name)
    if len(arguments) == 1:
        print("Whose key that is, this release cannot prove: compare it with the name that its owner gives you by another way.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
