using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Netlink.Tracing;

/// <summary>The attributes of nf_tables messages, without elements.</summary>
internal static class TableSchemas
{
    /// <summary>The beginning of a transaction.</summary>
    public static readonly AttributeSchema Batch = new(
        new TracedAttribute(NfnlBatch.Generation, "NFNL_BATCH_GENID", AttributeForm.NetworkNumber));

    /// <summary>A table.</summary>
    public static readonly AttributeSchema Table = new(
        new(NftaTable.Name, "NFTA_TABLE_NAME", AttributeForm.Text),
        new(NftaTable.Flags, "NFTA_TABLE_FLAGS", AttributeForm.NetworkNumber),
        new(NftaTable.Handle, "NFTA_TABLE_HANDLE", AttributeForm.NetworkNumber),
        new(NftaTable.UserData, "NFTA_TABLE_USERDATA", AttributeForm.Bytes));

    /// <summary>A chain.</summary>
    public static readonly AttributeSchema Chain = new(
        new(NftaChain.Table, "NFTA_CHAIN_TABLE", AttributeForm.Text),
        new(NftaChain.Handle, "NFTA_CHAIN_HANDLE", AttributeForm.NetworkNumber),
        new(NftaChain.Name, "NFTA_CHAIN_NAME", AttributeForm.Text),
        TracedAttribute.Nest(NftaChain.Hook, "NFTA_CHAIN_HOOK", Hook()),
        new(NftaChain.Policy, "NFTA_CHAIN_POLICY", AttributeForm.NetworkNumber),
        new(NftaChain.Type, "NFTA_CHAIN_TYPE", AttributeForm.Text),
        new(NftaChain.UserData, "NFTA_CHAIN_USERDATA", AttributeForm.Bytes));

    /// <summary>A rule.</summary>
    public static readonly AttributeSchema Rule = new(
        new(NftaRule.Table, "NFTA_RULE_TABLE", AttributeForm.Text),
        new(NftaRule.Chain, "NFTA_RULE_CHAIN", AttributeForm.Text),
        new(NftaRule.Handle, "NFTA_RULE_HANDLE", AttributeForm.NetworkNumber),
        TracedAttribute.Nest(NftaRule.Expressions, "NFTA_RULE_EXPRESSIONS", new AttributeSchema(
            TracedAttribute.Nest(NftaList.Item, "NFTA_LIST_ELEM", ExpressionSchemas.Expression))),
        TracedAttribute.Nest(NftaRule.Compat, "NFTA_RULE_COMPAT", new AttributeSchema(
            new(NftaRule.CompatProtocol, "NFTA_RULE_COMPAT_PROTO", AttributeForm.NetworkNumber),
            new(NftaRule.CompatFlags, "NFTA_RULE_COMPAT_FLAGS", AttributeForm.NetworkNumber))),
        new(NftaRule.Position, "NFTA_RULE_POSITION", AttributeForm.NetworkNumber),
        new(NftaRule.UserData, "NFTA_RULE_USERDATA", AttributeForm.Bytes));

    /// <summary>A set or map.</summary>
    public static readonly AttributeSchema Set = new(
        new(NftaSet.Table, "NFTA_SET_TABLE", AttributeForm.Text),
        new(NftaSet.Name, "NFTA_SET_NAME", AttributeForm.Text),
        new(NftaSet.Flags, "NFTA_SET_FLAGS", AttributeForm.NetworkNumber),
        new(NftaSet.KeyType, "NFTA_SET_KEY_TYPE", AttributeForm.NetworkNumber),
        new(NftaSet.KeyLength, "NFTA_SET_KEY_LEN", AttributeForm.NetworkNumber),
        new(NftaSet.DataType, "NFTA_SET_DATA_TYPE", AttributeForm.NetworkNumber),
        new(NftaSet.DataLength, "NFTA_SET_DATA_LEN", AttributeForm.NetworkNumber),
        TracedAttribute.Nest(NftaSet.Description, "NFTA_SET_DESC", Description()),
        new(NftaSet.Id, "NFTA_SET_ID", AttributeForm.NetworkNumber),
        new(NftaSet.Timeout, "NFTA_SET_TIMEOUT", AttributeForm.NetworkNumber),
        new(NftaSet.UserData, "NFTA_SET_USERDATA", AttributeForm.Bytes),
        new(NftaSet.Handle, "NFTA_SET_HANDLE", AttributeForm.NetworkNumber),
        TracedAttribute.Nest(NftaSet.Expression, "NFTA_SET_EXPR", ExpressionSchemas.Expression));

    private static readonly AttributeSchema s_quota = new(
        new(NftaQuota.Bytes, "NFTA_QUOTA_BYTES", AttributeForm.NetworkNumber),
        new(NftaQuota.Flags, "NFTA_QUOTA_FLAGS", AttributeForm.NetworkNumber),
        new(NftaQuota.Consumed, "NFTA_QUOTA_CONSUMED", AttributeForm.NetworkNumber));

    /// <summary>A counter or quota with a name.</summary>
    public static readonly AttributeSchema Object = new(
        new(NftaObject.Table, "NFTA_OBJ_TABLE", AttributeForm.Text),
        new(NftaObject.Name, "NFTA_OBJ_NAME", AttributeForm.Text),
        new(NftaObject.Type, "NFTA_OBJ_TYPE", AttributeForm.NetworkNumber),
        TracedAttribute.NestOfKind(NftaObject.Data, "NFTA_OBJ_DATA", NftaObject.Type, OfKind),
        new(NftaObject.Handle, "NFTA_OBJ_HANDLE", AttributeForm.NetworkNumber),
        new(NftaObject.UserData, "NFTA_OBJ_USERDATA", AttributeForm.Bytes));

    /// <summary>The number of the ruleset.</summary>
    public static readonly AttributeSchema Generation = new(
        new(NftaGeneration.Id, "NFTA_GEN_ID", AttributeForm.NetworkNumber),
        new(NftaGeneration.ProcessId, "NFTA_GEN_PROC_PID", AttributeForm.NetworkNumber),
        new(NftaGeneration.ProcessName, "NFTA_GEN_PROC_NAME", AttributeForm.Text));

    /// <summary>What a kind of object adds, by NFT_OBJECT_….</summary>
    private static AttributeSchema? OfKind(string type) => type switch
    {
        "1" => ExpressionSchemas.Counter,
        "2" => s_quota,
        _ => null,
    };

    private static AttributeSchema Hook() => new(
        new(NftaHook.Number, "NFTA_HOOK_HOOKNUM", AttributeForm.NetworkNumber),
        new(NftaHook.Priority, "NFTA_HOOK_PRIORITY", AttributeForm.NetworkSigned),
        new(NftaHook.Device, "NFTA_HOOK_DEV", AttributeForm.Text),
        TracedAttribute.Nest(NftaHook.Devices, "NFTA_HOOK_DEVS", new AttributeSchema(
            new TracedAttribute(NftaDevice.Name, "NFTA_DEVICE_NAME", AttributeForm.Text))));

    private static AttributeSchema Description() => new(
        new(NftaSetDescription.Size, "NFTA_SET_DESC_SIZE", AttributeForm.NetworkNumber),
        TracedAttribute.Nest(NftaSetDescription.Concatenation, "NFTA_SET_DESC_CONCAT", new AttributeSchema(
            TracedAttribute.Nest(NftaList.Item, "NFTA_LIST_ELEM", new AttributeSchema(
                new TracedAttribute(NftaSetField.Length, "NFTA_SET_FIELD_LEN", AttributeForm.NetworkNumber))))));
}
