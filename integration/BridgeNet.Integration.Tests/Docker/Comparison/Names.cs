using System.Text.RegularExpressions;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>Who is found under which name.</summary>
internal static partial class Names
{
    public static IReadOnlyList<Behaviour> All { get; } =
    [
        new("names: a neighbour", stage => stage.PageIn("back", "http://front/")),
        new("names: the addresses of a neighbour", stage => LookUp(stage, "back", "front")),
        new("names: an alias", stage => stage.PageIn("back", "http://shop/")),
        new("names: the first digits of the id", stage => stage.PageIn("back", $"http://{stage.Inspect("front", "{{.Id}}")[..12]}/")),
        new("names: a container of another network", stage => stage.PageIn("back", "http://far/") is "far" ? "found" : "not found"),
        new("names: on an internal network", stage => LookUp(stage, "beside", "hidden")),
        new("names: of an address", stage => LookUp(stage, "back", "172.30.1.10")),
        new("names: of an IPv6 address", stage => LookUp(stage, "back", "fd00:30:1::10")),
        new("names: of a container that is gone", stage =>
        {
            stage.Serve("ghost", "--network=web");
            stage.World.RunOk("rm", "-f", "ghost");
            return stage.PageIn("back", "http://ghost/") is "ghost" ? "found" : "not found";
        }),
    ];

    /// <summary>What the container's name server says: the answers, and not the server's own address.</summary>
    private static string LookUp(Stage stage, string container, string name)
    {
        string output = stage.In(container, "nslookup", name, "127.0.0.11");
        string[] answers = [.. Answer().Matches(output).Select(match => match.Groups["answer"].Value)
            .Where(answer => !answer.StartsWith("127.", StringComparison.Ordinal))];
        return answers.Length == 0 ? "no such name" : string.Join(' ', answers.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"(Address: |name = )(?<answer>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Answer();
}
