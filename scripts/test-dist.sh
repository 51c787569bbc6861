#!/usr/bin/env bash
# Installs the packages of make dist in an empty Debian 12 without network and compiler, and runs the tour there: make test-dist.
# Needs root, debootstrap and systemd-nspawn (Debian's systemd-container); the network only to make the empty root, which stays in
# .build/dist-root (or in DIST_ROOT).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

root="${DIST_ROOT:-.build/dist-root}"
dist=.build/dist
if [[ ! -e "$root/etc/debian_version" ]]; then
  debootstrap --variant=minbase --include=python3,python3-venv,systemd bookworm "$root"
fi
if [[ ! -e "$root/usr/bin/systemctl" ]]; then
  chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends systemd
fi

# Without network, and with /proc, by which a program finds what lies beside it.
within() {
  unshare --net --mount sh -c 'mount -t proc proc "$0/proc" && exec env -i \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TMPDIR=/tmp chroot "$0" "$@"' "$root" "$@"
}

# The README's tour, on fewer rows, with the program $1 in the empty folder $2. Prints the seconds to the first release.
tour='
set -eu
program="$1"; mkdir "$2"; cd "$2"; export UNDERSTUDY_LEDGER="$PWD/ledger.sqlite"
begin=$(date +%s)
"$program" example hospital --rows 5000 -o patients.csv --quiet
"$program" inspect patients.csv -o seen.schema.yaml --quiet
"$program" synthesize patients.csv --schema patients.schema.yaml --epsilon 1 -o release --quiet
echo "First release after $(($(date +%s) - begin)) s."
"$program" verify release --quiet
"$program" evaluate patients.csv release/synthetic.csv --quiet >evaluation
"$program" example hospital --rows 5000 --seed 7 -o others.csv --quiet
"$program" attack patients.csv release/synthetic.csv --control others.csv --quiet >attacks
"$program" sample release --rows 1000 --where sex=F -o more.csv --quiet
"$program" budget grant patients.csv --epsilon 3 --delta 1e-6 --quiet
"$program" budget show --explain >budget
printf "kind: count\nby: sex\n" >count.yaml
"$program" estimate release --analysis count.yaml >estimate
test "$(wc -l <more.csv)" = 1001
'

from_python='
import time, understudy
from understudy.paperwork import paperwork
rows = [{"sex": "FM"[n % 2], "age": n * 7 % 90} for n in range(2000)]
begin = time.time()
schema = understudy.inspect(rows).schema.rows_are_people().reviewed("A Test")
release = understudy.synthesize(rows, schema=schema, epsilon=1, output="python-release")
print(f"From Python: {len(release.frame())} rows after {time.time() - begin:.0f} s.")
assert release.verify().is_passed and {type(row["age"]) for row in release.sample(9)} <= {int, type(None)}
assert len(paperwork(release, "papers")) == 3
'

# The pages of a guided start and of a hub, as a browser gets them, on a network that is this process alone.
from_a_browser='
import fcntl, http.cookiejar, os, socket, struct, subprocess, urllib.request
fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh14x", b"lo", 1 | 64))

def address(words):
    running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in running.stdout:
        found = [word for word in line.split() if word.startswith("http://")]
        if found:
            return running, found[0].rstrip(".,")
    raise SystemExit(f"{words} printed no address.")

for words, wanted in [
    (["understudy", "start", "patients.csv", "-o", "asked.yaml", "--page"], "patients.csv"),
    (["understudy-hub", "serve", "--folder", "hub"], "Sign in"),
]:
    running, place = address(words)
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    # The empty root has no /etc/hosts.
    page = urllib.request.build_opener(jar).open(place.replace("localhost", "127.0.0.1")).read().decode()
    running.terminate()
    assert wanted in page, page
'

# Under a seed, the same release as that of the ordinary build.
if [[ -x .build/release/understudy ]]; then
  same="$(mktemp -d)"
  for program in .build/release/understudy "$dist/understudy/understudy"; do
    folder="$same/$(basename "$(dirname "$program")")"
    "$program" example hospital --rows 3000 -o "$folder.csv" --quiet
    UNDERSTUDY_LEDGER="$folder.sqlite" "$program" synthesize "$folder.csv" --schema "$folder.schema.yaml" --epsilon 1 --seed 3 -o "$folder" \
      --quiet 2>/dev/null
  done
  cmp "$same/release/synthetic.csv" "$same/understudy/synthetic.csv"
  rm -rf "$same"
  echo "The same release as that of the ordinary build."
