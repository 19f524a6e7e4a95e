using System.Globalization;
using System.Text.RegularExpressions;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>What the checks of rules try, each time anew.</summary>
internal static partial class Try
{
    /// <summary>A TCP connection.</summary>
    public static Func<TimeSpan, Task<bool>> Connect(Netns from, string to) => patience => from.ReachesAsync(to, patience);

    /// <summary>A TCP connection from whoever to a port of a container's, where something listens for both families.</summary>
    public static Func<TimeSpan, Task<bool>> Connect(Netns from, string to, Container server, int port = 80)
    {
        Serve(server, port);
        return Connect(from, to);
    }

    /// <summary>An echo request that is answered.</summary>
    public static Func<TimeSpan, Task<bool>> Ping(Netns from, string to) => patience =>
        Task.FromResult(
            from.Run("ping", "-n", "-c", "1", "-W", patience.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture), to).ExitCode == 0);

    /// <summary>A datagram that need not be answered: a service logs what comes in.</summary>
    public static Func<TimeSpan, Task<bool>> Deliver(Netns from, string to, Netns service, int port)
    {
        BackgroundProcess log = Attacker.Log(service, port);
        return patience =>
        {
            string text = $"{Guid.NewGuid()}";
            from.RunOk($"echo {text} | socat -u STDIN UDP4-SENDTO:{to}");
            return Task.FromResult(Within(patience, () => log.Output.Contains(text, StringComparison.Ordinal)));
        };
    }

    /// <summary>Whether a question by UDP and its answer are counted, both: "traffic4".</summary>
    public static Func<TimeSpan, Task<bool>> CountTwo(DriverWorld world, Netns from, string to, string set) => async patience =>
    {
        long before = Counted(world.Host, set);
        (await from.AskUdpAsync(to)).Should().NotBeNull("counting lets everything through");
        return Within(patience, () => Counted(world.Host, set) == before + 2);
    };

    /// <summary>Whether something holds within a time.</summary>
    public static bool Within(TimeSpan patience, Func<bool> condition)
    {
        try
        {
            Eventually.Until(condition, patience, "it");
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>A service of both families in a container.</summary>
    public static void Serve(Container server, int port = 80) => server.Place.ServeTcp("::", port);

    private static long Counted(Netns host, string set) => Packets().Matches(host.RunOk($"nft list set inet bridgenet {set}"))
        .Sum(match => long.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"counter packets (?<count>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Packets();
}
