namespace BridgeNet.Runtimes.Cni;

/// <summary>An error as a CNI runtime is told it.</summary>
internal sealed class CniException : BridgeNetException
{
    /// <summary>An error with its code.</summary>
    public CniException(CniErrorCode code, string message, string? details = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Details = details;
    }

    /// <summary>What kind of error it is.</summary>
    public CniErrorCode Code { get; }

    /// <summary>What else is to be said; null for nothing.</summary>
    public string? Details { get; }

    /// <summary>Any error, as a runtime is told it.</summary>
    public static CniException From(Exception error) => error switch
    {
        CniException known => known,
        ConfigurationException => new CniException(CniErrorCode.InvalidConfiguration, error.Message, innerException: error),
        System.Text.Json.JsonException => new CniException(
            CniErrorCode.Decoding, $"the configuration cannot be read: {error.Message}", innerException: error),
        FormatException => new CniException(CniErrorCode.InvalidConfiguration, error.Message, innerException: error),
        NamespaceException => new CniException(CniErrorCode.InvalidEnvironment, $"CNI_NETNS: {error.Message}", innerException: error),
        IOException or UnauthorizedAccessException => new CniException(CniErrorCode.InputOutput, error.Message, innerException: error),
        BridgeNetException => new CniException(CniErrorCode.Internal, error.Message, innerException: error),
        _ => new CniException(CniErrorCode.Internal, $"unexpected {error.GetType().Name}: {error.Message}", innerException: error),
    };
}
