using System.CommandLine;
using System.CommandLine.Parsing;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Running;
using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary>
/// <c>run -- PROGRAM ARG…</c>: a program of the host in a network namespace of its own. It prints nothing of its own on stdout, gives the
/// program's exit status, and detaches when the program ends. If it is killed, the kernel sends the program SIGTERM, and the next
/// changing verb removes the endpoint.
/// </summary>
internal sealed class RunVerb : Verb
{
    private readonly EndpointOptions _endpoint = new();

    private readonly Argument<string[]> _program = new("PROGRAM")
    {
        Description = "The program and its arguments; all that follows it is the program's.",
        Arity = ArgumentArity.OneOrMore,
        CaptureRemainingTokens = true,
    };

    public RunVerb()
        : base(
            "run",
            "Run a program of this host in a network namespace of its own, attached and published.",
            "bridgenet run -p 8080:80 -- nginx -g 'daemon off;'",
            "bridgenet run -- ip addr                               what the program sees",
            "bridgenet run --name db --ip 172.17.0.10 -- redis-server --bind 0.0.0.0")
    {
        _endpoint.AddTo(this);
        Add(_program);
        Validators.Add(RefuseUnknownOption);
    }

    /// <summary>The program and its arguments.</summary>
    internal IReadOnlyList<string> Words(ParseResult arguments) => arguments.GetRequiredValue(_program);

    /// <summary>What is asked for.</summary>
    internal EndpointRequest Request(ParseResult arguments) => _endpoint.Request(arguments, keep: false) with { HoldPorts = true };

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        IReadOnlyList<string> words = Words(arguments);
        EndpointRequest request = Request(arguments);
        string program = ProgramFile.Find(words[0]);
        using SignalRelay signals = new();
        using BridgeDriver driver = OpenDriverToChange(arguments);
        using NetworkNamespace sandbox = NetworkNamespace.Create();
        using EndpointLease lease = NamedNetwork.Attach(driver, _endpoint.NetworkName(arguments), sandbox, request);
        ReachabilityNotes.WarnOfForeignFirewalls(driver, lease.Endpoint, arguments.InvocationConfiguration.Error);
        _ = DriverNamesChild.Ensure(driver, [lease.Endpoint], arguments.InvocationConfiguration.Error);
        PrivateFiles files = new(
            driver.StateDirectory, ContainerFiles.HostEntries(hostName: null, lease.Endpoint), ContainerFiles.Resolver(lease.Endpoint));
        return ChildProgram.Run(sandbox, program, words, files, signals);
    }

    /// <summary>Refuses a program's name that looks like an option: it is probably a mistyped option.</summary>
    private void RefuseUnknownOption(CommandResult command)
    {
        if (command.GetResult(_program)?.Tokens is [Token { Value: ['-', _, ..] program }, ..])
        {
            command.AddError($"'{program}' is no option of run; a program of that name needs its path");
        }
    }
}
