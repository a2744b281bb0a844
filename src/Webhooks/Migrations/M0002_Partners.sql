-- Where partners want to hear of events. Its secrets are sealed: see SecretBox.
create table webhooks.endpoint (
    id               uuid primary key,
    partner          text        not null,
    url              text        not null,
    events           text[]      not null,
    enabled          boolean     not null default true,
    disabled_reason  text,
    secret           bytea       not null,
    -- Signs as well, until then.
    old_secret       bytea,
    old_secret_until timestamptz,
    -- The first failure after which there was no success.
    failing_since    timestamptz,
    -- The partner asked to be left alone until then.
    resume_at        timestamptz,
    -- When a message is due that looks for work.
    wake_at          timestamptz,
    created_at       timestamptz not null
) with (fillfactor = 50);

create index endpoint_partner on webhooks.endpoint (partner, id);

-- What partners hear, once, however many hear it: for attempts, and to be replayed.
create table webhooks.event (
    number bigint generated always as identity primary key,
    -- Made from what happened, so that the same is stored once.
    id     uuid        not null unique,
    type   text        not null,
    key    text        not null,
    at     timestamptz not null,
    body   text        not null
);

create index event_at on webhooks.event (at, number);

create sequence webhooks.delivery_position;

-- One event for one endpoint. Its id, made from both, is the webhook-id of every attempt.
create table webhooks.delivery (
    id         uuid primary key,
    endpoint   uuid        not null,
    event      uuid        not null,
    type       text        not null,
    key        text        not null,
    -- The order of one key's deliveries.
    position   bigint      not null default nextval('webhooks.delivery_position'),
    state      text        not null default 'new' check (state in ('new', 'behind', 'due', 'sending', 'succeeded', 'failed')),
    attempts   integer     not null default 0,
    due_at     timestamptz,
    created_at timestamptz not null,
    ended_at   timestamptz,
    -- The last attempts, as partners read them.
    log        jsonb       not null default '[]'
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

-- Of one endpoint and key one is the head; who comes after it waits.
create index delivery_line on webhooks.delivery (endpoint, key, position) where state in ('behind', 'due', 'sending');
create index delivery_new on webhooks.delivery (endpoint, position) where state = 'new';
create index delivery_due on webhooks.delivery (endpoint, due_at) where state = 'due';
create index delivery_sending on webhooks.delivery (endpoint) where state = 'sending';
-- What partners list.
create index delivery_all on webhooks.delivery (endpoint, position);
create index delivery_pending on webhooks.delivery (endpoint, position) where state in ('new', 'behind', 'due', 'sending');
create index delivery_failed on webhooks.delivery (endpoint, position) where state = 'failed';
-- What is forgotten first.
create index delivery_age on webhooks.delivery using brin (created_at);

-- The key that seals secrets where none is configured: in local mode alone.
create table webhooks.local_key (
    one   boolean primary key default true check (one),
    value bytea not null
);
