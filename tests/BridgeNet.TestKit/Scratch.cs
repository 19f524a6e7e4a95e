namespace BridgeNet.TestKit;

/// <summary>A directory of one's own under the machine's temporary one, removed with all that is in it.</summary>
public sealed class Scratch : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("bn-");

    public string Path => _directory.FullName;

    /// <summary>The path of a file or directory in it, which need not exist.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
