using Orders.Analytics;
using Orders.Hosting;

return await OrdersProcess.RunAsync(args, process => process.AddAnalyticsModule());
