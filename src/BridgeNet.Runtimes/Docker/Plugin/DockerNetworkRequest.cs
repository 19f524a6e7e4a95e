using System.Net;
using System.Text.Json;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>A network as Docker asks a plugin for it.</summary>
internal static class DockerNetworkRequest
{
    /// <summary>The label that has Docker's id of the network.</summary>
    public const string IdLabel = "com.docker.network.id";

    private const string Generic = "com.docker.network.generic";

    /// <summary>The definition of the network.</summary>
    /// <exception cref="FormatException">Something cannot be; the message says what, for Docker's user.</exception>
    public static NetworkDefinition Read(PluginRequest request)
    {
        JsonElement[] pools = [.. PluginRequest.Items(request.Root, "IPv4Data"), .. PluginRequest.Items(request.Root, "IPv6Data")];
        ValueList<SubnetDefinition> subnets = DockerSubnets.Place(
            pools.Select(SubnetOf),
            pools.Select(pool => PluginRequest.Text(pool, "Gateway")).Where(text => text.Length > 0).Select(AddressOf),
            ranges: [],
            pools.SelectMany(pool => PluginRequest.Texts(pool, "AuxAddresses").Select(one => KeyValuePair.Create(one.Key, AddressOf(one.Value)))));
        NetworkDefinition definition = new()
        {
            Name = request.Network,
            Device = DockerNames.BridgeOf(request.NetworkId),
            Subnets = subnets,
            IPv4 = PluginRequest.Items(request.Root, "IPv4Data").Any(),
            IPv6 = PluginRequest.Items(request.Root, "IPv6Data").Any(),
            Internal = PluginRequest.Flag(request.Options, DockerNetworkOptions.Internal),
            AllowForeignForward = true, // Docker itself drops what is forwarded, and not for its own networks alone
            Labels = [KeyValuePair.Create(IdLabel, request.NetworkId)],
        };
        return DockerNetworkOptions.Apply(definition, PluginRequest.Texts(request.Options, Generic));
    }

    private static SubnetDefinition SubnetOf(JsonElement pool)
    {
        string text = PluginRequest.Text(pool, "Pool");
        return text.Length == 0 || text.EndsWith("/0", StringComparison.Ordinal)
            ? throw new FormatException("the network has no subnet: leave out --ipam-driver null, or name one with --subnet")
            : text.StartsWith("0.0.0.0/", StringComparison.Ordinal)
            ? throw new FormatException($"{text} cannot be a subnet: leave out --subnet for any free one")
            : SubnetDefinition.Parse(text);
    }

    /// <summary>Docker gives addresses a prefix here.</summary>
    private static IPAddress AddressOf(string text) => AddressText.ParseAddress(text.Split('/')[0]);
}
