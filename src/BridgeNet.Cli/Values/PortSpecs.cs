using System.CommandLine;

namespace BridgeNet.Cli.Values;

/// <summary>Published ports on the command line, in Docker's grammar.</summary>
internal static class PortSpecs
{
    private const string Grammar = "[HOSTIP:][HOSTPORT[-END]:]PORT[-END][/tcp|udp|sctp]";

    /// <summary>The option <c>-p SPEC</c>, any number of times.</summary>
    public static Option<PortSpec[]> Option() =>
        TextOption.Many("--publish", "SPEC", $"Publish a port: {Grammar}. May be given several times.", text => PortSpec.Parse(text), "-p");

    /// <summary>The arguments <c>SPEC…</c>.</summary>
    public static Argument<PortSpec[]> Arguments() => TextOption.Arguments("SPEC", $"Ports: {Grammar}.", text => PortSpec.Parse(text));
}
