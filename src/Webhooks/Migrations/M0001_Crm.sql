create schema if not exists webhooks;

-- What was acknowledged, by the sender's own id: the same again is a duplicate, another body under the same id a fault.
-- Names and ids compare byte by byte ("C"): every process writes them in the same order, whatever its locale.
create table webhooks.crm_event (
    source      text collate "C" not null,
    event_id    text collate "C" not null,
    body_hash   bytea            not null,
    received_at timestamptz      not null,
    primary key (source, event_id)
);

-- What is forgotten first.
create index crm_event_age on webhooks.crm_event (received_at);

-- One row a record that was ever heard of. The state, null while nothing but its name is known, is all that was heard, the same for the same changes in whatever order they
-- came; the other columns are how it got there. The record is marked while more reads were asked for than answered.
create table webhooks.customer (
    source         text collate "C" not null,
    id             text collate "C" not null,
    state          jsonb,
    email          text,
    revision       bigint           not null check (revision >= 0),
    reads_asked    bigint           not null,
    reads_answered bigint           not null,
    changed_at     timestamptz      not null,
    primary key (source, id)
) with (fillfactor = 70);

create index customer_email on webhooks.customer (lower(email)) where email is not null;
create index customer_marked on webhooks.customer (source, id) where reads_asked > reads_answered;

-- How far each source is reconciled, by its own clock. No row, or no time: not at all, or everything may have changed. That is
-- counted: a run that began before must not write a time over it.
create table webhooks.crm_watermark (
    source     text collate "C" primary key,
    read_until timestamptz,
    resyncs    bigint not null default 0
);
