using BridgeNet.Dns.Serving;
using BridgeNet.Runtimes;

namespace BridgeNet.Cli.Running;

/// <summary>
/// The unit by which systemd runs the name server. There is no socket unit: where the server listens, the networks' files say, and they change.
/// </summary>
internal static class NameServerUnit
{
    /// <summary>Where systemd looks for units of the administrator's.</summary>
    public const string DefaultDirectory = "/etc/systemd/system";

    /// <summary>The unit's name.</summary>
    public const string Name = "bridgenet-dns.service";

    /// <summary>Writes the unit.</summary>
    /// <param name="directory">Where; made if it is missing.</param>
    /// <param name="binary">The binary's path.</param>
    /// <returns>The file.</returns>
    public static string Install(string directory, string binary)
    {
        _ = Directory.CreateDirectory(directory);
        return SystemdUnit.Write(Path.Combine(directory, Name), TextOf(binary));
    }

    /// <summary>Deletes the unit.</summary>
    /// <returns>The file; null if it was not there.</returns>
    public static string? Uninstall(string directory)
    {
        string path = Path.Combine(directory, Name);
        bool isThere = File.Exists(path);
        File.Delete(path);
        return isThere ? path : null;
    }

    /// <summary>It binds ports below 1024, and writes below /run; nothing else.</summary>
    private static string TextOf(string binary)
    {
        string places = $"--config {NameServerOptions.UsualDirectory} --state-dir {BridgeDriverOptions.DefaultStateDirectory}";
        return $"""
            [Unit]
            Description=BridgeNet, the name server of containers
            Before=podman.service podman-restart.service
            StartLimitIntervalSec=0

            [Service]
            ExecStart={SystemdUnit.Word(binary)} {ProcessFile.Verb} {places}
            ExecReload=kill -HUP $MAINPID
            Restart=always
            RestartSec=1
            LimitNOFILE=1048576
            Environment=DOTNET_GCgen0size={BackgroundServer.YoungestGeneration}
            CapabilityBoundingSet=CAP_NET_BIND_SERVICE
            NoNewPrivileges=yes
            ProtectSystem=strict
            ReadWritePaths=/run
            ProtectHome=yes
            PrivateTmp=yes
            ProtectControlGroups=yes
            ProtectKernelModules=yes
            RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6

            [Install]
            WantedBy=multi-user.target

            """;
    }
}
