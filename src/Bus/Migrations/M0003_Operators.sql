-- A retry by filter: what it takes, how fast, how far it is.
create table bus.retry_run (
  id uuid primary key,
  endpoint text,
  type text,
  per_second integer not null check (per_second between 1 and 1000),
  max_failed_again integer not null check (max_failed_again between 1 and 10000),
  started_by text not null,
  started_at timestamptz not null default bus.now(),
  -- Up to when its rate has been used: what is due is the time since then, times the rate.
  paced_at timestamptz not null default bus.now(),
  retried integer not null default 0,
  failed_again integer not null default 0,
  state text not null default 'running' check (state in ('running', 'finished', 'stopped', 'failing')),
  ended_at timestamptz,
  ended_by text
);
-- A double click starts one run, not two.
create unique index retry_run_running on bus.retry_run (coalesce(endpoint, ''), coalesce(type, '')) where state = 'running';

alter table bus.failed
  add column edited_as uuid,
  add column retry_run uuid;
-- safe: bus.failed holds what gave up, thousands of rows at most: it is built within milliseconds.
create index failed_run on bus.failed (retry_run) where retry_run is not null;
-- safe: as the one above.
create index failed_message on bus.failed (message);

-- What operators did, written in the transaction that did it. Never changed.
create table bus.audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default bus.now(),
  who text not null,
  action text not null,
  subject uuid not null,
  before jsonb,
  after jsonb
);
create index audit_subject on bus.audit (subject, id);
