namespace BridgeNet.Native;

internal sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory()
    {
        Path = Directory.CreateTempSubdirectory("bridgenet-native-").FullName;
        Descriptor = Files.Open(directory: null, Path, OpenFlags.Directory);
    }

    public string Path { get; }

    public FileDescriptor Descriptor { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        Descriptor.Dispose();
        Directory.Delete(Path, recursive: true);
    }
}
