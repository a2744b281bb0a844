create schema if not exists bus;

-- The engine's clock. Tests move it by the shift; nobody else writes here.
create table bus.clock (
  one boolean primary key default true check (one),
  shift interval not null default interval '0'
);
insert into bus.clock default values;
create function bus.now() returns timestamptz language sql stable as
  'select clock_timestamp() + shift from bus.clock';

create table bus.endpoint (
  id smallint generated always as identity primary key,
  name text not null unique
);

create table bus.subscription (
  type text not null,
  endpoint smallint not null references bus.endpoint,
  primary key (type, endpoint)
);

-- Every process that ever ran; the living ones hold the advisory lock (20483, id).
create table bus.process (
  id integer generated always as identity primary key,
  machine text not null,
  endpoints smallint[] not null,
  started_at timestamptz not null default bus.now()
);

-- The facts: written once, never changed. This table is the history.
create table bus.message (
  id uuid primary key,
  type text not null,
  version smallint not null,
  key text not null,
  intent smallint not null,
  sender text,
  reply_to text,
  conversation uuid not null,
  cause uuid,
  trace text,
  sent_at timestamptz not null default bus.now(),
  headers text,
  body text not null
);

-- The work: one narrow row a receiver, deleted when handled. Always short, so vacuum early and at full speed.
create table bus.delivery (
  endpoint smallint not null,
  lane smallint not null,
  seq bigint generated always as identity (cache 1),
  message uuid not null,
  retries smallint not null default 0,
  primary key (endpoint, lane, seq)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_insert_scale_factor = 0,
        autovacuum_vacuum_insert_threshold = 50000, autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_threshold = 1000000000);

-- Deliveries that are not due yet: delayed messages, timeouts, delayed retries.
create table bus.delayed (
  id bigint generated always as identity primary key,
  due_at timestamptz not null,
  endpoint smallint not null,
  lane smallint not null,
  message uuid not null,
  retries smallint not null default 0,
  saga uuid
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create index delayed_due on bus.delayed (due_at);
create index delayed_saga on bus.delayed (saga) where saga is not null;

-- Calls to the outside world that are asked for and not answered yet.
create table bus.activity (
  message uuid primary key,
  endpoint smallint not null,
  destination text not null,
  requested_at timestamptz not null default bus.now(),
  -- When it may be taken: the next attempt's time, or the end of the present lease.
  due_at timestamptz not null,
  -- The process that holds the lease.
  holder integer,
  attempts integer not null,
  last_error text
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
create index activity_due on bus.activity (endpoint, destination, due_at);

create table bus.saga (
  id uuid primary key,
  type text not null,
  correlation text not null,
  version integer not null,
  -- Set once it has completed: until then it swallows late messages.
  forget_at timestamptz,
  data text not null
) with (fillfactor = 40, autovacuum_vacuum_scale_factor = 0.02);
create index saga_forget on bus.saga (forget_at) where forget_at is not null;

-- Messages that gave up. Kept after an operator has dealt with them.
create table bus.failed (
  id uuid primary key,
  endpoint smallint not null references bus.endpoint,
  lane smallint not null,
  message uuid not null,
  failed_at timestamptz not null default bus.now(),
  attempts integer not null,
  reason text not null,
  exception text not null,
  stack text not null,
  resolution text check (resolution in ('retried', 'discarded')),
  resolved_at timestamptz,
  resolved_by text,
  note text
);
create index failed_open on bus.failed (failed_at desc, id) where resolution is null;
