namespace BridgeNet.Cli.Verbs;

/// <summary>Attaching to a network by its name. The default network needs no making beforehand.</summary>
internal static class Attachment
{
    /// <summary>Attaches; if that fails, a default network that was made for it goes again.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="networkName">The network; null for the default one.</param>
    /// <param name="sandbox">The container's network namespace.</param>
    /// <param name="request">What the endpoint is to be.</param>
    /// <exception cref="NetworkNotFoundException">There is no such network, and it is not the default one.</exception>
    public static EndpointLease Attach(BridgeDriver driver, string? networkName, NetworkNamespace sandbox, EndpointRequest request)
    {
        NetworkDefinition byDefault = NetworkDefinition.Docker0;
        string name = networkName ?? byDefault.Name;
        if (driver.FindNetwork(name) is { } network)
        {
            return network.Attach(sandbox, request);
        }
        if (!string.Equals(name, byDefault.Name, StringComparison.Ordinal))
        {
            throw new NetworkNotFoundException(name);
        }
        try
        {
            return driver.EnsureNetwork(byDefault).Attach(sandbox, request);
        }
        catch (BridgeNetException)
        {
            Unmake(driver, name);
            throw;
        }
    }

    private static void Unmake(BridgeDriver driver, string name)
    {
        try
        {
            driver.RemoveNetwork(name);
        }
        catch (BridgeNetException)
        {
            // It was never made, or another process uses it already: both are as they should be. The error that led here is the one to tell.
        }
    }
}
