#!/usr/bin/env bash
# Page tests need a real browser. Where none is found and we may install one (Debian, root, as in CI), install Chromium;
# where that can't be done the page tests are skipped, and say so.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the page tests ..."
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; then
    exit 0
  fi
fi
echo "No Chromium found: the page tests will be skipped (install the package 'chromium' to run them)." >&2
