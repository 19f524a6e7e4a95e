using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>What stays when containers and the daemon stop and start, and what is left in the end. The order counts.</summary>
internal static class Restarts
{
    private const string Front = "http://192.0.2.1:8080/";

    private static readonly Behaviour[] s_all =
    [
        new("docker stop: the published port", stage =>
        {
            stage.World.RunOk("stop", "front");
            return stage.PageFrom(stage.World.Router, Front);
        }),
        new("docker start: the published port", stage =>
        {
            stage.World.RunOk("start", "front");
            return FrontPage(stage);
        }),
        new("docker restart: the published port", stage =>
        {
            stage.World.RunOk("restart", "-t", "0", "front");
            return FrontPage(stage);
        }),
        new("docker restart: the address", stage => Stays(stage, "IPAddress", () => stage.World.RunOk("restart", "-t", "0", "back"))),
        new("docker restart: the MAC address", stage => Stays(stage, "MacAddress", () => stage.World.RunOk("restart", "-t", "0", "back"))),
        new("a restart policy, when the container ends by itself: the published port", stage =>
        {
            const string Command = "/bin/busybox httpd -h /; until [ -e /end ]; do /bin/busybox sleep 0.1; done; /bin/busybox rm /end";
            stage.World.RunOk(
                "run", "-d", "--name=phoenix", "--network=web", "--restart=always", "--publish=8090:80", "web",
                Stage.Busybox, "sh", "-c", $"echo phoenix > /index.html; {Command}");
            stage.WaitUntilServing("phoenix");
            stage.In("phoenix", "touch", "/end");
            Eventually.Until(() => stage.Inspect("phoenix", "{{.RestartCount}} {{.State.Running}}") is "1 true", "phoenix is back");
            stage.WaitUntilServing("phoenix");
            return stage.PageFrom(stage.World.Router, "http://192.0.2.1:8090/");
        }),
        new("docker rename: the new name", stage =>
        {
            stage.World.RunOk("rename", "back", "rear");
            string seen = stage.PageIn("front", "http://rear/");
            stage.World.RunOk("rename", "rear", "back");
            return seen;
        }),
        new("network disconnect: the published port", stage =>
        {
            stage.World.RunOk("network", "disconnect", "web", "front");
            return stage.PageFrom(stage.World.Router, Front);
        }),
        new("network connect: the published port", stage =>
        {
            stage.World.RunOk("network", "connect", "--ip=172.30.1.10", "web", "front");
            return FrontPage(stage);
        }),
        new("a restart of the daemon: the address", stage => Stays(stage, "IPAddress", () =>
        {
            string[] others = [.. stage.World.RunOk("ps", "-a", "--format={{.Names}}").Split('\n').Except(["front", "back"], StringComparer.Ordinal)];
            stage.World.RunOk(["rm", "-f", "-v", .. others]);
            stage.Docker.Restart();
        })),
        new("a restart of the daemon: the published port", FrontPage),
        new("a power cut: the address", stage => Stays(stage, "IPAddress", stage.Docker.Crash)),
        new("a power cut: the published port", FrontPage),
        new("a power cut: a neighbour's name", stage => stage.PageIn("back", "http://front/")),
        new("everything is removed: what is left on the host", stage =>
        {
            StageSetUp.Clear(stage);
            string[] links = [.. stage.World.Host.RunOk("ip -br link").Split('\n').Select(line => line.Split(' ', '@')[0])
                .Where(link => link is not ("" or "lo" or "eth0" or "docker0"))];
            return links.Length == 0 ? "nothing" : string.Join(' ', links);
        }),
    ];

    /// <summary>All of them on the later release alone: they take their time, and the releases hardly differ in them.</summary>
    public static IReadOnlyList<Behaviour> All => [.. s_all.Select(behaviour => behaviour with { Only = DockerGeneration.Later })];

    private static string FrontPage(Stage stage)
    {
        stage.WaitUntilServing("front");
        return stage.PageFrom(stage.World.Router, Front);
    }

    private static string Stays(Stage stage, string what, Action act)
    {
        string format = $"{{{{.NetworkSettings.Networks.web.{what}}}}}";
        string before = stage.Inspect("back", format);
        act();
        stage.WaitUntilServing("back");
        return string.Equals(stage.Inspect("back", format), before, StringComparison.Ordinal) ? "stays" : "changes";
    }
}
