using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

using Mono.Unix.Native;

namespace BridgeNet.TestKit;

/// <summary>A named network namespace, made by `ip netns add`, and what a test asks of it. Dispose ends its processes and its name.</summary>
public sealed class Netns : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<BackgroundProcess> _processes = [];
    private bool _disposed;

    /// <summary>Takes over a namespace that is there.</summary>
    internal Netns(string name) => Name = name;

    /// <summary>As under /run/netns: "bn-3fa9c1-host".</summary>
    public string Name { get; }

    public string Path => $"/run/netns/{Name}";

    /// <summary>A new, empty namespace with a name that no other has; its lo is down, as the kernel makes it.</summary>
    public static Netns Create(string purpose = "ns")
    {
        Sandbox.Require();
        Netns created = new($"{NewPrefix()}-{purpose}");
        Programs.Run("ip", ["netns", "add", created.Name]).OrThrow();
        return created;
    }

    /// <summary>Runs a command line of the shell in the namespace: "ip -j addr show docker0".</summary>
    public CommandResult Run(string commandLine) => Run("sh", "-c", commandLine);

    /// <summary>Runs one program in the namespace.</summary>
    public CommandResult Run(string program, params IEnumerable<string> arguments) =>
        Programs.Run("nsenter", [$"--net={Path}", Programs.Require(program), .. arguments]);

    /// <summary>Runs a command line that must succeed, and returns its output.</summary>
    /// <exception cref="CommandFailedException">It did not; the message has the command, status and outputs.</exception>
    public string RunOk(string commandLine) => Run(commandLine).OrThrow().Output;

    /// <summary>What `ip -j` says, as JSON: Ip("addr show docker0").</summary>
    public JsonElement Ip(string arguments) => Parse(RunOk($"ip -j {arguments}"), empty: "[]");

    /// <summary>What `nft -j` says, as the array under "nftables": Nft("list table inet bridgenet").</summary>
    public JsonElement Nft(string arguments) => Parse(RunOk($"nft -j {arguments}"), empty: """{"nftables":[]}""").GetProperty("nftables");

    /// <summary>Starts a program that ends at the latest with the namespace.</summary>
    public BackgroundProcess Start(string program, params IEnumerable<string> arguments)
    {
        BackgroundProcess process = new(Path, program, [.. arguments]);
        lock (_lock)
        {
            _processes.Add(process);
        }
        return process;
    }

    /// <summary>
    /// Runs a body on a thread of its own inside the namespace. Whatever thread the body starts is born in there and stays, so it must
    /// neither await nor touch the thread pool.
    /// </summary>
    public T In<T>(Func<T> body) => EnterNamespace.Run(Path, body);

    /// <summary>A socket of this namespace, which any thread may use.</summary>
    public Socket OpenSocket(AddressFamily family, SocketType type, ProtocolType protocol) => In(() => new Socket(family, type, protocol));

    /// <summary>The value of a kernel setting under net: ReadSysctl("net.ipv4.ip_forward").</summary>
    public string ReadSysctl(string key) => In(() => File.ReadAllText(SysctlPath(key)).TrimEnd());

    public void WriteSysctl(string key, string value) => In(() =>
    {
        File.WriteAllText(SysctlPath(key), value);
        return true;
    });

    /// <summary>Whether a program listens (TCP) or is bound (UDP) to a port, at whatever address.</summary>
    public bool Listens(ProtocolType protocol, int port)
    {
        (string file, string state) = protocol == ProtocolType.Udp ? ("udp", "07") : ("tcp", "0A"); // the states of include/net/tcp_states.h
        string suffix = $":{port:X4}";
        return In(() => new[] { file, file + "6" }
            .SelectMany(name => File.ReadLines($"/proc/thread-self/net/{name}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(field => field[1].EndsWith(suffix, StringComparison.Ordinal) && string.Equals(field[3], state, StringComparison.Ordinal)));
    }

    /// <summary>The processes that live in the namespace, except this one.</summary>
    public IReadOnlyList<int> ProcessIds()
    {
        if (Syscall.stat(Path, out Stat self) != 0)
        {
            return [];
        }
        string identity = $"net:[{self.st_ino}]";
        return [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(System.IO.Path.GetFileName(folder), out int id) ? id : 0)
            .Where(id => id > 0 && id != Environment.ProcessId && string.Equals(NamespaceOf(id), identity, StringComparison.Ordinal))];
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            StopProcesses();
            Programs.Run("ip", ["netns", "del", Name]).OrThrow();
            _disposed = true;
        }
    }

    /// <summary>What makes the names of a world, or of a lone namespace, its own.</summary>
    internal static string NewPrefix() => $"bn-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";

    /// <summary>Ends what was started here, then whatever else lives here: no one else knows of this namespace.</summary>
    internal void StopProcesses()
    {
        lock (_lock)
        {
            _processes.ForEach(process => process.Dispose());
            _processes.Clear();
        }
        foreach (int id in ProcessIds())
        {
            _ = Syscall.kill(id, Signum.SIGKILL);
        }
        Eventually.Until(() => ProcessIds().Count == 0, $"the end of the processes in {Name}");
    }

    public override string ToString() => Name;

    private static string SysctlPath(string key) => $"/proc/sys/{key.Replace('.', '/')}";

    private static string? NamespaceOf(int processId)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{processId}/ns/net", returnFinalTarget: false)?.Name;
        }
        catch (IOException) // it has ended, or is a zombie
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static JsonElement Parse(string text, string empty)
    {
        using JsonDocument document = JsonDocument.Parse(string.IsNullOrWhiteSpace(text) ? empty : text);
        return document.RootElement.Clone();
    }
}
