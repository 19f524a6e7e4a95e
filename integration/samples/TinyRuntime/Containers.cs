using System.Security.Cryptography;
using System.Text.Json.Nodes;

using BridgeNet;

namespace TinyRuntime;

/// <summary>
/// The containers, and their network from BridgeNet. This process may end while containers run: the next one finds them, for the runtime
/// remembers containers and the driver remembers endpoints.
/// </summary>
internal sealed class Containers : IDisposable
{
    private readonly string _directory;
    private readonly OciProgram _oci;
    private readonly BridgeDriver _driver;

    public Containers(string root, OciProgram oci)
    {
        _directory = Path.Combine(root, "containers");
        Directory.CreateDirectory(_directory);
        _oci = oci;
        _driver = BridgeDriver.Open(new BridgeDriverOptions { StateDirectory = Path.Combine(root, "network") });
        _ = _driver.CollectOrphans(); // endpoints of a foreground container whose runtime was killed
    }

    /// <summary>The names of those that there are.</summary>
    public string[] Names => [.. Directory.EnumerateDirectories(_directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Runs one to its end. Its lease ends with it, and with this process too, however that ends.</summary>
    public int Run(ContainerRequest request)
    {
        string name = NameOf(request);
        Bundle bundle = MakeBundle(name);
        try
        {
            using NetworkNamespace sandbox = NetworkNamespace.Create();
            using EndpointLease lease = Attach(name, sandbox, request);
            bundle.Write(request, name, sandbox);
            Console.Error.WriteLine($"{name} has {lease.Endpoint.IPv4Address}");
            return _oci.Run("run", "--bundle", bundle.Path, name);
        }
        finally
        {
            Directory.Delete(bundle.Path, recursive: true);
        }
    }

    /// <summary>Starts one and leaves it: the lease is kept, so the endpoint belongs to the state directory from then on.</summary>
    public int Start(ContainerRequest request)
    {
        string name = NameOf(request);
        Bundle bundle = MakeBundle(name);
        try
        {
            using NetworkNamespace sandbox = NetworkNamespace.Create(); // lives on with the container's processes
            using EndpointLease lease = Attach(name, sandbox, request);
            bundle.Write(request, name, sandbox);
            if (_oci.RunDetached(bundle.Log, "run", "--detach", "--bundle", bundle.Path, name) != 0)
            {
                throw new ContainerException($"{name} was not started: {File.ReadAllText(bundle.Log).Trim()}");
            }
            lease.Keep();
            Console.WriteLine(name);
            return 0;
        }
        catch
        {
            Directory.Delete(bundle.Path, recursive: true);
            throw;
        }
    }

    /// <summary>Starts several; those that were started stay if one fails.</summary>
    public int StartMany(ContainerRequest request, int count)
    {
        string stem = NameOf(request);
        for (int number = 1; number <= count; number++)
        {
            _ = Start(request with { Name = $"{stem}-{number}", Ports = [.. request.Ports.Select(port => port with { HostPorts = null })] });
        }
        return 0;
    }

    /// <summary>Prints them, with the addresses and ports that the driver remembers.</summary>
    public int Print()
    {
        foreach (string name in Names)
        {
            Endpoint? endpoint = _driver.FindEndpoint(name);
            string status = _oci.State(name) is { } state ? JsonNode.Parse(state)?["status"]?.GetValue<string>() ?? "unknown" : "gone";
            string ports = string.Join(',', endpoint?.Ports.Select(port => port.ToString()) ?? []);
            Console.WriteLine($"{name}\t{status}\t{endpoint?.IPv4Address?.Address}\t{ports}");
        }
        return 0;
    }

    /// <summary>Runs a program in one.</summary>
    public int Execute(string name, IReadOnlyList<string> command) => _oci.Run(["exec", name, .. command]);

    /// <summary>Ends some. The endpoint goes though nothing of the container be left, and none is left out because another resists.</summary>
    public int Stop(IReadOnlyCollection<string> names)
    {
        int status = 0;
        foreach (string name in names)
        {
            if (!Directory.Exists(Path.Combine(_directory, name)))
            {
                Console.Error.WriteLine($"tinyruntime: there is no container {name}");
                status = 1;
                continue;
            }
            _ = _oci.Run("delete", "--force", name);
            _ = _driver.Detach(name);
            Directory.Delete(Path.Combine(_directory, name), recursive: true);
            Console.WriteLine(name);
        }
        return status;
    }

    /// <summary>Prints each container that comes and goes, with what went through its interface.</summary>
    public async Task PrintEventsAsync(CancellationToken cancellation)
    {
        using FileSystemWatcher watcher = new(_directory) { NotifyFilter = NotifyFilters.DirectoryName };
        watcher.Created += (_, change) => Console.WriteLine($"start {change.Name}");
        watcher.Deleted += (_, change) => Console.WriteLine($"stop {change.Name}");
        watcher.EnableRaisingEvents = true;
        foreach (string name in Names)
        {
            Console.WriteLine($"running {name} {(_driver.FindEndpoint(name) is null ? 0 : _driver.GetStatistics(name).SentBytes)} B sent");
        }
        Console.WriteLine("watching");
        TaskCompletionSource interrupted = new();
        using CancellationTokenRegistration registration = cancellation.Register(interrupted.SetResult);
        await interrupted.Task;
    }

    public void Dispose() => _driver.Dispose();

    private EndpointLease Attach(string name, NetworkNamespace sandbox, ContainerRequest request) =>
        _driver.EnsureNetwork(NetworkDefinition.Docker0).Attach(sandbox, new EndpointRequest { Name = name, Publish = [.. request.Ports] });

    private Bundle MakeBundle(string name)
    {
        string path = Path.Combine(_directory, name);
        if (Directory.Exists(path))
        {
            throw new ContainerException($"there is a container {name}: choose another name, or stop that one");
        }
        Directory.CreateDirectory(path);
        return new Bundle(path);
    }

    private static string NameOf(ContainerRequest request) => request.Name switch
    {
        null => $"tiny-{RandomNumberGenerator.GetHexString(8, lowercase: true)}",
        string name when name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            && name.Length is > 0 and <= 60 => name,
        string name => throw new ContainerException($"'{name}' is no name: letters, digits, '-' and '_', at most 60"),
    };
}
