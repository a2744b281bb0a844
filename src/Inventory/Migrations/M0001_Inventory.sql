CREATE SCHEMA IF NOT EXISTS inventory;

-- Skus compare byte by byte ("C"): every process locks rows in the same order, whatever its locale.
CREATE TABLE inventory.catalog_item (
    sku         text COLLATE "C" PRIMARY KEY,
    name        text        NOT NULL,
    price_minor bigint      NOT NULL CHECK (price_minor >= 0),
    currency    text        NOT NULL,
    version     bigint      NOT NULL CHECK (version >= 1),
    changed_at  timestamptz NOT NULL
);

-- The balances of each item, cached beside the entries that prove them. Half-empty pages keep updates in place.
CREATE TABLE inventory.stock (
    sku      text COLLATE "C" PRIMARY KEY REFERENCES inventory.catalog_item,
    on_hand  bigint NOT NULL DEFAULT 0,
    held     bigint NOT NULL DEFAULT 0,
    shipped  bigint NOT NULL DEFAULT 0,
    adjusted bigint NOT NULL DEFAULT 0,
    CONSTRAINT held_is_not_negative CHECK (held >= 0),
    CONSTRAINT available_is_not_negative CHECK (on_hand >= held),
    CONSTRAINT shipped_is_not_negative CHECK (shipped >= 0),
    CONSTRAINT nothing_appears_or_vanishes CHECK (on_hand + shipped = adjusted)
) WITH (fillfactor = 50);

-- The ledger. on_hand = adjusted - shipped; held = held - released - shipped, summed over an item's entries.
CREATE TABLE inventory.stock_entry (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku            text COLLATE "C" NOT NULL,
    kind           text        NOT NULL CHECK (kind IN ('adjusted', 'held', 'released', 'shipped')),
    quantity       bigint      NOT NULL CHECK (quantity > 0 OR (kind = 'adjusted' AND quantity <> 0)),
    order_id       uuid,
    adjustment_key text,
    reason         text,
    at             timestamptz NOT NULL,
    CHECK ((kind = 'adjusted') = (adjustment_key IS NOT NULL)),
    CHECK ((kind = 'adjusted') = (order_id IS NULL))
);

CREATE FUNCTION inventory.entries_are_facts() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'Stock entries are facts: write a new entry that corrects the old one.'; END $$;

CREATE TRIGGER entries_are_facts BEFORE UPDATE OR DELETE ON inventory.stock_entry
    FOR EACH STATEMENT EXECUTE FUNCTION inventory.entries_are_facts();

-- One row an order. A release that overtakes the order leaves a released hold without lines: the order then holds nothing.
CREATE TABLE inventory.hold (
    order_id   uuid PRIMARY KEY,
    state      text        NOT NULL CHECK (state IN ('held', 'short', 'released', 'committed')),
    lines      jsonb       NOT NULL,
    expires_at timestamptz NOT NULL,
    announced  boolean     NOT NULL DEFAULT false,
    changed_at timestamptz NOT NULL
) WITH (fillfactor = 70);

-- What the sweep reads: holds whose end nobody has been told of.
CREATE INDEX hold_to_expire ON inventory.hold (expires_at) WHERE state = 'held' AND NOT announced;

-- Adjustments by idempotency key, with the answer to give again.
CREATE TABLE inventory.adjustment (
    caller  text        NOT NULL,
    key     text        NOT NULL,
    sku     text        NOT NULL,
    delta   bigint      NOT NULL,
    reason  text        NOT NULL,
    on_hand bigint,
    held    bigint,
    at      timestamptz NOT NULL,
    PRIMARY KEY (caller, key)
);
