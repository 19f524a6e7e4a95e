using BridgeNet.Integration.Tests.Binary;
using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker;

/// <summary><c>docker plugin create</c>: Docker itself runs the published binary, in a container.</summary>
public sealed class ManagedPluginTests
{
    [Fact]
    public async Task Docker_runs_the_plugin_itself_and_a_published_port_answers()
    {
        using BinaryWorld world = new();
        using Scratch scratch = new();
        string directory = scratch.At("plugin");
        string maker = Path.Combine(Path.GetDirectoryName(BinaryWorld.Path)!, "../../.ci/docker-plugin");
        Programs.Run(maker, [BinaryWorld.Path, directory]).OrThrow();
        using DockerDaemon docker = DockerDaemon.Start(world.Host);
        string before = Links();

        string id = docker.CreatePlugin("managed", directory);
        RunOk("plugin", "set", "managed", $"state.source={world.World.StateDirectory}");
        RunOk("plugin", "enable", "managed");
        RunOk("network", "create", "-d", "managed:latest", "web");
        docker.Serve("www", "by Docker's own", "--network=web", "--publish=8080:80");
        string[] pages =
        [
            await world.World.Router.GetAsync("http://192.0.2.1:8080/"),
            await world.World.Router.GetAsync("http://[2001:db8:1::1]:8080/"),
            await world.Host.GetAsync("http://127.0.0.1:8080/"), // a kernel setting lets it: the plugin must have written it
        ];
        string ports = world.RunOk("docker", "port", "www", "--engine", docker.Socket);
        string inUse = docker.Run("plugin", "disable", "managed").Errors;
        RunOk("rm", "-f", "www");
        RunOk("network", "rm", "web");
        RunOk("plugin", "disable", "managed");
        RunOk("plugin", "rm", "managed");

        pages.Should().AllBe("by Docker's own");
        ports.Trim().Should().Be("80/tcp -> 0.0.0.0:8080");
        inUse.Should().Contain("in use");
        Links().Should().Be(before);
        world.RunOk("ls", "-q").Should().BeEmpty();
        Eventually.Until(
            () => !Directory.EnumerateDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup").Any(group => Directory.Exists(Path.Combine(group, id))),
            "the end of the plugin's control group");

        string Links() => world.Host.RunOk("ip -br link | cut -d' ' -f1");

        void RunOk(params string[] arguments) => docker.Run(arguments).OrThrow();
    }
}
