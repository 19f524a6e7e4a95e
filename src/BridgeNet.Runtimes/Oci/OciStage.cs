namespace BridgeNet.Runtimes.Oci;

/// <summary>The stages of a container's life in which the hook has something to do.</summary>
public static class OciStage
{
    /// <summary>The namespaces are made, the program is not started.</summary>
    public const string CreateRuntime = "createRuntime";

    /// <summary>As <see cref="CreateRuntime"/> was called before OCI 1.0.2.</summary>
    public const string Prestart = "prestart";

    /// <summary>The container is gone.</summary>
    public const string Poststop = "poststop";
}
