using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Announcing;

/// <summary>
/// What neighbours may still believe of a network's addresses. A MAC address follows from the endpoint's first address, so whoever has that address has
/// the same one, and what neighbours remember stays right. Of the other cases the last MAC address is noted; losing a note costs a
/// neighbour some seconds.
/// </summary>
internal sealed class NeighbourMemory(StateDirectory state)
{
    /// <summary>02:42 and the address's last four bytes: the same address has the same neighbour's entry whoever has it.</summary>
    public static MacAddress MacOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[2 + 16];
        _ = address.TryWriteBytes(bytes[2..], out int length);
        Span<byte> mac = bytes.Slice(length - 4, MacAddress.Length); // the last four bytes, and room for two before them
        mac[0] = 0x02;
        mac[1] = 0x42;
        return MacAddress.From(mac);
    }

    /// <summary>Notes who has an endpoint's addresses from now on.</summary>
    /// <returns>Whether a neighbour may believe that it is another.</returns>
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
            return last is not null || address.AddressFamily is AddressFamily.InterNetwork; // nobody has had an IPv6 address of which there is no note
        }
        return last is not null && state.Hints.Forget(name);
    }
}
