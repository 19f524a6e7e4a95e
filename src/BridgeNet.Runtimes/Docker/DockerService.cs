namespace BridgeNet.Runtimes.Docker;

/// <summary>
/// The two units by which systemd runs the plugin: Docker finds its socket from the first moment on, so nothing waits for the plugin's start.
/// </summary>
public static class DockerService
{
    /// <summary>Where systemd looks for units of the administrator's.</summary>
    public const string DefaultDirectory = "/etc/systemd/system";

    /// <summary>Where the networks are remembered over a reboot: Docker asks for a network once, when its user makes it.</summary>
    public const string StateDirectory = "/var/lib/bridgenet";

    private const string Name = "bridgenet-docker";

    private static readonly string[] s_suffixes = [".service", ".socket"];

    /// <summary>Writes the units.</summary>
    /// <param name="directory">Where; made if it is missing.</param>
    /// <param name="binary">The binary's path.</param>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Install(string directory, string binary)
    {
        _ = Directory.CreateDirectory(directory);
        return
        [
            SystemdUnit.Write(Path.Combine(directory, $"{Name}.socket"), Socket),
            SystemdUnit.Write(Path.Combine(directory, $"{Name}.service"), ServiceOf(binary)),
        ];
    }

    /// <summary>Deletes the units.</summary>
    /// <returns>The files that were there.</returns>
    public static IReadOnlyList<string> Uninstall(string directory)
    {
        string[] files = [.. s_suffixes.Select(suffix => Path.Combine(directory, Name + suffix)).Where(File.Exists)];
        Array.ForEach(files, File.Delete);
        return files;
    }

    private static string Socket =>
        $"""
        [Unit]
        Description=BridgeNet, a network driver of Docker (socket)
        Before=docker.service

        [Socket]
        ListenStream={DockerPluginOptions.DefaultSocketPath}
        SocketMode=0600

        [Install]
        WantedBy=sockets.target

        """;

    /// <summary>
    /// It writes kernel settings, enters the host's own namespace, binds ports, and keeps its records; nothing else. The collector looks after each 4
    /// MiB (in hexadecimal digits), half of what the binary has by itself.
    /// </summary>
    private static string ServiceOf(string binary) =>
        $"""
        [Unit]
        Description=BridgeNet, a network driver of Docker
        Before=docker.service
        Requires={Name}.socket
        After={Name}.socket
        StartLimitIntervalSec=0

        [Service]
        ExecStart={SystemdUnit.Word(binary)} --state-dir {StateDirectory} docker-plugin
        Restart=always
        RestartSec=1
        LimitNOFILE=1048576
        Environment=DOTNET_GCgen0size=400000
        StateDirectory=bridgenet
        StateDirectoryMode=0700
        CapabilityBoundingSet=CAP_NET_ADMIN CAP_SYS_ADMIN CAP_NET_BIND_SERVICE
        NoNewPrivileges=yes
        ProtectSystem=strict
        ProtectHome=read-only
        PrivateTmp=yes
        ProtectControlGroups=yes
        ProtectKernelModules=yes
        RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK

        [Install]
        WantedBy=multi-user.target

        """;
}
