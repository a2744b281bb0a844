-- What of messages and saga data says something of a person. Every process adds what it knows, so that each can mask what others
-- wrote, also what only older versions wrote.
create table bus.personal (
  kind text not null check (kind in ('message', 'saga')),
  -- A message's wire name, a saga's identity.
  name text not null,
  -- Names of members, from the outermost, separated by dots.
  member text not null,
  -- Values that say nothing of anybody.
  keep text[] not null,
  -- It may mention anybody.
  foreign_text boolean not null,
  primary key (kind, name, member)
);

-- What is to be masked: all messages of a business key, with its sagas' histories, or one message. A row goes once it is certain
-- that no copy of what it means can still come.
create table bus.erasure (
  id bigint generated always as identity primary key,
  key text,
  message uuid,
  -- What others wrote is masked where it mentions this id.
  mention text,
  -- What was sent later stays.
  until timestamptz not null,
  sweeps integer not null default 0,
  sweep_at timestamptz not null default bus.now(),
  check ((key is null) <> (message is null))
);
create index erasure_due on bus.erasure (sweep_at);
