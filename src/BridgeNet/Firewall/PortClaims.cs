using System.Buffers.Binary;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>The kernel's claims of one family and protocol: the published ports.</summary>
internal sealed class PortClaims
{
    private readonly List<(int First, int Last, bool IsEverywhere)> _claims = [];
    private readonly HashSet<ElementIdentity> _elements = [];

    private PortClaims()
    {
    }

    /// <summary>Reads the claims of a port's family and protocol; empty if there is no table.</summary>
    public static PortClaims Read(NetfilterSocket netfilter, PublishedPort port)
    {
        PortClaims claims = new();
        if (netfilter.TryGetSet(FirewallLayout.Table, PortElements.ClaimsOf(port)) is not { } set)
        {
            return claims;
        }
        foreach (TableElement bound in TableElement.OfSet(set, netfilter.ListElements(set.Table, set.Name)))
        {
            claims._elements.Add(bound.Identity);
            if (!bound.Element.IsIntervalEnd)
            {
                int last = bound.OtherBound is { } end ? PortOf(end) - 1 : ushort.MaxValue;
                claims._claims.Add((PortOf(bound.Element.Key), last, bound.Element.Data == NftValue.UInt32(FirewallLayout.EveryAddress)));
            }
        }
        return claims;
    }

    /// <summary>The claims that overlap some ports, in order: the first common port, and whether the claim is for every address.</summary>
    public IEnumerable<(int Port, bool IsEverywhere)> On(PublishedPort port)
    {
        foreach ((int first, int last, bool isEverywhere) in _claims)
        {
            if (first < port.HostPort + port.Count && last >= port.HostPort)
            {
                yield return (Math.Max(first, port.HostPort), isEverywhere);
            }
        }
    }

    /// <summary>The ports that are claimed for single addresses, one by one.</summary>
    public HashSet<int> AtSingleAddresses() =>
        [.. _claims.Where(claim => !claim.IsEverywhere && claim.First == claim.Last).Select(claim => claim.First)];

    /// <summary>Whether a claim's element is in the table, with exactly the claim's ports.</summary>
    public bool Has(TableElement element) => _elements.Contains(element.Identity);

    private static int PortOf(NftValue key) => BinaryPrimitives.ReadUInt16BigEndian(key.Bytes);
}
