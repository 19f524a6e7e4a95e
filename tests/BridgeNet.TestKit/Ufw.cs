namespace BridgeNet.TestKit;

/// <summary>
/// A real ufw in a namespace. It is no daemon but a program that writes rules; what it writes to /etc goes to a directory of its own.
/// </summary>
public sealed class Ufw : IDisposable
{
    /// <summary>$1 is the directory, $2 the command line.</summary>
    private const string Script =
        """
        mount -t tmpfs run /run
        mount -t overlay -o lowerdir=/etc,upperdir=$1/upper,workdir=$1/work etc /etc
        exec sh -ec "$2"
        """;

    private readonly Scratch _scratch = new();
    private readonly Netns _host;

    private Ufw(Netns host)
    {
        _host = host;
        Programs.Require("ufw");
        Directory.CreateDirectory(_scratch.At("upper"));
        Directory.CreateDirectory(_scratch.At("work"));
    }

    /// <summary>Switches it on, with the policies of its package.</summary>
    public static Ufw Start(Netns host)
    {
        Ufw ufw = new(host);
        try
        {
            ufw.RunOk("ufw --force enable");
        }
        catch
        {
            ufw.Dispose();
            throw;
        }
        return ufw;
    }

    /// <summary>Runs a command line that must succeed, in which ufw finds its rules, and returns its output.</summary>
    public string RunOk(string commandLine) =>
        _host.Run("unshare", "--mount", "sh", "-ec", Script, "sh", _scratch.Path, commandLine).OrThrow().Output;

    public void Dispose() => _scratch.Dispose();
}
