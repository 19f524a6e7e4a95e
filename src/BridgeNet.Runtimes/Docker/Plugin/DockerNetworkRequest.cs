using System.Net;
using System.Text.Json;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>A network as Docker asks a plugin for it.</summary>
internal static class DockerNetworkRequest
{
    /// <summary>The label that has Docker's id of the network.</summary>
    public const string IdLabel = "com.docker.network.id";

    /// <summary>The option for a bridge that is there already, which BridgeNet leaves there in the end.</summary>
    private const string Adopt = EndpointSettings.Prefix + "adopt";

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
        ILookup<bool, KeyValuePair<string, string>> options =
            PluginRequest.Texts(request.Options, Generic).ToLookup(option => EndpointSettings.IsOurs(option.Key));
        bool adopts = options[true].Any(option => option.Key is Adopt && DockerOptionValues.ParseBoolean(option.Value));
        KeyValuePair<string, string>[] ours = [.. options[true].Where(option => option.Key is not Adopt)];
        _ = EndpointSettings.Read(ours); // an error is told now, not when the first container starts
        NetworkDefinition definition = new()
        {
            Name = request.Network,
            Device = DockerNames.BridgeOf(request.NetworkId),
            Subnets = subnets,
            IPv4 = PluginRequest.Items(request.Root, "IPv4Data").Any(),
            IPv6 = PluginRequest.Items(request.Root, "IPv6Data").Any(),
            Internal = PluginRequest.Flag(request.Options, DockerNetworkOptions.Internal),
            AllowForeignForward = true, // Docker itself drops what is forwarded, and not for its own networks alone
            Adopt = adopts,
            Dns = false, // Docker answers for names itself, inside each container
            Labels = [KeyValuePair.Create(IdLabel, request.NetworkId), .. ours],
        };
        return DockerNetworkOptions.Apply(definition, options[false]);
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
