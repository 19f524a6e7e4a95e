namespace BridgeNet.Cli.Printing;

/// <summary>Notes on stderr about clients that do not reach an endpoint, although attaching it succeeded.</summary>
internal static class ReachabilityNotes
{
    /// <summary>
    /// Says which firewalls of other people on this host will drop the endpoint's packets, and what to do about it. If that cannot be found out, it
    /// says why: the endpoint is attached all the same.
    /// </summary>
    public static void WarnOfForeignFirewalls(BridgeDriver driver, Endpoint endpoint, TextWriter error)
    {
        IReadOnlyList<ForeignForward> obstacles;
        try
        {
            obstacles = driver.FindForeignForward(endpoint.NetworkName);
        }
        catch (BridgeNetException fault)
        {
            error.WriteLine($"{Product.Name}: warning: whether other firewalls drop its packets is not known: {fault.Message}");
            return;
        }
        foreach (ForeignForward obstacle in obstacles)
        {
            error.WriteLine(
                $"{Product.Name}: warning: chain {obstacle.Chain} of table {obstacle.Table} drops packets of network "
                    + $"{endpoint.NetworkName} ({obstacle.Why}): {obstacle.Remedy}");
        }
    }

    /// <summary>
    /// Says which clients do not reach ports published at every address: the kernel alone cannot serve them, and no proxy process runs.
    /// </summary>
    public static void NoteUnservedClients(Endpoint endpoint, IReadOnlyList<PortSpec> published, TextWriter error)
    {
        bool isEverywhere = published.Any(port => port.HostAddress is null)
            && endpoint.Ports.Any(port => port is { IsWildcard: true, HostPort: > 0 });
        if (!isEverywhere)
        {
            return;
        }
        (string clients, string instead) = (endpoint.IPv4Address, endpoint.IPv6Address) switch
        {
            (null, _) => ("clients at 127.0.0.1 and ::1", "an IPv6 address of the host"),
            (_, null) => ("IPv6 clients, ::1 among them,", "127.0.0.1"),
            _ => ("clients at ::1", "127.0.0.1"),
        };
        error.WriteLine(
            $"{Product.Name}: note: {clients} do not reach the ports of {endpoint.Name}: they need a proxy process. "
            + $"Use {instead}, or start the program with `{Product.Name} run`");
    }
}
