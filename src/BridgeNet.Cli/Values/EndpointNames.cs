using System.CommandLine;

namespace BridgeNet.Cli.Values;

/// <summary>Endpoints on the command line, by id or name.</summary>
internal static class EndpointNames
{
    private const string Name = "ENDPOINT";

    private static readonly Func<string, string> s_parse = TextOption.NotEmpty("the endpoint's id or name");

    /// <summary>One.</summary>
    public static Argument<string> One() => TextOption.Argument(Name, "The endpoint's id or name.", s_parse);

    /// <summary>One or more.</summary>
    public static Argument<string[]> Several() => TextOption.Arguments(Name, "Ids or names of endpoints.", s_parse);

    /// <summary>An endpoint's addresses of both families with their prefixes, for people.</summary>
    public static string AddressesOf(Endpoint endpoint) =>
        string.Join(", ", new[] { endpoint.IPv4Address, endpoint.IPv6Address }.Where(address => address is not null));
}
