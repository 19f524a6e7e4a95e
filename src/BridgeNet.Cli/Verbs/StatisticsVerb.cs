using System.CommandLine;
using System.Globalization;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Values;
using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>stats ENDPOINT</c>: what went through an endpoint, and through each of its published ports.</summary>
internal sealed class StatisticsVerb : Verb
{
    private readonly Argument<string> _endpoint = EndpointNames.One();
    private readonly Option<bool> _json = JsonText.Option();

    public StatisticsVerb()
        : base(
            "stats",
            "Show what went through an endpoint and its published ports since they were made.",
            "bridgenet stats web",
            "bridgenet stats web --json | jq .rx_bytes")
    {
        Add(_endpoint);
        Add(_json);
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using BridgeDriver driver = OpenDriver(arguments);
        Endpoint endpoint = driver.GetEndpoint(arguments.GetRequiredValue(_endpoint));
        EndpointStatistics statistics = driver.GetStatistics(endpoint.Id);
        TextWriter output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(_json))
        {
            output.WriteLine(JsonText.Of(DockerStatistics.From(endpoint.Id, statistics)));
            return ExitStatus.Done;
        }
        output.WriteLine(
            Line($"received {statistics.ReceivedBytes} bytes in {statistics.ReceivedPackets} packets, {statistics.ReceivedDropped} dropped"));
        output.WriteLine(Line($"sent {statistics.SentBytes} bytes in {statistics.SentPackets} packets, {statistics.SentDropped} dropped"));
        foreach (PortStatistics port in statistics.Ports)
        {
            output.WriteLine(Line($"{port.Port}: {port.Connections} connections, {port.Bytes} bytes in {port.Packets} packets"));
        }
        return ExitStatus.Done;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
