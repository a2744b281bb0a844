using Orders.Api;
using Orders.Hosting;

return await OrdersProcess.RunAsync(args, process => process.AddOrdersModule());
