using BridgeNet.TestKit;

namespace BridgeNet.Trials.Chaos;

/// <summary>The program that strikes, compiled from strike.c.</summary>
internal sealed class Striker : IDisposable
{
    private readonly Scratch _scratch = new();

    public Striker()
    {
        Program = _scratch.At("strike");
        Programs.Run("gcc", ["-O2", "-Wall", "-Werror", "-o", Program, Path.Combine(AppContext.BaseDirectory, "Chaos", "strike.c")]).OrThrow();
    }

    /// <summary>Its file.</summary>
    public string Program { get; }

    public void Dispose() => _scratch.Dispose();
}
