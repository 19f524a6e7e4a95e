using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

using BridgeNet.Definitions;

namespace BridgeNet;

/// <summary>Makes a <see cref="GatewayMode"/> of Docker's name for it, such as nat-unprotected, and the other way round.</summary>
public sealed class GatewayModeConverter : TypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    /// <inheritdoc/>
    /// <exception cref="FormatException">There is no mode of that name.</exception>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string name ? GatewayModes.Parse(name) : base.ConvertFrom(context, culture, value);

    /// <inheritdoc/>
    public override object? ConvertTo(
        ITypeDescriptorContext? context, CultureInfo? culture, object? value, [NotNull] Type destinationType) =>
        value is GatewayMode mode && destinationType == typeof(string)
            ? GatewayModes.NameOf(mode)
            : base.ConvertTo(context, culture, value, destinationType);
}
