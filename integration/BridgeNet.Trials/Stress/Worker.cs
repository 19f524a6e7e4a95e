using System.Globalization;

using BridgeNet.TestKit;

namespace BridgeNet.Trials.Stress;

/// <summary>
/// One who does verb after verb on the containers, without asking what the others do. Refusals that make sense are counted, all else is a failure.
/// </summary>
internal sealed class Worker(StressWorld world, int number, Random random, bool usesBinary)
{
    private static readonly string[] s_sensible =
    [
        "the name is taken",
        "is there in",
        "the container is on network",
        "has published it",
        "was published meanwhile",
        "there is none of that",
        "is not published",
        "another program has bound it",
        "addresses of", "no address", "is taken", "it is there with", "has endpoints", "its bridge",
    ];

    private readonly Dictionary<string, int> _done = new(StringComparer.Ordinal);

    /// <summary>How often each verb was done, and refused.</summary>
    public IReadOnlyDictionary<string, int> Done => _done;

    /// <summary>What must not happen and did.</summary>
    public string? Failure { get; private set; }

    /// <summary>How many processes of the binary were killed.</summary>
    public int Killed { get; private set; }

    /// <summary>Works until it is told to pause.</summary>
    public void Work(Func<bool> isOver)
    {
        using BridgeDriver driver = world.OpenDriver();
        while (Failure is null && !isOver())
        {
            string verb = Choose();
            try
            {
                if (usesBinary)
                {
                    DoByBinary(verb);
                }
                else
                {
                    DoByLibrary(driver, verb);
                }
                Count(verb);
            }
            catch (BridgeNetException error) when (IsSensible(error.Message))
            {
                Count($"{verb} refused");
            }
            catch (Exception error) // whatever it is, it must not be
            {
                Failure = $"worker {number.ToString(CultureInfo.InvariantCulture)}, {verb}: {error}";
            }
        }
    }

    private string Choose() => random.Next(100) switch
    {
        < 40 => "attach",
        < 70 => "detach",
        < 80 => "publish",
        < 88 => "unpublish",
        < 92 => "limit",
        < 95 => "gc",
        < 98 => "network",
        _ => "repair",
    };

    private static bool IsSensible(string message) => Array.Exists(s_sensible, words => message.Contains(words, StringComparison.Ordinal));

    private string Name() => $"e{random.Next(world.Containers.Count)}";

    private int Port() => 20_000 + random.Next(64);

    private void Count(string what) => _done[what] = _done.GetValueOrDefault(what) + 1;

    private void DoByLibrary(BridgeDriver driver, string verb)
    {
        string name = Name();
        switch (verb)
        {
            case "attach":
                Network network = driver.GetNetwork(StressWorld.Networks[random.Next(2)].Name);
                using (NetworkNamespace sandbox = NetworkNamespace.Open(world.Containers[random.Next(world.Containers.Count)].Path))
                {
                    _ = network.Attach(
                        sandbox,
                        new EndpointRequest
                        {
                            Name = name,
                            Keep = true,
                            Publish = random.Next(
                            2) == 0 ? [] : [PortSpec.Parse($"{Port()}:80"), PortSpec.Parse("81")]
                        });
                }
                break;
            case "detach": _ = driver.Detach(name); break;
            case "publish":
                int first = Port(), last = first + random.Next(4);
                _ = driver.Publish(name, PortSpec.Parse(random.Next(2) == 0 ? $"{first}:90" : $"{first}-{last}:{first}-{last}"));
                break;
            case "unpublish": _ = driver.Unpublish(name, PortSpec.Parse(random.Next(2) == 0 ? "90" : $"{Port()}")); break;
            case "limit": _ = driver.Limit(name, random.Next(2) == 0 ? null : new Bandwidth { EgressRate = 80_000_000 }); break;
            case "gc": _ = driver.CollectGarbage(); break;
            case "network":
                string own = $"own{random.Next(3)}";
                _ = driver.EnsureNetwork(new NetworkDefinition { Name = own });
                driver.RemoveNetwork(own);
                break;
            default: _ = driver.Repair(); break;
        }
    }

    /// <summary>Now and then the process is killed at some moment, and somebody's gc or repair puts it right.</summary>
    private void DoByBinary(string verb)
    {
        string name = Name(), container = world.Containers[random.Next(world.Containers.Count)].Path;
        string[] words = verb switch
        {
            "attach" => ["attach", container, "--network", StressWorld.Networks[random.Next(2)].Name, "--name", name, "-p", $"{Port()}:80"],
            "detach" => ["detach", name],
            "publish" => ["publish", name, random.Next(2) == 0 ? $"{Port()}:90" : "20010-20019:20010-20019"],
            "unpublish" => ["unpublish", name, "90"],
            "limit" => ["limit", name, "--off"],
            "network" => ["network", "create", $"own{random.Next(3)}"],
            _ => [verb],
        };
        bool killed = random.Next(5) == 0;
        string[] before = killed ? ["timeout", "--signal=KILL", $"0.0{random.Next(10, 60).ToString(CultureInfo.InvariantCulture)}"] : [];
        CommandResult result = world.Host.Run("env", [.. before, Binary.Path, "--state-dir", world.State, .. words]);
        if (killed && result.ExitCode is 137 or 124)
        {
            Killed++;
        }
        else if (result.ExitCode != 0 && !IsSensible(result.Errors))
        {
            throw new InvalidOperationException(result.ToString());
        }
        if (verb is "network")
        {
            _ = world.Host.Run(Binary.Path, ["--state-dir", world.State, "network", "rm", words[2]]);
        }
    }
}
