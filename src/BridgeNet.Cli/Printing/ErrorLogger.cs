using Microsoft.Extensions.Logging;

namespace BridgeNet.Cli.Printing;

/// <summary>Prints on stderr what the driver logs because it cannot throw.</summary>
internal sealed class ErrorLogger(TextWriter error) : ILogger
{
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
            Failure.Print(exception is null ? message : $"{message}: {exception.Message}", error);
        }
    }
}
