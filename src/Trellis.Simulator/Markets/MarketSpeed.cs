using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Trellis.Core;

namespace Trellis.Simulator.Markets;

/// <summary>How fast the market's time goes: <c>1x</c>, <c>60x</c>, <c>0.5x</c>, <c>max</c> or <c>step</c>.</summary>
public readonly record struct MarketSpeed
{
    public const string Allowed = "max, step, or a number from 0.001 to 100000 with an x behind it, such as 1x, 60x or 0.5x";

    private const double Fastest = 100_000;
    private const double Slowest = 0.001;

    private MarketSpeed(double factor) => Factor = factor;

    /// <summary>The time of day.</summary>
    public static MarketSpeed RealTime { get; } = new(1);

    /// <summary>As fast as the exchange can take it.</summary>
    public static MarketSpeed Max { get; } = new(double.PositiveInfinity);

    /// <summary>One candle at a time; the next one comes when clients are quiet.</summary>
    public static MarketSpeed Step { get; } = new(0);

    /// <summary>Market seconds per second; infinity for max, 0 for step.</summary>
    public double Factor { get; }

    public bool IsMax => double.IsPositiveInfinity(Factor);

    public bool IsStep => Factor == 0;

    /// <summary>Whether the market's time follows the time of day, at some rate.</summary>
    public bool Flows => !IsMax && !IsStep;

    public static bool TryParse([NotNullWhen(true)] string? text, out MarketSpeed speed)
    {
        speed = RealTime;
        switch (text)
        {
            case null:
                return false;
            case "max":
                speed = Max;
                return true;
            case "step":
                speed = Step;
                return true;
        }

        if (!text.EndsWith('x') || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) || factor is not (>= Slowest and <= Fastest))
        {
            return false;
        }

        speed = new MarketSpeed(factor);
        return true;
    }

    /// <exception cref="ConfigurationException">The text is not one of <see cref="Allowed"/>.</exception>
    public static MarketSpeed Parse(string text) => TryParse(text, out var speed)
        ? speed
        : throw new ConfigurationException($"--speed '{text}' is not a speed; allowed: {Allowed}");

    public override string ToString() => IsMax ? "max" : IsStep ? "step" : string.Create(CultureInfo.InvariantCulture, $"{Factor:0.###}x");
}
