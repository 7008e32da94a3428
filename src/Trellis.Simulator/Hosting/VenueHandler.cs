using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Trellis.Simulator.Exchange;

namespace Trellis.Simulator.Hosting;

/// <summary>Hands what comes in to whoever knows the path, and says so where nobody does.</summary>
/// <param name="activity">Counts REST requests; null counts none.</param>
/// <param name="control">Is asked first, and not counted: whoever steers the simulator is no client of the exchange.</param>
public sealed class VenueHandler(IVenue venue, ClientActivity? activity = null, Func<HttpContext, ValueTask<bool>>? control = null)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (control is not null && await control(context))
        {
            return;
        }

        await (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } ? AnswerAsync(context) : CountedAsync(context));
    }

    private async Task CountedAsync(HttpContext context)
    {
        using var request = activity?.Begin();
        await AnswerAsync(context);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            if (await venue.TryHandleAsync(context))
            {
                return;
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync($"The simulated exchange {venue.Name} has nothing at this path.\n", context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be answered.
        }
    }
}
