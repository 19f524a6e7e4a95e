using System.Text.Json;

namespace BridgeNet.Runtimes.Oci;

/// <summary>Finds the network namespace that a hook is to connect.</summary>
public static class OciSandbox
{
    /// <summary>The container's namespace; null if it shares the host's or another container's, and nothing is to be done.</summary>
    /// <exception cref="NamespaceException">It is not there.</exception>
    /// <exception cref="ConfigurationException">The container has no process.</exception>
    public static NetworkNamespace? Find(OciState state)
    {
        if (OciAnnotations.NamespaceOf(state.Annotations) is { Length: > 0 } path)
        {
            return NetworkNamespace.Open(path);
        }
        if (!HasNetworkOfItsOwn(state.Bundle))
        {
            return null;
        }
        if (state.Pid <= 0)
        {
            throw new ConfigurationException(
                "state", $"container {state.Id} has no process, so no network namespace: call the hook at {OciStage.CreateRuntime}");
        }
        NetworkNamespace sandbox = NetworkNamespace.OfProcess(state.Pid);
        using NetworkNamespace host = NetworkNamespace.Current();
        if (host.Identity != sandbox.Identity)
        {
            return sandbox;
        }
        sandbox.Dispose();
        return null;
    }

    /// <summary>Whether config.json asks for a namespace; true if it cannot be read, as the process's namespace then decides.</summary>
    private static bool HasNetworkOfItsOwn(string? bundle)
    {
        if (string.IsNullOrEmpty(bundle))
        {
            return true;
        }
        try
        {
            using FileStream file = File.OpenRead(Path.Combine(bundle, "config.json"));
            return JsonSerializer.Deserialize(file, OciJsonContext.Default.OciContainer)?.HasNetworkOfItsOwn ?? true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return true;
        }
    }
}
