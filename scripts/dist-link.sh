#!/usr/bin/env bash
# Links a program that needs nothing but glibc, stripped: scripts/dist-link.sh LIST MAIN OUTPUT [OPTION OF THE LINKER …]
#   LIST: a file with the objects, one a line. MAIN: the symbol that the program begins with.
# Swift's library, Foundation, ICU, SQLite, PCRE2, Expat, zlib, OpenBLAS, ReadStat and libstdc++ are inside. Only what a driver of a database looks
# for later is visible from outside (Sources/Data/PythonSymbols). Needs scripts/dist-libraries.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

list="$1" main="$2" output="$3"
shift 3
folder=.build/dist-libraries
toolchain="$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")"
static="$toolchain/lib/swift_static/linux"

# Tables for unwinding a stack take a tenth of the program; nothing in it throws across a call. A stack trace of a stripped program says nothing
# without its symbols either.
echo 'SECTIONS { /DISCARD/ : { *(.eh_frame) *(.gcc_except_table) *(.gcc_except_table.*) } } INSERT AFTER .text;' >"$folder/without-unwinding"

"$toolchain/bin/clang++" -fuse-ld=lld -pie -static-libstdc++ -static-libgcc -o "$output" \
  -Wl,--gc-sections -Wl,--icf=safe -Wl,--strip-all -Wl,--build-id=sha1 -Wl,-z,pack-relative-relocs -Wl,-z,relro -Wl,-z,now \
  -Wl,--no-dependent-libraries -Wl,--no-eh-frame-hdr -Wl,-T,"$folder/without-unwinding" -Wl,--defsym,main="$main" \
  -Wl,--dynamic-list=Sources/Data/PythonSymbols/exported.list \
  "$static/$(uname -m)/swiftrt.o" "$folder/icu.o" "@$list" -L"$folder" -L"$static" \
  -Wl,--start-group -lFoundation -lFoundationEssentials -lFoundationInternationalization -l_FoundationICU -lCoreFoundation \
  -l_FoundationCShims -l_FoundationCollections -lswiftDispatch -ldispatch -lBlocksRuntime -lswiftSynchronization -lswiftObservation \
  -lswift_StringProcessing -lswift_RegexParser -lswift_Concurrency -lswift_Builtin_float -lswiftGlibc -lswiftSwiftOnoneSupport \
  -lswiftCore -Wl,--end-group \
  -Wl,-Bstatic -lreadstat -lopenblas -lsqlite3 -lpcre2-8 -lexpat -lz -Wl,-Bdynamic -lm -ldl -lpthread "$@"
