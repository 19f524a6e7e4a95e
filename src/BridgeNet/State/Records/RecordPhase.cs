namespace BridgeNet.State;

/// <summary>How far a record's network or endpoint has come. The phase is the file name's extension, so one rename changes it atomically.</summary>
internal enum RecordPhase
{
    /// <summary>Being made: everything that may exist in the kernel by now is in the record.</summary>
    Intent,

    /// <summary>Made.</summary>
    Done,

    /// <summary>Being taken down: everything that may still exist in the kernel is in the record.</summary>
    Removing,
}
