create schema if not exists payments;

-- fillfactor: a payment is updated some four times in its first seconds; the updates stay on their page.
create table payments.payment (
    order_id            uuid        primary key,
    status              text        not null,
    currency            text        not null,
    card_token          text        not null,
    card_minor          bigint      not null check (card_minor >= 0),
    card_captured_minor bigint      not null check (card_captured_minor >= 0),
    gift_card           text        null,
    gift_held_minor     bigint      not null check (gift_held_minor >= 0),
    gift_taken_minor    bigint      not null check (gift_taken_minor >= 0),
    closing             boolean     not null,
    end_announced       boolean     not null,
    capture_refused     boolean     not null,
    version             integer     not null,
    updated_at          timestamptz not null
) with (fillfactor = 40);

-- The balance is kept beside the entries that prove it; the check is what "never negative" means.
create table payments.gift_card (
    code          text   primary key,
    currency      text   not null,
    balance_minor bigint not null,
    held_minor    bigint not null,
    check (held_minor >= 0 and balance_minor >= held_minor)
);

create table payments.gift_card_entry (
    sequence     bigint      generated always as identity primary key,
    code         text        not null references payments.gift_card,
    kind         text        not null,
    amount_minor bigint      not null check (amount_minor > 0),
    order_id     uuid        null,
    at           timestamptz not null
);

create index gift_card_entry_by_code on payments.gift_card_entry (code, sequence);

-- One row a request that issued: the same key answers the same card.
create table payments.gift_card_issue (
    idempotency_key text   primary key,
    request         text   not null,
    code            text   not null references payments.gift_card
);

-- How far the provider's ledger has been compared: one row.
create table payments.reconciliation (
    only_row boolean primary key default true check (only_row),
    cursor   text    null
);

insert into payments.reconciliation (cursor) values (null);
