using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Tables;

/// <summary>Writes elements of many sets into a transaction, those of one set together: each message costs the kernel a search for its set.</summary>
internal static class ElementChanges
{
    /// <summary>How many elements go into one message at most.</summary>
    private const int MostOfMessage = 128;

    /// <summary>How many elements are kept count of on the stack.</summary>
    private const int MostOnStack = 256;

    /// <summary>The elements of a message, kept for the next one of this thread.</summary>
    [ThreadStatic]
    private static NftElement[]? s_message;

    private delegate void Write(NftTransaction transaction, in TableElement of, ReadOnlySpan<NftElement> elements);

    /// <summary>Adds elements; EEXIST if an exclusive one is there.</summary>
    public static NftTransaction AddElements(this NftTransaction transaction, ReadOnlySpan<TableElement> elements)
    {
        WriteSets(transaction, elements, heedsExclusive: true, static (transaction, in of, message) =>
            transaction.AddElements(of.Table, of.Set, message, of.IsExclusive));
        return transaction;
    }

    /// <summary>Deletes elements; ENOENT if one is not there.</summary>
    public static NftTransaction DeleteElements(this NftTransaction transaction, ReadOnlySpan<TableElement> elements)
    {
        WriteSets(transaction, elements, heedsExclusive: false, static (transaction, in of, message) =>
            transaction.DeleteElements(of.Table, of.Set, message));
        return transaction;
    }

    /// <summary>The sets in the order of their first elements, and within each its elements in their order.</summary>
    private static void WriteSets(NftTransaction transaction, ReadOnlySpan<TableElement> elements, bool heedsExclusive, Write write)
    {
        Span<bool> isWritten = elements.Length <= MostOnStack ? stackalloc bool[elements.Length] : new bool[elements.Length];
        NftElement[] message = s_message ?? new NftElement[MostOfMessage];
        s_message = null; // for as long as it is written into
        for (int first = 0; first < elements.Length; first++)
        {
            if (!isWritten[first])
            {
                WriteSet(transaction, elements[first..], isWritten[first..], heedsExclusive, message, write);
            }
        }
        message.AsSpan().Clear();
        s_message = message;
    }

    private static void WriteSet(
        NftTransaction transaction, ReadOnlySpan<TableElement> elements, Span<bool> isWritten, bool heedsExclusive, NftElement[] message, Write write)
    {
        ref readonly TableElement first = ref elements[0];
        int length = 0;
        for (int i = 0; i < elements.Length; i++)
        {
            if (isWritten[i] || !first.IsOfSet(elements[i]) || (heedsExclusive && first.IsExclusive != elements[i].IsExclusive))
            {
                continue;
            }
            isWritten[i] = true;
            message[length++] = elements[i].Element;
            if (length == message.Length)
            {
                write(transaction, first, message);
                length = 0;
            }
        }
        write(transaction, first, message.AsSpan(0, length));
    }
}
