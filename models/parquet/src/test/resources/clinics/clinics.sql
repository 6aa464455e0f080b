-- How clinics.csv and clinics-*.parquet were made, by DuckDB 1.4.2: the same made-up table, written by each codec.
select setseed(0.25);
create table clinics as
select
    20000000000 + i as patient,
    case when i % 3 = 0 then 'Nord' when i % 3 = 1 then 'Süd' else 'West' end as clinic,
    cast(20 + floor(random() * 60) as integer) as age,
    case when random() < 0.1 then null else round(random() * 10, 3) + random() / 1e9 end as marker,
    cast(random() * 100 as float) as dose,
    case when random() < 0.1 then null else ['low', 'middle', 'high'][1 + cast(floor(random() * 3) as integer)] end as stage,
    date '2020-01-01' + cast(floor(random() * 700) as integer) as seen,
    timestamp '2020-01-01 08:30:00' + to_seconds(cast(floor(random() * 1e7) as bigint)) as drawn,
    random() < 0.5 as smoker,
    cast(random() * 1000 as decimal(8, 2)) as cost,
    cast(0 as double) as y
from range(90) t(i);
update clinics set y = age / 10.0 + coalesce(marker, 5) + dose / 50 + random();
copy clinics to 'clinics.csv' (header);
copy clinics to 'clinics-plain.parquet' (format parquet, compression uncompressed);
copy clinics to 'clinics-snappy.parquet' (format parquet, compression snappy);
copy clinics to 'clinics-gzip.parquet' (format parquet, compression gzip);
copy clinics to 'clinics-zstd.parquet' (format parquet, compression zstd, parquet_version v2);
copy (select patient, [age, age] as ages from clinics) to 'nested.parquet' (format parquet);
