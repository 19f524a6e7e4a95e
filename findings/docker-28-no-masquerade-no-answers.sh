#!/usr/bin/env bash
# Docker Engine 28.5.2 (Debian forky's docker.io) beside 20.10.24 (Debian 12): a bridge network with enable_ip_masquerade=false.
#
# Likely guess: without masquerade a container's packets leave with its own address, and whoever has a route back to it can answer, as in 20.10. An
# operator switches masquerade off for exactly that.
# Behaviour of 28: the request leaves with the container's address, and the answer is dropped on the host before connection tracking sees it: for each
# container of a network in gateway mode nat there is a rule in the raw table that drops whatever is for its address and comes from elsewhere than the
# bridge. Connections that the container began are no exception. Masquerade off alone therefore cuts the container off from the outside; with
# gateway_mode_ipv4=nat-unprotected it has answers again.
#
# The script needs root, and a root file system with docker.io 28.5 in $ROOT (for example by debootstrap; `./dev setup` makes one). It runs each
# dockerd in namespaces of its own, with an outside world in another namespace, and leaves nothing behind.
# Output seen:
#   20.10.24  masquerade off                   64 bytes
#   28.5.2    masquerade off                   nothing
#   28.5.2    masquerade off, nat-unprotected  64 bytes
set -euo pipefail
ROOT=${ROOT:-/var/cache/bridgenet/docker-forky}
[ -x "$ROOT/usr/sbin/dockerd" ] || { echo "there is no docker.io of forky in $ROOT" >&2; exit 1; }
dir=$(mktemp -d)
mkdir -p "$dir/image/bin" && cp "$(command -v busybox)" "$dir/image/bin/busybox" && tar cC "$dir/image" . > "$dir/image.tar"
trap 'rm -rf "$dir"; find /sys/fs/cgroup -depth -type d -path "*/nomasq-$$*" -exec rmdir {} + 2> /dev/null || true' EXIT

inside() { # inside ROOT-OR-EMPTY CASE...: prints the version and, for each case, what ping says
  unshare --net --mount --pid --fork --kill-child --mount-proc bash -euo pipefail -s -- "$dir" "nomasq-$$" "$@" << 'SCRIPT'
dir=$1 group=$2 root=$3
shift 3
mount --make-rprivate /
mount -t tmpfs run /run
ip link set lo up
unshare --net sleep 1000 &
outside=$!
until [ "$(readlink /proc/$outside/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
ip link add up0 type veth peer name up1 netns $outside
ip addr add 192.0.2.1/24 dev up0 && ip link set up0 up
nsenter --target $outside --net sh -c 'ip addr add 192.0.2.2/24 dev up1; ip link set up1 up; ip route add 172.30.0.0/16 via 192.0.2.1'
mkdir -p /run/upper /run/work "$dir/data$root"
if [ -n "$root" ]; then
  mkdir /run/root
  mount -t overlay -o lowerdir=$root,upperdir=/run/upper,workdir=/run/work overlay /run/root
  cd /run/root
  mount -t proc proc proc; mount -t sysfs sysfs sys; mount --rbind /sys/fs/cgroup sys/fs/cgroup; mount --rbind /dev dev
  mount -t tmpfs run run
  mkdir -p .$dir && mount --bind $dir .$dir
  pivot_root . old
  cd /
  export PATH=/usr/sbin:/usr/bin:/sbin:/bin
  umount -l /old
else
  for place in etc opt; do
    mkdir -p /run/$place/upper /run/$place/work
    mount -t overlay -o lowerdir=/$place,upperdir=/run/$place/upper,workdir=/run/$place/work $place /$place
  done
fi
DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/nobody dockerd --storage-driver vfs --cgroup-parent /$group --data-root "$dir/data$root" \
  --exec-root /run/docker --pidfile /run/docker.pid --host unix:///run/d.sock > /dev/null 2>&1 &
docker() { /usr/bin/docker --host unix:///run/d.sock "$@"; }
pause() { "$dir/image/bin/busybox" sleep 0.1; }
for _ in {1..300}; do docker version > /dev/null 2>&1 && break; pause; done
docker import "$dir/image.tar" busybox > /dev/null
version=$(docker version --format '{{.Server.Version}}')
number=0
for options in "$@"; do
  number=$((number + 1))
  docker network create --subnet 172.30.$number.0/24 -o com.docker.network.bridge.enable_ip_masquerade=false $options net$number > /dev/null
  docker run -d --name c$number --network net$number --stop-signal KILL busybox /bin/busybox sleep 1000 > /dev/null
  answer=$(docker exec c$number /bin/busybox ping -c 3 -W 2 192.0.2.2 || true)
  [[ $answer == *"64 bytes"* ]] && answer="64 bytes" || answer=nothing
  printf '%s|%s|%s\n' "${version%%+*}" "$options" "$answer"
  docker rm -f c$number > /dev/null
done
kill "$(< /run/docker.pid)"
for _ in {1..100}; do [ -e /run/docker.pid ] || break; pause; done
SCRIPT
}

unprotected='-o com.docker.network.bridge.gateway_mode_ipv4=nat-unprotected'
seen=$(inside "" ""; inside "$ROOT" "" "$unprotected")
echo "$seen"
grep -qE '^20\.10\.[0-9]+\|\|64 bytes$' <<< "$seen"
grep -qE '^28\.5\.[0-9]+\|\|nothing$' <<< "$seen"
grep -qE '^28\.5\.[0-9]+\|-o [^|]*nat-unprotected\|64 bytes$' <<< "$seen"
echo "as described"
