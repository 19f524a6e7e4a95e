using System.Globalization;

using BridgeNet.Netlink;

namespace BridgeNet.State;

/// <summary>The names of an endpoint's links.</summary>
internal static class LinkNames
{
    /// <summary>The digits of an id that fit into a name of 15 bytes behind its prefix.</summary>
    private const int Digits = 10;

    /// <summary>The host's end of an endpoint's veth.</summary>
    public static InterfaceName OfVeth(string id) => InterfaceName.Parse($"veth{id.AsSpan(0, Digits)}");

    /// <summary>The container's end of a prepared endpoint, while it waits on the host.</summary>
    public static InterfaceName OfPrepared(string id) => InterfaceName.Parse($"peer{id.AsSpan(0, Digits)}");

    /// <summary>The ifb that limits an endpoint's outgoing packets.</summary>
    public static InterfaceName OfShaper(string id) => InterfaceName.Parse($"ifb{id.AsSpan(0, Digits)}");

    /// <summary>The default name of a container's interface, by its number.</summary>
    public static InterfaceName OfContainer(NetworkDefinition network, int number) =>
        InterfaceName.Parse(network.InterfacePrefix + number.ToString(CultureInfo.InvariantCulture));
}
