#!/usr/bin/env bash
# netavark 1.17.2 (Debian forky): a macvlan network without addresses (ipam none) that has a static route.
#
# Likely guess: a document that `setup` accepts is one that `teardown` takes back, for it is the same document; and a route that cannot be made is
# an error of setup.
# Behaviour: setup leaves the static routes out, and ends with 0. Teardown ends with ESRCH, the kernel's word for a route that is not there, before
# it removes the interface. The container keeps its macvlan, on the parent's wire, and each further teardown ends the same way.
#
# Output seen:
#   setup      0, routes inside: none
#   teardown   1 {"error":"Netlink error: No such process (os error 3)"}
#   inside     eth0 is still there, a macvlan
#
# It runs the package's own program in its own root file system (ROOT, as `.ci/later-debian podman` makes it), in network and mount namespaces of
# its own; needs root and iproute2.
set -euo pipefail
root=${ROOT:-/var/cache/bridgenet/podman-forky}
if [ "${1:-}" != inside ]; then
  [ -x "$root/usr/lib/podman/netavark" ] || { echo "there is no netavark in $root: run .ci/later-debian podman" >&2; exit 1; }
  exec unshare --net --mount --pid --fork --kill-child bash "$0" inside
fi

scratch=$(mktemp -d)
trap 'umount -l "$scratch"; rmdir "$scratch"' EXIT
mount -t tmpfs scratch "$scratch"
mkdir "$scratch"/{upper,work,root}
mount -t overlay overlay -o "lowerdir=$root,upperdir=$scratch/upper,workdir=$scratch/work" "$scratch/root"
mount -t proc proc "$scratch/root/proc"
mount -t tmpfs run /run
mount -t tmpfs run "$scratch/root/run"
mkdir -p /run/netns "$scratch/root/run/netns"
ip netns add box
mount --rbind /run/netns "$scratch/root/run/netns"
ip link add parent type veth peer name wire
ip link set parent up
ip link set wire up

netavark() { chroot "$scratch/root" /usr/lib/podman/netavark --config /tmp/nv "$@"; }
[ "$(netavark --version)" = "netavark 1.17.2" ] || { echo "$(netavark --version) is not 1.17.2: not known" >&2; exit 1; }
request='{"container_id":"c0ffee","container_name":"box","networks":{"lan":{"interface_name":"eth0"}},"network_info":{"lan":{"name":"lan",
 "id":"abababababababababababababababababababababababababababababababab","driver":"macvlan","network_interface":"parent","subnets":[],
 "routes":[{"destination":"198.51.100.0/24","gateway":"192.0.2.9"}],"ipv6_enabled":false,"internal":false,"dns_enabled":false,
 "ipam_options":{"driver":"none"}}}}'

status=0
netavark setup /run/netns/box <<< "$request" > /dev/null || status=$?
routes=$(ip -n box route)
echo "setup      $status, routes inside: ${routes:-none}"
[ $status = 0 ] && [ -z "$routes" ]

for attempt in 1 2; do
  status=0
  said=$(netavark teardown /run/netns/box <<< "$request") || status=$?
  echo "teardown   $status $said"
  [ $status = 1 ] && [[ $said == *"No such process (os error 3)"* ]]
done

link=$(ip -n box -d link show eth0)
[[ $link == *macvlan* ]]
echo "inside     eth0 is still there, a macvlan"
echo "as described (netavark 1.17.2)"
