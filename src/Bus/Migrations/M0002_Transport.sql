-- The outbox of a broker: what leaves this database, in the order of its sending, until the broker has confirmed it.
create table bus.outgoing (
  seq bigint generated always as identity (cache 1) primary key,
  message uuid not null,
  -- Null for an event: the broker knows who subscribes.
  endpoint smallint,
  -- When the broker first had no queue for it.
  refused_at timestamptz
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_insert_scale_factor = 0,
        autovacuum_vacuum_insert_threshold = 50000, autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_threshold = 1000000000);

-- The one process that empties the outbox, so that its order is kept.
create table bus.dispatcher (
  one boolean primary key default true check (one),
  holder integer,
  until timestamptz not null default '-infinity'
);
insert into bus.dispatcher default values;

-- What has come from a broker already: the same message again is dropped.
create table bus.inbox (
  endpoint smallint not null,
  message uuid not null,
  received_at timestamptz not null default bus.now(),
  primary key (endpoint, message)
);
create index inbox_received on bus.inbox using brin (received_at);

-- Due, it goes to the outbox: it is for an endpoint elsewhere.
alter table bus.delayed add column away boolean not null default false;

-- It never left: a retry goes to the outbox.
alter table bus.failed add column away boolean not null default false;
