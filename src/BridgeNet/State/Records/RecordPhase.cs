namespace BridgeNet.State;

/// <summary>How far a record's network or endpoint has come. The phase is the file name's extension, so one rename changes it atomically.</summary>
internal enum RecordPhase
{
    /// <summary>Being made: the record names everything that may exist in the kernel by now.</summary>
    Intent,

    /// <summary>Made and committed.</summary>
    Done,

    /// <summary>Being taken down: the record names everything that may still exist in the kernel.</summary>
    Removing,
}
