-- This module's copy of customers, from CustomerChanged: a user's are the records of the user's id. A greater revision wins; of a
-- deleted customer nothing but that is kept.
CREATE TABLE orders.customer (
    id         text COLLATE "C" NOT NULL,
    source     text COLLATE "C" NOT NULL,
    revision   bigint           NOT NULL,
    deleted    boolean          NOT NULL,
    email      text,
    name       text,
    changed_at timestamptz      NOT NULL,
    CONSTRAINT customer_pkey PRIMARY KEY (id, source)
);
