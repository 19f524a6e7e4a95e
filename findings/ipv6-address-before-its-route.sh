#!/usr/bin/env bash
# RTM_NEWADDR with IFA_F_NODAD (Linux 6.1 and 6.18): a datagram that a host sends to an IPv6 address of its own, right after the kernel took the address.
#
# Likely guess: without duplicate address detection an address is in use when the request is acknowledged; programs bind to it at once, and succeed.
# If the kernel had no route to it yet, sendto would fail with ENETUNREACH, as it does for other addresses without a route.
# Behaviour: the address's entry in the table local is made afterwards, by a worker of the kernel. Until then bind succeeds, sendto reports success, and
# the kernel drops the datagram; it counts it as Ip6OutNoRoutes. About one in a hundred datagrams is lost so, more on a busy machine. A client that
# waits for an answer waits until it asks again.
#
# Output seen (the numbers differ):
#   3000 addresses, each asked at once: 2971 datagrams arrived, 0 sends failed, 29 were sent and lost; Ip6OutNoRoutes grew by 41
#   asked again: 29 of 29 arrived
#
# It works in a network namespace of its own; needs root, iproute2 and python3.
set -euo pipefail
if [ "${1:-}" != inside ]; then
  exec unshare --net bash "$0" inside
fi
ip link set lo up
python3 - << 'END_OF_PROGRAM'
import os, socket, struct, sys

ADDRESSES, NEW_ADDRESS, REQUEST_CREATE_ACK, NODAD, ADDRESS, LOCAL, FLAGS = 3000, 20, 0x605, 0x02, 1, 2, 8


def attribute(kind, value):
    return struct.pack("HH", 4 + len(value), kind) + value


def add(netlink, text):
    number = socket.inet_pton(socket.AF_INET6, text)
    body = struct.pack("BBBBI", socket.AF_INET6, 128, NODAD, 0, socket.if_nametoindex("lo"))
    body += attribute(LOCAL, number) + attribute(ADDRESS, number) + attribute(FLAGS, struct.pack("I", NODAD))
    netlink.send(struct.pack("IHHII", 16 + len(body), NEW_ADDRESS, REQUEST_CREATE_ACK, 1, 0) + body)
    error = struct.unpack("i", netlink.recv(4096)[16:20])[0]
    assert error == 0, os.strerror(-error)


def arrives(receiver, text):
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"?", (text, receiver.getsockname()[1]))
    try:
        return receiver.recv(10) == b"?"
    except TimeoutError:
        return False


def no_routes():
    return next(int(line.split()[1]) for line in open("/proc/net/snmp6") if line.startswith("Ip6OutNoRoutes"))


netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
netlink.bind((0, 0))
before, arrived, failed, lost = no_routes(), 0, 0, []
for number in range(1, ADDRESSES + 1):
    text = f"fd00::{number:x}"
    add(netlink, text)
    receiver = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    receiver.settimeout(0.1)
    receiver.bind((text, 0))
    try:
        if arrives(receiver, text):
            arrived += 1
        else:
            lost.append((receiver, text))
            continue
    except OSError:
        failed += 1
    receiver.close()
print(f"{ADDRESSES} addresses, each asked at once: {arrived} datagrams arrived, {failed} sends failed, {len(lost)} were sent and lost; "
      f"Ip6OutNoRoutes grew by {no_routes() - before}")
again = sum(arrives(receiver, text) for receiver, text in lost)
print(f"asked again: {again} of {len(lost)} arrived")
sys.exit("not as described" if failed or not lost or again != len(lost) or no_routes() - before < len(lost) else 0)
END_OF_PROGRAM
echo "as described (Linux $(uname -r))"
