using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Netlink.Tracing;

/// <summary>The attributes of expressions, a schema for each kind.</summary>
internal static class ExpressionSchemas
{
    /// <summary>What a register holds.</summary>
    public static readonly AttributeSchema Data = new(
        new(NftaData.Value, "NFTA_DATA_VALUE", AttributeForm.Bytes),
        TracedAttribute.Nest(NftaData.Verdict, "NFTA_DATA_VERDICT", new AttributeSchema(
            new(NftaVerdict.Code, "NFTA_VERDICT_CODE", AttributeForm.NetworkSigned),
            new(NftaVerdict.Chain, "NFTA_VERDICT_CHAIN", AttributeForm.Text))));

    private static readonly AttributeSchema s_immediate = new(
        new(NftaImmediate.Register, "NFTA_IMMEDIATE_DREG", AttributeForm.NetworkNumber),
        TracedAttribute.Nest(NftaImmediate.Data, "NFTA_IMMEDIATE_DATA", Data));

    private static readonly AttributeSchema s_meta = new(
        new(NftaMeta.Target, "NFTA_META_DREG", AttributeForm.NetworkNumber),
        new(NftaMeta.Key, "NFTA_META_KEY", AttributeForm.NetworkNumber),
        new(NftaMeta.Source, "NFTA_META_SREG", AttributeForm.NetworkNumber));

    private static readonly AttributeSchema s_ct = new(
        new(NftaCt.Target, "NFTA_CT_DREG", AttributeForm.NetworkNumber),
        new(NftaCt.Key, "NFTA_CT_KEY", AttributeForm.NetworkNumber),
        new(NftaCt.Direction, "NFTA_CT_DIRECTION", AttributeForm.NetworkNumber),
        new(NftaCt.Source, "NFTA_CT_SREG", AttributeForm.NetworkNumber));

    private static readonly AttributeSchema s_payload = new(
        new(NftaPayload.Register, "NFTA_PAYLOAD_DREG", AttributeForm.NetworkNumber),
        new(NftaPayload.Base, "NFTA_PAYLOAD_BASE", AttributeForm.NetworkNumber),
        new(NftaPayload.Offset, "NFTA_PAYLOAD_OFFSET", AttributeForm.NetworkNumber),
        new(NftaPayload.Length, "NFTA_PAYLOAD_LEN", AttributeForm.NetworkNumber),
        new(NftaPayload.Source, "NFTA_PAYLOAD_SREG", AttributeForm.NetworkNumber));

    private static readonly AttributeSchema s_compare = new(
        new(NftaCompare.Register, "NFTA_CMP_SREG", AttributeForm.NetworkNumber),
        new(NftaCompare.Operator, "NFTA_CMP_OP", AttributeForm.NetworkNumber),
        TracedAttribute.Nest(NftaCompare.Data, "NFTA_CMP_DATA", Data));

    private static readonly AttributeSchema s_range = new(
        new(NftaRange.Register, "NFTA_RANGE_SREG", AttributeForm.NetworkNumber),
        new(NftaRange.Operator, "NFTA_RANGE_OP", AttributeForm.NetworkNumber),
        TracedAttribute.Nest(NftaRange.From, "NFTA_RANGE_FROM_DATA", Data),
        TracedAttribute.Nest(NftaRange.To, "NFTA_RANGE_TO_DATA", Data));

    private static readonly AttributeSchema s_bitwise = new(
        new(NftaBitwise.Source, "NFTA_BITWISE_SREG", AttributeForm.NetworkNumber),
        new(NftaBitwise.Target, "NFTA_BITWISE_DREG", AttributeForm.NetworkNumber),
        new(NftaBitwise.Length, "NFTA_BITWISE_LEN", AttributeForm.NetworkNumber),
        TracedAttribute.Nest(NftaBitwise.Mask, "NFTA_BITWISE_MASK", Data),
        TracedAttribute.Nest(NftaBitwise.Xor, "NFTA_BITWISE_XOR", Data),
        new(NftaBitwise.Operation, "NFTA_BITWISE_OP", AttributeForm.NetworkNumber));

