using System.CommandLine;

using BridgeNet.Runtimes.Oci;

namespace BridgeNet.Cli.Verbs;

/// <summary>
/// <c>oci-hook poststop</c>: disconnects the container whose state comes on stdin. It always succeeds, as a runtime cannot react to a failure.
/// </summary>
internal sealed class OciPoststopVerb : Verb
{
    public OciPoststopVerb()
        : base(
            OciStage.Poststop,
            "Disconnect the container whose state comes on stdin; content if nothing of it is left.",
            "bridgenet oci-hook poststop    as hooks.poststop of a config.json")
    {
        TreatUnmatchedTokensAsErrors = false; // the arguments of the other stage are allowed and ignored
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        try
        {
            using Stream input = Console.OpenStandardInput();
            OciState state = OciState.Read(input);
            using BridgeDriver driver = OpenDriver(arguments);
            new OciHook(driver, OciCreateVerb.Records(arguments)).Remove(state.Id);
        }
        catch (Exception error) when (error is BridgeNetException or IOException or UnauthorizedAccessException)
        {
            _ = Failure.Report(error, arguments.InvocationConfiguration.Error);
        }
        return ExitStatus.Done;
    }
}
