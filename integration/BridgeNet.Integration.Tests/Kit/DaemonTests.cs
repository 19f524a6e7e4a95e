using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Kit;

/// <summary>Other people's daemons, and what is left of them: nothing but what they made in the namespace.</summary>
public sealed class DaemonTests
{
    [Theory]
    [InlineData(DockerGeneration.Debian12, "20.10.")]
    [InlineData(DockerGeneration.Later, "28.")]
    public async Task Docker_serves_and_leaves_no_process_no_directory_and_no_control_group(DockerGeneration generation, string version)
    {
        using World world = new();
        string name;
        string page;
        using (DockerDaemon docker = DockerDaemon.Start(world.Host, generation))
        {
            docker.Serve("web", "hello", "--publish=9090:80");
            name = docker.Name;
            ControlGroups(name).Should().NotBeEmpty();
            docker.Run("version", "-f", "{{.Server.Version}} {{.Client.Version}}").OrThrow().Output.Split(' ').Should().AllSatisfy(
                part => part.Should().StartWith(version));
            using HttpClient client = HttpFrom.Client(world.Server);
            page = await client.GetStringAsync("http://192.0.2.1:9090/");
        }

        page.Should().Be("hello");
        world.Host.ProcessIds().Should().BeEmpty();
        Directory.Exists(Path.Combine(Path.GetTempPath(), name)).Should().BeFalse();
        ControlGroups(name).Should().BeEmpty();
    }

    [Fact]
    public void Firewalld_answers_and_leaves_no_process_and_no_directory()
    {
        using World world = new();
        string address;
        string state;
        using (Firewalld firewalld = Firewalld.Start(world.Host))
        {
            address = firewalld.BusAddress;
            state = firewalld.RunOk("firewall-cmd --state");
        }

        state.Should().Be("running\n");
        world.Host.ProcessIds().Should().BeEmpty();
        Directory.Exists(Path.GetDirectoryName(address["unix:path=".Length..])).Should().BeFalse();
    }

    /// <summary>In each hierarchy, or in the only one.</summary>
    private static IEnumerable<string> ControlGroups(string name) =>
        Directory.EnumerateDirectories("/sys/fs/cgroup")
            .Append("/sys/fs/cgroup")
            .Select(hierarchy => Path.Combine(hierarchy, name))
            .Where(Directory.Exists);
}
