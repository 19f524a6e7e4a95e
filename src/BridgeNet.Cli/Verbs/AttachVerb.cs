using System.CommandLine;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Running;
using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>attach NETNS</c>: an interface, an address, a default route and published ports for a namespace that is there.</summary>
internal sealed class AttachVerb : Verb
{
    private readonly EndpointOptions _endpoint = new();
    private readonly NameFileOptions _files = new();
    private readonly Option<bool> _json = JsonText.Option();
    private readonly Argument<string> _namespace = TextOption.Argument(
        "NETNS", "The network namespace: a path, a name under /run/netns, or pid:N.", TextOption.NotEmpty("the namespace's name"));

    public AttachVerb()
        : base(
            "attach",
            "Attach a network namespace; the endpoint stays until it is detached.",
            "bridgenet attach web                               a namespace of `ip netns add web`",
            "bridgenet attach pid:4711 -p 8080:80 --name web    a process's namespace, with a published port",
            "bridgenet attach /run/netns/db --ip 172.17.0.10    with an address of your choice",
            "mkdir -p /etc/netns/web && bridgenet attach web --network backend --resolv-conf /etc/netns/web/resolv.conf")
    {
        Add(_namespace);
        _endpoint.AddTo(this);
        _files.AddTo(this);
        Add(_json);
    }

    /// <summary>What is asked for.</summary>
    internal EndpointRequest Request(ParseResult arguments) => _endpoint.Request(arguments, keep: true);

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        EndpointRequest request = Request(arguments);
        _files.Check(arguments, bundle: null);
        using NetworkNamespace sandbox = NetworkNamespace.Find(arguments.GetRequiredValue(_namespace));
        using BridgeDriver driver = OpenDriverToChange(arguments);
        using EndpointLease lease = NamedNetwork.Attach(driver, _endpoint.NetworkName(arguments), sandbox, request);
        lease.Keep();
        Endpoint endpoint = lease.Endpoint;
        TextWriter error = arguments.InvocationConfiguration.Error;
        try
        {
            _files.Write(arguments, bundle: null, [endpoint]);
            arguments.InvocationConfiguration.Output.WriteLine(arguments.GetValue(_json)
                ? JsonText.Of(driver, endpoint)
                : string.Join(' ', endpoint.Id, endpoint.Name, EndpointNames.AddressesOf(endpoint)));
        }
        catch (BridgeNetException)
        {
            driver.Detach(endpoint.Id); // nobody knows of it
            throw;
        }
        ReachabilityNotes.NoteUnservedClients(endpoint, request.Publish, error);
        ReachabilityNotes.WarnOfForeignFirewalls(driver, endpoint, error);
        _ = DriverNamesChild.Ensure(driver, [endpoint], error);
        return ExitStatus.Done;
    }
}
