using System.Text.Json;

using BridgeNet.Netlink;
using BridgeNet.Runtimes.Names;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>What Podman asks for, on stdin of <c>setup</c> and <c>teardown</c>.</summary>
internal sealed record NetavarkRequest
{
    /// <summary>The container's id: 64 hexadecimal digits.</summary>
    public required string ContainerId { get; init; }

    /// <summary>The container's name.</summary>
    public required string ContainerName { get; init; }

    /// <summary>Its published ports; null if none were mentioned.</summary>
    public ValueList<NetavarkPortMapping>? Ports { get; init; }

    /// <summary>Its published ports as they were described, for a plugin; null if none were mentioned.</summary>
    public JsonElement? PortsAsGiven { get; init; }

    /// <summary>The servers that it asks instead of its networks'.</summary>
    public ValueList<string> DnsServers { get; init; }

    /// <summary>Its networks, in the order in which they were written.</summary>
    public ValueList<NetavarkAttachment> Attachments { get; init; }

    /// <summary>Names that the files of the name server cannot carry, each with its network.</summary>
    public IEnumerable<(string Name, string Network)> UnusableNames =>
        from attachment in Attachments
        where attachment.Network.HasDns
        from name in (string[])[ContainerName, .. attachment.Aliases]
        where !NameFiles.IsName(name)
        select (name, attachment.Network.Name);
}
