-- Which campaigns were redeemed most, for how many they were sent to?
-- 哪些促销活动的兑换率最高？
-- Unit: retail
select
    campaigns.campaign_id,
    campaigns.campaign_type,
    campaigns.start_date,
    sum(case when touches.is_sent then 1 else 0 end) as sent_to,
    sum(case when touches.is_redeemed then 1 else 0 end) as redeemed_by,
    cast(
        sum(case when touches.is_redeemed then 1 else 0 end)
        / sum(case when touches.is_sent then 1 else 0 end)
        as decimal(5, 3)
    ) as redeemed_ratio
from marts.fct_campaign_touches as touches
inner join marts.dim_campaigns as campaigns on touches.campaign_id = campaigns.campaign_id
where touches.business_unit = 'retail'
group by campaigns.campaign_id, campaigns.campaign_type, campaigns.start_date
having sum(case when touches.is_sent then 1 else 0 end) >= 30
order by redeemed_ratio desc, campaigns.campaign_id asc
limit 5
