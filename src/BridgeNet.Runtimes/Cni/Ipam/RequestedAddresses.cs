using System.Net;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The addresses that a runtime or a user requests for a container.</summary>
internal static class RequestedAddresses
{
    /// <summary>Those of CNI_ARGS, <c>args.cni.ips</c> and the capability ips, each once.</summary>
    /// <exception cref="CniException">7: something is no address.</exception>
    public static IReadOnlyList<IPAddress> Of(CniCall call)
    {
        List<IPAddress> addresses = [];
        foreach (string text in Texts(call))
        {
            IPAddress address = Parse(text);
            if (!addresses.Contains(address))
            {
                addresses.Add(address);
            }
        }
        return addresses;
    }

    private static IEnumerable<string> Texts(CniCall call) =>
    [
        .. call.Environment.Arguments.GetValueOrDefault("IP", string.Empty).Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        .. call.Configuration.Args?.Cni?.Ips ?? [],
        .. call.Configuration.RuntimeConfig?.Ips ?? [],
    ];

    /// <summary>The address of a text with or without a prefix; the prefix does not count, because the range has it.</summary>
    private static IPAddress Parse(string text)
    {
        try
        {
            return text.Contains('/', StringComparison.Ordinal) ? AddressText.ParseInterfaceAddress(text).Address : AddressText.ParseAddress(text);
        }
        catch (FormatException error)
        {
            throw new CniException(CniErrorCode.InvalidConfiguration, $"the IP address that is asked for: {error.Message}", innerException: error);
        }
    }
}
