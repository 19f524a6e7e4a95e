#!/usr/bin/env bash
# netavark 1.17.2 (Debian forky) with the firewall driver firewalld, and firewalld 1.3.3 (Debian 12): published ports.
#
# Likely guess: netavark's driver for firewalld works with any firewalld that has policies, which came with 0.9; and a port that works at 127.0.0.1
# works at every address.
# Behaviour: netavark publishes ports by a policy from ANY to HOST whose forward-ports have the container's address. firewalld 1.3 refuses such a
# policy: for the zone HOST a forward-port may have no address. So every container with `-p 8080:80` fails to start. One with `-p 127.0.0.1:8080:80`
# starts, for that is another policy, from HOST to ANY.
#
# Output seen:
#   127.0.0.1:8080   0
#   0.0.0.0:8081     1 INVALID_FORWARD: Policy 'netavark_portfwd': A 'forward-port' with 'to-addr' is invalid for egress zone 'HOST'
#
# It runs the package's own program in its own root file system (ROOT, as `.ci/later-debian podman` makes it), in network and mount namespaces of
# its own, beside this machine's firewalld and dbus-daemon; needs root, iproute2, firewalld and dbus.
set -euo pipefail
root=${ROOT:-/var/cache/bridgenet/podman-forky}
if [ "${1:-}" != inside ]; then
  [ -x "$root/usr/lib/podman/netavark" ] || { echo "there is no netavark in $root: run .ci/later-debian podman" >&2; exit 1; }
  exec unshare --net --mount --pid --fork --kill-child --mount-proc bash "$0" inside
fi

scratch=$(mktemp -d)
trap 'umount -l "$scratch"; rmdir "$scratch"' EXIT
mount -t tmpfs scratch "$scratch"
mkdir "$scratch"/{upper,work,root,firewalld}
mount -t overlay overlay -o "lowerdir=$root,upperdir=$scratch/upper,workdir=$scratch/work" "$scratch/root"
mount -t proc proc "$scratch/root/proc"
mount --rbind /sys "$scratch/root/sys"
mount -t tmpfs run /run
mount -t tmpfs run "$scratch/root/run"
mkdir -p /run/netns /run/bus "$scratch"/root/run/{netns,bus}
ip link set lo up
ip netns add one
ip netns add two
mount --rbind /run/netns "$scratch/root/run/netns"
mount --bind /run/bus "$scratch/root/run/bus"

cat > "$scratch/bus.conf" << 'END_OF_FILE'
<busconfig>
  <type>system</type>
  <listen>unix:path=/run/bus/socket</listen>
  <auth>EXTERNAL</auth>
  <policy user="root"><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/></policy>
</busconfig>
END_OF_FILE
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/bus/socket
dbus-daemon --config-file="$scratch/bus.conf" --nofork --nopidfile 2> /dev/null &
until [ -S /run/bus/socket ]; do read -rt 0.05 < <(:) || true; done
firewalld --nofork --nopid --system-config "$scratch/firewalld" > /dev/null 2>&1 &
for attempt in $(seq 1 200); do ! firewall-cmd --state > /dev/null 2>&1 || break; done
version=$(firewall-cmd --version)
[[ $version == 1.3.* ]] || { echo "firewalld $version is not 1.3: not known" >&2; exit 1; }

netavark() { chroot "$scratch/root" /usr/lib/podman/netavark --config /tmp/nv --firewall-driver firewalld "$@"; }
[ "$(netavark --version)" = "netavark 1.17.2" ] || { echo "$(netavark --version) is not 1.17.2: not known" >&2; exit 1; }
publish() { # ADDRESS PORT NAMESPACE LAST_NUMBER
  netavark setup "/run/netns/$3" << END_OF_REQUEST
{"container_id":"c0ffee$4","container_name":"$3","port_mappings":[{"host_ip":"$1","host_port":$2,"container_port":80,"range":1,"protocol":"tcp"}],
 "networks":{"lan":{"interface_name":"eth0","static_ips":["10.89.0.$4"]}},"network_info":{"lan":{"name":"lan",
 "id":"abababababababababababababababababababababababababababababababab","driver":"bridge","network_interface":"podman1",
 "subnets":[{"subnet":"10.89.0.0/24","gateway":"10.89.0.1"}],"ipv6_enabled":false,"internal":false,"dns_enabled":false,
 "ipam_options":{"driver":"host-local"}}}}
END_OF_REQUEST
}

status=0
publish 127.0.0.1 8080 one 2 > /dev/null || status=$?
echo "127.0.0.1:8080   $status"
[ $status = 0 ]

status=0
said=$(publish 0.0.0.0 8081 two 3) || status=$?
echo "0.0.0.0:8081     $status $(grep -o "INVALID_FORWARD[^\"]*" <<< "$said")"
[ $status = 1 ] && [[ $said == *"INVALID_FORWARD: Policy 'netavark_portfwd'"*"egress zone 'HOST'"* ]]
echo "as described (netavark 1.17.2, firewalld $version)"
