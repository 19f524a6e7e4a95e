namespace TinyRuntime;

/// <summary>Something about a container that its user can do something about.</summary>
internal sealed class ContainerException(string message) : Exception(message);
