using System.Net.Sockets;
using System.Text.Json;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.Runtimes.Docker;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker;

/// <summary>A driver that serves Docker's protocol, with a client in Docker's place.</summary>
internal sealed class ServedPlugin : IAsyncDisposable
{
    /// <summary>Docker's id of the network.</summary>
    public const string Network = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly Scratch _scratch = new();
    private readonly NetworkNamespace _host;
    private readonly HttpClient _client;
    private CancellationTokenSource _end = new();
    private Task _service;

    public ServedPlugin(TimeSpan? mostWaiting = null)
    {
        World = new DriverWorld(network: null);
        _host = NetworkNamespace.Open(World.Host.Path);
        Path = _scratch.At("plugin.sock");
        _service = Serve(mostWaiting);
        _client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
    }

    public DriverWorld World { get; }

    public string Path { get; }

    /// <summary>Ends the plugin in good order, does something without it, and starts the next one on the same host and state.</summary>
    public async Task RestartAsync(Action? without = null, TimeSpan? mostWaiting = null)
    {
        await EndAsync();
        without?.Invoke();
        _end = new CancellationTokenSource();
        _service = Serve(mostWaiting);
    }

    /// <summary>What an answer gives as the reason of a refusal; null if there was none.</summary>
    public static string? ErrorOf(JsonElement answer) => answer.TryGetProperty("Err", out JsonElement error) ? error.GetString() : null;

    public async Task<JsonElement> CallAsync(string method, string body)
    {
        using HttpResponseMessage answer = await _client.PostAsync($"http://plugin/{method}", new StringContent(body));
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    public async Task MakeNetworkAsync() => (await CallAsync(
        "NetworkDriver.CreateNetwork",
        $$"""{"NetworkID":"{{Network}}","Options":null,"IPv4Data":[{"Pool":"172.30.0.0/24","Gateway":"172.30.0.1/24"}],"IPv6Data":[]}"""))
        .EnumerateObject().Should().BeEmpty();

    public Task<JsonElement> MakeEndpointAsync(string endpoint, string address) => CallAsync(
        "NetworkDriver.CreateEndpoint",
        $$"""
        {"NetworkID":"{{Network}}","EndpointID":"{{endpoint}}","Options":{},
          "Interface":{"Address":"{{address}}/24","AddressIPv6":"","MacAddress":""} }
        """);

    public async Task PublishAsync(string endpoint, int port) =>
        (await AskForPortAsync(endpoint, port)).EnumerateObject().Should().BeEmpty();

    public Task<JsonElement> AskForPortAsync(string endpoint, int port) => CallAsync(
        "NetworkDriver.ProgramExternalConnectivity",
        $$"""
        {"NetworkID":"{{Network}}","EndpointID":"{{endpoint}}","Options":{"com.docker.network.portmap":
          [{"Proto":6,"IP":"","Port":80,"HostIP":"","HostPort":{{port}},"HostPortEnd":{{port}} }] } }
        """);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await EndAsync();
        World.Dispose();
        _host.Dispose();
        _scratch.Dispose();
    }

    private Task Serve(TimeSpan? mostWaiting)
    {
        Task service = World.Driver.ServeDockerAsync(
            new DockerPluginOptions { SocketPath = Path, HostNamespace = _host, MostWaiting = mostWaiting ?? TimeSpan.FromMinutes(1) }, _end.Token);
        Eventually.Until(() => File.Exists(Path), "the plugin listens");
        return service;
    }

    private async Task EndAsync()
    {
        await _end.CancelAsync();
        await _service;
        _end.Dispose();
    }
}
