using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Elements on the wire.</summary>
internal static class NftElementCodec
{
    /// <summary>NFT_SET_ELEM_INTERVAL_END, u32: it ends the range before it.</summary>
    private const uint IntervalEndFlag = 1;

    /// <summary>NFT_SET_ELEM_CATCHALL, u32: the element has no key and matches every key without an element.</summary>
    private const uint CatchAllFlag = 2;

    /// <summary>Writes the attributes of an element.</summary>
    public static void Write(NetlinkWriter writer, NftElement element)
    {
        WriteFlags(writer, element);
        NftTime.Write(writer, NftaSetElement.Timeout, element.Timeout);
        NftTime.Write(writer, NftaSetElement.Expiration, element.Expiration);
        WriteKeys(writer, element);
        WriteData(writer, element);
        if (!element.UserData.IsEmpty)
        {
            writer.WriteBytes(NftaSetElement.UserData, element.UserData.Bytes.Bytes);
        }
        if (element.Counter is { } counter)
        {
            using (writer.Nest(NftaSetElement.Expression))
            {
                NftExpressionCodec.Write(writer, counter);
            }
        }
    }

    /// <summary>Writes what is enough to find an element.</summary>
    public static void WriteKey(NetlinkWriter writer, NftElement element)
    {
        WriteFlags(writer, element);
        WriteKeys(writer, element);
    }

    /// <summary>Reads an element.</summary>
    /// <exception cref="NetlinkFormatException">A value has the wrong length.</exception>
    public static NftElement Read(AttributeList attributes)
    {
        uint flags = 0;
        NftValue? key = null, keyEnd = null, data = null;
        NftVerdict? verdict = null;
        TimeSpan? timeout = null, expiration = null;
        CounterExpression? counter = null;
        NftUserData userData = default;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaSetElement.Flags: flags = attribute.ReadUInt32BigEndian(); break;
                case NftaSetElement.Key: key = NftDataCodec.ReadValue(attribute); break;
                case NftaSetElement.KeyEnd: keyEnd = NftDataCodec.ReadValue(attribute); break;
                case NftaSetElement.Data:
                    data = NftDataCodec.ReadValue(attribute);
                    verdict = NftDataCodec.ReadVerdict(attribute);
                    break;
                case NftaSetElement.Timeout: timeout = NftTime.Read(attribute); break;
                case NftaSetElement.Expiration: expiration = NftTime.Read(attribute); break;
                case NftaSetElement.UserData: userData = new NftUserData(new NftValue(attribute.Value)); break;
                case NftaSetElement.Expression: counter = NftExpressionCodec.Read(attribute.Attributes) as CounterExpression; break;
                default: break;
            }
        }
        return new NftElement
        {
            Key = key ?? default,
            KeyEnd = keyEnd,
            IsIntervalEnd = (flags & IntervalEndFlag) != 0,
            Data = data,
            Verdict = verdict,
            Timeout = timeout,
            Expiration = expiration,
            Counter = counter,
            UserData = userData,
        };
    }

    private static void WriteFlags(NetlinkWriter writer, NftElement element)
    {
        uint flags = (element.IsIntervalEnd ? IntervalEndFlag : 0) | (element.Key.Length == 0 ? CatchAllFlag : 0);
        if (flags != 0)
        {
            writer.WriteUInt32BigEndian(NftaSetElement.Flags, flags);
        }
    }

    private static void WriteKeys(NetlinkWriter writer, NftElement element)
    {
        if (element.Key.Length > 0)
        {
            NftDataCodec.WriteValue(writer, NftaSetElement.Key, element.Key);
        }
        if (element.KeyEnd is { } keyEnd)
        {
            NftDataCodec.WriteValue(writer, NftaSetElement.KeyEnd, keyEnd);
        }
    }

    private static void WriteData(NetlinkWriter writer, NftElement element)
    {
        if (element.Verdict is { } verdict)
        {
            NftDataCodec.WriteVerdict(writer, NftaSetElement.Data, verdict);
        }
        else if (element.Data is { } data)
        {
            NftDataCodec.WriteValue(writer, NftaSetElement.Data, data);
        }
    }
}
