-- Since when the endpoint listens to what it listens to: from then on each event has its delivery. Null for one that was there before.
alter table webhooks.endpoint add column listening_since timestamptz;
