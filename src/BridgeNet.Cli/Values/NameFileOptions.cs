using System.CommandLine;

namespace BridgeNet.Cli.Values;

/// <summary>The files by which a container's programs find names: the runtime, or the user, puts them where the container has them.</summary>
internal sealed class NameFileOptions
{
    private readonly Option<string?> _resolver = TextOption.Of<string?>(
        "--resolv-conf", "FILE", "Write what is to be its /etc/resolv.conf there.", TextOption.NotEmpty("the file's name"));

    private readonly Option<string?> _hosts = TextOption.Of<string?>(
        "--hosts", "FILE", "Write what is to be its /etc/hosts there.", TextOption.NotEmpty("the file's name"));

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_resolver);
        command.Add(_hosts);
    }

    /// <summary>Writes the files that are asked for. One that is there keeps its inode, which may be mounted in the container already.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="directory">To which their names are relative.</param>
    /// <param name="endpoints">The container's endpoints.</param>
    /// <exception cref="ConfigurationException">A file cannot be written.</exception>
    public void Write(ParseResult arguments, string directory, IReadOnlyList<Endpoint> endpoints)
    {
        if (endpoints.Count == 0)
        {
            return; // the container has another's network
        }
        Write(_resolver, arguments, directory, () => ContainerFiles.Resolver(endpoints));
        Write(_hosts, arguments, directory, () => ContainerFiles.Hosts(hostName: null, endpoints));
    }

    private static void Write(Option<string?> option, ParseResult arguments, string directory, Func<string> text)
    {
        if (arguments.GetValue(option) is not { } file)
        {
            return;
        }
        try
        {
            File.WriteAllText(Path.Combine(directory, file), text());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(option.Name, error.Message);
        }
    }
}
