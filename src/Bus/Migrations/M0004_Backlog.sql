-- An endpoint that nobody waits for: what waits for it does not hold back new work.
alter table bus.endpoint add column if not exists may_fall_behind boolean not null default false;
