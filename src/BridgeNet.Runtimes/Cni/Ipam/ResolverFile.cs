namespace BridgeNet.Runtimes.Cni;

/// <summary>A resolv.conf, of which man 5 resolver tells the form.</summary>
internal static class ResolverFile
{
    /// <summary>Reads the name servers.</summary>
    /// <exception cref="CniException">5: it cannot be read.</exception>
    public static CniDns Read(string path)
    {
        try
        {
            return Parse(File.ReadAllLines(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CniException(CniErrorCode.InputOutput, $"ipam: resolvConf: {error.Message}", innerException: error);
        }
    }

    /// <summary>Of several lines domain or search, the last one counts.</summary>
    public static CniDns Parse(IEnumerable<string> lines)
    {
        List<string> servers = [];
        List<string> options = [];
        string? domain = null;
        string[] search = [];
        foreach (string line in lines)
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0][0] is '#' or ';')
            {
                continue;
            }
            switch (words[0])
            {
                case "nameserver": servers.Add(words[1]); break;
                case "domain": domain = words[1]; break;
                case "search": search = words[1..]; break;
                case "options": options.AddRange(words[1..]); break;
                default: break;
            }
        }
        return new CniDns { Nameservers = servers, Domain = domain, Search = search, Options = options };
    }
}
