using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using BridgeNet.Native;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tracing;

/// <summary>The messages of a datagram as text: a line for each, and indented lines for its attributes. No bytes make it throw.</summary>
/// <param name="protocol">The socket's protocol.</param>
/// <param name="isRequest">Whether the datagram goes to the kernel.</param>
/// <param name="start">What each message's first line begins with.</param>
internal sealed class DatagramText(NetlinkProtocol protocol, bool isRequest, string start)
{
    private readonly StringBuilder _text = new();

    /// <summary>The text, each line ended.</summary>
    public string Decode(ReadOnlySpan<byte> datagram)
    {
        _text.Clear();
        while (datagram.Length >= NetlinkAlignment.MessageHeader)
        {
            uint length = MemoryMarshal.Read<uint>(datagram);
            if (length < NetlinkAlignment.MessageHeader || length > (uint)datagram.Length)
            {
                break;
            }
            Append(new NetlinkMessage(datagram[..(int)length]));
            datagram = datagram[Math.Min(NetlinkAlignment.Align((int)length), datagram.Length)..];
        }
        if (!datagram.IsEmpty)
        {
            _text.Append(start).Append(" malformed ");
            ValueText.AppendBytes(_text, datagram);
            _text.Append('\n');
        }
        return _text.ToString();
    }

    private void Append(NetlinkMessage message)
    {
        switch (message.Type)
        {
            case NetlinkMessageType.Noop: AppendHead("NLMSG_NOOP", message); break;
            case NetlinkMessageType.Overrun: AppendHead("NLMSG_OVERRUN", message); break;
            case NetlinkMessageType.Error: AppendOutcome("NLMSG_ERROR", message); break;
            case NetlinkMessageType.Done: AppendOutcome("NLMSG_DONE", message); break;
            default: AppendBody(message); break;
        }
        _text.Append('\n');
    }

    private void AppendHead(string name, NetlinkMessage message)
    {
        int length = NetlinkAlignment.MessageHeader + message.Payload.Length;
        _text.Append(start).Append(' ').Append(name);
        FlagText.Append(_text, name, isRequest, message.Flags);
        _text.Append(CultureInfo.InvariantCulture, $" seq={message.Sequence} len={length}");
    }

    /// <summary>What came of a request: the error's name, the kernel's text, and where in the request the kernel saw the fault.</summary>
    private void AppendOutcome(string name, NetlinkMessage message)
    {
        AppendHead(name, message);
        if (name is "NLMSG_DONE" && message.Payload.Length < sizeof(int))
        {
            return;
        }
        try
        {
            ExtendedAcknowledgement outcome = ExtendedAcknowledgement.Read(message);
            _text.Append(' ').Append(outcome.Errno is Errno.None ? "ok" : outcome.Errno.Describe());
            if (outcome.Message is { } said)
            {
                _text.Append(' ');
                ValueText.AppendQuoted(_text, Encoding.UTF8.GetBytes(said));
            }
            if (outcome.Offset is { } offset)
            {
                _text.Append(CultureInfo.InvariantCulture, $" at byte {offset}");
            }
        }
        catch (NetlinkFormatException)
        {
            _text.Append(" malformed ");
            ValueText.AppendBytes(_text, message.Payload);
        }
    }

    private void AppendBody(NetlinkMessage message)
    {
        MessageSchema schema = MessageSchema.Of(protocol, message.Type, message.Payload, isRequest);
        AppendHead(schema.Name, message);
        int header = Math.Min(schema.HeaderBytes, message.Payload.Length);
        if (header > 0)
        {
            _text.Append(' ');
            HeaderText.Append(_text, protocol, schema, message.Payload[..header]);
        }
        AttributeText.Append(_text, schema.Attributes, message.Payload[Math.Min(NetlinkAlignment.Align(header), message.Payload.Length)..]);
    }
}
