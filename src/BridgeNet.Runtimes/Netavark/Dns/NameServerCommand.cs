using System.Globalization;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>How a name server is called.</summary>
/// <param name="Program">Its file.</param>
/// <param name="Directory">The directory of names.</param>
/// <param name="Port">Where it listens.</param>
/// <param name="Scope">The program systemd-run, if systemd is to give it a scope of its own; else null.</param>
internal sealed record NameServerCommand(string Program, string Directory, ushort Port, string? Scope)
{
    /// <summary>The command line, the first word of which is a file.</summary>
    public IReadOnlyList<string> Words =>
    [
        .. Scope is null ? (string[])[] : [Scope, "-q", "--scope"],
        Program, "--config", Directory, "-p", Port.ToString(CultureInfo.InvariantCulture), "run",
    ];
}
