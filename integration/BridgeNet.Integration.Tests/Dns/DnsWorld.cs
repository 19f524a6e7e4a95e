using System.Globalization;

using BridgeNet.Integration.Tests.Binary;
using BridgeNet.TestKit;

using Mono.Unix.Native;

namespace BridgeNet.Integration.Tests.Dns;

/// <summary>
/// A host with two networks and two containers on the first, c1 on both, and the binary in the place of aardvark-dns. Every container asks by dig.
/// </summary>
internal sealed class DnsWorld : IDisposable
{
    private const string Gateway = "10.89.1.1";

    private readonly Scratch _scratch = new();
    private readonly World _world = new(containers: 2);

    public DnsWorld()
    {
        _ = Directory.CreateDirectory(Names);
        _ = File.CreateSymbolicLink(Program, BinaryWorld.Path);
        Host.RunOk("ip link add br1 type bridge && ip addr add 10.89.1.1/24 dev br1 && ip link set br1 up");
        Host.RunOk("ip -6 addr add fd00:1::1/64 dev br1 nodad");
        Host.RunOk("ip link add br2 type bridge && ip addr add 10.89.2.1/24 dev br2 && ip link set br2 up");
        Connect(0, "br1", "eth0", "10.89.1.2/24");
        Connect(0, "br2", "eth1", "10.89.2.2/24");
        Connect(1, "br1", "eth0", "10.89.1.3/24");
        Containers[0].RunOk("ip -6 addr add fd00:1::2/64 dev eth0 nodad");
        WriteFirst();
    }

    public Netns Host => _world.Host;

    public IReadOnlyList<Netns> Containers => _world.Containers;

    /// <summary>The directory of names.</summary>
    public string Names => _scratch.At("aardvark-dns.d");

    /// <summary>The number in the pid file; null without one.</summary>
    public int? Process => File.Exists(PidFile) ? int.Parse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture) : null;

    private string Program => _scratch.At("aardvark-dns");

    private string PidFile => Path.Combine(Names, "aardvark.pid");

    /// <summary>Calls the binary as netavark calls aardvark-dns.</summary>
    public CommandResult Call(params string[] words) => Host.Run(Program, words);

    /// <summary>Starts the server on demand; it answers when this returns.</summary>
    public void Start() => Call("--config", Names, "-p", "53", "run").OrThrow();

    /// <summary>Writes a network's file.</summary>
    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Names, file), text);

    /// <summary>The first network: c1 is web, c2 is db.</summary>
    public void WriteFirst(string more = "") =>
        Write("n1", $"10.89.1.1,fd00:1::1\nc1 10.89.1.2 fd00:1::2 web,www\nc2 10.89.1.3  db,www\n{more}");

    /// <summary>Removes a network's file.</summary>
    public void Remove(string file) => File.Delete(Path.Combine(Names, file));

    /// <summary>Sends SIGHUP to the process of the pid file.</summary>
    public void HangUp() => Syscall.kill(Process!.Value, Signum.SIGHUP);

    /// <summary>What dig prints in a container: Dig(0, "+short web").</summary>
    public string Dig(int container, string words, string gateway = Gateway) => DigFrom(Containers[container], words, gateway);

    /// <summary>What dig prints in a namespace.</summary>
    public static string DigFrom(Netns place, string words, string gateway = Gateway) =>
        place.Run($"dig +tries=1 +time=8 @{gateway} {words}").Output.TrimEnd();

    public void Dispose()
    {
        _world.Dispose();
        _scratch.Dispose();
    }

    private void Connect(int container, string bridge, string name, string address)
    {
        Netns place = Containers[container];
        Host.RunOk($"ip link add v{container}{bridge} master {bridge} up type veth peer name {name} netns {place.Name}");
        place.RunOk($"ip link set lo up && ip addr add {address} dev {name} && ip link set {name} up");
        place.Run($"ip route add default via {Gateway}");
    }
}
