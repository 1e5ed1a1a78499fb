with listed as (

    select 'retail' as business_unit

)

select * from listed
