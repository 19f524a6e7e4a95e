using System.Net;

namespace BridgeNet.TestKit;

/// <summary>
/// A host, containers, and an outside behind a router, each a network namespace; nothing of it touches the machine's own.
/// <code>
/// containers     Host                     Router                        Server
/// (nothing yet)  eth0 192.0.2.1  --  192.0.2.254  198.51.100.1  --  eth0 198.51.100.2
///                2001:db8:1::1   --  2001:db8:1::fe  2001:db8:2::fe  --  2001:db8:2::2
/// </code>
/// The host sends what it does not know to the router. The server knows the way to the host's own networks and no other, so it can
/// answer nobody behind the host who has not been masqueraded. The host does not forward until somebody makes it.
/// </summary>
public sealed class World : IDisposable
{
    public static readonly IPAddress HostAddress = IPAddress.Parse("192.0.2.1");
    public static readonly IPAddress HostAddress6 = IPAddress.Parse("2001:db8:1::1");
    public static readonly IPAddress RouterAddress = IPAddress.Parse("192.0.2.254");
    public static readonly IPAddress ServerAddress = IPAddress.Parse("198.51.100.2");
    public static readonly IPAddress ServerAddress6 = IPAddress.Parse("2001:db8:2::2");

    private readonly List<Netns> _containers = [];
    private readonly Scratch _scratch = new();
    private bool _disposed;

    /// <summary>Builds it, in a few hundredths of a second.</summary>
    public World(int containers = 0)
    {
        Sandbox.Require();
        Prefix = Netns.NewPrefix();
        Host = new Netns($"{Prefix}-host");
        Router = new Netns($"{Prefix}-router");
        Server = new Netns($"{Prefix}-server");
        _containers.AddRange(Enumerable.Range(1, containers).Select(number => new Netns($"{Prefix}-c{number}")));
        try
        {
            Programs.Run("sh", ["-es"], WorldScript.For(this)).OrThrow();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How the name of each of its namespaces begins: "bn-3fa9c1".</summary>
    public string Prefix { get; }

    public Netns Host { get; }

    public Netns Router { get; }

    public Netns Server { get; }

    /// <summary>Empty namespaces as a container runtime makes them: no link but a lo that is down.</summary>
    public IReadOnlyList<Netns> Containers => _containers;

    /// <summary>For the driver's records; it is there and empty.</summary>
    public string StateDirectory => _scratch.Path;

    /// <summary>The three and the containers.</summary>
    public IEnumerable<Netns> All => [Host, Router, Server, .. _containers];

    /// <summary>One more container.</summary>
    public Netns AddContainer()
    {
        Netns container = new($"{Prefix}-c{_containers.Count + 1}");
        Programs.Run("ip", ["netns", "add", container.Name]).OrThrow();
        _containers.Add(container);
        return container;
    }

    /// <summary>Ends every process that lives in it and removes every name of it.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        Netns[] existing = [.. All.Where(member => File.Exists(member.Path))];
        foreach (Netns member in existing)
        {
            member.StopProcesses();
        }
        Programs.Run("ip", ["-force", "-batch", "-"], string.Concat(existing.Select(member => $"netns del {member.Name}\n"))).OrThrow();
        _scratch.Dispose();
    }
}
