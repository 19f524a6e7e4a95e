namespace BridgeNet;

/// <summary>This kernel cannot limit an interface's bandwidth.</summary>
public sealed class BandwidthUnavailableException : BridgeNetException
{
    /// <summary>Names the interface, what the kernel lacks, and the kernel's own words.</summary>
    /// <param name="interfaceName">The interface.</param>
    /// <param name="options">The kernel's build options, at least one of which is missing: <c>CONFIG_NET_SCH_TBF</c>.</param>
    /// <param name="innerException">What the kernel said.</param>
    public BandwidthUnavailableException(string interfaceName, string options, Exception innerException)
        : base(
            $"bandwidth of {interfaceName}: this kernel lacks {options}: "
            + $"load the module, use a kernel that has it, or set no limit: {innerException?.Message}",
            innerException) => InterfaceName = interfaceName;

    /// <summary>The interface that should have been limited.</summary>
    public string InterfaceName { get; }
}
