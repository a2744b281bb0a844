create sequence bus.history_seq;

-- What each saga step was: written with its commit, never changed, dropped by age a partition at a time.
create table bus.history (
  saga uuid not null,
  -- Steps of one saga are committed one after the other, so the sequence keeps their order.
  seq bigint not null default nextval('bus.history_seq'),
  at timestamptz not null,
  name text not null,
  message uuid not null,
  timeout boolean not null,
  completed boolean not null,
  state text not null,
  -- What was said, in order: [{"id","kind","to","delay","at"}]. The messages themselves are in bus.message.
  sent text,
  primary key (saga, seq, at)
) partition by range (at);

-- For steps of a time that no partition was made for yet.
create table bus.history_default partition of bus.history default;
