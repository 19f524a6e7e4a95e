using System.Text.Json.Nodes;

namespace BridgeNet.Integration.Tests.Cni;

/// <summary>Many processes at once, as a runtime that starts a node full of pods has them.</summary>
public sealed class ConcurrencyTests
{
    private const int Containers = 50;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fifty_containers_at_once_get_different_addresses_and_leave_nothing(bool isOwn)
    {
        using CniWorld world = new(Containers);
        JsonNode[] results = new JsonNode[Containers];

        All(number => results[number] = Add(number));
        string[] addresses = [.. results.Select(result => result["ips"]![0]!["address"]!.GetValue<string>())];
        string[] reservations = world.ReservationsOf("net1");
        All(number => Delete(number));

        addresses.Should().OnlyHaveUniqueItems();
        reservations.Should().HaveCount(2 * Containers);
        NothingIsLeft(world);

        JsonNode Add(int number) => isOwn
            ? JsonNode.Parse(world.CallOwn("ADD", world.Own(port: 10_000 + (number * 10)), number).OrThrow().Output)!
            : world.AddChain(world.Plugins, world.Chain(port: 10_000 + (number * 10)), number);

        void Delete(int number)
        {
            if (isOwn)
            {
                world.CallOwn("DEL", CniWorld.With(world.Own(port: 10_000 + (number * 10)), results[number]), number).OrThrow();
            }
            else
            {
                world.DeleteChain(world.Plugins, world.Chain(port: 10_000 + (number * 10)), results[number], number);
            }
        }
    }

    [Fact]
    public void Containers_join_four_networks_at_once()
    {
        const int Networks = 4;
        const int Namespaces = 12;
        using CniWorld world = new(Namespaces);
        JsonNode[,] results = new JsonNode[Namespaces, Networks];

        Each(Namespaces * Networks, job => results[job / Networks, job % Networks] =
            JsonNode.Parse(world.CallOwn("ADD", Configuration(job), job / Networks, $"eth{job % Networks}").OrThrow().Output)!);
        string[] inside = [.. world.World.Containers.Select(container => container.RunOk("ip -4 -br addr | grep -c eth"))];
        Each(Namespaces * Networks, job => world.CallOwn(
            "DEL", CniWorld.With(Configuration(job), results[job / Networks, job % Networks]), job / Networks, $"eth{job % Networks}").OrThrow());

        inside.Should().AllBe("4\n");
        Enumerable.Range(0, Networks).Should().OnlyContain(network => world.ReservationsOf($"net{network}").Length == 0);
        NothingIsLeft(world);

        JsonObject Configuration(int job)
        {
            int network = job % Networks;
            JsonObject configuration = world.Own(
                $"net{network}", $"cni{network}", $"10.{20 + network}.0.0/16", subnet6: null, port: 10_000 + (job * 10));
            configuration["isDefaultGateway"] = network == 0;
            configuration["isGateway"] = true;
            configuration["ipam"]!.AsObject().Remove("routes");
            return configuration;
        }
    }

    private static void All(Action<int> job) => Each(Containers, job);

    /// <summary>Each on a thread of its own, all at once: the pool would begin with two.</summary>
    private static void Each(int count, Action<int> job)
    {
        Exception?[] failures = new Exception?[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(number => new Thread(() =>
        {
            try
            {
                job(number);
            }
            catch (Exception error) // it belongs to the test's thread
            {
                failures[number] = error;
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        failures.OfType<Exception>().Select(failure => failure.Message).Should().BeEmpty();
    }

    private static void NothingIsLeft(CniWorld world)
    {
        world.ReservationsOf("net1").Should().BeEmpty();
        world.Veths().Should().BeEmpty();
        world.Rules().Should().NotContainAny("id: ", "CNI-DN-", "10.9.0.", "bridgenet");
        world.World.Containers.Should().OnlyContain(container => !container.RunOk("ip -br link").Contains("eth", StringComparison.Ordinal));
    }
}
