using Mono.Unix.Native;

namespace BridgeNet.TestKit;

/// <summary>Whether this process may make network namespaces, which every privileged test needs.</summary>
public static class Sandbox
{
    /// <summary>Set by integration/run: the place is meant to be capable, so a lack is a failure and not a skip.</summary>
    public const string RequiredVariable = "BRIDGENET_REQUIRE_PRIVILEGE";

    private const int NetAdmin = 12;
    private const int SysAdmin = 21;

    private static readonly Lazy<string?> s_lack = new(FindLack);

    /// <summary>What is missing, in words; null if nothing is.</summary>
    public static string? Lack => s_lack.Value;

    /// <summary>Skips the calling test, loudly, where namespaces cannot be made.</summary>
    /// <exception cref="SkipException">What is missing.</exception>
    /// <exception cref="InvalidOperationException">The same where <see cref="RequiredVariable"/> is set.</exception>
    public static void Require()
    {
        if (Lack is not null)
        {
            bool required = Environment.GetEnvironmentVariable(RequiredVariable) is "1";
            throw required ? new InvalidOperationException(Lack) : new SkipException(Lack);
        }
    }

    private static string? FindLack()
    {
        if (Syscall.geteuid() != 0)
        {
            return "needs root: run integration/run as root";
        }
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapEff:", StringComparison.Ordinal));
        ulong capabilities = Convert.ToUInt64(line["CapEff:".Length..].Trim(), fromBase: 16);
        if ((capabilities >> NetAdmin & 1) == 0 || (capabilities >> SysAdmin & 1) == 0)
        {
            return "needs CAP_NET_ADMIN and CAP_SYS_ADMIN: run the container with --privileged";
        }
        CommandResult unshare = Programs.Run("unshare", ["-n", "true"]);
        return unshare.ExitCode == 0 ? null : $"needs to make network namespaces: {unshare}";
    }
}
