using Microsoft.AspNetCore.Http;

namespace Trellis.Simulator.Hosting;

/// <summary>Hands what comes in to whoever knows the path, and says so where nobody does.</summary>
public sealed class VenueHandler(IVenue venue)
{
    public async Task HandleAsync(HttpContext context)
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
