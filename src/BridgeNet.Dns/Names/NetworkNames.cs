using System.Diagnostics.CodeAnalysis;
using System.Net;

using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Names;

/// <summary>The names and addresses of one network.</summary>
internal sealed class NetworkNames
{
    private readonly Dictionary<byte[], NameEntry> _names = new(NameBytesComparer.Instance);
    private readonly Dictionary<byte[], NameEntry>.AlternateLookup<ReadOnlySpan<byte>> _bytes;
    private readonly Dictionary<HostAddress, List<byte[]>> _addresses = [];

    /// <summary>Takes what a file says. Names that the wire cannot carry, such as a full container id, are left out.</summary>
    public NetworkNames(NetworkFile file)
    {
        _bytes = _names.GetAlternateLookup<ReadOnlySpan<byte>>();
        Network = file.Network;
        IsInternal = file.IsInternal;
        Servers = file.Servers;
        foreach (ContainerLine container in file.Containers)
        {
            HostAddress[] addresses = [.. container.Addresses.Select(HostAddress.Of)];
            foreach (byte[] name in container.Names.Select(DomainName.Parse).OfType<byte[]>())
            {
                Add(name, addresses);
            }
        }
    }

    /// <summary>The network's name.</summary>
    public string Network { get; }

    /// <summary>Whether its containers are told nothing of the world.</summary>
    public bool IsInternal { get; }

    /// <summary>Whom to ask for its containers; empty for the host's servers.</summary>
    public IReadOnlyList<IPAddress> Servers { get; }

    /// <summary>How many names it has.</summary>
    public int Count => _names.Count;

    /// <summary>What it has for a name.</summary>
    /// <param name="labels">The labels in lower case, without the zero at the end.</param>
    /// <param name="entry">The entry.</param>
    public bool TryFind(ReadOnlySpan<byte> labels, [NotNullWhen(true)] out NameEntry? entry) => _bytes.TryGetValue(labels, out entry);

    /// <summary>The names of an address, as the wire has them.</summary>
    public bool TryFind(HostAddress address, [NotNullWhen(true)] out List<byte[]>? names) => _addresses.TryGetValue(address, out names);

    private void Add(byte[] name, HostAddress[] addresses)
    {
        EntryOf(name.AsSpan(0, name.Length - 1)).Add(addresses);
        foreach (HostAddress address in addresses)
        {
            if (!_addresses.TryGetValue(address, out List<byte[]>? names))
            {
                _addresses.Add(address, names = []);
            }
            if (!names.Contains(name, NameBytesComparer.Instance))
            {
                names.Add(name);
            }
        }
        for (int at = name[0] + 1; name[at] != 0; at += name[at] + 1)
        {
            _ = EntryOf(name.AsSpan(at, name.Length - 1 - at)); // a.b makes b exist, without an address (RFC 8020)
        }
    }

    private NameEntry EntryOf(ReadOnlySpan<byte> labels)
    {
        if (!_bytes.TryGetValue(labels, out NameEntry? entry))
        {
            _names.Add(labels.ToArray(), entry = new NameEntry());
        }
        return entry;
    }
}
