using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni;

/// <summary>An address in a result.</summary>
internal sealed record CniAddress
{
    /// <summary>The address with its network's prefix.</summary>
    public required InterfaceAddress Address { get; init; }

    /// <summary>The router of its network; null for none.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The place in the result's interfaces of the one that has it; null in a result about addresses alone.</summary>
    public int? Interface { get; init; }
}
