using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace BridgeNet.Netlink;

/// <summary>
/// Makes a value of its text and a text of the value, for what asks <see cref="TypeDescriptor"/>: the binding of configuration and of command
/// lines, property grids. The types of BridgeNet that have a text have it by themselves.
/// </summary>
/// <typeparam name="T">A type whose ToString writes what its Parse reads.</typeparam>
public sealed class TextTypeConverter<T> : TypeConverter
    where T : IParsable<T>
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is none that Parse reads; the message says why.</exception>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? T.Parse(text, CultureInfo.InvariantCulture) : base.ConvertFrom(context, culture, value);

    /// <inheritdoc/>
    public override object? ConvertTo(
        ITypeDescriptorContext? context, CultureInfo? culture, object? value, [NotNull] Type destinationType) =>
        value is T && destinationType == typeof(string) ? value.ToString() : base.ConvertTo(context, culture, value, destinationType);
}
