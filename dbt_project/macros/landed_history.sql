{#- What became of every landed row of a table whose source lists its keys, and when it was valid.

Expects three CTEs: `landed` (all landed rows), `listed_keys` (the keys of each listing) and
`batches` (the table's batches). Ends in a CTE `history`, which names a landed row by its key,
`_source_file` and `_batch_sequence` and says

- `outcome`: loaded (the newest content), superseded (newer content followed), deleted (a listing
  without the key followed), duplicate (the content that was known already);
- `is_landed`: false where a listing names a deleted key again and no row came with it: then the
  last content known is valid again;
- `valid_from_date`, `valid_to_date`: half open, NULL while valid; both are NULL for a duplicate,
  and equal where newer content was known on the same day, so that it never was valid;
- `version_number`: 1 for the key's oldest content; NULL for a duplicate.

Versions of one key follow each other by file name, then batch: the order of delivery does not
matter. A key lives from the first sight of it, as a row or in a listing, until the first listing
without it; it may live several times.

`own_start` is the column with the day from which a key that was there in the very first batch
was valid. -#}
{%- macro landed_history(keys, own_start="cast('1900-01-01' as date)") -%}
{%- set key = keys | join(', ') -%}
{%- set in_order = 'listings_before, last_listing, _source_file, _batch_sequence' -%}
{%- set in_life = 'life, listings_before, _source_file, _batch_sequence' -%}
-- A listing stands in the log where the newest file it came with stands.
listing_batches as (

    select
        batches.batch_sequence,
        batches.observed_date,
        coalesce(max(landed._source_file), '') as source_file
    from batches
    left join landed
        on batches.batch_sequence = landed._batch_sequence
    where batches.has_keys
    group by batches.batch_sequence, batches.observed_date

),

listings as (

    select
        batch_sequence,
        observed_date,
        source_file,
        row_number() over (order by source_file, batch_sequence) as listing_number
    from listing_batches

),

listings_total as (

    select count(*) as listings_count
    from listings

),

first_batch as (

    select min(batch_sequence) as batch_sequence
    from batches

),

deliveries as (

    select
        _source_file,
        _batch_sequence
    from landed
    group by _source_file, _batch_sequence

),

placed_deliveries as (

    select
        deliveries._source_file,
        deliveries._batch_sequence,
        row_number() over (
            order by deliveries._source_file, deliveries._batch_sequence
        ) as delivery_number,
        count(listings.listing_number) as listings_before
    from deliveries
    left join listings
        on
            deliveries._source_file > listings.source_file
            or (
                deliveries._source_file = listings.source_file
                and deliveries._batch_sequence > listings.batch_sequence
            )
    group by deliveries._source_file, deliveries._batch_sequence

),

placed_rows as (

    select
        {{ qualified('landed', keys) }},
        landed._source_file,
        landed._batch_sequence,
        landed._observed_date,
        landed._row_hash,
        {{ own_start }} as own_start_date,
        placed_deliveries.delivery_number,
        placed_deliveries.listings_before
    from landed
    inner join placed_deliveries
        on
            landed._source_file = placed_deliveries._source_file
            and landed._batch_sequence = placed_deliveries._batch_sequence

),

numbered_keys as (

    select
        {{ qualified('listed_keys', keys) }},
        listings.observed_date,
        listings.source_file,
        listings.batch_sequence,
        listings.listing_number
    from listed_keys
    inner join listings
        on listed_keys._batch_sequence = listings.batch_sequence

),

key_listings as (

    select
        {{ key }},
        min(listing_number) as first_listing,
        max(listing_number) as last_listing,
        count(*) as listings_count
    from numbered_keys
    group by {{ key }}

),

key_rows as (

    select
        {{ key }},
        min(delivery_number) as first_delivery_number,
        min(listings_before) as listings_before,
        min(_batch_sequence) as first_batch_sequence,
        min(_observed_date) as known_date,
        min(_row_hash) as lowest_row_hash,
        max(_row_hash) as highest_row_hash
    from placed_rows
    group by {{ key }}

),

-- Nearly every key has one content and stands in every listing since: nothing to put in order.
steady_keys as (

    select
        {{ qualified('key_rows', keys) }},
        key_rows.first_delivery_number,
        key_rows.first_batch_sequence,
        key_rows.known_date
    from key_rows
    cross join listings_total
    left join key_listings
        on {{ equal('key_rows', 'key_listings', keys) }}
    where
        key_rows.lowest_row_hash = key_rows.highest_row_hash
        and (
            key_rows.listings_before = listings_total.listings_count
            or (
                key_listings.first_listing <= key_rows.listings_before + 1
                and key_listings.last_listing = listings_total.listings_count
                and key_listings.listings_count
                = key_listings.last_listing - key_listings.first_listing + 1
            )
        )

),

sights as (

    select
        {{ qualified('placed_rows', keys) }},
        placed_rows._source_file,
        placed_rows._batch_sequence,
        placed_rows._observed_date,
        placed_rows._row_hash,
        placed_rows.own_start_date,
        true as is_landed,
        placed_rows.listings_before,
        placed_rows.listings_before as last_listing
    from placed_rows
    left join steady_keys
        on {{ equal('placed_rows', 'steady_keys', keys) }}
    where steady_keys.known_date is null
    union all
    select
        {{ qualified('numbered_keys', keys) }},
        numbered_keys.source_file as _source_file,
        numbered_keys.batch_sequence as _batch_sequence,
        numbered_keys.observed_date as _observed_date,
        null as _row_hash,
        null as own_start_date,
        false as is_landed,
        numbered_keys.listing_number - 1 as listings_before,
        numbered_keys.listing_number as last_listing
    from numbered_keys
    left join steady_keys
        on {{ equal('numbered_keys', 'steady_keys', keys) }}
    where steady_keys.known_date is null

),

followed_sights as (

    select
        {{ key }},
        _source_file,
        _batch_sequence,
        _observed_date,
        _row_hash,
        own_start_date,
        is_landed,
        listings_before,
        last_listing,
        max(last_listing) over (
            partition by {{ key }}
            order by {{ in_order }}
            rows between unbounded preceding and 1 preceding
        ) as last_listing_before
    from sights

),

-- A new life starts where a listing without the key lies between a sight and those before it.
lives as (

    select
        {{ key }},
        _source_file,
        _batch_sequence,
        _observed_date,
        _row_hash,
        own_start_date,
        is_landed,
        listings_before,
        last_listing,
        coalesce(last_listing_before < listings_before, true) as is_start_of_life,
        sum(case when last_listing_before >= listings_before then 0 else 1 end) over (
            partition by {{ key }}
            order by {{ in_order }}
            rows unbounded preceding
        ) as life,
        sum(case when is_landed then 1 else 0 end) over (
            partition by {{ key }}
            order by {{ in_order }}
            rows unbounded preceding
        ) as rows_so_far
    from followed_sights

),

last_sights as (

    select
        {{ key }},
        life,
        max(last_listing) as last_listing
    from lives
    group by {{ key }}, life

),

deletions as (

    select
        {{ qualified('last_sights', keys) }},
        last_sights.life,
        listings.observed_date as deleted_date
    from last_sights
    inner join listings
        on last_sights.last_listing + 1 = listings.listing_number

),

contents as (

    select
        {{ key }},
        _source_file,
        _batch_sequence,
        _observed_date,
        _row_hash,
        own_start_date,
        is_landed,
        listings_before,
        life
    from lives
    where is_landed
    union all
    select
        {{ qualified('returned', keys) }},
        known._source_file,
        known._batch_sequence,
        returned._observed_date,
        known._row_hash,
        known.own_start_date,
        false as is_landed,
        returned.listings_before,
        returned.life
    from lives as returned
    inner join lives as known
        on
            {{ equal('returned', 'known', keys) }}
            and returned.rows_so_far = known.rows_so_far
            and known.is_landed
    where returned.is_start_of_life and not returned.is_landed

),

compared_contents as (

    select
        {{ key }},
        _source_file,
        _batch_sequence,
        _observed_date,
        _row_hash,
        own_start_date,
        is_landed,
        listings_before,
        life,
        lag(_row_hash) over (
            partition by {{ key }}, life
            order by listings_before, _source_file, _batch_sequence
        ) as row_hash_before,
        min(_batch_sequence) over (partition by {{ key }}) as first_batch_sequence,
        -- What arrives after newer content was never valid: content is known as soon as the next.
        min(_observed_date) over (
            partition by {{ key }}
            order by {{ in_life }}
            rows between current row and unbounded following
        ) as known_date
    from contents

),

versions as (

    select
        {{ key }},
        _source_file,
        _batch_sequence,
        own_start_date,
        is_landed,
        listings_before,
        life,
        first_batch_sequence,
        known_date,
        row_number() over (partition by {{ key }} order by {{ in_life }}) as version_number
    from compared_contents
    where row_hash_before is null or row_hash_before <> _row_hash

),

followed_versions as (

    select
        {{ qualified('versions', keys) }},
        versions._source_file,
        versions._batch_sequence,
        versions.is_landed,
        versions.life,
        versions.version_number,
        case
            when
                versions.version_number = 1
                and versions.first_batch_sequence = first_batch.batch_sequence
                then least(versions.own_start_date, versions.known_date)
            else versions.known_date
        end as valid_from_date,
        lead(versions.known_date) over (
            partition by {{ qualified('versions', keys) }}
            order by versions.version_number
        ) as next_known_date,
        lead(versions.life) over (
            partition by {{ qualified('versions', keys) }}
            order by versions.version_number
        ) as next_life
    from versions
    cross join first_batch

),

ended_versions as (

    select
        {{ qualified('followed_versions', keys) }},
        followed_versions._source_file,
        followed_versions._batch_sequence,
        followed_versions.is_landed,
        followed_versions.version_number,
        followed_versions.valid_from_date,
        case
            when followed_versions.next_life = followed_versions.life then 'superseded'
            when deletions.deleted_date is not null then 'deleted'
            else 'loaded'
        end as outcome,
        case
            when followed_versions.next_life = followed_versions.life
                then followed_versions.next_known_date
            when deletions.deleted_date > followed_versions.next_known_date
                then followed_versions.next_known_date
            else deletions.deleted_date
        end as ended_date
    from followed_versions
    left join deletions
        on
            {{ equal('followed_versions', 'deletions', keys) }}
            and followed_versions.life = deletions.life

),

history as (

    select
        {{ key }},
        _source_file,
        _batch_sequence,
        is_landed,
        outcome,
        version_number,
        valid_from_date,
        case when ended_date < valid_from_date then valid_from_date else ended_date end
            as valid_to_date
    from ended_versions
    union all
    select
        {{ key }},
        _source_file,
        _batch_sequence,
        is_landed,
        'duplicate' as outcome,
        null as version_number,
        null as valid_from_date,
        null as valid_to_date
    from compared_contents
    where row_hash_before = _row_hash
    union all
    select
        {{ qualified('placed_rows', keys) }},
        placed_rows._source_file,
        placed_rows._batch_sequence,
        true as is_landed,
        'loaded' as outcome,
        1 as version_number,
        case
            when steady_keys.first_batch_sequence = first_batch.batch_sequence
                then least(placed_rows.own_start_date, steady_keys.known_date)
            else steady_keys.known_date
        end as valid_from_date,
        null as valid_to_date
    from placed_rows
    cross join first_batch
    inner join steady_keys
        on
            {{ equal('placed_rows', 'steady_keys', keys) }}
            and placed_rows.delivery_number = steady_keys.first_delivery_number
    union all
    select
        {{ qualified('placed_rows', keys) }},
        placed_rows._source_file,
        placed_rows._batch_sequence,
        true as is_landed,
        'duplicate' as outcome,
        null as version_number,
        null as valid_from_date,
        null as valid_to_date
    from placed_rows
    inner join steady_keys
        on
            {{ equal('placed_rows', 'steady_keys', keys) }}
            and placed_rows.delivery_number > steady_keys.first_delivery_number

)
{%- endmacro -%}


{#- The attributes beside each row of `history`: a CTE `described`, one row for each row of it.

Expects the CTEs `landed` and `history`. A batch holds a key once per file. What a duplicate says is
known: it is not written again. -#}
{%- macro described_history(keys, attributes) -%}
{%- set outcome = ['outcome', 'version_number', 'is_landed', 'valid_from_date', 'valid_to_date'] -%}
described as (

    select
        {{ qualified('history', keys) }},
        {{ qualified('landed', attributes) }},
        {{ qualified('history', outcome) }},
        history._batch_sequence
    from history
    inner join landed
        on
            {{ equal('history', 'landed', keys) }}
            and history._source_file = landed._source_file
            and history._batch_sequence = landed._batch_sequence
    where history.outcome <> 'duplicate'
    union all
    select
        {{ keys | join(', ') }},
        {% for attribute in attributes -%}
            null as {{ attribute }},
        {% endfor -%}
        {{ outcome | join(', ') }},
        _batch_sequence
    from history
    where outcome = 'duplicate'

)
{%- endmacro -%}


{#- What became of the rows of keys that were delivered more than once, for files that are final
once delivered: the newest file's content is loaded, content before it superseded, the same
content again a duplicate. Nearly every key comes once and is not looked at twice.

Expects a CTE `landed`; ends in a CTE `redelivered`. -#}
{%- macro redelivered_rows(keys) -%}
{%- set key = keys | join(', ') -%}
repeated_keys as (

    select {{ key }}
    from landed
    group by {{ key }}
    having count(*) > 1

),

compared as (

    select
        {{ qualified('landed', keys) }},
        landed._source_file,
        landed._batch_sequence,
        landed._row_hash,
        lag(landed._row_hash) over (
            partition by {{ qualified('landed', keys) }}
            order by landed._source_file, landed._batch_sequence
        ) as row_hash_before
    from landed
    inner join repeated_keys
        on {{ equal('landed', 'repeated_keys', keys) }}

),

numbered as (

    select
        {{ key }},
        _source_file,
        _batch_sequence,
        coalesce(row_hash_before = _row_hash, false) as is_duplicate,
        sum(case when row_hash_before = _row_hash then 0 else 1 end) over (
            partition by {{ key }}
            order by _source_file desc, _batch_sequence desc
            rows between unbounded preceding and 1 preceding
        ) as later_contents_count
    from compared

),

redelivered as (

    select
        {{ key }},
        _source_file,
        _batch_sequence,
        case
            when is_duplicate then 'duplicate'
            when later_contents_count > 0 then 'superseded'
            else 'loaded'
        end as outcome
    from numbered

)
{%- endmacro -%}


{#- `keys`, each with the name of the relation it comes from. -#}
{%- macro qualified(relation, keys) -%}
    {%- for key in keys -%}
        {{ relation }}.{{ key }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro -%}


{#- The join condition of two relations on `keys`. -#}
{%- macro equal(left_relation, right_relation, keys) -%}
    {%- for key in keys -%}
        {{ left_relation }}.{{ key }} = {{ right_relation }}.{{ key }}
        {{- ' and ' if not loop.last -}}
    {%- endfor -%}
{%- endmacro -%}
