using Trellis.Core.Numerics;
using Trellis.Simulator.Venues.Binance.Errors;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>Client order ids: what is legal, and Binance's own of 22 letters and digits where a client sends none. Safe to call from any thread.</summary>
/// <param name="seed">Makes the ids of this run unlike those of another.</param>
internal sealed class ClientOrderIds(ulong seed)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Range = @"^[\.A-Z\:/a-z0-9_-]{1,36}$";
    private const int Length = 22;
    private const int Longest = 36;
    private readonly Lock _gate = new();
    private readonly DeterministicRandom _random = new(seed);

    /// <summary>The client's id where it is legal, or one of the exchange's own where there is none.</summary>
    /// <exception cref="RequestRefusedException">-4015 for more than 36 characters, -1100 for others than letters, digits and <c>. : / _ -</c>.</exception>
    public string CheckOrMake(string name, string? id)
    {
        if (id is null)
        {
            return Make();
        }

        if (id.Length > Longest)
        {
            throw new RequestRefusedException(RequestErrors.ClientOrderIdTooLong);
        }

        return id.All(IsLegal) ? id : throw new RequestRefusedException(RequestErrors.Illegal(name, Range));
    }

    private static bool IsLegal(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or ':' or '/' or '_' or '-';

    private string Make()
    {
        lock (_gate)
        {
            return string.Create(Length, _random, static (text, random) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = Alphabet[(int)(random.NextBits() % (ulong)Alphabet.Length)];
                }
            });
        }
    }
}
