using System.CommandLine;
using System.CommandLine.Parsing;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Running;
using BridgeNet.Cli.Values;
using BridgeNet.Runtimes.Oci;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>oci-hook createRuntime</c>: connects the container whose state comes on stdin.</summary>
internal sealed class OciCreateVerb : Verb
{
    private readonly EndpointOptions _endpoint = new();
    private readonly NameFileOptions _files = new();

    public OciCreateVerb(string stage)
        : base(
            stage,
            "Connect the container whose state comes on stdin, as options and its annotations bridgenet.OPTION say; annotations win.",
            $"bridgenet {OciVerbs.Name} {stage} -p 8080:80           as hooks.{stage} of a config.json",
            "podman run --annotation bridgenet.publish=8080:80 …    with the files of `bridgenet oci-hook install`")
    {
        _endpoint.AddTo(this);
        _files.AddTo(this);
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using Stream input = Console.OpenStandardInput();
        OciState state = OciState.Read(input);
        ParseResult asked = WithAnnotations(arguments, state);
        EndpointRequest request = _endpoint.Request(asked, keep: false);
        string bundle = string.IsNullOrEmpty(state.Bundle) ? Environment.CurrentDirectory : state.Bundle;
        _files.Check(asked, bundle);
        string[]? networks = _endpoint.NetworkName(asked)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        using BridgeDriver driver = OpenDriverToChange(arguments);
        OciHook hook = new(driver, Records(arguments));
        IReadOnlyList<Endpoint> endpoints = hook.Create(state, networks?.Select(Attach) ?? [Attach(network: null, place: 0)]);
        foreach (Endpoint endpoint in endpoints)
        {
            ReachabilityNotes.WarnOfForeignFirewalls(driver, endpoint, arguments.InvocationConfiguration.Error);
        }
        _ = DriverNamesChild.Ensure(driver, endpoints, arguments.InvocationConfiguration.Error);
        try
        {
            _files.Write(asked, bundle, endpoints);
        }
        catch (ConfigurationException)
        {
            hook.Remove(state.Id);
            throw;
        }
        return ExitStatus.Done;

        // The options are those of the endpoint on the first network, which has the default route.
        Func<NetworkNamespace, EndpointLease> Attach(string? network, int place) =>
            sandbox => NamedNetwork.Attach(driver, network, sandbox, place == 0 ? request : new EndpointRequest());
    }

    /// <summary>The records beside the driver's state.</summary>
    internal static OciRecords Records(ParseResult arguments) =>
        new(StateDirectoryOption.ReadOrUsual(arguments));

    /// <summary>The command line with the annotations as options; an annotation replaces the same option.</summary>
    private ParseResult WithAnnotations(ParseResult arguments, OciState state)
    {
        // Annotations come from users, who do not choose what root writes.
        Dictionary<string, bool> options = Options
            .Where(option => option is not System.CommandLine.Help.HelpOption && !_files.Names.Contains(option.Name, StringComparer.Ordinal))
            .ToDictionary(option => option.Name.TrimStart('-'), option => option.Arity.MaximumNumberOfValues > 1, StringComparer.Ordinal);
        IReadOnlyList<string> words = OciAnnotations.ToWords(state.Annotations, options);
        IEnumerable<string> unsaid = arguments.CommandResult.Children.OfType<OptionResult>()
            .Where(result => !result.Implicit && !words.Any(word => word.StartsWith($"{result.Option.Name}=", StringComparison.Ordinal)))
            .SelectMany(
                result => result.Tokens.Count == 0 ? [result.Option.Name] : result.Tokens.Select(token => $"{result.Option.Name}={token.Value}"));
        ParseResult parsed = this.Parse([.. words, .. unsaid], CommandLine.Configuration);
        return parsed.Errors is [{ } first, ..] ? throw new ConfigurationException("annotation", first.Message.TrimEnd('.')) : parsed;
    }
}
