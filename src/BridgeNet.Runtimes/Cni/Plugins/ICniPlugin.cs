namespace BridgeNet.Runtimes.Cni;

/// <summary>A CNI plugin. A command that it does not implement succeeds.</summary>
internal interface ICniPlugin
{
    /// <summary>Its name, and that of its binary.</summary>
    string Name { get; }

    /// <summary>The first version that it speaks; it speaks all from then on.</summary>
    CniVersion OldestVersion => CniVersion.V0_1_0;

    /// <summary>Whether it needs the result of the plugins before it.</summary>
    bool IsChained => false;

    /// <summary>Connects a container, or adds to its connection.</summary>
    CniResult Add(CniCall call);

    /// <summary>Removes what <see cref="Add"/> created; succeeds if it or the namespace is gone.</summary>
    void Delete(CniCall call);

    /// <summary>Checks that everything is still as <see cref="Add"/> left it.</summary>
    /// <exception cref="CniException">100: it is not.</exception>
    void Check(CniCall call);

    /// <summary>Checks whether an <see cref="Add"/> could succeed.</summary>
    /// <exception cref="CniException">50, 51: it could not.</exception>
    void Status(CniCall call)
    {
    }

    /// <summary>Removes what belongs to no valid attachment; called only if the runtime lists the valid ones.</summary>
    void CollectGarbage(CniCall call)
    {
    }
}