    private static readonly AttributeSchema s_byteOrder = new(
        new(NftaByteOrder.Source, "NFTA_BYTEORDER_SREG", AttributeForm.NetworkNumber),
        new(NftaByteOrder.Target, "NFTA_BYTEORDER_DREG", AttributeForm.NetworkNumber),
        new(NftaByteOrder.Operation, "NFTA_BYTEORDER_OP", AttributeForm.NetworkNumber),
        new(NftaByteOrder.Length, "NFTA_BYTEORDER_LEN", AttributeForm.NetworkNumber),
        new(NftaByteOrder.Size, "NFTA_BYTEORDER_SIZE", AttributeForm.NetworkNumber));

    private static readonly AttributeSchema s_lookup = new(
        new(NftaLookup.Set, "NFTA_LOOKUP_SET", AttributeForm.Text),
        new(NftaLookup.Source, "NFTA_LOOKUP_SREG", AttributeForm.NetworkNumber),
        new(NftaLookup.Target, "NFTA_LOOKUP_DREG", AttributeForm.NetworkNumber),
        new(NftaLookup.SetId, "NFTA_LOOKUP_SET_ID", AttributeForm.NetworkNumber),
        new(NftaLookup.Flags, "NFTA_LOOKUP_FLAGS", AttributeForm.NetworkNumber));

    private static readonly AttributeSchema s_nat = new(
        new(NftaNat.Type, "NFTA_NAT_TYPE", AttributeForm.NetworkNumber),
        new(NftaNat.Family, "NFTA_NAT_FAMILY", AttributeForm.NetworkNumber),
        new(NftaNat.AddressMin, "NFTA_NAT_REG_ADDR_MIN", AttributeForm.NetworkNumber),
        new(NftaNat.AddressMax, "NFTA_NAT_REG_ADDR_MAX", AttributeForm.NetworkNumber),
        new(NftaNat.PortMin, "NFTA_NAT_REG_PROTO_MIN", AttributeForm.NetworkNumber),
        new(NftaNat.PortMax, "NFTA_NAT_REG_PROTO_MAX", AttributeForm.NetworkNumber),
        new(NftaNat.Flags, "NFTA_NAT_FLAGS", AttributeForm.NetworkNumber));

    private static readonly AttributeSchema s_masquerade = new(
        new(NftaMasquerade.Flags, "NFTA_MASQ_FLAGS", AttributeForm.NetworkNumber),
        new(NftaMasquerade.PortMin, "NFTA_MASQ_REG_PROTO_MIN", AttributeForm.NetworkNumber),
        new(NftaMasquerade.PortMax, "NFTA_MASQ_REG_PROTO_MAX", AttributeForm.NetworkNumber));

    private static readonly AttributeSchema s_redirect = new(
        new(NftaRedirect.PortMin, "NFTA_REDIR_REG_PROTO_MIN", AttributeForm.NetworkNumber),
        new(NftaRedirect.PortMax, "NFTA_REDIR_REG_PROTO_MAX", AttributeForm.NetworkNumber),
        new(NftaRedirect.Flags, "NFTA_REDIR_FLAGS", AttributeForm.NetworkNumber));

    private static readonly AttributeSchema s_fib = new(
        new(NftaFib.Register, "NFTA_FIB_DREG", AttributeForm.NetworkNumber),
        new(NftaFib.Result, "NFTA_FIB_RESULT", AttributeForm.NetworkNumber),
        new(NftaFib.Flags, "NFTA_FIB_FLAGS", AttributeForm.NetworkNumber));

    /// <summary>A counter.</summary>
    public static readonly AttributeSchema Counter = new(
        new(NftaCounter.Bytes, "NFTA_COUNTER_BYTES", AttributeForm.NetworkNumber),
        new(NftaCounter.Packets, "NFTA_COUNTER_PACKETS", AttributeForm.NetworkNumber));

