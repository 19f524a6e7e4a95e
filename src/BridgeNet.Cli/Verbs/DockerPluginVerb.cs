using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Running;
using BridgeNet.Cli.Values;
using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>docker-plugin</c>: serves Docker Engine until a signal ends it.</summary>
internal sealed class DockerPluginVerb : Verb
{
    /// <summary>The first descriptor that systemd hands over (sd_listen_fds(3)).</summary>
    private const int FirstListener = 3;

    private readonly Option<string?> _socket = TextOption.Of<string?>(
        "--socket",
        "PATH",
        $"The socket to make (default {DockerPluginOptions.DefaultSocketPath}); its name without .sock is the driver's.",
        TextOption.NotEmpty("the path"));

    public DockerPluginVerb()
        : base(
            "docker-plugin",
            "Be Docker's network driver \"bridgenet\", until a signal ends it.",
            "bridgenet docker-plugin                            then: docker network create -d bridgenet web",
            "bridgenet --state-dir /var/lib/bridgenet docker-plugin    networks outlive a reboot of the host, as Docker expects")
    {
        Add(_socket);
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using EndSignals end = new();
        ContainerSettings.MakeWritable();
        using BridgeDriver driver = OpenDriver(arguments);
        driver.ServeDockerAsync(
            new DockerPluginOptions
            {
                SocketPath = arguments.GetValue(_socket) ?? DockerPluginOptions.DefaultSocketPath,
                Listener = ListenerOfSystemd(),
                Logger = new ErrorLogger(arguments.InvocationConfiguration.Error),
            },
            end.Token).GetAwaiter().GetResult();
        return ExitStatus.Done;
    }

    private static Socket? ListenerOfSystemd() =>
        string.Equals(
            Environment.GetEnvironmentVariable("LISTEN_PID"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        && Environment.GetEnvironmentVariable("LISTEN_FDS") is "1"
            ? new Socket(new SafeSocketHandle(FirstListener, ownsHandle: true))
            : null;
}
