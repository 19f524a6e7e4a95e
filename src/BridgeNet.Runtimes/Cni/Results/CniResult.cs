using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The result of an ADD, independent of the version in which it is written.</summary>
internal sealed record CniResult
{
    /// <summary>The interfaces.</summary>
    public ValueList<CniInterface> Interfaces { get; init; }

    /// <summary>The addresses.</summary>
    public ValueList<CniAddress> Addresses { get; init; }

    /// <summary>The routes.</summary>
    public ValueList<CniRoute> Routes { get; init; }

    /// <summary>The name servers; null for none.</summary>
    public CniDns? Dns { get; init; }

    /// <summary>Checks that a version can tell all addresses: those before 0.3.0 have one of each family, and need one at all.</summary>
    /// <exception cref="CniException">999: there is no address; 7: there are two of a family.</exception>
    public void CheckFits(CniVersion version)
    {
        if (version >= CniVersion.V0_3_0)
        {
            return;
        }
        if (Addresses.Count == 0)
        {
            throw new CniException(CniErrorCode.Internal, "cannot convert: no valid IP addresses: name a cniVersion from 0.3.0 on");
        }
        if (Addresses.GroupBy(address => address.Address.IsIPv6).FirstOrDefault(family => family.Skip(1).Any()) is { } family)
        {
            throw new CniException(
                CniErrorCode.InvalidConfiguration,
                $"cniVersion {version} has one address of each family, and {string.Join(" and ", family.Select(address => address.Address))} "
                    + "are of one: name a cniVersion from 0.3.0 on");
        }
    }
}
