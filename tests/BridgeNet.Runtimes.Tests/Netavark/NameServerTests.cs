using System.Diagnostics;
using System.Globalization;

using BridgeNet.Runtimes.Netavark;
using BridgeNet.TestKit;

namespace BridgeNet.Runtimes.Tests.Netavark;

public sealed class NameServerTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly Recorder _process = new();

    [Fact]
    public void A_server_is_begun_where_there_is_none()
    {
        ServerOf("/bin/true").Begin();

        NameServerCommand begun = _process.Begun.Should().ContainSingle().Subject;
        begun.Should().Be(new NameServerCommand("/bin/true", _scratch.At("aardvark-dns"), 53, begun.Scope));
    }

    [Fact]
    public void A_server_is_not_begun_where_one_runs()
    {
        string names = _scratch.At("aardvark-dns");
        Directory.CreateDirectory(names);
        ProcessStartInfo server = new("sh", ["-c", "read line", "a server's name", names]) { RedirectStandardInput = true, UseShellExecute = false };
        using Process running = Process.Start(server)!;
        File.WriteAllText(Path.Combine(names, "aardvark.pid"), running.Id.ToString(CultureInfo.InvariantCulture));

        ServerOf("/bin/true").Begin();

        _process.Begun.Should().BeEmpty();
        running.HasExited.Should().BeFalse();
        running.StandardInput.Close();
        running.WaitForExit();
    }

    [Fact]
    public void A_server_whose_file_is_not_there_is_not_begun()
    {
        ServerOf(_scratch.At("missing")).Begin();

        _process.Begun.Should().BeEmpty();
    }

    public void Dispose()
    {
        _process.Dispose();
        _scratch.Dispose();
    }

    private NameServer ServerOf(string program) => new(_scratch.Path, program, 53, _process);

    /// <summary>Starts nothing.</summary>
    private sealed class Recorder : INameServerProcess
    {
        public List<NameServerCommand> Begun { get; } = [];

        public void Begin(NameServerCommand server) => Begun.Add(server);

        public bool Start(NameServerCommand server, out string error) => throw new NotSupportedException();

        public void Dispose() => Begun.Clear();
    }
}
