using System.Net;

namespace BridgeNet;

/// <summary>A requested address is not available.</summary>
public sealed class AddressUnavailableException : BridgeNetException
{
    /// <summary>Names the address and the reason.</summary>
    public AddressUnavailableException(IPAddress address, string reason)
        : base($"address {address}: {reason}") => Address = address;

    /// <summary>The address.</summary>
    public IPAddress Address { get; }
}
