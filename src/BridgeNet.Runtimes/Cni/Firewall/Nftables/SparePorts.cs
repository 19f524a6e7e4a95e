using System.Net;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>
/// For a container that publishes the same port on two networks. A map has one place for a port: the first network's leads, and the second one's
/// waits as a spare until the first goes.
/// </summary>
internal static class SparePorts
{
    private const int ProtocolAndPort = 8;

    /// <summary>Turns ports that the same container publishes by another network into spares.</summary>
    /// <param name="netfilter">Of the host.</param>
    /// <param name="owner">The elements' owner.</param>
    /// <param name="elements">The requested elements.</param>
    public static IEnumerable<TableElement> Sort(NetfilterSocket netfilter, CniOwner owner, IEnumerable<TableElement> elements) =>
        elements.Select(element =>
            element.IsExclusive
            && netfilter.TryGetElement(CniLayout.Table, element.Set, element.Element.Key) is { Comment: { } holder }
            && CniOwner.IsOfContainer(holder, owner.ContainerId)
                ? ToSpare(owner, element)
                : element);

    /// <summary>Finds the spares that take over for removed ports.</summary>
    /// <param name="going">The removed ports, with their sets.</param>
    /// <param name="spares">All spares of their family that stay.</param>
    /// <param name="family">Their family.</param>
    /// <returns>The spare, and the port in the spare's owner's name.</returns>
    public static IEnumerable<(NftElement Spare, TableElement Port)> TakeOver(
        IEnumerable<TableElement> going, IReadOnlyCollection<NftElement> spares, CniSets family)
    {
        foreach (TableElement port in going)
        {
            byte[] place = PlaceOf(port, family);
            if (spares.FirstOrDefault(spare => spare.Key.Bytes[..^sizeof(uint)].SequenceEqual(place)) is { } heir)
            {
                yield return (heir, port with { Element = port.Element with { Data = heir.Data, UserData = heir.UserData } });
            }
        }
    }

    private static TableElement ToSpare(CniOwner owner, TableElement element)
    {
        CniSets family = CniSets.All.First(family => new[] { family.Ports, family.PortsAny }.Contains(element.Set, StringComparer.Ordinal));
        byte[] hash = Convert.FromHexString(Sha2.Digits256(owner.Tag).AsSpan(0, 2 * sizeof(uint)));
        byte[] key = [.. PlaceOf(element, family), .. hash];
        return CniLayout.Element(family.Spare, element.Element with { Key = new NftValue(key) });
    }

    /// <summary>The key host address . protocol . port; a port at all addresses has the wildcard address.</summary>
    private static byte[] PlaceOf(TableElement port, CniSets family)
    {
        ReadOnlySpan<byte> key = port.Element.Key.Bytes;
        byte[] any = (family.Family is NftFamily.IPv4 ? IPAddress.Any : IPAddress.IPv6Any).GetAddressBytes();
        return key.Length == ProtocolAndPort ? [.. any, .. key] : key.ToArray();
    }
}
