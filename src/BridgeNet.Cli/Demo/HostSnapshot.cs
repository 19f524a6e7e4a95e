namespace BridgeNet.Cli.Demo;

/// <summary>The links and nf_tables tables of a host at one moment.</summary>
/// <param name="Links">Names of links.</param>
/// <param name="Tables">Families and names of tables.</param>
internal sealed record HostSnapshot(IReadOnlyList<string> Links, IReadOnlyList<string> Tables)
{
    /// <summary>What was added or removed between two snapshots, in words; empty if nothing was.</summary>
    public IReadOnlyList<string> Differences(HostSnapshot now) =>
    [
        .. now.Links.Except(Links, StringComparer.Ordinal).Select(name => $"link {name} is left"),
        .. Links.Except(now.Links, StringComparer.Ordinal).Select(name => $"link {name} is gone"),
        .. now.Tables.Except(Tables, StringComparer.Ordinal).Select(name => $"table {name} is left"),
        .. Tables.Except(now.Tables, StringComparer.Ordinal).Select(name => $"table {name} is gone"),
    ];
}
