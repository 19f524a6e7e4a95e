namespace BridgeNet.Runtimes.Cni;

/// <summary>A plugin, called by one of its names. What it does not do is fine as it is.</summary>
internal interface ICniPlugin
{
    /// <summary>Its name, and that of its binary.</summary>
    string Name { get; }

    /// <summary>The first version that it speaks; it speaks all from then on.</summary>
    CniVersion OldestVersion => CniVersion.V0_1_0;

    /// <summary>Whether its DEL, CHECK and ADD want what the plugins before it came to.</summary>
    bool IsChained => false;

    /// <summary>Connects a container, or adds to its connection.</summary>
    CniResult Add(CniCall call);

    /// <summary>Takes back what <see cref="Add"/> did; content if it is gone, and if the namespace is.</summary>
    void Delete(CniCall call);

    /// <summary>Looks whether it is still as <see cref="Add"/> left it.</summary>
    /// <exception cref="CniException">100: it is not.</exception>
    void Check(CniCall call);

    /// <summary>Looks whether an <see cref="Add"/> could be served.</summary>
    /// <exception cref="CniException">50, 51: it could not.</exception>
    void Status(CniCall call)
    {
    }

    /// <summary>Takes back what is of no valid attachment; called only if the runtime named those that are.</summary>
    void CollectGarbage(CniCall call)
    {
    }
}
