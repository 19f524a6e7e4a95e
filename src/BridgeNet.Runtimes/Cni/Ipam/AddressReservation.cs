using System.Net;

namespace BridgeNet.Runtimes.Cni;

/// <summary>An address that host-local has given to an attachment: one of its files.</summary>
/// <param name="Address">The address.</param>
/// <param name="ContainerId">Whose it is; empty if the process that took it died before it wrote it down.</param>
/// <param name="InterfaceName">On which interface; null in reservations of host-local before 0.8, which did not say.</param>
internal sealed record AddressReservation(IPAddress Address, string ContainerId, string? InterfaceName)
{
    /// <summary>Whether it is an attachment's.</summary>
    public bool IsOf(string containerId, string interfaceName) =>
        string.Equals(ContainerId, containerId, StringComparison.Ordinal)
        && (InterfaceName is null || string.Equals(InterfaceName, interfaceName, StringComparison.Ordinal));
}
