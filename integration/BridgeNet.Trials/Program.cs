using System.Globalization;

using BridgeNet.Trials.Chaos;
using BridgeNet.Trials.Chaos.Docker;
using BridgeNet.Trials.Soak;
using BridgeNet.Trials.Stress;

namespace BridgeNet.Trials;

/// <summary>Trials that go on for long: <c>chaos</c>, <c>stress</c>, <c>soak</c>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        string[] rest = arguments.Length == 0 ? [] : arguments[1..];
        bool passed;
        switch (arguments.Length == 0 ? "" : arguments[0])
        {
            case "chaos" when rest is ["--every", { } step, ..]:
                passed = ChaosTrial.Run(
                rest[2..], int.Parse(step, CultureInfo.InvariantCulture), Console.Out); break;
            case "chaos" when rest is ["--beside", { } beside, ..]: passed = ChaosTrial.RunBeside(beside, rest[2..], Console.Out); break;
            case "chaos" when rest is ["docker", ..]: passed = DockerChaosTrial.Run(Number(rest, 1, 20), rest.Skip(2), Console.Out); break;
            case "chaos": passed = ChaosTrial.Run(rest, errorStep: 1, Console.Out); break;
            case "stress":
                passed = StressTrial.Run(
                TimeSpan.FromSeconds(Number(rest, 0, 600)), Number(rest, 1, Environment.TickCount), Console.Out); break;
            case "soak": passed = SoakTrial.Run(Number(rest, 0, 2000), Number(rest, 1, 500), Console.Out); break;
            default:
                Console.Error.WriteLine(
                    "chaos [--every N | --beside gc|repair|neighbour] [VERB…] | chaos docker [POINTS [OPERATION|VICTIM…]] | "
                        + "stress [SECONDS [SEED]] | soak [CYCLES [LIVE]]");
                return 2;
        }
        return passed ? 0 : 1;
    }

    private static int Number(string[] arguments, int place, int otherwise) =>
        arguments.Length > place ? int.Parse(arguments[place], CultureInfo.InvariantCulture) : otherwise;
}
