create schema if not exists sim;

-- The payment provider's ledger: every operation it took in, in order. Payments are what their operations make of them.
create table sim.psp_operation (
    sequence        bigint      primary key,
    at              timestamptz not null,
    operation       text        not null check (operation in ('authorise', 'capture', 'void', 'refund')),
    reference       text        not null,
    idempotency_key text        not null unique,
    card_token      text        not null,
    amount_minor    bigint      not null check (amount_minor >= 0),
    currency        text        not null,
    outcome         text        not null check (outcome in ('approved', 'declined', 'failed')),
    code            text        null
);
