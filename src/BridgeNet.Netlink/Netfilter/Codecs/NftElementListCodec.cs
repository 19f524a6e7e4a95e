using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Messages that hold many elements of one set.</summary>
internal static class NftElementListCodec
{
    /// <summary>
    /// A message takes elements until it has so many bytes: its list is one attribute, which ends at 64 KiB, and one
    /// more element has less than 2 KiB (two keys and data of 64 bytes, user data and a chain's name of 256 each).
    /// </summary>
    private const int FullMessage = 62 * 1024;

    /// <summary>Writes one message of elements.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="table">The set's table.</param>
    /// <param name="set">The set.</param>
    /// <param name="elements">The elements; left behind the last that was written.</param>
    /// <param name="writeElement">Writes one.</param>
    /// <param name="setId">The set's number within the transaction; null where its name is enough.</param>
    public static void Write(
        NetlinkWriter writer,
        NftTableId table,
        string set,
        scoped ref ReadOnlySpan<NftElement> elements,
        Action<NetlinkWriter, NftElement> writeElement,
        uint? setId = null)
    {
        writer.WriteString(NftaSetElementList.Table, table.Name);
        writer.WriteString(NftaSetElementList.Set, set);
        if (setId is { } id)
        {
            writer.WriteUInt32BigEndian(NftaSetElementList.SetId, id);
        }
        using (writer.Nest(NftaSetElementList.Elements))
        {
            int end = writer.Length + FullMessage;
            while (!elements.IsEmpty && writer.Length < end)
            {
                using (writer.Nest(NftaList.Item))
                {
                    writeElement(writer, elements[0]);
                }
                elements = elements[1..];
            }
        }
    }

    /// <summary>Reads the elements of a message.</summary>
    /// <exception cref="NetlinkFormatException">A value has the wrong length.</exception>
    public static List<NftElement> Read(NetlinkMessage message)
    {
        List<NftElement> elements = [];
        if (message.Attributes<NfGenMessage>().TryFind(NftaSetElementList.Elements, out AttributeReader list))
        {
            foreach (AttributeReader item in list.Attributes)
            {
                elements.Add(NftElementCodec.Read(item.Attributes));
            }
        }
        return elements;
    }

    /// <summary>How many elements a message has.</summary>
    public static int Count(AttributeList attributes)
    {
        int count = 0;
        if (attributes.TryFind(NftaSetElementList.Elements, out AttributeReader list))
        {
            foreach (AttributeReader _ in list.Attributes)
            {
                count++;
            }
        }
        return count;
    }
}
