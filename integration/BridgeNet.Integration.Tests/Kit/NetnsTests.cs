using System.Net;
using System.Net.Sockets;
using System.Text.Json;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Kit;

public sealed class NetnsTests
{
    [Fact]
    public void A_program_runs_inside()
    {
        using Netns place = Netns.Create();
        place.RunOk("ip link add inside type bridge");

        place.RunOk("cat /proc/net/dev").Should().Contain("inside:");

        File.ReadAllText("/proc/net/dev").Should().NotContain("inside:");
    }

    [Fact]
    public void A_result_has_the_exit_status_and_both_outputs_apart()
    {
        using Netns place = Netns.Create();

        CommandResult result = place.Run("echo said; echo complained >&2; exit 7");

        result.ExitCode.Should().Be(7);
        result.Output.Should().Be("said\n");
        result.Errors.Should().Be("complained\n");
    }

    [Fact]
    public void A_failure_tells_everything()
    {
        using Netns place = Netns.Create();

        Action run = () => place.RunOk("echo said; echo complained >&2; exit 7");

        run.Should().Throw<CommandFailedException>().Which.Message.Should().ContainAll(
            "echo said;", "status 7", "stdout: said", "stderr: complained");
    }

    [Fact]
    public void Much_output_on_stdout_and_stderr_blocks_neither()
    {
        using Netns place = Netns.Create();

        CommandResult result = place.Run("head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero");

        (result.Output.Length, result.Errors.Length).Should().Be((300000, 300000));
    }

    [Fact]
    public void Ip_speaks_json()
    {
        using Netns place = Netns.Create();
        place.RunOk("ip addr add 10.1.2.3/24 dev lo");

        JsonElement address = place.Ip("addr show lo")[0].GetProperty("addr_info")[0];

        address.GetProperty("local").GetString().Should().Be("10.1.2.3");
        address.GetProperty("prefixlen").GetInt32().Should().Be(24);
    }

    [Fact]
    public void Nft_speaks_json()
    {
        using Netns place = Netns.Create();
        place.RunOk("nft add table inet mine");

        string[] tables = [.. place.Nft("list tables").EnumerateArray()
            .Where(item => item.TryGetProperty("table", out _))
            .Select(item => item.GetProperty("table").GetProperty("name").GetString()!)];

        tables.Should().Equal("mine");
    }

    [Fact]
    public void A_setting_belongs_to_the_namespace()
    {
        using Netns one = Netns.Create();
        using Netns two = Netns.Create();

        one.WriteSysctl("net.ipv4.ip_default_ttl", "77");

        one.ReadSysctl("net.ipv4.ip_default_ttl").Should().Be("77");
        two.ReadSysctl("net.ipv4.ip_default_ttl").Should().NotBe("77");
    }

    [Fact]
    public void A_socket_belongs_to_the_namespace_on_whatever_thread()
    {
        using Netns place = Netns.Create();
        place.RunOk("ip link set lo up; ip addr add 10.77.0.1/32 dev lo");
        using Socket socket = place.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        socket.Bind(new IPEndPoint(IPAddress.Parse("10.77.0.1"), 4321));
        socket.Listen();

        place.Listens(ProtocolType.Tcp, 4321).Should().BeTrue();
    }

    [Fact]
    public void Work_inside_leaves_the_caller_s_thread_in_its_namespace()
    {
        using Netns place = Netns.Create();
        string before = File.ReadAllText("/proc/thread-self/net/dev");
        place.RunOk("ip link add inside type bridge");

        string inside = place.In(() => File.ReadAllText("/proc/thread-self/net/dev"));

        inside.Should().Contain("inside:");
        File.ReadAllText("/proc/thread-self/net/dev").Should().NotContain("inside:");
        before.Should().NotContain("inside:");
    }

    [Fact]
    public void A_failure_inside_reaches_the_caller()
    {
        using Netns place = Netns.Create();

        Action work = () => place.In<int>(() => throw new InvalidDataException("from inside"));

        work.Should().Throw<InvalidDataException>().WithMessage("from inside");
    }

    [Fact]
    public void A_namespace_that_is_gone_is_named()
    {
        Netns place = Netns.Create();
        place.Dispose();

        Action work = () => place.In(() => 0);

        work.Should().Throw<FileNotFoundException>().WithMessage($"*{place.Path}*");
    }
}
