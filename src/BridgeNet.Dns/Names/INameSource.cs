namespace BridgeNet.Dns.Names;

/// <summary>Where a server has the names of the host's networks from.</summary>
internal interface INameSource
{
    /// <summary>Changes whenever names do. To ask for it is cheap: it is asked for before a name is said not to exist.</summary>
    int Version { get; }

    /// <summary>Reads all networks.</summary>
    /// <param name="isWhole">Whether each of them could be read.</param>
    /// <exception cref="IOException">None can be read.</exception>
    IReadOnlyList<NetworkFile> Read(out bool isWhole);
}
