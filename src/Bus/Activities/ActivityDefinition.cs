using Microsoft.Extensions.DependencyInjection;

namespace Orders.Bus.Activities;

internal sealed record ActivityDefinition(
    Type RequestType,
    ActivityOptions Options,
    Func<IServiceProvider, object, ActivityAttempt, CancellationToken, Task<object>> Execute,
    Func<IServiceProvider, object, ActivityAttempt, object> GiveUp)
{
    public static ActivityDefinition Of<TRequest, TActivity>(ActivityOptions options)
        where TRequest : class
        where TActivity : class, IActivity<TRequest> => new(
            typeof(TRequest),
            options,
            (scope, request, attempt, token) =>
                scope.GetRequiredService<TActivity>().ExecuteAsync((TRequest)request, attempt, token),
            (scope, request, attempt) => scope.GetRequiredService<TActivity>().GiveUp((TRequest)request, attempt));
}
