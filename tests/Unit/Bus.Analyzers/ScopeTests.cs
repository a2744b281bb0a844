namespace Orders.Tests.Unit.BusAnalyzers;

/// <summary>Where the rules hold: sagas, their data, and what lies beside and below them.</summary>
public sealed class ScopeTests
{
    private const string Id = "public static Guid Make() => Guid.NewGuid();";

    [Theory]
    [InlineData("Shop.Process", true)]
    [InlineData("Shop.Process.Transitions", true)]
    [InlineData("Shop.Process.Transitions.Late", true)]
    [InlineData("Shop", false)]
    [InlineData("Shop.Processing", false)]
    [InlineData("Shop.Elsewhere.Process", false)]
    public async Task A_type_is_in_scope_in_the_namespace_of_a_saga_and_below(string space, bool inScope)
    {
        var found = await Analysed.WithShopAsync(
            $$"""namespace {{space}}; internal static class Ids { internal static class Nested { {{Id}} } }""");

        Assert.Equal(inScope ? ["Guid.NewGuid()"] : [], found.Select(each => each.Text));
    }

    [Fact]
    public async Task The_data_of_a_saga_is_in_scope_wherever_it_lies()
    {
        var found = await Analysed.FilesAsync((Analysed.Source, $$"""
            namespace Shop.Stored
            {
                public sealed class Data : ContainSagaData { public Guid OrderId { get; set; } = Guid.NewGuid(); }
                public static class Beside { {{Id}} }
            }
            namespace Shop.Process { {{Saga("Saga<Shop.Stored.Data>", "Shop.Stored.Data")}} }
            """));

        Assert.Equal(["Guid.NewGuid()"], found.Select(each => each.Text));
    }

    [Fact]
    public async Task A_saga_in_no_namespace_and_one_inside_a_class_are_in_scope_themselves()
    {
        var found = await Analysed.FilesAsync((Analysed.Source, $$"""
            public sealed class Data : ContainSagaData { public Guid OrderId { get; set; } }
            public static class Outer { {{Saga("Saga<Data>", "Data", Id)}} }
            public static class Beside { {{Id}} }
            """));

        Assert.Equal(["Guid.NewGuid()"], found.Select(each => each.Text));
    }

    [Fact]
    public async Task A_saga_that_derives_from_another_is_one()
    {
        var found = await Analysed.FilesAsync((Analysed.Source, $$"""
            namespace Shop.Base
            {
                public sealed class Data : ContainSagaData { public Guid OrderId { get; set; } internal int Unstored { get; set; } }
                public abstract class ShopSaga<TTag> : Saga<Data>;
            }
            namespace Shop.Process { {{Saga("Shop.Base.ShopSaga<string>", "Shop.Base.Data", Id)}} }
            """));

        Assert.Equal(["Unstored", "Guid.NewGuid()"], found.Select(each => each.Text));
    }

    [Fact]
    public async Task The_sagas_of_NServiceBus_are_held_to_the_same()
    {
        var found = await Analysed.FilesAsync((Analysed.Source, $$"""
            namespace NServiceBus { public abstract class Saga; public abstract class Saga<T> : Saga; }
            namespace Shop.Process
            {
                public sealed class Data { public int Paid { get; } }
                public sealed class ShopSaga : NServiceBus.Saga<Data> { {{Id}} }
            }
            """));

        Assert.Equal(["Paid", "Guid.NewGuid()"], found.Select(each => each.Text));
    }

    private static string Saga(string root, string data, string members = "") =>
        $$"""
        public sealed class TheSaga : {{root}}
        {
            {{members}}
            protected override void ConfigureHowToFindSaga(SagaPropertyMapper<{{data}}> mapper) => mapper.MapSaga(saga => saga.OrderId);
        }
        """;
}
