namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>The methods of Docker's plugin protocol, and how an error of each is told.</summary>
internal sealed class PluginMethods(NetworkDriver networks, IpamDriver ipam)
{
    /// <summary>The methods that need no body, or do nothing.</summary>
    private static readonly Dictionary<string, PluginAnswer> s_fixed = new(StringComparer.Ordinal)
    {
        ["/Plugin.Activate"] = PluginAnswer.Of(static answer =>
        {
            answer.WriteStartArray("Implements");
            answer.WriteStringValue("NetworkDriver");
            answer.WriteStringValue("IpamDriver");
            answer.WriteEndArray();
        }),
        ["/NetworkDriver.GetCapabilities"] = PluginAnswer.Of(static answer =>
        {
            answer.WriteString("Scope", "local");
            answer.WriteString("ConnectivityScope", "local");
        }),
        ["/NetworkDriver.EndpointOperInfo"] = PluginAnswer.Of(static answer =>
        {
            answer.WriteStartObject("Value");
            answer.WriteEndObject();
        }),
        ["/NetworkDriver.Leave"] = PluginAnswer.Done, // the interface goes with the endpoint
        ["/NetworkDriver.DiscoverNew"] = PluginAnswer.Done,
        ["/NetworkDriver.DiscoverDelete"] = PluginAnswer.Done,
        ["/IpamDriver.GetCapabilities"] = PluginAnswer.Of(static answer =>
        {
            answer.WriteBoolean("RequiresMACAddress", value: false);
            answer.WriteBoolean("RequiresRequestReplay", value: false); // pools and addresses are on disk
        }),
        ["/IpamDriver.GetDefaultAddressSpaces"] = PluginAnswer.Of(static answer =>
        {
            answer.WriteString("LocalDefaultAddressSpace", "bridgenet");
            answer.WriteString("GlobalDefaultAddressSpace", "bridgenet");
        }),
    };

    private readonly Dictionary<string, Func<PluginRequest, Task<PluginAnswer>>> _methods = new(StringComparer.Ordinal)
    {
        ["/NetworkDriver.CreateNetwork"] = AtOnce(networks.CreateNetwork),
        ["/NetworkDriver.DeleteNetwork"] = AtOnce(networks.DeleteNetwork),
        ["/NetworkDriver.CreateEndpoint"] = networks.CreateEndpointAsync,
        ["/NetworkDriver.DeleteEndpoint"] = AtOnce(networks.DeleteEndpoint),
        ["/NetworkDriver.Join"] = AtOnce(networks.Join),
        ["/NetworkDriver.ProgramExternalConnectivity"] = networks.ProgramExternalConnectivityAsync,
        ["/NetworkDriver.RevokeExternalConnectivity"] = AtOnce(networks.RevokeExternalConnectivity),
        ["/IpamDriver.RequestPool"] = AtOnce(ipam.RequestPool),
        ["/IpamDriver.ReleasePool"] = AtOnce(ipam.ReleasePool),
        ["/IpamDriver.RequestAddress"] = AtOnce(ipam.RequestAddress),
        ["/IpamDriver.ReleaseAddress"] = AtOnce(ipam.ReleaseAddress),
    };

    /// <summary>Answers a request.</summary>
    /// <param name="target">Its path.</param>
    /// <param name="body">Its JSON.</param>
    public async Task<PluginAnswer> AnswerAsync(string target, byte[] body)
    {
        if (s_fixed.TryGetValue(target, out PluginAnswer? answer))
        {
            return answer;
        }
        if (!_methods.TryGetValue(target, out Func<PluginRequest, Task<PluginAnswer>>? method))
        {
            return PluginAnswer.Error($"there is no method {target}", PluginAnswer.NotFound);
        }
        if (body.Length == 0)
        {
            // Docker sends this when the connection broke during a request: nothing tells which endpoint it was about
            return PluginAnswer.Error("empty request: the one before it was cut off", PluginAnswer.BadRequest);
        }
        try
        {
            using PluginRequest request = new(body);
            return await method(request).ConfigureAwait(false);
        }
        catch (FormatException error)
        {
            return PluginAnswer.Error(error.Message);
        }
        catch (NetworkNotFoundException)
        {
            return PluginAnswer.Error("the plugin has no record of this network, for its state directory was lost or is another one: "
                + "remove the network and make it again, or start the plugin with the former --state-dir");
        }
        catch (EndpointNotFoundException)
        {
            return PluginAnswer.Error("the plugin has no such endpoint any more: start the container again");
        }
        catch (Exception error) // whatever it is, Docker would take a connection that ends for a reason to ask again, with nothing
        {
            return PluginAnswer.Error(error.Message.ReplaceLineEndings(" "));
        }
    }

    private static Func<PluginRequest, Task<PluginAnswer>> AtOnce(Func<PluginRequest, PluginAnswer> method) =>
        request => Task.FromResult(method(request));
}
