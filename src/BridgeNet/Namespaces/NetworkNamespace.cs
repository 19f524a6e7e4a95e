using System.Globalization;
using System.Runtime.ExceptionServices;

using BridgeNet.Native;

namespace BridgeNet;

/// <summary>
/// An open network namespace. It is opened once and used by its descriptor, so a path that is replaced meanwhile does no harm. Work inside runs on a
/// thread of its own that ends there: no pool thread is ever left in a foreign namespace.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    /// <summary>The folder of named namespaces (<c>ip netns</c>).</summary>
    public const string NamedDirectory = "/run/netns";

    /// <summary>Enough for a few netlink messages; a thread's default stack is 8 MiB.</summary>
    private const int StackBytes = 256 * 1024;

    private readonly FileDescriptor _descriptor;

    private NetworkNamespace(FileDescriptor descriptor, string? path)
    {
        _descriptor = descriptor;
        Path = path ?? $"/proc/{Environment.ProcessId}/fd/{descriptor.Value}";
        Identity = Files.Identify(descriptor);
    }

    /// <summary>A path by which other processes reach the namespace. That of an unnamed namespace is valid only while this object lives.</summary>
    public string Path { get; }

    /// <summary>The open descriptor, for IFLA_NET_NS_FD and setns(2).</summary>
    public FileDescriptor Descriptor => _descriptor;

    /// <summary>Equal for two objects if and only if they are the same namespace.</summary>
    public FileIdentity Identity { get; }

    /// <summary>The namespace of the calling thread.</summary>
    public static NetworkNamespace Current() =>
        new(Files.Open(directory: null, ThreadNamespace.CurrentPath, OpenFlags.ReadOnly), $"/proc/{Environment.ProcessId}/ns/net");

    /// <summary>The namespace of a process.</summary>
    /// <exception cref="NamespaceException">There is no such process, or its namespace cannot be opened.</exception>
    public static NetworkNamespace OfProcess(int processId) => Open($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/ns/net");

    /// <summary>The namespace at a path: a bind mount of `ip netns`, or a file of /proc/PID/ns.</summary>
    /// <exception cref="NamespaceException">There is no such file, or it is no network namespace.</exception>
    public static NetworkNamespace Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileDescriptor? descriptor = Files.TryOpen(directory: null, path, OpenFlags.ReadOnly | OpenFlags.NonBlocking, mode: 0, out Errno errno);
        if (descriptor is null)
        {
            throw new NamespaceException(path, errno.Describe());
        }
        if (!ThreadNamespace.IsNetworkNamespace(descriptor))
        {
            descriptor.Dispose();
            throw new NamespaceException(path, "it is not a network namespace: name a file of /run/netns or /proc/PID/ns/net");
        }
        return new NetworkNamespace(descriptor, path);
    }

    /// <summary>Opens a namespace that a person named: a path, a name under /run/netns, or <c>pid:N</c>.</summary>
    /// <exception cref="NamespaceException">There is none of that name.</exception>
    public static NetworkNamespace Find(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        const string ProcessPrefix = "pid:";
        if (text.StartsWith(ProcessPrefix, StringComparison.Ordinal))
        {
            return int.TryParse(text.AsSpan(ProcessPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int processId)
                ? OfProcess(processId)
                : throw new NamespaceException(text, "write pid: and a process's number");
        }
        return Open(text.Contains('/', StringComparison.Ordinal) ? text : NamedPath(text));
    }

    /// <summary>A new namespace. It lives as long as this object, or a thread or process in it.</summary>
    /// <exception cref="PrivilegeException">CAP_SYS_ADMIN is missing.</exception>
    public static NetworkNamespace Create() => OnNewThread(() =>
    {
        try
        {
            ThreadNamespace.UnshareNetwork();
        }
        catch (KernelException error) when (error.Errno is Errno.EPERM)
        {
            throw new PrivilegeException("making a network namespace", "CAP_SYS_ADMIN", error);
        }
        return new NetworkNamespace(Files.Open(directory: null, ThreadNamespace.CurrentPath, OpenFlags.ReadOnly), path: null);
    });

    /// <summary>A new named namespace, as <c>ip netns add</c> makes it; it lives until <see cref="DeleteNamed"/>.</summary>
    /// <exception cref="NamespaceException">The name is taken.</exception>
    /// <exception cref="PrivilegeException">CAP_SYS_ADMIN is missing.</exception>
    public static NetworkNamespace CreateNamed(string name)
    {
        string path = NamedPath(name);
        _ = Files.MakeDirectory(directory: null, NamedDirectory, mode: 0x1ed /* 0755 */);
        using NetworkNamespace created = Create();
        using FileDescriptor? file = Files.TryOpen(directory: null, path, OpenFlags.Create | OpenFlags.Exclusive, mode: 0, out Errno errno);
        if (file is null)
        {
            throw new NamespaceException(path, errno.Describe());
        }
        try
        {
            created.BindTo(path);
            return Open(path);
        }
        catch
        {
            _ = Files.Unlink(directory: null, path);
            throw;
        }
    }

    /// <summary>Removes the name, as <c>ip netns del</c>; the namespace ends when nothing else holds it.</summary>
    /// <returns>False if there is none of that name.</returns>
    /// <exception cref="KernelException">EPERM without CAP_SYS_ADMIN.</exception>
    public static bool DeleteNamed(string name)
    {
        string path = NamedPath(name);
        _ = Mounts.Detach(path);
        return Files.Unlink(directory: null, path);
    }

    /// <summary>Mounts the namespace on an existing file, which then keeps it alive.</summary>
    /// <exception cref="KernelException">EPERM without CAP_SYS_ADMIN.</exception>
    public void BindTo(string path) => Mounts.Bind($"/proc/self/fd/{_descriptor.Value}", path);

    /// <summary>Runs an action inside the namespace, on a thread of its own that ends there, and waits for it.</summary>
    /// <remarks>
    /// Inside, read /proc/thread-self/…, never /proc/self/… or /proc/net, and queue nothing to the thread pool: a pool thread that starts from a
    /// thread in a foreign namespace stays there. Open sockets inside; use them outside.
    /// </remarks>
    /// <exception cref="PrivilegeException">CAP_SYS_ADMIN is missing.</exception>
    public void Run(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        _ = Run(() =>
        {
            action();
            return true;
        });
    }

    /// <summary>Runs a function inside the namespace, on a thread of its own that ends there, and waits for it.</summary>
    /// <exception cref="PrivilegeException">CAP_SYS_ADMIN is missing.</exception>
    public T Run<T>(Func<T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (IsHere())
        {
            return function();
        }
        return OnNewThread(() =>
        {
            Enter();
            return function();
        });
    }

    /// <summary>Does not compile: an asynchronous function would leave the namespace at its first await.</summary>
    [Obsolete("An async method leaves the namespace at its first await: open the sockets inside Run, and await outside.", error: true)]
    public void Run(Func<Task> function) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();

    /// <summary>The path and nothing else.</summary>
    public override string ToString() => Path;

    private static string NamedPath(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name.Contains('/', StringComparison.Ordinal) || name is "." or ".." || name.Length > 255
            ? throw new NamespaceException(name, "a name has at most 255 characters and no '/'")
            : $"{NamedDirectory}/{name}";
    }

    private static T OnNewThread<T>(Func<T> function)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    result = function();
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            StackBytes)
        {
            IsBackground = true,
            Name = "network namespace",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    private void Enter()
    {
        try
        {
            ThreadNamespace.Enter(_descriptor);
        }
        catch (KernelException error) when (error.Errno is Errno.EPERM)
        {
            throw new PrivilegeException($"entering {Path}", "CAP_SYS_ADMIN", error);
        }
    }

    private bool IsHere() => Files.Identify(ThreadNamespace.CurrentPath) == Identity;
}
