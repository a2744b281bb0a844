using Orders.Hosting;
using Orders.Payments;

return await OrdersProcess.RunAsync(args, process => process.AddPaymentsModule());
