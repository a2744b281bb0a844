CREATE SCHEMA IF NOT EXISTS dispatch;

-- One row an order. Room is left on each page so that the changes of state stay in place (HOT updates: no index but the key).
CREATE TABLE dispatch.shipment
(
    order_id        uuid        PRIMARY KEY,
    state           text        NOT NULL CHECK (state IN ('promised', 'packed', 'booking', 'dispatched', 'failed', 'stopped')),
    lines           jsonb       NOT NULL,
    ship_to         jsonb,
    prime           boolean     NOT NULL,
    promised_by     timestamptz,
    carrier         text,
    round           integer     NOT NULL DEFAULT 0,
    tracking_number text,
    stop_requested  boolean     NOT NULL DEFAULT false,
    booking_unknown boolean     NOT NULL DEFAULT false,
    CHECK ((state = 'dispatched') = (tracking_number IS NOT NULL))
) WITH (fillfactor = 50);
