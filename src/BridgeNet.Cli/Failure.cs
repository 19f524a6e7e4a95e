using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Running;
using BridgeNet.Native;

namespace BridgeNet.Cli;

/// <summary>Prints errors for people: one line on stderr, never a stack trace.</summary>
internal static class Failure
{
    /// <summary>Prints an error.</summary>
    /// <returns>The exit status that it means.</returns>
    public static int Report(Exception exception, TextWriter error)
    {
        Print(Describe(exception), error);
        return exception is ProgramException program ? program.ExitStatus : ExitStatus.Failed;
    }

    /// <summary>Prints one line.</summary>
    public static void Print(string message, TextWriter error) => error.WriteLine($"{Product.Name}: {SafeLine.Of(OptionText.Of(message))}");

    private static string Describe(Exception exception) => exception switch
    {
        BridgeNetException { InnerException: KernelException { Errno: Errno.EACCES } } => $"{exception.Message}: run as root",
        KernelException { Errno: Errno.EPERM } => $"{exception.Message}: run as root, or with CAP_NET_ADMIN and CAP_SYS_ADMIN",
        ConfigurationException configuration => $"{OptionText.NameOf(configuration.Path)}: {configuration.Reason}",
        BridgeNetException or IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception => exception.Message,
        _ => $"unexpected {exception.GetType().Name}: {exception.Message}",
    };
}
