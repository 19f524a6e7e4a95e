using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

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
        byte[] bytes = address.GetAddressBytes();
        return MacAddress.From([0x02, 0x42, .. bytes.AsSpan(bytes.Length - 4)]);
    }

    /// <summary>Notes who has an endpoint's addresses from now on.</summary>
    /// <returns>Whether a neighbour may believe that it is another.</returns>
    public bool Change(EndpointRecord record)
    {
        bool misled = false;
        foreach (IPAddress address in record.OwnAddresses())
        {
            misled |= Change(StateDirectory.CursorOf(record.Network, address.ToString()), address, record.MacAddress);
        }
        return misled;
    }

    private bool Change(string name, IPAddress address, string mac)
    {
        string? last = state.Cursors.Read(name);
        if (string.Equals(mac, last, StringComparison.Ordinal))
        {
            return false;
        }
        if (!string.Equals(mac, MacOf(address).ToString(), StringComparison.Ordinal))
        {
            state.Cursors.Note(name, mac);
            return last is not null || address.AddressFamily is AddressFamily.InterNetwork; // nobody has had an IPv6 address of which there is no note
        }
        return last is not null && state.Cursors.Forget(name);
    }
}
