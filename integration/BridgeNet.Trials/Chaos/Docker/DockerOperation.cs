using BridgeNet.TestKit;

namespace BridgeNet.Trials.Chaos.Docker;

/// <summary>What Docker does while something is killed, and what its user does then.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Command">The command of docker.</param>
/// <param name="BeginsRunning">Whether the container runs before.</param>
/// <param name="Finish">Finishes or repeats it after a kill, given what the command said; whether anything had to be done.</param>
/// <param name="Networks">On which networks the container is then; null if it does not run.</param>
internal sealed record DockerOperation(
    string Name, string[] Command, bool BeginsRunning, Func<DockerChaosWorld, CommandResult, bool> Finish, string[]? Networks)
{
    /// <summary>The network whose name comes first is the container's way out: its ports move there when it is connected.</summary>
    private const string Web = DockerChaosWorld.Network, Aside = DockerChaosWorld.SecondNetwork;

    private const string Site = DockerChaosWorld.Container;

    private static readonly string[] s_run =
    [
        "run", "--detach", "--name", Site, "--stop-signal", "KILL", "--network", Web, "--publish", "8080:80", "--env",
        $"page={DockerChaosWorld.Page}", "web",
    ];

    private static readonly string[] s_connect = ["network", "connect", Aside, Site];
    private static readonly string[] s_stop = ["stop", Site];
    private static readonly string[] s_remove = ["rm", "--force", Site];

    /// <summary>What there is.</summary>
    public static IReadOnlyList<DockerOperation> All { get; } =
    [
        new("run", s_run, BeginsRunning: false, (world, _) => GetRunning(world), [Web]),
        new("stop", s_stop, BeginsRunning: true, (world, _) => world.Look()!.IsRunning && world.Do(s_stop), Networks: null),
        new("connect", s_connect, BeginsRunning: true, Connect, [Aside, Web]),
        new("rm", s_remove, BeginsRunning: true, (world, _) => world.Look() is not null && world.Do(s_remove), Networks: null),
    ];

    /// <summary>Lets the container run.</summary>
    public static bool GetRunning(DockerChaosWorld world) => world.Look() switch
    {
        null => world.Do(s_run),
        { IsRunning: false } => world.Do("start", Site),
        _ => false,
    };

    /// <summary>A container that could not be connected may have lost its default route; Docker gives it back at the next start.</summary>
    private static bool Connect(DockerChaosWorld world, CommandResult said)
    {
        bool isStarted = GetRunning(world);
        bool isRestarted = !isStarted && said.ExitCode != 0 && world.Do("restart", "--time", "0", Site);
        return (!world.Look()!.Networks.ContainsKey(Aside) && world.Do(s_connect)) || isStarted || isRestarted;
    }
}
