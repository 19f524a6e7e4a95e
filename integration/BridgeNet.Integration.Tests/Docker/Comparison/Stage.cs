using System.Text.RegularExpressions;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>
/// Networks of one driver and containers on them. Both drivers get the same names, subnets and ports, one after the other on one daemon.
/// </summary>
internal sealed partial class Stage(PluginWorld world, string driver)
{
    public const string Busybox = "/bin/busybox";

    /// <summary>How long a door is tried that the table says is closed.</summary>
    private const string Briefly = "1";

    /// <summary>How long one is tried that is to be open, on a busy machine too.</summary>
    private const string Long = "10";

    private readonly AsyncLocal<bool> _expectsSilence = new();

    public PluginWorld World => world;

    public string Driver => driver;

    public DockerDaemon Docker => world.Docker;

    public bool IsLater => world.Docker.Generation == DockerGeneration.Later;

    private string Patience => _expectsSilence.Value ? Briefly : Long;

    /// <summary>Observes one behaviour. An exception is what was seen, too.</summary>
    /// <param name="behaviour">The behaviour.</param>
    /// <param name="expected">What will probably be seen: a wait in vain is short where it is expected.</param>
    public string Observe(Behaviour behaviour, string? expected)
    {
        _expectsSilence.Value = expected?.Contains("silence", StringComparison.Ordinal) == true;
        try
        {
            return ComparisonTable.Cell(behaviour.Observe(this));
        }
        catch (Exception error)
        {
            return ComparisonTable.Cell($"{error.GetType().Name}: {error.Message}");
        }
    }

    /// <summary>Makes a network of the driver, which must succeed.</summary>
    public void Network(string name, params string[] options) => world.RunOk(["network", "create", "-d", driver, .. options, name]);

    /// <summary>Starts a container that serves its name as a page, which must succeed.</summary>
    public void Serve(string name, params string[] options) =>
        world.RunOk(["run", "-d", "--name", name, "--stop-signal", "KILL", "--env", $"page={name}", .. options, "web"]);

    /// <summary>Runs the docker command: its output, or its error without what changes from run to run.</summary>
    public string Try(params string[] arguments)
    {
        CommandResult result = Docker.Run(arguments);
        return result.ExitCode == 0 ? Plain(result.Output.Trim()) : Plain(result.Errors);
    }

    /// <summary>Runs it, removes the container "x" or the network "x" that it may have made, and returns "done" or the error.</summary>
    public string TryAndUndo(string name, params string[] arguments)
    {
        CommandResult result = Docker.Run(arguments);
        Docker.Run("rm", "-f", "-v", name);
        Docker.Run("network", "rm", name);
        return result.ExitCode == 0 ? "done" : Plain(result.Errors);
    }

    /// <summary>What a container's busybox prints.</summary>
    public string In(string container, params string[] command) => world.RunOk(["exec", container, Busybox, .. command]);

    /// <summary>The page that a container gets, or why not.</summary>
    public string PageIn(string container, string url)
    {
        CommandResult result = Docker.Run("exec", container, Busybox, "wget", "-q", "-T", Patience, "-O", "-", url);
        return result.ExitCode == 0 ? result.Output.Trim() : Reason(result.Errors);
    }

    /// <summary>The page that a namespace of the world gets, or why not.</summary>
    public string PageFrom(Netns place, string url)
    {
        CommandResult result = place.Run("curl", "-gsS", "--fail", "--noproxy", "*", "--max-time", Patience, url);
        return result.ExitCode == 0 ? result.Output.Trim() : Reason(result.Errors);
    }

    /// <summary>A value of `docker inspect`.</summary>
    public string Inspect(string thing, string format) => world.RunOk("inspect", "-f", format, thing);

    private static string Reason(string errors) => errors switch
    {
        _ when errors.Contains("refused", StringComparison.OrdinalIgnoreCase) => "refused",
        _ when errors.Contains("bad address", StringComparison.Ordinal) => "no such name",
        _ when errors.Contains("timed out", StringComparison.Ordinal) || errors.Contains("Timeout", StringComparison.Ordinal)
            || errors.Contains("Failed to connect", StringComparison.Ordinal) && errors.Contains("after", StringComparison.Ordinal)
            && !errors.Contains("Couldn't connect", StringComparison.Ordinal) => "silence",
        _ when errors.Contains("unreachable", StringComparison.Ordinal) || errors.Contains("No route", StringComparison.Ordinal) => "no route",
        _ when errors.Contains("Couldn't connect", StringComparison.Ordinal) => "refused",
        _ => Plain(errors),
    };

    private static string Plain(string text)
    {
        string line = text.Split('\n')[0].Replace("docker: ", "", StringComparison.Ordinal)
            .Replace("Error response from daemon: ", "", StringComparison.Ordinal);
        return Identity().Replace(line, "ID").TrimEnd('.', ' ');
    }

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{64}|(?<=docker-|br-)[0-9a-f]{12}", RegexOptions.None, 1000)]
    private static partial Regex Identity();
}
