#!/usr/bin/env bash
# nft list (nftables 1.0.6, kernels 6.1 to 7.2): a large set of ranges is listed while another program's transactions are refused.
#
# Likely guess: a transaction that the kernel refuses leaves no trace, so nobody notices it; and nft, which asks for the ruleset's generation and begins
# again if it changed, or if the kernel says that a listing was interrupted, prints what is there.
# Behaviour: the kernel sends a large set in parts and remembers by number how many elements it has walked past. The elements of a transaction that is
# under way count, and go again when it is refused. The generation stays, and the listing is not marked as interrupted. So nft prints some elements
# twice, leaves others out, and pairs the beginning of one range with the end of another. Who compares such a listing with what he wants, and deletes
# what is too much, deletes what he wanted.
#
# Output seen (which of them are wrong is by chance):
#   6000 ports are in the map, and nobody adds or removes any
#   listing 7: 10336 elements, 4336 twice, 0 missing
#   listing 21: 1246 elements, 0 twice, 4754 missing
#
# It runs nft in a network namespace of its own; needs root, nftables and python3.
set -euo pipefail
if [ "${1:-}" != inside ]; then
  exec unshare --net --pid --fork --kill-child --mount-proc bash "$0" inside
fi
[[ "$(nft --version)" == "nftables v1.0.6 "* ]] || { echo "$(nft --version) is not 1.0.6: not known" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

python3 - > there.nft << 'END_OF_PROGRAM'
print("table inet t {\nmap s { type inet_service : mark; flags interval; elements = {")
print(",".join("%d : 1" % (2000 + 2 * number) for number in range(6000)))
print("}\n}\n}")
END_OF_PROGRAM
python3 - > refused.nft << 'END_OF_PROGRAM'
print("add element inet t s { " + ",".join("%d : 1" % (14100 + 2 * number) for number in range(20000)) + " }")
print("create element inet t s { 2000 : 2 }")
END_OF_PROGRAM
nft -f there.nft
if nft -f refused.nft 2> /dev/null; then echo "the second transaction was not refused" >&2; exit 1; fi
echo "6000 ports are in the map, and nobody adds or removes any"

while [ ! -e over ]; do nft -f refused.nft 2> /dev/null || true; done &
wrong=0
for listing in $(seq 1 300); do
  nft list map inet t s > listed
  said=$(python3 - listed << 'END_OF_PROGRAM'
import re, sys
ports = [int(port) for port in re.findall(r"(\d+)(?:-\d+)? : 0x", open(sys.argv[1]).read())]
twice, missing = len(ports) - len(set(ports)), 6000 - len(set(ports))
print("" if (len(ports), twice, missing) == (6000, 0, 0) else f"{len(ports)} elements, {twice} twice, {missing} missing")
END_OF_PROGRAM
)
  if [ -n "$said" ]; then
    echo "listing $listing: $said"
    wrong=$((wrong + 1))
    [ $wrong -lt 2 ] || break
  fi
done
touch over
wait
[ $wrong -ge 2 ] || { echo "all listings were right" >&2; exit 1; }
echo "as described (nftables 1.0.6, Linux $(uname -r))"
