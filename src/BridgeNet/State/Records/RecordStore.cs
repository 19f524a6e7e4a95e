using System.Buffers;
using System.Text.Json;

using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>
/// Records as files of one directory: ID.intent while being made, ID.json when made, ID.removing while being taken down.
/// A record is written before the kernel is touched and forgotten after, so that any crash leaves either nothing or a record to go by.
/// </summary>
/// <typeparam name="T">The record as it stands on disk.</typeparam>
internal sealed class RecordStore<T> : IDisposable
    where T : class, IRecord
{
    /// <summary>0600: records name addresses and ports, which are nobody else's business.</summary>
    private const int FileMode = 0x180;

    /// <summary>Enough for nearly every record.</summary>
    private const int FirstBytes = 1024;

    /// <summary>The phases in a record's order: a search in this order cannot miss a record that goes from one to the next.</summary>
    private static readonly (RecordPhase Phase, string Ending)[] s_endings =
    [
        (RecordPhase.Intent, ".intent"), (RecordPhase.Done, ".json"), (RecordPhase.Removing, ".removing"),
    ];

    /// <summary>The usual encoder prepares for all of Unicode before the first letter, which costs a short process more than its record.</summary>
    private static readonly JsonWriterOptions s_plainly = new() { Encoder = new RelaxedEncoder() };

    /// <summary>Of each thread, because a record is written for every attach.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_content;

    [ThreadStatic]
    private static Utf8JsonWriter? s_writer;

    private readonly FileDescriptor _directory;
    private readonly string _path;
    private readonly RecordFields<T> _fields;
    private readonly Func<string, bool> _isName;

    /// <param name="path">The directory.</param>
    /// <param name="fields">How a record stands on disk.</param>
    /// <param name="isName">Whether a record may have a name. Files of other names are somebody else's.</param>
    public RecordStore(string path, RecordFields<T> fields, Func<string, bool> isName)
    {
        _path = path;
        _fields = fields;
        _isName = isName;
        _directory = Files.Open(directory: null, path, OpenFlags.ReadOnly | OpenFlags.Directory);
    }

    /// <summary>Atomically replaces the intent. Part of the one before it may already be applied to the kernel.</summary>
    public void WriteIntent(string id, T record) => Replace(id, record, ".intent");

    /// <summary>What was intended is made.</summary>
    public void Commit(string id) => Files.Rename(_directory, id + ".intent", id + ".json");

    /// <summary>Replaces a record of what is made, in one step.</summary>
    public void Replace(string id, T record) => Replace(id, record, ".json");

    /// <summary>Writes down that it is about to be taken down.</summary>
    public void BeginRemoval(string id, RecordPhase from)
    {
        if (from is not RecordPhase.Removing)
        {
            _ = Files.Rename(_directory, id + EndingOf(from), id + ".removing");
        }
    }

    /// <summary>Nothing was taken down: it is as it was before <see cref="BeginRemoval"/>.</summary>
    public void CancelRemoval(string id, RecordPhase from)
    {
        if (from is not RecordPhase.Removing)
        {
            _ = Files.Rename(_directory, id + ".removing", id + EndingOf(from));
        }
    }

    /// <summary>Nothing of it is left.</summary>
    public void Forget(string id)
    {
        _ = Files.Unlink(_directory, id + ".draft");
        foreach ((_, string ending) in s_endings)
        {
            _ = Files.Unlink(_directory, id + ending);
        }
    }

    /// <summary>Sets a damaged record aside, for people to look at; from now on it is none.</summary>
    public void SetAside(string id)
    {
        foreach ((_, string ending) in s_endings)
        {
            _ = Files.Rename(_directory, id + ending, id + ".damaged");
        }
    }

    /// <summary>Removes what a process that died was writing in the place of a record; to be called by who holds the record's lock.</summary>
    public void DropDraft(string id) => _ = Files.Unlink(_directory, id + ".draft");

    /// <summary>The record and how far it has come; null if there is none.</summary>
    /// <exception cref="StateException">The file cannot be read as a record.</exception>
    public T? Find(string id, out RecordPhase phase)
    {
        foreach ((RecordPhase candidate, string ending) in s_endings)
        {
            if (Read(id + ending) is { } record)
            {
                phase = candidate;
                return record;
            }
        }
        phase = default;
        return null;
    }

    /// <summary>All records that can be read, with how far each has come, in the order of their names.</summary>
    /// <param name="damages">Gets what is wrong with those that cannot be read, a line each.</param>
    public IEnumerable<(T Record, RecordPhase Phase)> All(ICollection<string>? damages = null)
    {
        foreach ((string id, RecordPhase listed) in List())
        {
            if (TryFind(id, listed, damages, out RecordPhase phase) is { } record)
            {
                yield return (record, phase);
            }
        }
    }

    /// <summary>Whether there is a record, readable or not.</summary>
    public bool Exists(string id)
    {
        foreach ((_, string ending) in s_endings)
        {
            if (IsThere(id + ending))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether there is a record in the phase done. False may also mean that the record just went from one phase to the next.</summary>
    public bool IsDone(string id) => IsThere(id + ".json");

    /// <summary>The version of the file of a record in the phase done; null if it is in none, or just goes from one to the next.</summary>
    public FileVersion? VersionOf(string id) => Files.VersionOf(_directory, id + ".json");

    /// <summary>Why a record cannot be read; null if it can, or is not there.</summary>
    public StateException? DamageOf(string id)
    {
        try
        {
            _ = Find(id, out _);
            return null;
        }
        catch (StateException error)
        {
            return error;
        }
    }

    /// <summary>Whether what there is of a record is an intent alone.</summary>
    public bool IsOnlyIntended(string id) => Array.TrueForAll(s_endings, known => IsThere(id + known.Ending) == (known.Phase is RecordPhase.Intent));

    /// <summary>The names of all records, with their phases.</summary>
    public IReadOnlyList<(string Id, RecordPhase Phase)> List()
    {
        List<(string, RecordPhase)> found = [];
        foreach (string file in Directory.EnumerateFiles(_path))
        {
            string ending = Path.GetExtension(file);
            foreach ((RecordPhase phase, string known) in s_endings)
            {
                if (string.Equals(ending, known, StringComparison.Ordinal) && Path.GetFileNameWithoutExtension(file) is { } name && _isName(name))
                {
                    found.Add((name, phase));
                }
            }
        }
        found.Sort(static (a, b) => string.CompareOrdinal(a.Item1, b.Item1));
        return found;
    }

    /// <summary>The names of records in whose place something was being written.</summary>
    public IReadOnlyList<string> ListDrafts() =>
        [.. Directory.EnumerateFiles(_path, "*.draft").Select(path => Path.GetFileNameWithoutExtension(path)).Where(_isName)];

    public void Dispose() => _directory.Dispose();

    private void Replace(string id, T record, string ending)
    {
        string draft = id + ".draft";
        if (!TryWrite(draft, record)) // somebody died who was writing it
        {
            _ = Files.Unlink(_directory, draft);
            _ = TryWrite(draft, record);
        }
        try
        {
            _ = Files.Rename(_directory, draft, id + ending);
        }
        catch
        {
            _ = Files.Unlink(_directory, draft);
            throw;
        }
    }

    /// <summary>A record that was in a phase a moment ago; if it is no more, it is looked for in all of them.</summary>
    private T? TryFind(string id, RecordPhase listed, ICollection<string>? damages, out RecordPhase phase)
    {
        phase = listed;
        try
        {
            return Read(id + EndingOf(listed)) ?? Find(id, out phase);
        }
        catch (StateException error)
        {
            damages?.Add(error.Message);
            return null;
        }
    }

    private static string EndingOf(RecordPhase phase) => Array.Find(s_endings, known => known.Phase == phase).Ending;

    /// <exception cref="StateException">The file is no record.</exception>
    private T? Read(string file)
    {
        const OpenFlags Flags = OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking;
        using FileDescriptor? descriptor = Files.TryOpen(_directory, file, Flags, mode: 0, out Errno errno);
        if (descriptor is null)
        {
            return errno is Errno.ENOENT ? null : throw new StateException($"{_path}/{file}", errno.Describe());
        }
        try
        {
            byte[] content = Files.ReadAll(descriptor, out int length);
            return Parse($"{_path}/{file}", content.AsSpan(0, length), _fields);
        }
        catch (KernelException error)
        {
            throw new StateException($"{_path}/{file}", error.Message, error);
        }
    }

    /// <summary>A record from its bytes.</summary>
    /// <exception cref="StateException">They are none that this version reads.</exception>
    internal static T Parse(string path, ReadOnlySpan<byte> content, RecordFields<T> fields)
    {
        try
        {
            Utf8JsonReader reader = new(content);
            T record = fields.Read(ref reader);
            if (!reader.Read() && record.Schema == RecordSchema.Current)
            {
                return record;
            }
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            throw RecordSchema.Explain(path, content, error);
        }
        throw RecordSchema.Explain(path, content, error: null);
    }

    private bool IsThere(string file) => Files.Exists(_directory, file);

    /// <returns>False if there is such a file.</returns>
    private bool TryWrite(string file, T record)
    {
        ArrayBufferWriter<byte> content = s_content ??= new ArrayBufferWriter<byte>(FirstBytes);
        content.ResetWrittenCount();
        Utf8JsonWriter writer = s_writer ??= new Utf8JsonWriter(content, s_plainly);
        writer.Reset(content);
        _fields.Write(writer, record);
        writer.Flush();
        const OpenFlags Flags = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive;
        using FileDescriptor? descriptor = Files.TryOpen(_directory, file, Flags, FileMode, out Errno errno);
        if (descriptor is null)
        {
            return errno is Errno.EEXIST ? false : throw new StateException($"{_path}/{file}", errno.Describe());
        }
        try
        {
            Files.Write(descriptor, content.WrittenSpan);
            return true;
        }
        catch
        {
            _ = Files.Unlink(_directory, file);
            throw;
        }
    }
}
