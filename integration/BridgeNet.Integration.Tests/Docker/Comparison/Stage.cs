using System.Collections.Concurrent;
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

    /// <summary>The status of a command that busybox's timeout ended.</summary>
    private const int Terminated = 128 + 15;

    private const int CurlCannotConnect = 7;
    private const int CurlTimedOut = 28;

    private readonly ConcurrentDictionary<string, string> _processes = new(StringComparer.Ordinal);
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

    /// <summary>Starts a container, which is removed in the end: "done", or the error.</summary>
    public string TryToRun(string name, params string[] options)
    {
        CommandResult result = Docker.Run(["run", "-d", "--stop-signal=KILL", "--name", name, .. options, "web"]);
        return result.ExitCode == 0 ? "done" : Plain(result.Errors).Replace($" on endpoint {name} (ID)", "", StringComparison.Ordinal);
    }

    /// <summary>Makes a network, which is removed in the end: "done", or the error.</summary>
    public string TryToCreate(string name, params string[] options)
    {
        CommandResult result = Docker.Run(["network", "create", "-d", driver, .. options, name]);
        return result.ExitCode == 0 ? "done" : Plain(result.Errors);
    }

    /// <summary>What a container's busybox prints.</summary>
    public string In(string container, params string[] command) =>
        Docker.RunInContainer(ProcessOf(container), [Busybox, .. command]).OrThrow().Output.Trim();

    /// <summary>Waits until a container serves its page.</summary>
    public void WaitUntilServing(string container)
    {
        string process = FindProcess(container);
        Eventually.Until(
            () => Docker.RunInContainer(process, Busybox, "wget", "-q", "-O", "-", "http://127.0.0.1/").ExitCode == 0,
            $"{container} serves its page");
        _processes[container] = process;
    }

    /// <summary>The page that a container gets, or why not.</summary>
    public string PageIn(string container, string url)
    {
        CommandResult result = Docker.RunInContainer(
            ProcessOf(container), Busybox, "timeout", Patience, Busybox, "wget", "-q", "-O", "-", url);
        return result.ExitCode switch
        {
            0 => result.Output.Trim(),
            Terminated => "silence",
            _ => Reason(result.Errors),
        };
    }

    /// <summary>The page that a namespace of the world gets, or why not.</summary>
    public string PageFrom(Netns place, string url)
    {
        CommandResult result = place.Run("curl", "-gsS", "--fail", "--noproxy", "*", "--max-time", Patience, url);
        return result.ExitCode switch
        {
            0 => result.Output.Trim(),
            CurlCannotConnect => "refused",
            CurlTimedOut => "silence",
            _ => Plain(result.Errors),
        };
    }

    /// <summary>A value of `docker inspect`.</summary>
    public string Inspect(string container, string format) => world.RunOk("inspect", "-f", format, container);

    /// <summary>A value of `docker network inspect`.</summary>
    public string InspectNetwork(string network, string format) => world.RunOk("network", "inspect", "-f", format, network);

    /// <summary>A container's first process, which changes when it starts again: WaitUntilServing looks anew.</summary>
    private string ProcessOf(string container) => _processes.GetOrAdd(container, FindProcess);

    private string FindProcess(string container) => Inspect(container, "{{.State.Pid}}");

    /// <summary>What busybox's wget says, in a word.</summary>
    private static string Reason(string errors) => errors switch
    {
        _ when errors.Contains("refused", StringComparison.Ordinal) => "refused",
        _ when errors.Contains("bad address", StringComparison.Ordinal) => "no such name",
        _ when errors.Contains("unreachable", StringComparison.Ordinal) || errors.Contains("No route", StringComparison.Ordinal) => "no route",
        _ => Plain(errors),
    };

    /// <summary>Without the advice behind it and without what changes from run to run.</summary>
    private static string Plain(string text)
    {
        IEnumerable<string> lines = text.Split('\n').Select(line => line.Trim())
            .TakeWhile(line => line.Length > 0 && !Advice().IsMatch(line));
        string whole = string.Join(' ', lines).Replace("docker: ", "", StringComparison.Ordinal)
            .Replace("Error response from daemon: ", "", StringComparison.Ordinal);
        return Identity().Replace(whole, "ID").TrimEnd('.', ' ');
    }

    [GeneratedRegex("(?<![0-9a-f])([0-9a-f]{64}|[0-9a-f]{12})(?![0-9a-f])|(?<=veth)[0-9a-f]{7}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identity();

    [GeneratedRegex("^(See|Run) '", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Advice();
}
