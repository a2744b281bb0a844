namespace Orders.Host.Demo;

/// <summary>Shows a demo at work.</summary>
internal interface IDemoDisplay
{
    void Show(DemoState state);
}
