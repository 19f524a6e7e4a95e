#!/usr/bin/env bash
# ip neigh ... nud permanent (Linux 6.1, 6.18 and 7.2): a neighbour of a bridge, entered by hand, and a port that comes to the bridge.
#
# Likely guess: as ip-neighbour(8) has it, a permanent neighbour stays until an administrator deletes it, or until its device goes. Ports come and go
# below the bridge, and its own addresses and neighbours stay.
# Behaviour: a bridge whose MAC address nobody has set has the lowest one of its ports. With a port that changes it, and again when that port leaves,
# the kernel forgets all neighbours of the bridge, permanent ones too. So each container that starts may undo what was entered by hand. A bridge whose
# address was set once keeps its neighbours. When its last port leaves it loses its carrier, and a moment later all neighbours but the permanent ones.
#
# Output seen:
#   address of its own choice: 2 neighbours, 0 after a port came
#   address that was set: 2 neighbours, 2 after a port came, 2 after it left, 1 after the last one left: 10.0.2.9 lladdr 02:00:00:00:00:09 PERMANENT
#
# It works in a network namespace of its own; needs root and iproute2.
set -euo pipefail
if [ "${1:-}" != inside ]; then
  exec unshare --net bash "$0" inside
fi

count() { ip -4 neigh show dev "$1" nud all | grep -c 'lladdr 02:00:00:00:00:0[89]' || true; }

# until COMMAND: waits up to 10 s for it to succeed
until_true() {
  for _ in $(seq 100); do
    if "$@"; then return; fi
    sleep 0.1
  done
  echo "waited in vain: $*" >&2
  exit 1
}
has_carrier() { [[ "$(ip link show "$1")" == *,LOWER_UP* ]]; }
has_count() { [ "$(count "$1")" = "$2" ]; }

# bridge NAME NETWORK: with a port, a permanent neighbour and one that was heard of
bridge() {
  ip addr add "$2.1/24" dev "$1"
  ip link set "$1" up
  ip link add "$1-port" address 02:00:00:00:00:99 master "$1" up type veth peer name "$1-peer"
  ip link set "$1-peer" up
  until_true has_carrier "$1"
  ip neigh add "$2.9" lladdr 02:00:00:00:00:09 dev "$1" nud permanent
  ip neigh add "$2.8" lladdr 02:00:00:00:00:08 dev "$1" nud reachable
}

ip link add chosen type bridge
bridge chosen 10.0.1
before=$(count chosen)
ip link add next address 02:00:00:00:00:01 master chosen up type veth peer name next-peer
chosen=$(count chosen)
echo "address of its own choice: $before neighbours, $chosen after a port came"
ip link del next

ip link add set address 02:00:00:00:00:aa type bridge
bridge set 10.0.2
before=$(count set)
ip link add next address 02:00:00:00:00:01 master set up type veth peer name next-peer
came=$(count set)
ip link del next
left=$(count set)
ip link del set-port
until_true has_count set 1
echo "address that was set: $before neighbours, $came after a port came, $left after it left, 1 after the last one left: $(ip neigh show dev set)"

[ "$chosen $came $left" = "0 2 2" ] && [[ "$(ip neigh show dev set)" == *PERMANENT* ]] || { echo "not as described" >&2; exit 1; }
echo "as described (Linux $(uname -r))"
