#!/usr/bin/env bash
# Builds what Debian has no static library of, or a larger one than is needed, and puts it into .build/dist-libraries: scripts/dist-libraries.sh
#   libopenblas.a: products of single precision alone, with code for Haswell, Zen and Skylake-X, and plain code for all others (on arm64: for
#     Neoverse N1, and for all others).
#   libreadstat.a: the same version as Debian's shared library.
#   icu.o: ICU's data without what is not used (scripts/trim-icu.py).
# Sources are of a fixed release each, and checked by their hash. The network is needed the first time only.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder="$PWD/.build/dist-libraries"
toolchain="$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")"
cores="HASWELL ZEN SKYLAKEX"
if [[ "$(uname -m)" == aarch64 ]]; then cores="ARMV8 NEOVERSEN1"; fi
made_from="$(sha256sum scripts/dist-libraries.sh scripts/trim-icu.py; swift --version 2>/dev/null)"
if [[ "$(cat "$folder/made-from" 2>/dev/null)" == "$made_from" ]]; then exit 0; fi
mkdir -p "$folder"
rm -f "$folder/made-from"

openblas=http://deb.debian.org/debian/pool/main/o/openblas/openblas_0.3.21+ds.orig.tar.xz
openblas_hash=bbec5cca61c8033b2d57aaecde205d709323a0b35a5f193290081dbb3826848a
# The source package of pyreadstat 1.2.0 holds the sources of ReadStat 1.1.8, unchanged.
readstat=pyreadstat-1.2.0.tar.gz
readstat_hash=f06ace3dbdde1810f16c579e66e1acf236eec421c785c0df55686ffd9ee3d897

checked() {  # FILE HASH
  if ! echo "$2  $1" | sha256sum --check --status -; then
    rm -f "$1"
    return 1
  fi
}

if ! checked "$folder/openblas.tar.xz" "$openblas_hash"; then
  curl --fail --silent --show-error --location --output "$folder/openblas.tar.xz" "$openblas"
  checked "$folder/openblas.tar.xz" "$openblas_hash"
fi
if ! checked "$folder/readstat.tar.gz" "$readstat_hash"; then
  python3 - "$readstat" "$folder/readstat.tar.gz" <<'PYTHON'
import re
import sys
from urllib.parse import urljoin
from urllib.request import urlopen

name, output = sys.argv[1:]
index = f"https://pypi.org/simple/{name.split('-')[0]}/"
found = re.search(rf'href="([^"#]*{re.escape(name)})', urlopen(index).read().decode())
if not found:
    sys.exit(f"The index of Python packages has no {name}.")
with open(output, "wb") as file:
    file.write(urlopen(urljoin(index, found[1])).read())
PYTHON
  checked "$folder/readstat.tar.gz" "$readstat_hash"
fi

# OpenBLAS, about two minutes. No threads: shards of a batch keep the cores busy (Sources/Models/NeuralNetworks/BLAS.swift).
rm -rf "$folder/openblas" "$folder/readstat"
mkdir "$folder/openblas" "$folder/readstat"
tar xJf "$folder/openblas.tar.xz" -C "$folder/openblas" --strip-components 1
make -C "$folder/openblas" -j2 --no-print-directory CC=gcc TARGET="$([[ "$(uname -m)" == aarch64 ]] && echo ARMV8 || echo GENERIC)" DYNAMIC_ARCH=1 \
  DYNAMIC_LIST="$cores" BUILD_SINGLE=1 NO_LAPACK=1 NO_LAPACKE=1 NOFORTRAN=1 NO_SHARED=1 \
  NUM_THREADS=64 libs >"$folder/openblas.log" 2>&1
cp -L "$folder/openblas/libopenblas.a" "$folder/libopenblas.a"
cp "$folder/openblas/LICENSE" "$folder/openblas.licence"

tar xzf "$folder/readstat.tar.gz" -C "$folder/readstat" --strip-components 1
(
  cd "$folder/readstat"
  find src -name '*.c' -not -path '*/bin/*' -not -path '*/test/*' -not -path '*/fuzz/*' | LC_ALL=C sort | while read -r file; do
    gcc -O2 -fPIC -fstack-protector-strong -D_FORTIFY_SOURCE=2 -DHAVE_ZLIB=1 -Isrc -c "$file" -o "$(echo "$file" | tr / _).o"
  done
  rm -f ../libreadstat.a
  ar rcsD ../libreadstat.a ./*.o
)
cp "$folder/readstat/LICENSE" "$folder/readstat.licence"

# ICU's data, under the name that Foundation's library looks for.
icu="$toolchain/lib/swift_static/linux/lib_FoundationICU.a"
python3 scripts/trim-icu.py "$icu" "$folder/icu.dat"
name="$("$toolchain/bin/llvm-nm" "$icu" 2>/dev/null | grep -o 'R icudt[0-9]*_dat' | head -1 | cut -c3-)"
(
  cd "$folder"
  cat >icu.s <<ASSEMBLY
.section .rodata.icudt,"a",@progbits
.globl $name
.balign 64
.type $name,@object
$name:
.incbin "icu.dat"
.size $name, .-$name
.section .note.GNU-stack,"",@progbits
ASSEMBLY
  "$toolchain/bin/clang" -c icu.s -o icu.o
)

# The list of what goes into the program, for the list of parts: name, version, hash, licence.
installed() { dpkg-query --show --showformat "$1\t\${Version}\t\t/usr/share/doc/$2/copyright\n" "$2"; }
{
  printf 'OpenBLAS\t0.3.21\t%s\t%s\n' "$openblas_hash" "$folder/openblas.licence"
  printf 'ReadStat\t1.1.8\t%s\t%s\n' "$readstat_hash" "$folder/readstat.licence"
  installed SQLite libsqlite3-dev
  installed PCRE2 libpcre2-dev
  installed Expat libexpat1-dev
  installed zlib zlib1g-dev
  installed libstdc++ "$(dpkg-query --search "$(realpath "$(gcc -print-file-name=libstdc++.a)")" | cut -d: -f1)"
  printf 'swift\t%s\t\t%s\n' "$(swift --version 2>/dev/null | grep -o 'swift-[0-9A-Za-z.-]*' | head -1)" "$toolchain/share/swift/LICENSE.txt"
} >"$folder/parts"
echo "$made_from" >"$folder/made-from"
