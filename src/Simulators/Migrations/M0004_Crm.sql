-- The CRM's contacts as they are, the deleted ones among them.
create table sim.crm_contact (
    id               text collate "C" primary key,
    version          bigint      not null,
    last_modified_at timestamptz not null,
    deleted          boolean     not null,
    fields           jsonb       not null
);
