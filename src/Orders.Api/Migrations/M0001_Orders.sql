CREATE SCHEMA IF NOT EXISTS orders;

-- Idempotency keys of confirms, by the hash of caller and key. Kept 30 days.
CREATE TABLE orders.confirm_key (
    key        bytea       NOT NULL CONSTRAINT confirm_key_pkey PRIMARY KEY,
    body_hash  bytea       NOT NULL,
    order_id   uuid        NOT NULL,
    total      bigint      NOT NULL,
    currency   text        NOT NULL,
    placed_at  timestamptz NOT NULL
);

-- Rows come in the order of their time: a few bytes of BRIN find the old ones.
CREATE INDEX confirm_key_placed_at ON orders.confirm_key USING brin (placed_at);

-- This module's copy of the catalogue, from CatalogItemChanged. A greater version wins.
CREATE TABLE orders.catalog (
    sku      text   NOT NULL CONSTRAINT catalog_pkey PRIMARY KEY,
    name     text   NOT NULL,
    price    bigint NOT NULL,
    currency text   NOT NULL,
    version  bigint NOT NULL
);

-- One document an order. Its id is a UUIDv7 of its placing: newest first is id descending.
-- No index holds status, version or document: updates stay on their page (HOT), for which it is half empty at first.
-- Lists by status walk the primary key backwards; that is worth the three index entries an order that it saves.
CREATE TABLE orders.order_view (
    id       uuid    NOT NULL CONSTRAINT order_view_pkey PRIMARY KEY,
    user_id  text,
    skus     text[]  NOT NULL,
    status   text    NOT NULL,
    version  integer NOT NULL,
    document text    NOT NULL
) WITH (fillfactor = 40, toast_tuple_target = 4080, autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX order_view_user ON orders.order_view (user_id, id DESC) WHERE user_id IS NOT NULL;
CREATE INDEX order_view_skus ON orders.order_view USING gin (skus);
