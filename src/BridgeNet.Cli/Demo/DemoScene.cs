namespace BridgeNet.Cli.Demo;

/// <summary>Everything that one demo has made so far, and how to undo it.</summary>
internal sealed class DemoScene(DemoOptions options, Narrator narrator, DemoSignals signals, DemoState state)
{
    private BridgeDriver? _driver;

    /// <summary>What the demo is asked for.</summary>
    public DemoOptions Options { get; } = options;

    /// <summary>Prints what happens.</summary>
    public Narrator Narrator { get; } = narrator;

    /// <summary>The signals that end it early.</summary>
    public DemoSignals Signals { get; } = signals;

    /// <summary>The steps to undo in the end.</summary>
    public Undoing Undoing { get; } = new();

    /// <summary>The namespaces that the demo created and must remove.</summary>
    public HashSet<string> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>The kernel's view of the host.</summary>
    public required HostView View { get; init; }

    /// <summary>The driver, opened when it is first needed.</summary>
    public BridgeDriver Driver => _driver ??= Undoing.Own(BridgeDriver.Open(new BridgeDriverOptions { StateDirectory = state.Path }));

    /// <summary>Runs the next step, unless a signal ended the demo.</summary>
    /// <exception cref="OperationCanceledException">A signal did.</exception>
    public T Proceed<T>(Func<T> step)
    {
        Signals.ThrowIfSignalled();
        return step();
    }

    /// <summary>Runs the next step, unless a signal ended the demo.</summary>
    /// <exception cref="OperationCanceledException">A signal did.</exception>
    public void Proceed(Action step)
    {
        Signals.ThrowIfSignalled();
        step();
    }

    /// <summary>Creates a namespace, which is closed in the end.</summary>
    public NetworkNamespace CreateNamespace()
    {
        NetworkNamespace created = Undoing.Own(NetworkNamespace.Create());
        Namespaces.Add($"net:[{created.Identity.Inode}]");
        return created;
    }
}
