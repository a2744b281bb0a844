using Orders.Hosting;
using Orders.Webhooks;

return await OrdersProcess.RunAsync(args, process => process.AddWebhooksModule());
