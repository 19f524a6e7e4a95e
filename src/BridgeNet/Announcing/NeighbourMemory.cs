using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Announcing;

/// <summary>
/// What neighbours may still remember of a network's addresses. An endpoint's default MAC address follows from its first address: the next
/// endpoint with that address has the same MAC, so neighbour entries stay right. For all other MAC addresses a hint notes the last one. A lost
/// hint costs a neighbour some seconds.
/// </summary>
internal sealed class NeighbourMemory(StateDirectory state)
{
    /// <summary>
    /// 02:42 and the address's last four bytes: an address has the same MAC, and so the same neighbour entry, whichever endpoint has it.
    /// </summary>
    public static MacAddress MacOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[2 + 16];
        _ = address.TryWriteBytes(bytes[2..], out int length);
        Span<byte> mac = bytes.Slice(length - 4, MacAddress.Length); // the last four bytes, and room for two before them
        mac[0] = 0x02;
        mac[1] = 0x42;
        return MacAddress.From(mac);
    }

    /// <summary>Notes the MAC address that an endpoint's addresses have from now on.</summary>
    /// <returns>Whether a neighbour may remember another one.</returns>
    public bool Change(EndpointState endpoint)
    {
        bool misled = false;
        foreach (IPAddress address in endpoint.OwnAddresses)
        {
            misled |= Change(StateDirectory.HintOf(endpoint.Network, address.ToString()), address, endpoint.MacAddress);
        }
        return misled;
    }

    private bool Change(string name, IPAddress address, MacAddress mac)
    {
        string? last = state.Hints.Read(name);
        string own = mac.ToString();
        if (string.Equals(own, last, StringComparison.Ordinal))
        {
            return false;
        }
        if (mac != MacOf(address))
        {
            state.Hints.Note(name, own);
            return last is not null || address.AddressFamily is AddressFamily.InterNetwork; // without a hint, an IPv6 address is new
        }
        return last is not null && state.Hints.Forget(name);
    }
}
