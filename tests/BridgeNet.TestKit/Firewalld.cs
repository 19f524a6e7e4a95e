namespace BridgeNet.TestKit;

/// <summary>
/// A real firewalld in a namespace, on a message bus of its own, with the machine's configuration copied to a directory of its own, so that
/// several run side by side. Dispose ends both; the rules stay until the namespace goes, as after a crash.
/// </summary>
public sealed class Firewalld : IDisposable
{
    /// <summary>$1 is the directory.</summary>
    private const string Script =
        """
        mount -t tmpfs run /run
        dbus-daemon --config-file=$1/bus.conf --nofork --nopidfile &
        until [ -S $1/bus ]; do sleep 0.01; done
        export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$1/bus
        exec firewalld --nofork --nopid --system-config $1/configuration --log-target console
        """;

    private readonly Scratch _scratch = new();
    private readonly Netns _host;
    private Enclosure _enclosure;

    private Firewalld(Netns host)
    {
        _host = host;
        Programs.Require("firewalld");
        Programs.Require("dbus-daemon");
        Programs.Run("cp", ["-r", "/etc/firewalld", _scratch.At("configuration")]).OrThrow();
        File.WriteAllText(_scratch.At("bus.conf"), BusConfiguration());
        _enclosure = new Enclosure(_host, Script, _scratch.Path);
    }

    /// <summary>The address of its bus, as DBUS_SYSTEM_BUS_ADDRESS has it.</summary>
    public string BusAddress => $"unix:path={_scratch.At("bus")}";

    /// <summary>Starts it and waits until its rules are there and it answers.</summary>
    public static Firewalld Start(Netns host)
    {
        Firewalld daemon = new(host);
        try
        {
            daemon.WaitUntilReady();
        }
        catch
        {
            daemon.Dispose();
            throw;
        }
        return daemon;
    }

    /// <summary>Runs a command line of the shell, in which firewall-cmd finds this firewalld.</summary>
    public CommandResult Run(string commandLine) => _host.Run("env", $"DBUS_SYSTEM_BUS_ADDRESS={BusAddress}", "sh", "-c", commandLine);

    /// <summary>Runs a command line that must succeed, and returns its output.</summary>
    public string RunOk(string commandLine) => Run(commandLine).OrThrow().Output;

    /// <summary>Stops it in good order, as `systemctl restart firewalld` does, and starts it again.</summary>
    public void Restart()
    {
        _enclosure.Stop();
        File.Delete(_scratch.At("bus"));
        _enclosure = new Enclosure(_host, Script, _scratch.Path);
        WaitUntilReady();
    }

    public void Dispose()
    {
        _enclosure.Dispose();
        _scratch.Dispose();
    }

    public override string ToString() => _enclosure.ToString();

    private void WaitUntilReady() =>
        _enclosure.Until(() => File.Exists(_scratch.At("bus")) && Run("firewall-cmd --state").ExitCode == 0, "firewalld answers");

    /// <summary>A system bus on which root, who is alone here, may do all.</summary>
    private string BusConfiguration() =>
        $"""
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
          "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>system</type>
          <listen>{BusAddress}</listen>
          <auth>EXTERNAL</auth>
          <policy user="root">
            <allow own="*"/>
            <allow send_destination="*"/>
            <allow receive_sender="*"/>
          </policy>
        </busconfig>
        """;
}
