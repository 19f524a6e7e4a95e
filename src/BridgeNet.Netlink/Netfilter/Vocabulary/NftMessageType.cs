namespace BridgeNet.Netlink.Netfilter;

/// <summary>The messages of nf_tables: the low byte of nlmsg_type.</summary>
internal static class NftMessageType
{
    /// <summary>NFT_MSG_NEWTABLE: create a table.</summary>
    public const byte NewTable = 0;

    /// <summary>NFT_MSG_GETTABLE: get tables.</summary>
    public const byte GetTable = 1;

    /// <summary>NFT_MSG_DELTABLE: delete a table with all that it holds.</summary>
    public const byte DeleteTable = 2;

    /// <summary>NFT_MSG_NEWCHAIN: create or change a chain.</summary>
    public const byte NewChain = 3;

    /// <summary>NFT_MSG_GETCHAIN: get chains.</summary>
    public const byte GetChain = 4;

    /// <summary>NFT_MSG_DELCHAIN: delete a chain.</summary>
    public const byte DeleteChain = 5;

    /// <summary>NFT_MSG_NEWRULE: create or replace a rule.</summary>
    public const byte NewRule = 6;

    /// <summary>NFT_MSG_GETRULE: get rules.</summary>
    public const byte GetRule = 7;

    /// <summary>NFT_MSG_DELRULE: delete a rule, or all of a chain.</summary>
    public const byte DeleteRule = 8;

    /// <summary>NFT_MSG_NEWSET: create a set.</summary>
    public const byte NewSet = 9;

    /// <summary>NFT_MSG_GETSET: get sets.</summary>
    public const byte GetSet = 10;

    /// <summary>NFT_MSG_DELSET: delete a set.</summary>
    public const byte DeleteSet = 11;

    /// <summary>NFT_MSG_NEWSETELEM: add elements to a set.</summary>
    public const byte NewElement = 12;

    /// <summary>NFT_MSG_GETSETELEM: get elements of a set.</summary>
    public const byte GetElement = 13;

    /// <summary>NFT_MSG_DELSETELEM: delete elements of a set, or all.</summary>
    public const byte DeleteElement = 14;

    /// <summary>NFT_MSG_NEWGEN: the generation of the ruleset.</summary>
    public const byte NewGeneration = 15;

    /// <summary>NFT_MSG_GETGEN: get the generation of the ruleset.</summary>
    public const byte GetGeneration = 16;

    /// <summary>NFT_MSG_NEWOBJ: create a stateful object.</summary>
    public const byte NewObject = 18;

    /// <summary>NFT_MSG_GETOBJ: get stateful objects.</summary>
    public const byte GetObject = 19;

    /// <summary>NFT_MSG_DELOBJ: delete a stateful object.</summary>
    public const byte DeleteObject = 20;
}
