using BridgeNet.Ports;

namespace BridgeNet.Publishing;

/// <summary>
/// Waits until another process, which held ports for an endpoint, has let go of those that were taken back: then they can be had again.
/// </summary>
internal static class PortRelease
{
    /// <summary>Far longer than it takes to hear of a record and to close sockets. A process that is stopped is not waited for.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Waits, but not for ever.</summary>
    /// <param name="host">The namespace that plays the host.</param>
    /// <param name="ports">What was taken back.</param>
    public static void Await(NetworkNamespace host, IReadOnlyCollection<PublishedPort> ports)
    {
        PublishedPort[] kept = [.. ports.Where(port => port.HostPort > 0)];
        if (kept.Length > 0)
        {
            _ = host.Run(() => SpinWait.SpinUntil(() => Array.TrueForAll(kept, IsFree), s_patience));
        }
    }

    private static bool IsFree(PublishedPort port)
    {
        try
        {
            HostPorts now = new();
            return now.Refusal(port) is null && (!port.IsWildcard || now.Refusal(port with { HostAddress = System.Net.IPAddress.IPv6Any }) is null);
        }
        catch (BridgeNetException)
        {
            return true; // nobody can have it
        }
    }
}
