using System.CommandLine;

using BridgeNet.Native;

namespace BridgeNet.Cli.Values;

/// <summary>The files by which a container's programs find names: the runtime, or the user, puts them where the container has them.</summary>
internal sealed class NameFileOptions
{
    private const int Readable = 0x1a4; // 0644

    private readonly Option<string?> _resolver = TextOption.Of<string?>(
        "--resolv-conf", "FILE", "Write what is to be its /etc/resolv.conf there.", TextOption.NotEmpty("the file's name"));

    private readonly Option<string?> _hosts = TextOption.Of<string?>(
        "--hosts", "FILE", "Write what is to be its /etc/hosts there.", TextOption.NotEmpty("the file's name"));

    /// <summary>The options' names.</summary>
    public IReadOnlyList<string> Names => [_resolver.Name, _hosts.Name];

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_resolver);
        command.Add(_hosts);
    }

    /// <summary>Checks where the files are to be, before anything is changed.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="bundle">The directory in which they have to be, by plain names; null if they may be anywhere.</param>
    /// <exception cref="ConfigurationException">A file cannot be there.</exception>
    public void Check(ParseResult arguments, string? bundle)
    {
        foreach (Option<string?> option in new[] { _resolver, _hosts })
        {
            if (arguments.GetValue(option) is not { } file)
            {
                continue;
            }
            if (bundle is not null && (file.Contains('/', StringComparison.Ordinal) || file is "." or ".."))
            {
                throw new ConfigurationException(option.Name, $"'{file}' is to be the name of a file in the container's bundle, without a '/'");
            }
            string directory = Path.GetDirectoryName(Path.GetFullPath(file, bundle ?? Environment.CurrentDirectory)) ?? "/";
            if (!Directory.Exists(directory))
            {
                throw new ConfigurationException(option.Name, $"there is no directory {directory}: make it first (mkdir -p)");
            }
        }
    }

    /// <summary>
    /// Writes the files that are asked for. One that is there keeps its inode, which may be mounted in the container already. In a bundle, which
    /// others than root may have filled, no link is followed.
    /// </summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="bundle">The directory in which they have to be; null if they may be anywhere.</param>
    /// <param name="endpoints">The container's endpoints.</param>
    /// <exception cref="ConfigurationException">A file cannot be written.</exception>
    public void Write(ParseResult arguments, string? bundle, IReadOnlyList<Endpoint> endpoints)
    {
        if (endpoints.Count > 0) // else the container has another's network
        {
            Write(_resolver, arguments, bundle, () => ContainerFiles.Resolver(endpoints));
            Write(_hosts, arguments, bundle, () => ContainerFiles.Hosts(hostName: null, endpoints));
        }
    }

    private static void Write(Option<string?> option, ParseResult arguments, string? bundle, Func<string> text)
    {
        if (arguments.GetValue(option) is not { } file)
        {
            return;
        }
        string path = Path.GetFullPath(file, bundle ?? Environment.CurrentDirectory);
        try
        {
            bool isNew = !File.Exists(path);
            OpenFlags flags = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate | OpenFlags.NonBlocking;
            using (FileDescriptor opened = Files.Open(directory: null, path, bundle is null ? flags : flags | OpenFlags.NoFollow, Readable))
            {
                Files.Write(opened, System.Text.Encoding.UTF8.GetBytes(text()));
            }
            if (isNew && OperatingSystem.IsLinux())
            {
                File.SetUnixFileMode(path, (UnixFileMode)Readable); // whatever the umask: the container's programs are not root
            }
        }
        catch (Exception error) when (error is KernelException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(option.Name, $"{path} cannot be written: {error.Message}");
        }
    }
}
