namespace BridgeNet.Cli.Demo;

/// <summary>What there was of links and nf_tables tables at a moment.</summary>
/// <param name="Links">Names of links.</param>
/// <param name="Tables">Families and names of tables.</param>
internal sealed record HostSnapshot(IReadOnlyList<string> Links, IReadOnlyList<string> Tables)
{
    /// <summary>What is there now and was not then, or the other way round, in words; empty if all is as it was.</summary>
    public IReadOnlyList<string> Differences(HostSnapshot now) =>
    [
        .. now.Links.Except(Links, StringComparer.Ordinal).Select(name => $"link {name} is left"),
        .. Links.Except(now.Links, StringComparer.Ordinal).Select(name => $"link {name} is gone"),
        .. now.Tables.Except(Tables, StringComparer.Ordinal).Select(name => $"table {name} is left"),
        .. Tables.Except(now.Tables, StringComparer.Ordinal).Select(name => $"table {name} is gone"),
    ];
}
