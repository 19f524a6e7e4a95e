using BridgeNet.Native;

#pragma warning disable IDE0130 // thrown by every package: it belongs to no layer's namespace

namespace BridgeNet;

/// <summary>The kernel refused a request. Branch on <see cref="Errno"/>, never on the text.</summary>
public class KernelException : BridgeNetException
{
    /// <summary>A refusal of the kernel.</summary>
    /// <param name="errno">The error number that the kernel gave.</param>
    /// <param name="operation">What was asked, naming the thing: <c>setns /run/netns/web</c>.</param>
    public KernelException(Errno errno, string operation)
        : this(errno, operation, $"{operation}: {errno.Describe()}", innerException: null)
    {
    }

    /// <summary>A refusal of the kernel, in words of the caller's.</summary>
    protected KernelException(Errno errno, string operation, string message, Exception? innerException)
        : base(message, innerException)
    {
        Errno = errno;
        Operation = operation;
    }

    /// <summary>The kernel's error number.</summary>
    public Errno Errno { get; }

    /// <summary>What was asked of the kernel.</summary>
    public string Operation { get; }
}
