using Orders.Hosting;
using Orders.Inventory;

return await OrdersProcess.RunAsync(args, process => process.AddInventoryModule());
