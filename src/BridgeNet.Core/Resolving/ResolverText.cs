namespace BridgeNet.Core.Resolving;

/// <summary>What a text in the format of resolv.conf(5) says.</summary>
/// <param name="Servers">The name servers as they are written, in their order.</param>
/// <param name="Domain">The last domain; null for none.</param>
/// <param name="Search">The domains of the last search; empty for none.</param>
/// <param name="Searched">What is searched: the last of all lines domain and search counts.</param>
/// <param name="Options">The options of all lines.</param>
internal sealed record ResolverText(
    IReadOnlyList<string> Servers, string? Domain, IReadOnlyList<string> Search, IReadOnlyList<string> Searched, IReadOnlyList<string> Options)
{
    /// <summary>Reads lines; one that says nothing is passed over.</summary>
    public static ResolverText Parse(IEnumerable<string> lines)
    {
        List<string> servers = [], options = [];
        string? domain = null;
        string[] search = [], searched = [];
        foreach (string line in lines)
        {
            switch (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                case ["nameserver", string server, ..]: servers.Add(server); break;
                case ["domain", string only, ..]: (domain, searched) = (only, [only]); break;
                case ["search", _, ..] words: search = searched = words[1..]; break;
                case ["options", _, ..] words: options.AddRange(words[1..]); break;
                default: break;
            }
        }
        return new ResolverText(servers, domain, search, searched, options);
    }
}
