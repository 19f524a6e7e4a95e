using Tmds.DBus.Protocol;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>firewalld, as programs talk to it on the host's message bus: firewalld.dbus(5).</summary>
internal sealed class FirewalldBus : IDisposable
{
    private const string Service = "org.fedoraproject.FirewallD1", Place = "/org/fedoraproject/FirewallD1", ConfigurationPlace = $"{Place}/config";
    private const string Zones = $"{Service}.zone", Policies = $"{Service}.policy", Configuration = $"{Service}.config";

    /// <summary>What libdbus gives a call.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(25);

    private readonly DBusConnection _connection;

    private FirewalldBus(DBusConnection connection) => _connection = connection;

    /// <summary>Writes the arguments of a call.</summary>
    private delegate void Arguments(ref MessageWriter writer);

    /// <summary>Connects to the bus.</summary>
    /// <param name="address">The bus's address, as DBUS_SYSTEM_BUS_ADDRESS has it.</param>
    /// <exception cref="NetavarkException">The bus is not there.</exception>
    public static FirewalldBus Connect(string address)
    {
        DBusConnection connection = new(address);
        try
        {
            connection.ConnectAsync().AsTask().WaitAsync(s_patience).GetAwaiter().GetResult();
            return new FirewalldBus(connection);
        }
        catch (Exception error) when (error is DBusExceptionBase or TimeoutException or ArgumentException)
        {
            connection.Dispose();
            throw new NetavarkException($"Error retrieving dbus connection for requested firewall backend: {address}: {error.Message}", error);
        }
    }

    /// <summary>Whether firewalld runs.</summary>
    public bool IsThere => Ask(
        "org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus",
        "NameHasOwner",
        "s",
        static (ref MessageWriter writer) => writer.WriteString(Service),
        static (message, _) => message.GetBodyReader().ReadBool());

    /// <summary>
    /// The setting StrictForwardPorts, <c>yes</c> or <c>no</c>: whether firewalld forbids ports that others than it forward. Null from releases
    /// before 2.3, which have none.
    /// </summary>
    public string? StrictForwardPorts
    {
        get
        {
            try
            {
                return Ask(
                    Service,
                    ConfigurationPlace,
                    "org.freedesktop.DBus.Properties",
                    "Get",
                    "ss",
                    static (ref MessageWriter writer) =>
                    {
                        writer.WriteString(Configuration);
                        writer.WriteString("StrictForwardPorts");
                    },
                    static (message, _) => message.GetBodyReader().ReadVariantValue() is { Type: VariantValueType.String } value
                        ? value.GetString()
                        : null);
            }
            catch (NetavarkException)
            {
                return null;
            }
        }
    }

    /// <summary>The zones that are in force.</summary>
    public string[] ListZones() => List(Place, Zones, "getZones");

    /// <summary>The zones of the permanent configuration.</summary>
    public string[] ListPermanentZones() => List(ConfigurationPlace, Configuration, "getZoneNames");

    /// <summary>The policies that are in force.</summary>
    public string[] ListPolicies() => List(Place, Policies, "getPolicies");

    /// <summary>The policies of the permanent configuration.</summary>
    public string[] ListPermanentPolicies() => List(ConfigurationPlace, Configuration, "getPolicyNames");

    /// <summary>Adds a zone to the permanent configuration.</summary>
    public void AddZone(string name) =>
        TellSettings(ConfigurationPlace, Configuration, "addZone2", name, static (ref MessageWriter _) => { });

    /// <summary>Adds a policy to the permanent configuration.</summary>
    public void AddPolicy(string name, FirewalldPolicy policy) =>
        TellSettings(ConfigurationPlace, Configuration, "addPolicy", name, policy.Write);

    /// <summary>Puts the permanent configuration in force.</summary>
    public void Reload() => Tell(Place, Service, "reload", signature: null, arguments: null);

    /// <summary>The zone that a source address is in; empty if in none.</summary>
    public string ZoneOf(string source) => Ask(
        Service,
        Place,
        Zones,
        "getZoneOfSource",
        "s",
        (ref MessageWriter writer) => writer.WriteString(source),
        static (message, _) => message.GetBodyReader().ReadString());