fi

place="/$(cd "$root" && mktemp -d -p tmp dist.XXXXXX)"
trap 'rm -rf "${root:?}$place"' EXIT
chmod 755 "$root$place"
cp "$dist"/*.whl "$dist"/*.deb "$dist"/*.tar.gz "$root$place"

# The command of the README that begins so, and those of the guide to the hub (docs/hub.md), which its administrator follows.
readme() { sed -n "s|^\($1.*[^ ]\)  *#.*|\1|p" README.md; }
guide() { sed -n "/^$1/p" docs/hub.md; }

# Ends the users of the hub and their folders, which outlive a package.
remove_users() {
  within sh -c 'userdel understudy-hub-work; userdel --remove understudy-hub; rm -rf /var/lib/understudy-hub* /srv/understudy-hub' 2>/dev/null || true
  within sh -c '! getent passwd understudy-hub-work >/dev/null'
}

# What the guide to the hub has an administrator do, under a systemd of its own without a network: $1 are the commands, in the folder $2.
# The services answer, their log is whole, and systemd reads their files without a complaint. A reload is for a hub with a certificate:
# python/tests/test_hub_guide.py.
under_systemd() {
  rm -f "$root$2/status"
  {
    printf '#!/bin/sh\ncd %s\ntrap '"'"'echo $? >status; systemctl poweroff 2>/dev/null'"'"' EXIT\nset -eux\n%s\n' "$2" "$1"
    cat <<'SCRIPT'
answers() {
  for _ in $(seq 60); do
    if python3 -c 'import urllib.request; assert b"Sign in" in urllib.request.urlopen("http://127.0.0.1:8443/sign-in").read()'; then return; fi
    sleep 1
  done
  return 1
}
answers 2>/dev/null
systemctl is-active understudy-hub understudy-hub-work
systemd-analyze verify --man=no understudy-hub.service understudy-hub-work.service
runuser -u understudy-hub -- understudy-hub verify --folder /var/lib/understudy-hub/hub
systemctl disable --now understudy-hub understudy-hub-work
SCRIPT
  } >"$root$2/administrator"
  chmod 755 "$root$2/administrator"
  printf '[Unit]\nAfter=multi-user.target\n[Service]\nType=oneshot\nStandardOutput=file:%s/said\nStandardError=file:%s/said\nExecStart=%s/administrator\n' \
    "$2" "$2" "$2" >"$root/etc/systemd/system/administrator.service"
  mkdir -p "$root/etc/systemd/system/default.target.wants"
  ln -sf ../administrator.service "$root/etc/systemd/system/default.target.wants/"
  timeout 600 systemd-nspawn --quiet --directory="$root" --register=no --keep-unit --private-network --boot </dev/null >"$root$2/console" 2>&1 || true
  rm -f "$root/etc/systemd/system/administrator.service" "$root/etc/systemd/system/default.target.wants/administrator.service"
  if [[ "$(cat "$root$2/status" 2>/dev/null)" != 0 ]]; then
    cat "$root$2/said" "$root$2/console" >&2
    exit 1
  fi
  remove_users
}

# A table of the user's own, without a schema: support2 of the public tables beside the checkout (UNDERSTUDY_DATA).
own_table="${UNDERSTUDY_DATA:-../shared/data}/support2/support2.csv"
if [[ -e "$own_table" ]]; then cp "$own_table" "$root$place/own.csv"; fi

# Seconds from $1, when the installing began, to the first release of it, made with the program $2 in the new folder $3.
first_release() {
  if [[ ! -e "$root$place/own.csv" ]]; then return; fi
  within sh -euc "mkdir $3; cd $3; UNDERSTUDY_LEDGER=$3/own.sqlite $2 synthesize $place/own.csv --epsilon 1 -o release --quiet 2>/dev/null
    test -s release/report.html
    echo \"From installing to the first release of a table of 9,105 rows and 47 columns: \$((\$(date +%s) - $1)) s.\""
}

echo "The tar ball:"
begin="$(date +%s)"
within sh -c "cd $place && $(readme 'tar xzf')"
first_release "$begin" "\$(echo $place/understudy-*-x86_64/understudy)" "$place/own-tar"
within sh -c "$tour" tour "$(cd "$root" && echo /"$(ls -d ".$place"/understudy-*-x86_64 | cut -c3-)")/understudy" "$place/from-tar"

echo "The wheel:"
begin="$(date +%s)"
within sh -c "cd $place && python3 -m venv environment && . environment/bin/activate && $(readme 'pip install')"
first_release "$begin" "$place/environment/bin/understudy" "$place/own-wheel"
within sh -c "$tour" tour "$place/environment/bin/understudy" "$place/from-wheel"
within sh -c "cd $place && UNDERSTUDY_LEDGER=$place/python.sqlite environment/bin/python -c '$from_python'"

echo "The .deb:"
begin="$(date +%s)"
within sh -c "cd $place && $(readme 'apt install ./understudy_')"
first_release "$begin" understudy "$place/own-deb"
within sh -c "$tour" tour /usr/bin/understudy "$place/from-deb"
within sh -c 'dpkg --verify understudy && test -s /usr/share/bash-completion/completions/understudy'
if compgen -G "$dist/understudy-hub_*.deb" >/dev/null; then
  echo "The .deb of the hub:"
  within sh -c "cd $place && $(readme 'apt install ./understudy-hub_') && dpkg --verify understudy-hub"
  within sh -c 'test -s /lib/systemd/system/understudy-hub.service && getent passwd understudy-hub >/dev/null'
  # Only the user of the workers reaches ledger and tables, and writes results.
  within sh -ec 'cd /
    work="setpriv --reuid understudy-hub-work --regid understudy-hub --groups understudy-hub,understudy-hub-work"
    pages="setpriv --reuid understudy-hub --regid understudy-hub --init-groups"
    for folder in /var/lib/understudy-hub-work /srv/understudy-hub /var/lib/understudy-hub/hub/vault; do
      $work test -r $folder
      if $pages test -w $folder; then exit 1; fi
    done
    if $pages test -x /var/lib/understudy-hub-work || $pages test -x /srv/understudy-hub; then exit 1; fi
    $pages test -w /var/lib/understudy-hub/hub && $work test -w /var/lib/understudy-hub/hub/keys'
  within sh -c "cd $place/from-deb && python3 -c '$from_a_browser'"
  within sh -c 'dpkg --purge understudy-hub understudy >/dev/null && test -d /var/lib/understudy-hub'
  remove_users

  # Not below /tmp, which a booted system has anew.
  guide_place="/opt/$(basename "$place")"
  trap 'rm -rf "${root:?}$place" "${root:?}$guide_place"' EXIT
  mkdir -p "$root$guide_place"/{Hub/.build/release,scripts,bin}
  cp "$dist"/*.deb "$root$guide_place"
  echo "The guide to the hub, from the packages, under systemd:"
  under_systemd "$(guide 'apt install')
$(guide 'systemctl enable')" "$guide_place"
  within sh -c 'dpkg --purge understudy-hub >/dev/null'
  remove_users

  echo "The guide to the hub, by hand, under systemd:"
  cp "$dist/hub/understudy-hub" "$root$guide_place/Hub/.build/release/"
  cp -r scripts/hub "$root$guide_place/scripts/"
  printf '#!/bin/sh\nexec "$@"\n' >"$root$guide_place/bin/sudo"
  chmod +x "$root$guide_place/bin/sudo"
  under_systemd "PATH=$guide_place/bin:\$PATH
$(guide 'sudo ')
systemctl daemon-reload
$(guide 'systemctl enable')" "$guide_place"
  rm -f "$root"/etc/systemd/system/understudy-hub*.service "$root/usr/bin/understudy-hub"
fi
within sh -c 'dpkg --purge understudy >/dev/null && ! test -e /usr/lib/understudy'
echo "All run in an empty Debian $(cat "$root/etc/debian_version")."
