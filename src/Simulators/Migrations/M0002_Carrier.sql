-- What each carrier knows under each idempotency key. The sequence keeps the order of first mention.
create table sim.carrier_booking (
    carrier         text        not null,
    idempotency_key text        not null,
    sequence        bigint      not null generated always as identity,
    reference       text        null,
    status          text        not null check (status in ('booked', 'collected', 'refused', 'cancelled')),
    tracking_number text        null,
    reason          text        null,
    at              timestamptz not null,
    primary key (carrier, idempotency_key)
);