    /// <summary>Puts a source address into a zone, out of another one.</summary>
    public void Move(string source, string zone) => Tell(Place, Zones, "changeZoneOfSource", "ss", (ref MessageWriter writer) =>
    {
        writer.WriteString(zone);
        writer.WriteString(source);
    });

    /// <summary>Takes a source address out of a zone.</summary>
    public void Remove(string source, string zone) => Tell(Place, Zones, "removeSource", "ss", (ref MessageWriter writer) =>
    {
        writer.WriteString(zone);
        writer.WriteString(source);
    });

    /// <summary>The ports that a policy that is in force forwards, and its rich rules.</summary>
    public FirewalldForwards ForwardsOf(string policy) => Ask(
        Service,
        Place,
        Policies,
        "getPolicySettings",
        "s",
        (ref MessageWriter writer) => writer.WriteString(policy),
        static (message, _) => FirewalldForwards.Of(message.GetBodyReader().ReadDictionaryOfStringToVariantValue()));

    /// <summary>Has a policy that is in force forward other ports, and other rich rules.</summary>
    public void SetForwards(string policy, FirewalldForwards forwards) =>
        TellSettings(Place, Policies, "setPolicySettings", policy, forwards.Write);

    /// <summary>Does something whenever firewalld has been reloaded, until the bus is gone.</summary>
    /// <param name="then">What to do.</param>
    /// <param name="ready">What to do once it listens.</param>
    /// <exception cref="NetavarkException">The bus is gone.</exception>
    public void FollowReloads(Action then, Action ready)
    {
        using SemaphoreSlim reloads = new(0);
        MatchRule rule = new() { Type = MessageType.Signal, Path = Place, Interface = Service, Member = "Reloaded" };
        using IDisposable match = Wait(_connection.AddMatchAsync(
            rule, (Notification _) => reloads.Release(), emitOnCapturedContext: false, ObserverFlags.None, null));
        Task<Exception?> gone = _connection.DisconnectedAsync();
        _ = gone.ContinueWith(_ => reloads.Release(), TaskScheduler.Default);
        ready();
        while (true)
        {
            reloads.Wait();
            if (gone.IsCompleted)
            {
                throw new NetavarkException("the host's message bus is gone, and with it the news of firewalld");
            }
            then();
        }
    }

    /// <summary>Ends the connection.</summary>
    public void Dispose() => _connection.Dispose();

    private static T Wait<T>(ValueTask<T> answer)
    {
        try
        {
            return answer.AsTask().WaitAsync(s_patience).GetAwaiter().GetResult();
        }
        catch (Exception error) // the library's own, a timeout, or a reader's, of a message that it did not expect
        {
            throw new NetavarkException($"firewalld: {error.Message}", error);
        }
    }

    private string[] List(string path, string type, string member) =>
        Ask(Service, path, type, member, signature: null, arguments: null, static (message, _) => message.GetBodyReader().ReadArrayOfString());

    private void Tell(string path, string type, string member, string? signature, Arguments? arguments) =>
        Ask(Service, path, type, member, signature, arguments, static (_, _) => true);

    /// <summary>A call about a thing by its name, with a dictionary of settings.</summary>
    private void TellSettings(string path, string type, string member, string name, Arguments write) =>
        Tell(path, type, member, "sa{sv}", (ref MessageWriter writer) =>
        {
            writer.WriteString(name);
            ArrayStart settings = writer.WriteDictionaryStart();
            write(ref writer);
            writer.WriteDictionaryEnd(settings);
        });

    private T Ask<T>(
        string service, string path, string type, string member, string? signature, Arguments? arguments, MessageValueReader<T> read) =>
        Wait(new ValueTask<T>(_connection.CallMethodAsync(Compose(service, path, type, member, signature, arguments), read, null)));

    private MessageBuffer Compose(string service, string path, string type, string member, string? signature, Arguments? arguments)
    {
        MessageWriter writer = _connection.GetMessageWriter();
        try
        {
            writer.WriteMethodCallHeader(service, path, type, member, signature);
            arguments?.Invoke(ref writer);
            return writer.CreateMessage();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
