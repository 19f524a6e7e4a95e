using System.CommandLine;
using System.Globalization;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Values;
using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>stats ENDPOINT…</c>: what went through endpoints, and through each of their published ports.</summary>
internal sealed class StatisticsVerb : Verb
{
    private readonly Argument<string[]> _endpoints = EndpointNames.Several();
    private readonly Option<bool> _json = JsonText.Option();

    public StatisticsVerb()
        : base(
            "stats",
            "Show what went through endpoints and their published ports since they were made.",
            "bridgenet stats web",
            "bridgenet stats web db                  one after the other, each below its name",
            "bridgenet stats web --json | jq .rx_bytes")
    {
        Add(_endpoints);
        Add(_json);
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        string[] endpoints = arguments.GetRequiredValue(_endpoints);
        TextWriter output = arguments.InvocationConfiguration.Output;
        bool isJson = arguments.GetValue(_json);
        using BridgeDriver driver = OpenDriver(arguments);
        return ForEach(arguments, endpoints, name =>
        {
            Endpoint endpoint = driver.GetEndpoint(name);
            EndpointStatistics statistics = driver.GetStatistics(endpoint.Id);
            if (isJson)
            {
                output.WriteLine(JsonText.Of(DockerStatistics.From(endpoint.Id, statistics)));
                return;
            }
            if (endpoints.Length > 1)
            {
                output.WriteLine($"{endpoint.Name}:");
            }
            Print(statistics, output);
        });
    }

    private static void Print(EndpointStatistics statistics, TextWriter output)
    {
        output.WriteLine(
            Line($"received {statistics.ReceivedBytes} bytes in {statistics.ReceivedPackets} packets, {statistics.ReceivedDropped} dropped"));
        output.WriteLine(Line($"sent {statistics.SentBytes} bytes in {statistics.SentPackets} packets, {statistics.SentDropped} dropped"));
        foreach (PortStatistics port in statistics.Ports)
        {
            output.WriteLine(Line($"{port.Port}: {port.Connections} connections, {port.Bytes} bytes in {port.Packets} packets"));
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
