-- Who asked when that a person is erased: for good, so that what a CRM said before it never comes back. A person who came back and
-- asks again has a row more; the last one counts.
create table webhooks.erasure (
    customer_id text collate "C" not null,
    asked_at    timestamptz      not null,
    asked_by    text             not null,
    primary key (customer_id, asked_at)
);
