using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>What Docker's networks and endpoints are called here. The names that its user gave never come to a plugin.</summary>
internal static class DockerNames
{
    private const string Prefix = "docker-";

    /// <summary>The name of a network or an endpoint.</summary>
    /// <param name="id">Docker's id of it.</param>
    public static string Of(string id) => Prefix + PluginRequest.Short(id);

    /// <summary>The bridge of a network of which the user named none: it is called as one of Docker's own would be.</summary>
    /// <param name="id">Docker's id of the network.</param>
    public static InterfaceName BridgeOf(string id) => InterfaceName.Parse($"br-{PluginRequest.Short(id)}");

    /// <summary>Whether a name is that of one of Docker's networks or endpoints.</summary>
    public static bool AreDockers(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);
}
