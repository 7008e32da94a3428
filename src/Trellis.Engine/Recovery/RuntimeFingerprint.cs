using System.Globalization;
using System.Runtime.InteropServices;

namespace Trellis.Engine.Recovery;

/// <summary>What decisions could depend on besides settings and inputs: program, runtime, processor and maths library.</summary>
public static class RuntimeFingerprint
{
    /// <param name="program">Version of the program.</param>
    /// <returns>Such as <c>trellis 0.1.0; .NET 10.0.1; X64; maths 0123456789abcdef</c>.</returns>
    public static string Of(string program) =>
        string.Create(CultureInfo.InvariantCulture, $"trellis {program}; {RuntimeInformation.FrameworkDescription}; {RuntimeInformation.ProcessArchitecture}; maths {Maths():x16}");

    /// <summary>The last bits of functions that IEEE 754 leaves to the library, at 2,000 places.</summary>
    private static ulong Maths()
    {
        var hash = 14_695_981_039_346_656_037ul;
        for (var i = 1; i <= 500; i++)
        {
            var x = i * 0.013;
            Mix(Math.Pow(1 + x, 1.0 / (i + 1)));
            Mix(Math.Exp(-x));
            Mix(Math.Log(1 + x));
            Mix(Math.Sin(x * 7));
        }

        return hash;

        void Mix(double value) => hash = unchecked((hash ^ (ulong)BitConverter.DoubleToInt64Bits(value)) * 1_099_511_628_211ul);
    }
}
