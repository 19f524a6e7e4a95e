#!/usr/bin/env bash
# docker CLI 20.10.24 (Debian 12), and 28.x the same: `docker network connect --driver-opt KEY=VALUE`.
#
# Likely guess: the value is all that follows the first '=', as it is for `docker network create -o KEY=VALUE`, so a value may be a list with commas.
# Behaviour: the command splits the option at commas before it looks for '='. A value with a comma is refused by the client itself, without a word
# about commas, and `a=1,b=2` is two options. `docker network create -o` keeps the comma. A driver whose options are lists must take another
# separator for endpoints than for networks.
#
# No daemon is needed: the client refuses before it connects, and where it does not refuse, the missing daemon is what it complains of.
# Output seen:
#   connect, k=a,b      invalid key/value pair format in driver options
#   connect, k=a,j=b    Cannot connect to the Docker daemon ...
#   create,  k=a,b      Cannot connect to the Docker daemon ...
set -euo pipefail
docker=${DOCKER:-/usr/bin/docker}
version=$("$docker" --version | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -1)
case $version in 20.10.* | 28.*) ;; *) echo "docker $version is neither 20.10 nor 28: not known" >&2; exit 1 ;; esac
nowhere=unix://$(mktemp -u)
try() { "$docker" --host "$nowhere" network "$@" 2>&1 || true; }

connect=$(try connect --driver-opt k=a,b network container)
two=$(try connect --driver-opt k=a,j=b network container)
create=$(try create -o k=a,b network)
printf 'connect, k=a,b      %s\nconnect, k=a,j=b    %s\ncreate,  k=a,b      %s\n' "$connect" "$two" "$create"

[[ $connect == "invalid key/value pair format in driver options" ]]
[[ $two == *"annot connect to the Docker daemon"* || $two == *"failed to connect to the docker API"* ]]
[[ $create == *"annot connect to the Docker daemon"* || $create == *"failed to connect to the docker API"* ]]
echo "as described (docker $version)"
