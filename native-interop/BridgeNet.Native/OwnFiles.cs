using System.Globalization;

using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>
/// Open files of this process that programs it starts would inherit, such as those that its own starter left open. While it exists, no program
/// inherits one of them but the first three. It concerns every thread's programs; meanwhile none of these files may be closed, and there may be no
/// second one of this.
/// </summary>
public sealed class OwnFiles : IDisposable
{
    private const string OpenFilesPath = "/proc/self/fd";
    private const int LastStandard = 2;

    private readonly List<int> _changed = [];

    private OwnFiles()
    {
        foreach (string file in Directory.Exists(OpenFilesPath) ? Directory.GetFileSystemEntries(OpenFilesPath) : []) // a directory may be open
        {
            if (int.TryParse(Path.GetFileName(file), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number > LastStandard
                && LibC.fcntl(number, LibC.F_GETFD) == 0 // -1 is that of the listing, which is closed already
                && LibC.fcntl(number, LibC.F_SETFD, LibC.FD_CLOEXEC) == 0)
            {
                _changed.Add(number);
            }
        }
    }

    /// <summary>Keeps them until the result is disposed.</summary>
    /// <remarks>By /proc/self/fd; where that is missing they are inherited.</remarks>
    public static OwnFiles Keep() => new();

    /// <summary>Lets programs inherit again what they would have inherited before.</summary>
    public void Dispose()
    {
        foreach (int file in _changed)
        {
            _ = LibC.fcntl(file, LibC.F_SETFD, 0);
        }
        _changed.Clear();
    }
}
