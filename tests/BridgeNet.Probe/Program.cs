using System.Globalization;

namespace BridgeNet.Probe;

/// <summary>
/// <c>attach|repair</c>: measures one round for each line of its input, until the input ends, and answers with a line of figures. Run it in a network
/// namespace of its own, with a /run of its own.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        using BenchHost host = new();
        host.WarmUp();
        IRounds rounds = arguments is ["repair"] ? new RepairRounds(host) : new AttachRounds(host);
        while (Console.ReadLine() is not null)
        {
            Console.WriteLine(string.Join(' ', rounds.Measure().Select(figure => figure.ToString(CultureInfo.InvariantCulture))));
        }
        return 0;
    }
}
