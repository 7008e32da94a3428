namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>A second exchange to try an order on.</summary>
internal sealed partial class NaiveExchange
{
    /// <summary>A copy whose book and positions of the instrument can be changed without changing this exchange.</summary>
    private NaiveExchange Copy(int instrument)
    {
        var copy = new NaiveExchange(settings, fault);
        var (from, to) = (Markets[instrument], copy.Markets[instrument]);
        to.Rules = from.Rules;
        copy.Accounts.Clear();
        copy.Accounts.AddRange(Accounts.Select(account => account.Copy(instrument)));
        to.Resting.AddRange(from.Resting.Select(order => order.Copy()));
        return copy;
    }
}
