#!/bin/sh
# Installs Debian's packages where apt-get is there and this account may: as root, or by sudo without a password.
# Usage: apt-install.sh PACKAGE…
set -eu
command -v apt-get >/dev/null
as_root=
[ "$(id -u)" = 0 ] || as_root='sudo -n'
$as_root apt-get update
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y --no-install-recommends "$@"
