using System.Buffers.Binary;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>The ports of one family that are published at single addresses, with their owners.</summary>
internal sealed class PortsAtAddresses
{
    /// <summary>The bytes of a protocol in a concatenation.</summary>
    private const int PartLength = 4;

    private readonly Dictionary<(byte Protocol, int Port), string?> _owners = [];

    private PortsAtAddresses()
    {
    }

    /// <summary>Reads them; null if there is no table.</summary>
    public static PortsAtAddresses? Read(NetfilterSocket netfilter, FamilySets family)
    {
        if (netfilter.TryGetSet(FirewallLayout.Table, family.Publish) is null)
        {
            return null;
        }
        PortsAtAddresses ports = new();
        foreach (NftElement element in netfilter.ListElements(FirewallLayout.Table, family.Publish))
        {
            ReadOnlySpan<byte> key = element.Key.Bytes[family.Address.Length..];
            ports._owners[(key[0], BinaryPrimitives.ReadUInt16BigEndian(key[PartLength..]))] = element.Comment;
        }
        return ports;
    }

    /// <summary>Whether a port, not a range, is published at a single address.</summary>
    /// <param name="port">The port.</param>
    /// <param name="owner">Its owner at one of the addresses; null if unknown.</param>
    public bool Contains(PublishedPort port, out string? owner) => _owners.TryGetValue(((byte)port.Protocol, port.HostPort), out owner);
}
