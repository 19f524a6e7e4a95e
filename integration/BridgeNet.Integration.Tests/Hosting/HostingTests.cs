using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BridgeNet.Integration.Tests.Hosting;

/// <summary>The driver in a .NET host that is configured as by appsettings.json.</summary>
public sealed class HostingTests : IDisposable
{
    private readonly World _world = new();

    [Fact]
    public async Task Networks_are_there_before_other_services_start_are_watched_and_outlive_the_host()
    {
        using IHost host = Build([new("Networks:backend:Subnets:0", "172.30.0.0/24")], services => services.AddSingleton<IHostedService, Site>());

        await host.StartAsync();
        Site site = host.Services.GetServices<IHostedService>().OfType<Site>().Single();
        using WebServer nginx = site.Serve();
        string page = await _world.Server.GetAsync("http://192.0.2.1:8080/");
        _world.Host.RunOk("nft flush ruleset; ip addr flush dev br-back");

        string again = await _world.Server.GetOnceServedAsync("http://192.0.2.1:8080/");
        await host.StopAsync();
        (page, again).Should().Be(("hosted", "hosted"));
        _world.Host.RunOk("ip -o addr show dev br-back").Should().Contain("172.30.0.1/24");
    }

    [Fact]
    public async Task Health_is_degraded_by_what_a_repair_would_mend_and_unhealthy_beyond()
    {
        using IHost host = Build([new("Watch", "false"), new("Networks:backend:Subnets:0", "172.30.0.0/24")]);
        await host.StartAsync();

        HealthReportEntry well = await HealthAsync(host);
        _world.Host.RunOk("ip addr flush dev br-back");
        HealthReportEntry ill = await HealthAsync(host);
        string checkedAddresses = _world.Host.RunOk("ip -o -4 addr show dev br-back");
        _world.Host.RunOk("ip link del br-back && ip link add br-back type bridge");
        HealthReportEntry lost = await HealthAsync(host);

        await host.StopAsync();
        (well.Status, ill.Status, lost.Status).Should().Be((HealthStatus.Healthy, HealthStatus.Degraded, HealthStatus.Unhealthy));
        ill.Description.Should().Be("network backend: br-back lacked 172.30.0.1/24");
        lost.Description.Should().Contain("br-back is there and was not made by it");
        checkedAddresses.Should().BeEmpty("a check changes nothing");
    }

    [Fact]
    public async Task Containers_find_each_other_by_name_if_the_host_serves_names()
    {
        using IHost host = Build([new("ServeNames", "true"), new("Networks:backend:Subnets:0", "172.30.0.0/24")]);
        await host.StartAsync();
        Network network = host.Services.GetRequiredService<BridgeDriver>().GetNetwork("backend");
        Netns place = _world.AddContainer();
        using NetworkNamespace sandbox = NetworkNamespace.Open(place.Path);

        using EndpointLease lease = network.Attach(sandbox, new EndpointRequest { Name = "web" });

        place.Run("dig +short +tries=1 +time=15 @172.30.0.1 web").Output.TrimEnd().Should().Be("172.30.0.2");
        await host.StopAsync();
    }

    [Fact]
    public async Task A_host_with_a_wrong_option_does_not_start_and_makes_nothing()
    {
        using IHost host = Build([new("Networks:backend:Subnets:0", "172.30.0.0/24"), new("Networks:frontend:HostBinding", "127.0.0.300")]);

        Func<Task> start = () => host.StartAsync();

        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().ContainSingle()
            .Which.Should().StartWith("BridgeNet:Networks:frontend:HostBinding: '127.0.0.300' is not an address");
        _world.Host.RunOk("ip -o link show type bridge").Should().BeEmpty();
    }

    [Fact]
    public async Task A_network_that_cannot_be_keeps_the_host_from_starting_with_the_drivers_words()
    {
        _world.Host.RunOk("ip link add br-back type bridge");
        using IHost host = Build([new("Networks:backend:Subnets:0", "172.30.0.0/24")]);

        Func<Task> start = () => host.StartAsync();

        await start.Should().ThrowAsync<NetworkConflictException>().WithMessage("*br-back*");
    }

    public void Dispose() => _world.Dispose();

    private IHost Build(IEnumerable<KeyValuePair<string, string?>> settings, Action<IServiceCollection>? add = null)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"BridgeNet:{setting.Key}", setting.Value)));
        builder.Configuration.AddInMemoryCollection(
        [
            new("BridgeNet:HostNamespace", _world.Host.Path),
            new("BridgeNet:StateDirectory", _world.StateDirectory),
            new("BridgeNet:Networks:backend:Device", "br-back"),
        ]);
        builder.Logging.ClearProviders();
        builder.Services.AddBridgeNet(builder.Configuration.GetSection("BridgeNet"));
        builder.Services.AddHealthChecks().AddBridgeNet();
        builder.Services.AddSingleton(_world);
        add?.Invoke(builder.Services);
        return builder.Build();
    }

    private static async Task<HealthReportEntry> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["bridgenet"];

    /// <summary>A service of the application's, which attaches its container when it starts.</summary>
    private sealed class Site(BridgeDriver driver, World world) : IHostedService, IDisposable
    {
        private EndpointLease? _lease;
        private Netns? _place;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _place = world.AddContainer();
            using NetworkNamespace sandbox = NetworkNamespace.Open(_place.Path);
            _lease = driver.GetNetwork("backend").Attach(sandbox, new EndpointRequest { Publish = [PortSpec.Parse("8080:80")] });
            return Task.CompletedTask;
        }

        public WebServer Serve() => WebServer.Start(_place!, "hosted");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => _lease?.Dispose();
    }
}
