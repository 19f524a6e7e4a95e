using BridgeNet.Cli.Printing;

namespace BridgeNet.Cli.Demo;

/// <summary>Runs the demo step by step. Whatever happens, it removes everything again and checks that nothing is left.</summary>
internal static class DemoStory
{
    /// <summary>Tells it.</summary>
    /// <returns>The exit status: 0 only if every check held.</returns>
    /// <exception cref="BridgeNetException">A step failed; everything was removed nevertheless.</exception>
    public static int Tell(DemoOptions options, TextWriter output)
    {
        Narrator narrator = new(output);
        using DemoSignals signals = new();
        using NetworkNamespace host = NetworkNamespace.Current();
        using HostView view = new(host);
        using DemoState state = DemoState.Choose(options.StateDirectory, host, view, narrator);
        HostSnapshot before = view.Snapshot();
        DemoScene scene = new(options, narrator, signals, state) { View = view };
        scene.Undoing.Add("state", state.Dispose);
        bool isClean;
        try
        {
            Play(scene);
        }
        catch (OperationCanceledException) when (signals.Signal != 0)
        {
            narrator.Note("ended early");
        }
        finally
        {
            isClean = Clean(scene, state, before);
        }
        return signals.Signal != 0 ? ExitStatus.OfSignal(signals.Signal) : isClean ? ExitStatus.Done : ExitStatus.Failed;
    }

    private static void Play(DemoScene scene)
    {
        HostSettings.Prepare(scene);
        Network network = scene.Proceed(() => NetworkStep.Take(scene));
        (NetworkNamespace sandbox, Endpoint endpoint) = scene.Proceed(() => WebServerStep.Take(scene, network));
        int port = scene.Proceed(() => PublishStep.Take(scene, endpoint));
        scene.Proceed(() => OutsideStep.Take(scene, sandbox, port));
        scene.Proceed(() => Inspect(scene, endpoint));
        if (scene.Options.Keep)
        {
            scene.Narrator.Say($"Open http://localhost:{port}. Press Enter or ^C to clean up.");
            scene.Signals.WaitForEnter();
        }
    }

    private static void Inspect(DemoScene scene, Endpoint endpoint)
    {
        scene.Narrator.Tick($"inspect {endpoint.Name}:");
        scene.Narrator.Note(JsonText.Of(scene.Driver, scene.Driver.GetEndpoint(endpoint.Id)));
    }

    /// <summary>Removes everything, and checks that it is gone.</summary>
    private static bool Clean(DemoScene scene, DemoState state, HostSnapshot before)
    {
        IReadOnlyList<string> problems =
        [
            .. scene.Undoing.UndoAll(),
            .. before.Differences(scene.View.Snapshot()),
            .. Leftovers.Find(scene.Namespaces),
        ];
        if (state.IsLeft)
        {
            problems = [.. problems, $"state {state.Path} is left"];
        }
        foreach (string problem in problems)
        {
            scene.Narrator.Problem(problem);
        }
        if (problems.Count == 0)
        {
            scene.Narrator.Tick("cleaned up: no link, table, namespace, process or state is left");
        }
        return problems.Count == 0;
    }
}