    private static readonly AttributeSchema s_limit = new(
        new(NftaLimit.Rate, "NFTA_LIMIT_RATE", AttributeForm.NetworkNumber),
        new(NftaLimit.Unit, "NFTA_LIMIT_UNIT", AttributeForm.NetworkNumber),
        new(NftaLimit.Burst, "NFTA_LIMIT_BURST", AttributeForm.NetworkNumber),
        new(NftaLimit.Type, "NFTA_LIMIT_TYPE", AttributeForm.NetworkNumber),
        new(NftaLimit.Flags, "NFTA_LIMIT_FLAGS", AttributeForm.NetworkNumber));

    private static readonly AttributeSchema s_log = new(
        new(NftaLog.Group, "NFTA_LOG_GROUP", AttributeForm.NetworkNumber),
        new(NftaLog.Prefix, "NFTA_LOG_PREFIX", AttributeForm.Text),
        new(NftaLog.SnapLength, "NFTA_LOG_SNAPLEN", AttributeForm.NetworkNumber),
        new(NftaLog.QueueThreshold, "NFTA_LOG_QTHRESHOLD", AttributeForm.NetworkNumber),
        new(NftaLog.Level, "NFTA_LOG_LEVEL", AttributeForm.NetworkNumber),
        new(NftaLog.Flags, "NFTA_LOG_FLAGS", AttributeForm.NetworkNumber));

    private static readonly AttributeSchema s_reject = new(
        new(NftaReject.Type, "NFTA_REJECT_TYPE", AttributeForm.NetworkNumber),
        new(NftaReject.Code, "NFTA_REJECT_ICMP_CODE", AttributeForm.NetworkNumber));

    private static readonly AttributeSchema s_objectReference = new(
        new(NftaObjectReference.Type, "NFTA_OBJREF_IMM_TYPE", AttributeForm.NetworkNumber),
        new(NftaObjectReference.Name, "NFTA_OBJREF_IMM_NAME", AttributeForm.Text));

    private static readonly AttributeSchema s_match = new(
        new(NftaCompat.Name, "NFTA_MATCH_NAME", AttributeForm.Text),
        new(NftaCompat.Revision, "NFTA_MATCH_REV", AttributeForm.NetworkNumber),
        new(NftaCompat.Information, "NFTA_MATCH_INFO", AttributeForm.Bytes));

    private static readonly AttributeSchema s_target = new(
        new(NftaCompat.Name, "NFTA_TARGET_NAME", AttributeForm.Text),
        new(NftaCompat.Revision, "NFTA_TARGET_REV", AttributeForm.NetworkNumber),
        new(NftaCompat.Information, "NFTA_TARGET_INFO", AttributeForm.Bytes));

    /// <summary>An expression: its kind, and what the kind adds.</summary>
    public static readonly AttributeSchema Expression = new(
        new(NftaExpression.Name, "NFTA_EXPR_NAME", AttributeForm.Text),
        TracedAttribute.NestOfKind(NftaExpression.Data, "NFTA_EXPR_DATA", NftaExpression.Name, OfKind));

    /// <summary>What a kind of expression adds; null of a kind that is unknown here.</summary>
    private static AttributeSchema? OfKind(string kind) => kind switch
    {
        ImmediateExpression.Kind => s_immediate,
        MetaExpression.Kind => s_meta,
        CtExpression.Kind => s_ct,
        PayloadExpression.Kind => s_payload,
        CompareExpression.Kind => s_compare,
        RangeExpression.Kind => s_range,
        BitwiseExpression.Kind => s_bitwise,
        ByteOrderExpression.Kind => s_byteOrder,
        LookupExpression.Kind => s_lookup,
        NatExpression.Kind => s_nat,
        MasqueradeExpression.Kind => s_masquerade,
        RedirectExpression.Kind => s_redirect,
        FibExpression.Kind => s_fib,
        CounterExpression.Kind => Counter,
        LimitExpression.Kind => s_limit,
        LogExpression.Kind => s_log,
        RejectExpression.Kind => s_reject,
        ObjectReferenceExpression.Kind => s_objectReference,
        CompatExpression.MatchKind => s_match,
        CompatExpression.TargetKind => s_target,
        _ => null,
    };
}
