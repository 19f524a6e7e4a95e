using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary>Attaching to a network by its name. The default network needs no making beforehand.</summary>
internal static class Attachment
{
    /// <summary>Attaches; if that fails, a default network that was made for it goes again.</summary>
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

    /// <summary>Says which firewalls of other people on this host will drop the endpoint's packets, and what to do about it.</summary>
    public static void WarnOfForeignFirewalls(BridgeDriver driver, Endpoint endpoint, TextWriter error)
    {
        foreach (ForeignForward obstacle in driver.FindForeignForward(endpoint.NetworkName))
        {
            error.WriteLine($"{Product.Name}: warning: chain {obstacle.Chain} of table {obstacle.Table} drops packets of network {endpoint.NetworkName} ({obstacle.Why}): {obstacle.Remedy}");
        }
    }

    /// <summary>Says whom the kernel cannot lead to ports that are published at every address, where no process lives to do it.</summary>
    public static void NoteUnservedClients(Endpoint endpoint, IReadOnlyList<PortSpec> published, TextWriter error)
    {
        bool isEverywhere = published.Any(port => port.HostAddress is null) && endpoint.Ports.Any(port => port is { IsWildcard: true, HostPort: > 0 });
        if (isEverywhere)
        {
            error.WriteLine(
                $"{Product.Name}: note: {(endpoint.IPv6Address is null ? "IPv6 clients, ::1 among them," : "clients at ::1")}"
                + $" do not reach the ports of {endpoint.Name} while no process leads them there: ask 127.0.0.1, or start the program by `{Product.Name} run`");
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
