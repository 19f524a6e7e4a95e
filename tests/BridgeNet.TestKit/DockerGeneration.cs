namespace BridgeNet.TestKit;

/// <summary>Which release of Docker a daemon is: people run both.</summary>
public enum DockerGeneration
{
    /// <summary>20.10, as Debian 12 has it, installed on the machine.</summary>
    Debian12,

    /// <summary>28.5 or later, as a later Debian has it, from a root file system of its own.</summary>
    Later,
}
