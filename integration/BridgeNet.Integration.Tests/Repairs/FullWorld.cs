using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Repairs;

/// <summary>A world whose state directory is a small file system of its own.</summary>
internal sealed class FullWorld : IDisposable
{
    private readonly World _world = new();
    private readonly Scratch _scratch = new();
    private readonly NetworkNamespace _host;
    private readonly string _directory;

    public FullWorld()
    {
        _directory = _scratch.At("state");
        Directory.CreateDirectory(_directory);
        Programs.Run("mount", ["-t", "tmpfs", "-o", "size=1m,nr_inodes=200", "tmpfs", _directory]).OrThrow();
        _host = NetworkNamespace.Open(_world.Host.Path);
        Driver = OpenDriver();
        Network = Driver.EnsureNetwork(NetworkDefinition.Docker0);
    }

    public BridgeDriver Driver { get; }

    private Network Network { get; }

    public BridgeDriver OpenDriver() =>
        BridgeDriver.Open(new BridgeDriverOptions { HostNamespace = _host, StateDirectory = Path.Combine(_directory, "own") });

    public EndpointLease Attach(string port)
    {
        using NetworkNamespace sandbox = NetworkNamespace.Open(_world.AddContainer().Path);
        return Network.Attach(sandbox, new EndpointRequest { Publish = [PortSpec.Parse(port)], Keep = true });
    }

    /// <summary>Leaves no byte and no file free.</summary>
    public void Fill() =>
        Programs.Run(
            "sh",
            ["-c", $"cat /dev/zero > {_directory}/full 2>/dev/null; i=0; while true > {_directory}/file$i; do i=$((i+1)); done "
                + "2>/dev/null; true"]).OrThrow();

    public void Free() => Programs.Run("sh", ["-c", $"rm -f {_directory}/full {_directory}/file*"]).OrThrow();

    public void Remount(string mode) => Programs.Run("mount", ["-o", $"remount,{mode}", _directory]).OrThrow();

    /// <summary>Rules, links and records.</summary>
    public string Snapshot() => _world.Host.RunOk(
        $"nft -s list ruleset; ip -br link | cut -d' ' -f1; find {_directory}/own ! -path '*/cursors/*' ! -path '*/.freed/*' ! -path "
            + $"'*/owners/*' ! -path '*/locks/*' | sort; cat {_directory}/own/*/*.json");

    public void Dispose()
    {
        Driver.Dispose();
        _host.Dispose();
        Programs.Run("umount", ["-l", _directory]).OrThrow();
        _world.Dispose();
        _scratch.Dispose();
    }
}
