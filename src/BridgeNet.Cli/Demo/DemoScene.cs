namespace BridgeNet.Cli.Demo;

/// <summary>Everything that one demo has made so far, and how to undo it.</summary>
internal sealed class DemoScene(DemoOptions options, Narrator narrator, DemoSignals signals, DemoState state)
{
    private BridgeDriver? _driver;

    /// <summary>What the demo is asked for.</summary>
    public DemoOptions Options { get; } = options;

    /// <summary>Tells what happens.</summary>
    public Narrator Narrator { get; } = narrator;

    /// <summary>What may end it early.</summary>
    public DemoSignals Signals { get; } = signals;

    /// <summary>What is to be undone in the end.</summary>
    public Undoing Undoing { get; } = new();

    /// <summary>Namespaces that the demo made, of which nothing may be left.</summary>
    public HashSet<string> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>The kernel's view of the host.</summary>
    public required HostView View { get; init; }

    /// <summary>The driver, opened when it is first needed.</summary>
    public BridgeDriver Driver => _driver ??= Undoing.Own(BridgeDriver.Open(new BridgeDriverOptions { StateDirectory = state.Path }));

    /// <summary>The next step, unless somebody ended the demo.</summary>
    /// <exception cref="OperationCanceledException">Somebody did.</exception>
    public T Proceed<T>(Func<T> step)
    {
        Signals.ThrowIfSignalled();
        return step();
    }

    /// <summary>The next step, unless somebody ended the demo.</summary>
    /// <exception cref="OperationCanceledException">Somebody did.</exception>
    public void Proceed(Action step)
    {
        Signals.ThrowIfSignalled();
        step();
    }

    /// <summary>A new namespace, to be closed in the end.</summary>
    public NetworkNamespace CreateNamespace()
    {
        NetworkNamespace created = Undoing.Own(NetworkNamespace.Create());
        Namespaces.Add($"net:[{created.Identity.Inode}]");
        return created;
    }
}
