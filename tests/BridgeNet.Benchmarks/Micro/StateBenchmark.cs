using System.Net;

using BenchmarkDotNet.Attributes;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Benchmarks.Micro;

/// <summary>What an attach writes down and reads, in a directory in memory.</summary>
[MemoryDiagnoser]
public class StateBenchmark : IDisposable
{
    private readonly EndpointState _record = new()
    {
        Id = "0123456789ab",
        Name = "web",
        Network = "bridge",
        SandboxPath = "/run/netns/web",
        SandboxIdentity = new FileIdentity(4, 4026532000),
        InterfaceName = InterfaceName.Parse("eth0"),
        HostInterface = InterfaceName.Parse("veth0123456789"),
        MacAddress = MacAddress.Parse("02:42:ac:11:00:02"),
        Addresses = [InterfaceAddress.Parse("172.17.0.2/16")],
        Gateways = [IPAddress.Parse("172.17.0.1")],
        Ports = [new PublishedPort(IPAddress.Any, 8080, 80, TransportProtocol.Tcp)],
    };

    private string _path = "";
    private StateDirectory _state = null!;

    [GlobalSetup]
    public void Setup()
    {
        _path = Path.Combine("/dev/shm", $"bn-bench-{Environment.ProcessId}");
        _state = new StateDirectory(_path);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _state.Dispose();
        Directory.Delete(_path, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public bool Write_read_and_forget_a_record()
    {
        _state.Endpoints.WriteIntent(_record.Id, _record);
        _state.Endpoints.Commit(_record.Id);
        bool found = _state.Endpoints.Find(_record.Id, out _) is not null;
        _state.Endpoints.Forget(_record.Id);
        return found;
    }

    [Benchmark]
    public void Take_and_let_go_a_lock()
    {
        using HeldLock alone = _state.Locks.Acquire("0123456789ab");
    }
}
