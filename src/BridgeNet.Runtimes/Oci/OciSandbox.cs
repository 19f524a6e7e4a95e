using System.Text.Json;

namespace BridgeNet.Runtimes.Oci;

/// <summary>Finds the network namespace that a hook is to connect.</summary>
public static class OciSandbox
{
    /// <summary>The container's namespace, opened once; null if there is nothing to do: it has the host's, or another container's.</summary>
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

    /// <summary>As config.json says; where that cannot be read, the process's namespace says it.</summary>
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
