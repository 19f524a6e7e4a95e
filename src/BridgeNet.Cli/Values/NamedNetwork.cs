namespace BridgeNet.Cli.Values;

/// <summary>The network that a command names. The default network is created when it is first needed.</summary>
internal static class NamedNetwork
{
    private const int Attempts = 8;

    /// <summary>Attaches a namespace to it. If that fails, a default network that this call created is removed again.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="networkName">The network's name or id; null for the default one.</param>
    /// <param name="sandbox">The container's network namespace.</param>
    /// <param name="request">What the endpoint is to be.</param>
    /// <exception cref="NetworkNotFoundException">There is no such network, and it is not the default one.</exception>
    public static EndpointLease Attach(BridgeDriver driver, string? networkName, NetworkNamespace sandbox, EndpointRequest request)
    {
        NetworkDefinition byDefault = NetworkDefinition.Docker0;
        string name = networkName ?? byDefault.Name;
        if (NetworkNames.Find(driver, name) is { } network)
        {
            return network.Attach(sandbox, request);
        }
        if (!string.Equals(name, byDefault.Name, StringComparison.Ordinal))
        {
            throw new NetworkNotFoundException(name);
        }
        for (int attempt = 1; ; attempt++)
        {
            bool isNew = false;
            try
            {
                return driver.EnsureNetwork(byDefault, out isNew).Attach(sandbox, request);
            }
            catch (NetworkNotFoundException) when (attempt < Attempts)
            {
                // another process made it, could not use it, and removed it again
            }
            catch (BridgeNetException) when (isNew)
            {
                RemoveIfUnused(driver, name);
                throw;
            }
        }
    }

    private static void RemoveIfUnused(BridgeDriver driver, string name)
    {
        try
        {
            driver.RemoveNetwork(name);
        }
        catch (BridgeNetException)
        {
            // It was never created, or another process uses it already. The caller throws the error that led here.
        }
    }
}
