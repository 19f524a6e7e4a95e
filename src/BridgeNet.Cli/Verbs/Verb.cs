using System.CommandLine;

using BridgeNet.Cli.Printing;

namespace BridgeNet.Cli.Verbs;

/// <summary>A verb of the binary: its options, and what it does by calling the driver.</summary>
internal abstract class Verb : Command
{
    /// <summary>A verb with examples, which its help shows.</summary>
    protected Verb(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(Execute);
    }

    /// <summary>Command lines that a newcomer can copy.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Does it.</summary>
    /// <returns>The exit status.</returns>
    protected abstract int Execute(ParseResult arguments);

    /// <summary>Opens the driver for a verb that only reads.</summary>
    protected static BridgeDriver OpenDriver(ParseResult arguments) => BridgeDriver.Open(new BridgeDriverOptions
    {
        StateDirectory = StateDirectoryOption.ReadOrUsual(arguments),
        Logger = new ErrorLogger(arguments.InvocationConfiguration.Error),
    });

    /// <summary>
    /// Opens the driver for a verb that changes something. It first removes the endpoints of killed <c>run</c>s, and goes on if that fails.
    /// </summary>
    protected static BridgeDriver OpenDriverToChange(ParseResult arguments)
    {
        BridgeDriver driver = OpenDriver(arguments);
        try
        {
            _ = driver.CollectOrphans();
        }
        catch (TeardownException error)
        {
            Failure.Print(error.Message, arguments.InvocationConfiguration.Error);
        }
        catch
        {
            driver.Dispose();
            throw;
        }
        return driver;
    }

    /// <summary>Does something to each of several things. A failure is printed and does not stop the others.</summary>
    /// <returns>The exit status.</returns>
    protected static int ForEach(ParseResult arguments, IEnumerable<string> things, Action<string> action)
    {
        int status = ExitStatus.Done;
        foreach (string thing in things)
        {
            try
            {
                action(thing);
            }
            catch (BridgeNetException error)
            {
                status = Failure.Report(error, arguments.InvocationConfiguration.Error);
            }
        }
        return status;
    }
}
