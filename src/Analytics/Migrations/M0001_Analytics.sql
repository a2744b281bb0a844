CREATE SCHEMA IF NOT EXISTS analytics;

-- One row an order: that it is counted once, whatever is delivered twice. placed_at is null while only the end is known.
CREATE TABLE analytics.order_fact (
    order_id    uuid PRIMARY KEY,
    placed_at   timestamptz,
    currency    text,
    total_minor bigint,
    lines       jsonb,
    outcome     text CHECK (outcome IN ('completed', 'rejected', 'cancelled')),
    CHECK (placed_at IS NOT NULL OR outcome IS NOT NULL)
) WITH (fillfactor = 70);

-- Orders come in the order of time: a block range index is as good as a tree here and costs next to nothing.
CREATE INDEX order_fact_placed_at ON analytics.order_fact USING brin (placed_at) WITH (pages_per_range = 16);

-- Orders by the hour of their placing, UTC.
CREATE TABLE analytics.sales_hour (
    hour          timestamptz NOT NULL,
    currency      text        NOT NULL,
    orders        bigint      NOT NULL,
    units         bigint      NOT NULL,
    revenue_minor bigint      NOT NULL,
    completed     bigint      NOT NULL,
    rejected      bigint      NOT NULL,
    cancelled     bigint      NOT NULL,
    PRIMARY KEY (hour, currency)
) WITH (fillfactor = 30);

-- The name is the one in the latest order, so that it does not depend on the order of arrival.
CREATE TABLE analytics.item (
    sku           text COLLATE "C" NOT NULL,
    currency      text COLLATE "C" NOT NULL,
    name          text        NOT NULL,
    named_at      timestamptz NOT NULL,
    orders        bigint      NOT NULL,
    units         bigint      NOT NULL,
    revenue_minor bigint      NOT NULL,
    PRIMARY KEY (sku, currency)
) WITH (fillfactor = 50);

-- In how many orders both items were; a < b.
CREATE TABLE analytics.pair (
    a        text COLLATE "C" NOT NULL,
    b        text COLLATE "C" NOT NULL,
    together bigint NOT NULL,
    PRIMARY KEY (a, b),
    CHECK (a < b)
) WITH (fillfactor = 70);

CREATE INDEX pair_b ON analytics.pair (b);
