using System.Net;

using BridgeNet.Publishing;
using BridgeNet.State;
using BridgeNet.Tests.Firewall;

using CsCheck;

namespace BridgeNet.Tests.Ports;

/// <summary>What becomes of an endpoint's ports when some are taken back.</summary>
public sealed class PortChangeTests
{
    private static readonly Gen<PortSpec> s_specs =
        from first in Gen.Int[8000, 8030]
        from count in Gen.Int[1, 4]
        from isAnywhere in Gen.Bool
        select new PortSpec
        {
            ContainerPorts = PortRange.From(first, first + count - 1),
            HostAddress = isAnywhere ? null : IPAddress.Any,
        };

    [Fact]
    public void What_goes_and_what_stays_are_all_that_was_there() => s_specs.Array[1, 6].Sample(specs =>
    {
        EndpointState endpoint =
            FirewallSamples.WithPorts("one", "8000-8019:8000-8019", "8020:8020", "127.0.0.1:8021:8021", "8022-8030:8022-8030/udp");
        PublishedPort[] before = [.. endpoint.Ports.SelectMany(port => port.Each())];
        PublishedPort[] meant = [.. before.Where(port => specs.Any(spec => new PortSelection(spec).Of(port) is not null))];
        bool isUnknown = specs.Any(spec => !before.Any(port => new PortSelection(spec).Of(port) is not null));

        Func<PortChange> take = () => PortChange.Unpublish(endpoint, specs);

        if (isUnknown)
        {
            take.Should().Throw<ConfigurationException>();
            return;
        }
        PortChange change = take();
        change.Ending.SelectMany(port => port.Each()).Distinct().Should().BeEquivalentTo(meant);
        change.After.SelectMany(port => port.Each()).Should().BeEquivalentTo(before.Except(meant));
        change.Changing.Should().OnlyContain(port => change.Intended.Contains(port) != change.After.Contains(port));
    });
}
