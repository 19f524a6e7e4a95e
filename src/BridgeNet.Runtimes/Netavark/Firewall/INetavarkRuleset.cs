namespace BridgeNet.Runtimes.Netavark;

/// <summary>netavark's rules as one of its drivers writes them, looked at and changed within a transaction.</summary>
internal interface INetavarkRuleset
{
    /// <summary>Adds what is missing of a network's rules, and a container's.</summary>
    void Add(NetavarkNetworkRecord network, NetavarkPortRecord ports);

    /// <summary>Adds whatever is missing of all networks and containers.</summary>
    void AddMissing(IReadOnlyCollection<NetavarkNetworkRecord> networks, IReadOnlyCollection<NetavarkPortRecord> ports);

    /// <summary>Takes a container's rules out, and with its last container the network's. What is not there is no error.</summary>
    /// <param name="network">The network.</param>
    /// <param name="ports">The container's.</param>
    /// <param name="sharesNameServer">Whether another container needs the rules that lead to the name server.</param>
    /// <param name="isLast">Whether the network has no other container.</param>
    void Remove(NetavarkNetworkRecord network, NetavarkPortRecord ports, bool sharesNameServer, bool isLast);
}
