using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Netlink.Tracing;

/// <summary>The attributes of elements of sets.</summary>
internal static class ElementSchemas
{
    private static readonly AttributeSchema s_element = new(
        TracedAttribute.Nest(NftaSetElement.Key, "NFTA_SET_ELEM_KEY", ExpressionSchemas.Data),
        TracedAttribute.Nest(NftaSetElement.Data, "NFTA_SET_ELEM_DATA", ExpressionSchemas.Data),
        new(NftaSetElement.Flags, "NFTA_SET_ELEM_FLAGS", AttributeForm.NetworkNumber),
        new(NftaSetElement.Timeout, "NFTA_SET_ELEM_TIMEOUT", AttributeForm.NetworkNumber),
        new(NftaSetElement.Expiration, "NFTA_SET_ELEM_EXPIRATION", AttributeForm.NetworkNumber),
        new(NftaSetElement.UserData, "NFTA_SET_ELEM_USERDATA", AttributeForm.Bytes),
        TracedAttribute.Nest(NftaSetElement.Expression, "NFTA_SET_ELEM_EXPR", ExpressionSchemas.Expression),
        TracedAttribute.Nest(NftaSetElement.KeyEnd, "NFTA_SET_ELEM_KEY_END", ExpressionSchemas.Data));

    /// <summary>Elements of a set.</summary>
    public static readonly AttributeSchema List = new(
        new(NftaSetElementList.Table, "NFTA_SET_ELEM_LIST_TABLE", AttributeForm.Text),
        new(NftaSetElementList.Set, "NFTA_SET_ELEM_LIST_SET", AttributeForm.Text),
        TracedAttribute.Nest(NftaSetElementList.Elements, "NFTA_SET_ELEM_LIST_ELEMENTS", new AttributeSchema(
            TracedAttribute.Nest(NftaList.Item, "NFTA_LIST_ELEM", s_element))),
        new(NftaSetElementList.SetId, "NFTA_SET_ELEM_LIST_SET_ID", AttributeForm.NetworkNumber));
}
