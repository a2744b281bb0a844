-- Where the one process of this database serves whose memory the simulators' books are in.
create table sim.owner (
    one boolean primary key default true check (one),
    url text    not null
);
