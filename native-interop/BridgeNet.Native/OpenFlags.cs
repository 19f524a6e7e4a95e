namespace BridgeNet.Native;

/// <summary>How a file is opened, as in open(2); every descriptor is close-on-exec too.</summary>
[Flags]
public enum OpenFlags
{
    /// <summary>O_RDONLY.</summary>
    ReadOnly = 0,

    /// <summary>O_WRONLY.</summary>
    WriteOnly = 1,

    /// <summary>O_RDWR.</summary>
    ReadWrite = 2,

    /// <summary>O_CREAT.</summary>
    Create = 1 << 4,

    /// <summary>O_EXCL.</summary>
    Exclusive = 1 << 5,

    /// <summary>O_TRUNC.</summary>
    Truncate = 1 << 6,

    /// <summary>O_DIRECTORY.</summary>
    Directory = 1 << 7,

    /// <summary>O_NOFOLLOW.</summary>
    NoFollow = 1 << 8,

    /// <summary>O_NONBLOCK: the open of a FIFO or a device waits for nobody.</summary>
    NonBlocking = 1 << 9,
}
