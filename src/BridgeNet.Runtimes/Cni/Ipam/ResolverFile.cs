using BridgeNet.Core.Resolving;

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

    /// <summary>Of several lines domain or search, the last one of each counts.</summary>
    public static CniDns Parse(IEnumerable<string> lines)
    {
        ResolverText text = ResolverText.Parse(lines);
        return new CniDns { Nameservers = text.Servers, Domain = text.Domain, Search = text.Search, Options = text.Options };
    }
}
