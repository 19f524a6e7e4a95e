using System.CommandLine;

namespace BridgeNet.Cli.Values;

/// <summary>Networks on the command line, by name or id.</summary>
internal static class NetworkNames
{
    private const string Name = "NETWORK";

    private static readonly Func<string, string> s_parse = TextOption.NotEmpty("the network's name or id");

    /// <summary>One that is to be made.</summary>
    public static Argument<string> One() => TextOption.Argument(Name, "The network's name.", s_parse);

    /// <summary>One or more.</summary>
    public static Argument<string[]> Several() => TextOption.Arguments(Name, "Names or ids of networks.", s_parse);

    /// <summary>The network with a name, else the one with that id; null if there is neither.</summary>
    /// <exception cref="ConfigurationException">The text can be neither a name nor an id.</exception>
    public static Network? Find(BridgeDriver driver, string nameOrId) =>
        driver.FindNetwork(nameOrId) ?? driver.Networks.FirstOrDefault(network => string.Equals(network.Id, nameOrId, StringComparison.Ordinal));

    /// <summary>As <see cref="Find"/>.</summary>
    /// <exception cref="NetworkNotFoundException">There is neither.</exception>
    public static Network Get(BridgeDriver driver, string nameOrId) => Find(driver, nameOrId) ?? throw new NetworkNotFoundException(nameOrId);
}
