-- A message that found the saga ended: it did nothing, and a fork from before the end runs it.
alter table bus.history add column swallowed boolean not null default false;
