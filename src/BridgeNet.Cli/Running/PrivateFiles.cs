using BridgeNet.Native;

namespace BridgeNet.Cli.Running;

/// <summary>
/// The /etc/hosts and /etc/resolv.conf that a program of <c>run</c> sees and nobody else: it has a mount namespace of its own, where they are mounted
/// over the host's. They are on a file system of that namespace, so that they end with the program, however that ends. The process between <c>run</c>
/// and the program gets them in its environment, which the program does not see.
/// </summary>
/// <param name="Directory">A directory on which that file system can be mounted for a moment.</param>
/// <param name="Hosts">The text of /etc/hosts.</param>
/// <param name="Resolver">The text of /etc/resolv.conf.</param>
internal sealed record PrivateFiles(string Directory, string Hosts, string Resolver)
{
    private const string DirectoryVariable = "BRIDGENET_RUN_DIRECTORY";
    private const string HostsVariable = "BRIDGENET_RUN_HOSTS";
    private const string ResolverVariable = "BRIDGENET_RUN_RESOLVER";

    /// <summary>
    /// Where the C library asks programs of the host for names before it reads resolv.conf: nscd(8) and systemd-resolved (nss-resolve(8)). They do
    /// not know the container's names. What is no socket is passed over.
    /// </summary>
    private static readonly string[] s_hostResolvers = ["/run/nscd/socket", "/run/systemd/resolve/io.systemd.Resolve"];

    /// <summary>Hands them over.</summary>
    public void AddTo(IDictionary<string, string?> environment)
    {
        environment[DirectoryVariable] = Directory;
        environment[HostsVariable] = Hosts;
        environment[ResolverVariable] = Resolver;
    }

    /// <summary>Mounts those that were handed over to this process. If it cannot, the program sees the host's, and a warning says so.</summary>
    /// <param name="error">Where it says so.</param>
    public static void Mount(TextWriter error)
    {
        string? directory = Environment.GetEnvironmentVariable(DirectoryVariable);
        string? hosts = Environment.GetEnvironmentVariable(HostsVariable), resolver = Environment.GetEnvironmentVariable(ResolverVariable);
        if (directory is null || hosts is null || resolver is null)
        {
            return;
        }
        try
        {
            Mounts.BeginPrivate();
            Mounts.MakeTemporary(directory);
            try
            {
                Show(directory, "hosts", hosts, "/etc/hosts");
                Show(directory, "resolv.conf", resolver, "/etc/resolv.conf");
                foreach (string socket in s_hostResolvers.Where(File.Exists))
                {
                    Show(directory, "nobody", "", socket);
                }
            }
            finally
            {
                _ = Mounts.Detach(directory);
            }
        }
        catch (Exception fault) when (fault is KernelException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{Product.Name}: warning: the program sees the host's /etc/hosts and /etc/resolv.conf: {fault.Message}");
        }
    }

    private static void Show(string directory, string name, string text, string target)
    {
        string source = Path.Combine(directory, name);
        File.WriteAllText(source, text);
        Mounts.Bind(source, target);
    }
}
