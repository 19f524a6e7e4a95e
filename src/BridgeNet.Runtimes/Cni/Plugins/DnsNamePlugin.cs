using System.Net;
using System.Text.Json;

using BridgeNet.Native;
using BridgeNet.Runtimes.Names;

namespace BridgeNet.Runtimes.Cni;

/// <summary>
/// The part of bridgenet that does what the plugin dnsname does: containers of a network find each other by name, and the result tells the runtime
/// whom they ask. The names are in files of aardvark-dns's format, and our name server reads them.
/// </summary>
internal sealed class DnsNamePlugin : ICniPlugin
{
    private const int ShortId = 12;
    private const string PodName = "K8S_POD_NAME";

    /// <inheritdoc/>
    public string Name => "dnsname";

    /// <inheritdoc/>
    public CniResult Add(CniCall call)
    {
        CniResult told = call.Previous!;
        if (DnsNameOptions.Of(call) is not { } options)
        {
            return told;
        }
        IPAddress[] gateways = [.. told.Addresses.Select(address => address.Gateway).OfType<IPAddress>().Distinct()];
        if (gateways.Length == 0)
        {
            throw new CniException(
                CniErrorCode.InvalidConfiguration, "dnsname: no address of the container has a gateway, where names could be asked for");
        }
        NameFiles files = FilesOf(options);
        string id = call.Environment.ContainerId;
        string line = NameFiles.LineOf(id, told.Addresses.Select(address => address.Address.Address), NamesOf(call, options), servers: []);
        using FileDescriptor alone = files.Lock();
        files.Set(call.Network, NameFiles.HeaderOf(gateways, servers: []), id, line);
        if (!files.TryTell() && !call.NameServers.TryStart(files.Path, out string error))
        {
            throw new CniException(CniErrorCode.Internal, $"dnsname: the name server does not start: {error.Trim()}");
        }
        return told with { Dns = With(told.Dns, gateways, options.DomainName) };
    }

    /// <inheritdoc/>
    public void Delete(CniCall call) =>
        Retain(call, other => !string.Equals(other, call.Environment.ContainerId, StringComparison.Ordinal));

    /// <inheritdoc/>
    public void Check(CniCall call)
    {
        if (DnsNameOptions.Of(call) is { } options
            && !FilesOf(options).Has(call.Network, call.Environment.ContainerId))
        {
            throw new CniException(CniErrorCode.Internal, $"dnsname: the container has no name on network {call.Network}");
        }
    }

    /// <inheritdoc/>
    public void CollectGarbage(CniCall call)
    {
        HashSet<string> valid = new((call.ValidAttachments ?? []).Select(one => one.ContainerId), StringComparer.Ordinal);
        Retain(call, valid.Contains);
    }

    private static void Retain(CniCall call, Func<string, bool> isKept)
    {
        if (DnsNameOptions.Of(call) is not { } options || FilesOf(options) is not { HasNetworks: true } files)
        {
            return;
        }
        using FileDescriptor alone = files.Lock();
        if (files.Retain(call.Network, isKept))
        {
            _ = files.TryTell();
        }
    }

    private static NameFiles FilesOf(DnsNameOptions options) =>
        new(string.IsNullOrEmpty(options.DataDir) ? DnsNameOptions.UsualDirectory : options.DataDir);

    /// <summary>The pod's name, or else the container's short id; the runtime's aliases; and all of them in the domain.</summary>
    private static IEnumerable<string> NamesOf(CniCall call, DnsNameOptions options)
    {
        string id = call.Environment.ContainerId;
        string name = call.Environment.Arguments.GetValueOrDefault(PodName, id.Length > ShortId ? id[..ShortId] : id);
        string[] own = [name, .. AliasesOf(call)];
        return string.IsNullOrEmpty(options.DomainName) ? own : own.Concat(own.Select(one => $"{one}.{options.DomainName}"));
    }

    private static IEnumerable<string> AliasesOf(CniCall call)
    {
        if (call.Configuration.RuntimeConfig?.Aliases is not { } aliases
            || (aliases.ValueKind is JsonValueKind.Object && !aliases.TryGetProperty(call.Network, out aliases)))
        {
            return [];
        }
        return aliases.ValueKind is JsonValueKind.Array && aliases.EnumerateArray().All(alias => alias.ValueKind is JsonValueKind.String)
            ? aliases.EnumerateArray().Select(alias => alias.GetString()!)
            : throw new CniException(CniErrorCode.Decoding, "runtimeConfig.aliases is to be a list of names, or such lists by the network's name");
    }

    private static CniDns With(CniDns? dns, IPAddress[] gateways, string? domain) => (dns ?? new CniDns()) with
    {
        Nameservers = [.. gateways.Select(gateway => gateway.ToString()), .. dns?.Nameservers ?? []],
        Search = string.IsNullOrEmpty(domain) ? dns?.Search : [domain, .. dns?.Search ?? []],
    };
}
