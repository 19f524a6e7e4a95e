namespace BridgeNet.Repairs;

/// <summary>How soon an event calls for a repair.</summary>
internal enum RepairUrgency
{
    /// <summary>It concerns nobody here.</summary>
    None,

    /// <summary>Nothing of ours was lost, as far as it tells: the verbs of this host make such events all the time, and other firewalls do.</summary>
    Soon,

    /// <summary>Something of ours is lost.</summary>
    Now,
}
