namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>The methods of Docker's plugin protocol, and how an error of each is told.</summary>
internal sealed class PluginMethods(NetworkDriver networks)
{
    private static readonly PluginAnswer s_implements = PluginAnswer.Of(static answer =>
    {
        answer.WriteStartArray("Implements");
        answer.WriteStringValue("NetworkDriver");
        answer.WriteEndArray();
    });

    private static readonly PluginAnswer s_capabilities = PluginAnswer.Of(static answer =>
    {
        answer.WriteString("Scope", "local");
        answer.WriteString("ConnectivityScope", "local");
    });

    private static readonly PluginAnswer s_information = PluginAnswer.Of(static answer =>
    {
        answer.WriteStartObject("Value");
        answer.WriteEndObject();
    });

    /// <summary>Answers a request.</summary>
    /// <param name="target">Its path.</param>
    /// <param name="body">Its JSON.</param>
    public async Task<PluginAnswer> AnswerAsync(string target, byte[] body)
    {
        try
        {
            return AnswerBare(target) ?? await AnswerFullAsync(target, body).ConfigureAwait(false);
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

    /// <summary>What undoes a request of which Docker will not hear that it was carried out; null if nothing is to be undone.</summary>
    /// <param name="target">The request's path.</param>
    public static string? UndoOf(string target) => target switch
    {
        "/NetworkDriver.CreateNetwork" => "/NetworkDriver.DeleteNetwork",
        "/NetworkDriver.CreateEndpoint" => "/NetworkDriver.DeleteEndpoint",
        "/NetworkDriver.ProgramExternalConnectivity" => "/NetworkDriver.RevokeExternalConnectivity",
        _ => null,
    };

    /// <summary>The methods that need no body, or do nothing.</summary>
    private static PluginAnswer? AnswerBare(string target) => target switch
    {
        "/Plugin.Activate" => s_implements,
        "/NetworkDriver.GetCapabilities" => s_capabilities,
        "/NetworkDriver.EndpointOperInfo" => s_information,
        "/NetworkDriver.Leave" => PluginAnswer.Done, // the interface goes with the endpoint
        "/NetworkDriver.DiscoverNew" or "/NetworkDriver.DiscoverDelete" => PluginAnswer.Done,
        _ => null,
    };

    private async Task<PluginAnswer> AnswerFullAsync(string target, byte[] body)
    {
        if (body.Length == 0)
        {
            // Docker sends this when the connection broke during a request: nothing tells which endpoint it was about
            return PluginAnswer.Error("empty request: the one before it was cut off", PluginAnswer.BadRequest);
        }
        using PluginRequest request = new(body);
        return target switch
        {
            "/NetworkDriver.CreateNetwork" => networks.CreateNetwork(request),
            "/NetworkDriver.DeleteNetwork" => networks.DeleteNetwork(request),
            "/NetworkDriver.CreateEndpoint" => await networks.CreateEndpointAsync(request).ConfigureAwait(false),
            "/NetworkDriver.DeleteEndpoint" => networks.DeleteEndpoint(request),
            "/NetworkDriver.Join" => networks.Join(request),
            "/NetworkDriver.ProgramExternalConnectivity" => await networks.ProgramExternalConnectivityAsync(request, body).ConfigureAwait(false),
            "/NetworkDriver.RevokeExternalConnectivity" => networks.RevokeExternalConnectivity(request),
            _ => PluginAnswer.Error($"there is no method {target}", PluginAnswer.NotFound),
        };
    }
}
