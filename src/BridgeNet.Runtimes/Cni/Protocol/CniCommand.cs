namespace BridgeNet.Runtimes.Cni;

/// <summary>What a runtime asks a plugin to do, as <c>CNI_COMMAND</c>.</summary>
internal enum CniCommand
{
    /// <summary>ADD: connect a container.</summary>
    Add,

    /// <summary>DEL: disconnect it.</summary>
    Delete,

    /// <summary>CHECK: is it as ADD left it?</summary>
    Check,

    /// <summary>GC: remove what is of no attachment in a list.</summary>
    CollectGarbage,

    /// <summary>STATUS: could an ADD be served?</summary>
    Status,

    /// <summary>VERSION: which versions are spoken?</summary>
    Version,
}
