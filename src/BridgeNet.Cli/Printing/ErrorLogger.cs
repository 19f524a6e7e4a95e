using Microsoft.Extensions.Logging;

namespace BridgeNet.Cli.Printing;

/// <summary>Prints what the driver logs because it cannot throw.</summary>
/// <param name="print">Prints a line.</param>
internal sealed class ErrorLogger(Action<string> print) : ILogger
{
    /// <summary>Prints on stderr.</summary>
    public ErrorLogger(TextWriter error)
        : this(message => Failure.Print(message, error))
    {
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            string message = formatter(state, exception);
            print(exception is null ? message : $"{message}: {exception.Message}");
        }
    }
}
