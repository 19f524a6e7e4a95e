using BridgeNet.Native;

namespace BridgeNet.Cli.Running;

/// <summary>
/// The /etc/hosts and /etc/resolv.conf that a program of <c>run</c> sees and nobody else: it has a mount namespace of its own, where they are mounted
/// over the host's. They are on a file system of that namespace, so that they end with the program, however that ends. The process between <c>run</c>
/// and the program gets them in its environment, which the program does not see.
/// </summary>
/// <param name="Directory">A directory on which that file system can be mounted for a moment.</param>
/// <param name="Entries">The lines that its /etc/hosts has beside the host's.</param>
/// <param name="Resolver">The text of /etc/resolv.conf.</param>
internal sealed record PrivateFiles(string Directory, string Entries, string Resolver)
{
    private const string Hosts = "/etc/hosts", ResolverFile = "/etc/resolv.conf";
    private const string DirectoryVariable = "BRIDGENET_RUN_DIRECTORY";
    private const string EntriesVariable = "BRIDGENET_RUN_HOSTS";
    private const string ResolverVariable = "BRIDGENET_RUN_RESOLVER";

    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead; // whatever the umask

    /// <summary>
    /// Where the C library asks programs of the host for names before it reads resolv.conf: nscd(8) and systemd-resolved (nss-resolve(8)). They
    /// do not know the container's names.
    /// </summary>
    private static readonly string[] s_hostResolvers = ["/run/nscd/socket", "/run/systemd/resolve/io.systemd.Resolve"];

    /// <summary>Hands them over.</summary>
    public void AddTo(IDictionary<string, string?> environment)
    {
        environment[DirectoryVariable] = Directory;
        environment[EntriesVariable] = Entries;
        environment[ResolverVariable] = Resolver;
    }

    /// <summary>Mounts those that were handed over to this process. What it cannot mount is the host's, and a warning says so.</summary>
    /// <param name="error">Where it says so.</param>
    public static void Mount(TextWriter error)
    {
        string? place = Environment.GetEnvironmentVariable(DirectoryVariable);
        string? entries = Environment.GetEnvironmentVariable(EntriesVariable), resolver = Environment.GetEnvironmentVariable(ResolverVariable);
        if (place is null || entries is null || resolver is null)
        {
            return;
        }
        Warn(error, $"{Hosts} and {ResolverFile}", () =>
        {
            string directory = File.ResolveLinkTarget(place, returnFinalTarget: true)?.FullName ?? place;
            string hosts = File.Exists(Hosts) ? File.ReadAllText(Hosts) : "";
            Mounts.BeginPrivate();
            Mounts.MakeTemporary(directory);
            try
            {
                Warn(error, Hosts, () => Show(directory, "hosts", WithLineFeed(hosts) + entries, Hosts));
                Warn(error, ResolverFile, () => Show(directory, "resolv.conf", resolver, ResolverFile));
                foreach (string socket in s_hostResolvers.Where(File.Exists))
                {
                    Warn(error, socket, () => Show(directory, "nobody", "", socket));
                }
            }
            finally
            {
                _ = Mounts.Detach(directory);
            }
        });
    }

    private static string WithLineFeed(string text) => text.Length == 0 || text.EndsWith('\n') ? text : $"{text}\n";

    private static void Show(string directory, string name, string text, string target)
    {
        string source = Path.Combine(directory, name);
        File.WriteAllText(source, text);
        if (OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(source, Readable);
        }
        Mounts.Bind(source, target);
    }

    private static void Warn(TextWriter error, string what, Action mount)
    {
        try
        {
            mount();
        }
        catch (Exception fault) when (fault is KernelException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{Product.Name}: warning: the program sees the host's {what}: {fault.Message}");
        }
    }
}
