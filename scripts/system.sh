#!/usr/bin/env bash
# Installs the system pieces that tests use, where they are missing (Debian; needs root): Chromium for the tests of
# the review page, LibreOffice, poppler and a Chinese font to look at the report as pages.
set -euo pipefail

declare -A needs=(
  [fonts-wqy-microhei]="fc-list :lang=zh family | grep -q ."
  [fontconfig]="command -v fc-list"
  [libreoffice-writer]="command -v soffice"
  [poppler-utils]="command -v pdftoppm"
  [chromium]="command -v chromium"
)
missing=()
for package in "${!needs[@]}"; do
  bash -c "${needs[$package]}" >/dev/null 2>&1 || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "system pieces: all there"
  exit 0
fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "system pieces missing: ${missing[*]} (install them with your package manager)" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}"
