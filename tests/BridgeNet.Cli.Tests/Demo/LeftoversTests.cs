using System.Diagnostics;

using BridgeNet.Cli.Demo;

namespace BridgeNet.Cli.Tests.Demo;

public sealed class LeftoversTests
{
    [Fact]
    public void A_namespace_with_a_process_in_it_is_found()
    {
        string here = new FileInfo("/proc/self/ns/net").LinkTarget!;

        Leftovers.Find(new HashSet<string>([here], StringComparer.Ordinal)).Should().Contain(
            $"namespace {here} is left: process {Environment.ProcessId} is in it");
    }

    [Fact]
    public void A_namespace_that_is_open_is_found()
    {
        string here = new FileInfo("/proc/self/ns/net").LinkTarget!;
        using FileStream open = File.OpenRead("/proc/self/ns/net");

        Leftovers.Find(new HashSet<string>([here], StringComparer.Ordinal)).Should().Contain($"namespace {here} is left: it is open");
    }

    [Fact]
    public void A_process_that_this_one_started_is_found()
    {
        using Process child = Process.Start("sleep", "60");

        IReadOnlyList<string> found = Leftovers.Find(new HashSet<string>(StringComparer.Ordinal));

        child.Kill();
        child.WaitForExit();
        found.Should().Contain($"process {child.Id} is left");
    }

    [Fact]
    public void Two_snapshots_of_a_host_name_what_differs()
    {
        HostSnapshot before = new(["lo", "eth0"], ["inet filter"]);

        before.Differences(new HostSnapshot(["lo", "veth1"], ["inet bridgenet"])).Should().Equal(
            "link veth1 is left", "link eth0 is gone", "table inet bridgenet is left", "table inet filter is gone");
        before.Differences(before with { }).Should().BeEmpty();
    }
}
