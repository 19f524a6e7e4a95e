using System.Net.Sockets;
using System.Text;
using System.Text.Json;

using BridgeNet.Runtimes.Docker.Plugin;

namespace BridgeNet.Runtimes.Docker;

/// <summary>What Docker Engine's API says of running containers, which alone knows them by their names.</summary>
public static class DockerEngine
{
    /// <summary>Where the Engine listens.</summary>
    public const string DefaultSocketPath = "/var/run/docker.sock";

    /// <summary>Without a version: the Engine answers by its newest.</summary>
    private const string Request = "GET /containers/json HTTP/1.0\r\nHost: docker\r\n\r\n";

    /// <summary>Lists the places of running containers on networks, those of other drivers too.</summary>
    /// <param name="socketPath">The Engine's socket.</param>
    /// <exception cref="IOException">There is no Engine, or it did not answer as it should.</exception>
    public static IReadOnlyList<DockerContainerNetwork> ListContainerNetworks(string socketPath = DefaultSocketPath)
    {
        byte[] body = Get(socketPath);
        try
        {
            using JsonDocument containers = JsonDocument.Parse(body);
            return
            [
                .. from container in containers.RootElement.EnumerateArray()
                   from network in (PluginRequest.Member(PluginRequest.Member(container, "NetworkSettings"), "Networks") ?? default).EnumerateObject()
                   let endpoint = PluginRequest.Text(network.Value, "EndpointID")
                   where endpoint.Length > 0
                   select new DockerContainerNetwork(
                       PluginRequest.Short(PluginRequest.Text(container, "Id")),
                       PluginRequest.Items(container, "Names").Select(name => name.GetString()!.TrimStart('/')).FirstOrDefault() ?? "",
                       network.Name,
                       DockerNames.Of(endpoint)),
            ];
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            throw new IOException($"{socketPath}: the answer is no list of containers", error);
        }
    }

    private static byte[] Get(string socketPath)
    {
        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(socketPath));
            using NetworkStream stream = new(socket);
            stream.Write(Encoding.ASCII.GetBytes(Request));
            using MemoryStream answer = new();
            stream.CopyTo(answer); // HTTP/1.0: the answer ends with the connection
            byte[] bytes = answer.ToArray();
            int end = HttpHead.EndOf(bytes);
            string head = Encoding.Latin1.GetString(bytes, 0, Math.Max(end, 0));
            return head.Split(' ') is [_, "200", ..]
                ? bytes[end..]
                : throw new IOException(
                    $"{socketPath}: {(end < 0 ? "no answer of HTTP" : $"{head.Split("\r\n")[0]} {Encoding.UTF8.GetString(bytes[end..]).Trim()}")}");
        }
        catch (SocketException error)
        {
            throw new IOException($"{socketPath}: {error.Message}: does Docker run?", error);
        }
    }
}
