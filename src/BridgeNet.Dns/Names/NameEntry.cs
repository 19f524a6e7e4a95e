namespace BridgeNet.Dns.Names;

/// <summary>What a network has for a name. Neither family has an address if only longer names that end in this one exist.</summary>
internal sealed class NameEntry
{
    /// <summary>The IPv4 addresses of all containers with the name, in the order of the file.</summary>
    public List<HostAddress> Addresses4 { get; } = [];

    /// <summary>The IPv6 addresses.</summary>
    public List<HostAddress> Addresses6 { get; } = [];

    /// <summary>Whether a container has the name.</summary>
    public bool IsContainer { get; private set; }

    /// <summary>Adds the addresses of one more container with the name.</summary>
    public void Add(IEnumerable<HostAddress> addresses)
    {
        IsContainer = true;
        foreach (HostAddress address in addresses)
        {
            List<HostAddress> family = address.IsIPv4 ? Addresses4 : Addresses6;
            if (!family.Contains(address))
            {
                family.Add(address);
            }
        }
    }
}
