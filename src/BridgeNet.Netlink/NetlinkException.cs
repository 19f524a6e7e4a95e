using BridgeNet.Native;

namespace BridgeNet.Netlink;

/// <summary>The kernel refused a netlink request: its error number, and its own words where it had any.</summary>
public sealed class NetlinkException : KernelException
{
    /// <summary>A refusal.</summary>
    /// <param name="errno">The error number.</param>
    /// <param name="operation">What was asked, naming the thing: <c>create link docker0</c>.</param>
    /// <param name="kernelMessage">The kernel's text, from the extended acknowledgement; null if it gave none.</param>
    /// <param name="offset">Where in the request the offending attribute lies, in bytes; null if the kernel did not say.</param>
    public NetlinkException(Errno errno, string operation, string? kernelMessage = null, int? offset = null)
        : base(errno, operation, Compose(errno, operation, kernelMessage), innerException: null)
    {
        KernelMessage = kernelMessage;
        Offset = offset;
    }

    /// <summary>The kernel's text; null if it gave none.</summary>
    public string? KernelMessage { get; }

    /// <summary>Where in the request the offending attribute lies, in bytes from the message's start; null if the kernel did not say.</summary>
    public int? Offset { get; }

    private static string Compose(Errno errno, string operation, string? kernelMessage) =>
        kernelMessage is null ? $"{operation}: {errno.Describe()}" : $"{operation}: {errno.Describe()}: {kernelMessage}";
}
