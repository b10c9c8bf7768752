#!/bin/sh
# Prints the path of WebKitGTK's driver for the browser tests, which also need Xvfb. Installs Debian's where apt-get can.
# Fails where it is not there; everything but the path goes to standard error.
set -eu

installed_webkit() { command -v Xvfb >/dev/null && command -v WebKitWebDriver; }

if ! installed_webkit; then
  echo "No WebKitWebDriver here: installing Debian's webkit2gtk-driver and xvfb" >&2
  if ! { sh "$(dirname "$0")/apt-install.sh" webkit2gtk-driver xvfb >&2 && installed_webkit; }; then
    echo 'WebKit is not here: its tests are left out. They need WebKitWebDriver (WebKitGTK) and Xvfb.' >&2
    exit 1
  fi
fi
