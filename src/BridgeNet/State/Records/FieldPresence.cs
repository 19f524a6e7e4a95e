namespace BridgeNet.State;

/// <summary>When a member of a record is there.</summary>
internal enum FieldPresence
{
    /// <summary>It is always written, and a record without it is refused.</summary>
    Required,

    /// <summary>It is always written; a record without it has the default.</summary>
    Defaulted,

    /// <summary>It is left out where it says nothing: null, or an empty list.</summary>
    Optional,
}
