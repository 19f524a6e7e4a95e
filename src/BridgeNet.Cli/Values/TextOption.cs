using System.CommandLine;
using System.CommandLine.Parsing;

namespace BridgeNet.Cli.Values;

/// <summary>Options and arguments whose text becomes a strong type; a FormatException's message becomes the usage error.</summary>
internal static class TextOption
{
    /// <summary>An option given at most once.</summary>
    public static Option<T> Of<T>(string name, string valueName, string description, Func<string, T> parse, params string[] aliases) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = valueName,
            CustomParser = result => ParseOne(result, parse),
        };

    /// <summary>An option given any number of times, a value each.</summary>
    public static Option<T[]> Many<T>(string name, string valueName, string description, Func<string, T> parse, params string[] aliases) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = valueName,
            CustomParser = result => ParseAll(result, parse),
            DefaultValueFactory = _ => [],
            Arity = ArgumentArity.OneOrMore,
        };

    /// <summary>One word that must be there.</summary>
    public static Argument<T> Argument<T>(string name, string description, Func<string, T> parse) =>
        new(name)
        {
            Description = description,
            CustomParser = result => ParseOne(result, parse),
            Arity = ArgumentArity.ExactlyOne,
        };

    /// <summary>One word or more.</summary>
    public static Argument<T[]> Arguments<T>(string name, string description, Func<string, T> parse) =>
        new(name)
        {
            Description = description,
            CustomParser = result => ParseAll(result, parse),
            Arity = ArgumentArity.OneOrMore,
        };

    /// <summary>A text that is not empty.</summary>
    /// <param name="what">What it names, for the error.</param>
    public static Func<string, string> NotEmpty(string what) =>
        text => text.Length > 0 ? text : throw new FormatException($"{what} is empty");

    private static T? ParseOne<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return parse(result.Tokens[^1].Value);
        }
        catch (FormatException error)
        {
            result.AddError(error.Message);
            return default;
        }
    }

    private static T[] ParseAll<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return [.. result.Tokens.Select(token => parse(token.Value))];
        }
        catch (FormatException error)
        {
            result.AddError(error.Message);
            return [];
        }
    }
}
