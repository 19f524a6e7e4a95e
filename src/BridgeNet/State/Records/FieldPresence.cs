namespace BridgeNet.State;

/// <summary>When a record has a member.</summary>
internal enum FieldPresence
{
    /// <summary>Always written; a record without it is refused.</summary>
    Required,

    /// <summary>Always written; a record without it has the default.</summary>
    Defaulted,

    /// <summary>Left out if it says nothing: null, or an empty list.</summary>
    Optional,
}
