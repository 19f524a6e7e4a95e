using System.Net.Sockets;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// netavark's rules in the tables of iptables. A container's are known by their comment and by the address to which they lead, and a network's by
/// its subnets and its bridge, whichever release of netavark or iptables wrote them.
/// </summary>
internal sealed class NetavarkIptables(NetfilterSocket netfilter, NftTransaction transaction) : INetavarkRuleset
{
    private readonly Dictionary<NftFamily, NetavarkIptablesFamily> _families = [];

    /// <inheritdoc/>
    public void Add(NetavarkNetworkRecord network, NetavarkPortRecord ports)
    {
        foreach (NetavarkIptablesFamily family in FamiliesOf(network))
        {
            family.Add(network);
            family.Add(ports);
        }
    }

    /// <inheritdoc/>
    public void AddMissing(IReadOnlyCollection<NetavarkNetworkRecord> networks, IReadOnlyCollection<NetavarkPortRecord> ports)
    {
        foreach (NetavarkNetworkRecord network in networks)
        {
            foreach (NetavarkIptablesFamily family in FamiliesOf(network))
            {
                family.Add(network);
                foreach (NetavarkPortRecord own in ports.Where(own => string.Equals(own.NetworkId, network.NetworkId, StringComparison.Ordinal)))
                {
                    family.Add(own);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Remove(NetavarkNetworkRecord network, NetavarkPortRecord ports, bool sharesNameServer, bool isLast)
    {
        foreach (NetavarkIptablesFamily family in FamiliesOf(network))
        {
            family.Remove(ports, isWithNameServer: !sharesNameServer);
            if (isLast)
            {
                family.Remove(network);
            }
        }
    }

    /// <summary>The tables of the families of a network's subnets.</summary>
    private IEnumerable<NetavarkIptablesFamily> FamiliesOf(NetavarkNetworkRecord network)
    {
        IEnumerable<NftFamily> families = network.Subnets
            .Select(subnet => subnet.BaseAddress.AddressFamily is AddressFamily.InterNetworkV6 ? NftFamily.IPv6 : NftFamily.IPv4)
            .Distinct();
        foreach (NftFamily family in families)
        {
            if (!_families.TryGetValue(family, out NetavarkIptablesFamily? tables))
            {
                _families[family] = tables = new NetavarkIptablesFamily(netfilter, transaction, family);
            }
            yield return tables;
        }
    }
}
