#!/usr/bin/env bash
# The install stands alone: builds the wheel from the sdist, installs it into an empty venv, and works from an empty
# folder, as a user without the checkout does.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$python" -m venv "$work/build"
"$work/build/bin/python" -m pip install --quiet --disable-pip-version-check --constraint "$root/constraints.txt" build
"$work/build/bin/python" -m build --outdir "$work/dist" "$root" >/dev/null # the wheel is built from the sdist
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --constraint "$root/constraints.txt" --upgrade pip
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --constraint "$root/constraints.txt" "$work"/dist/*.whl

mkdir "$work/home"
cd "$work/home"
unset PYTHONPATH
yuqing=$work/venv/bin/yuqing
"$yuqing" init
"$yuqing" keywords check
"$yuqing" demo >/dev/null
export YUQING_DATA=data/demo
"$yuqing" report --window 2018-03 --out out --format docx,html,md,json,xlsx,csv
"$yuqing" kibana export --out kibana
"$work/venv/bin/python" - "$yuqing" <<'PY'
import re, subprocess, sys, urllib.request
page = subprocess.Popen([sys.argv[1], "review", "--port", "0"], stdout=subprocess.PIPE, text=True)
try:
    address = re.search(r"http://127\.0\.0\.1:\d+", page.stdout.readline())[0]
    assert "互联网+" in urllib.request.urlopen(address).read().decode()
finally:
    page.terminate()
    page.wait(20)
PY
echo "the wheel works on its own"
