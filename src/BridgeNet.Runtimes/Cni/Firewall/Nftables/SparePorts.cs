using System.Net;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>
/// A container on two networks that publishes the same ports on both: the first one leads, the second one's wait as spares, and lead when the
/// first one's go. A map has one place for a port.
/// </summary>
internal static class SparePorts
{
    private const int ProtocolAndPort = 8;

    /// <summary>The elements to add: ports that the same container has by another network become spares.</summary>
    /// <param name="netfilter">Of the host.</param>
    /// <param name="owner">Whose they are.</param>
    /// <param name="elements">What was asked for.</param>
    public static IEnumerable<TableElement> Sort(NetfilterSocket netfilter, CniOwner owner, IEnumerable<TableElement> elements) =>
        elements.Select(element =>
            element.IsExclusive
            && netfilter.TryGetElement(CniLayout.Table, element.Set, element.Element.Key) is { Comment: { } holder }
            && holder.Split(' ') is [_, string container, ..] && string.Equals(container, owner.ContainerId, StringComparison.Ordinal)
                ? ToSpare(owner, element)
                : element);

    /// <summary>The spares that take over for ports that go.</summary>
    /// <param name="going">The ports, with the sets that they are in.</param>
    /// <param name="spares">All spares of their family that do not go too.</param>
    /// <param name="family">Their family.</param>
    /// <returns>The spare and, in its owner's name, the port.</returns>
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

    /// <summary>Host address . protocol . port; ports at all addresses have the address of all.</summary>
    private static byte[] PlaceOf(TableElement port, CniSets family)
    {
        ReadOnlySpan<byte> key = port.Element.Key.Bytes;
        byte[] any = (family.Family is NftFamily.IPv4 ? IPAddress.Any : IPAddress.IPv6Any).GetAddressBytes();
        return key.Length == ProtocolAndPort ? [.. any, .. key] : key.ToArray();
    }
}
