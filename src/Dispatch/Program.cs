using Orders.Dispatch;
using Orders.Hosting;

return await OrdersProcess.RunAsync(args, process => process.AddDispatchModule());
