"""Corruptions of the published marts, one SQL statement each, and the check that must notice it.

A surviving mutant is a missing check. Each statement works on any built warehouse with some orders
of known customers; it changes few rows, because large damage is easy to see. ``caught_by`` names
the cheapest check that notices:

- ``contract``: the constraint (primary key, not null) that the mart's YAML declares refuses it;
- ``assert_...``: the dbt singular test of that name returns rows;
- ``relationships``: a dbt test of that kind, on this table or on one that points to it, fails;
- ``suite``: the expectation suite of the table fails.
"""

from dataclasses import dataclass

AN_ORDER = "(select min(order_id) from marts.fct_orders where sales_revenue > 1)"
A_CUSTOMER = "(select min(customer_id) from marts.fct_customer_value where not is_unknown)"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One corruption of one mart."""

    name: str
    table: str
    statement: str
    caught_by: str


MUTANTS = (
    Mutant(
        "an order is lost",
        "fct_orders",
        f"delete from marts.fct_orders where order_id = {AN_ORDER}",
        "assert_order_lines_add_up_to_orders",
    ),
    Mutant(
        "an order is doubled under its own number",
        "fct_orders",
        f"insert into marts.fct_orders from marts.fct_orders where order_id = {AN_ORDER}",
        "contract",
    ),
    Mutant(
        "an order is doubled under another number",
        "fct_orders",
        "insert into marts.fct_orders "
        "select * replace (order_id || '0' as order_id) from marts.fct_orders "
        f"where order_id = {AN_ORDER}",
        "assert_order_lines_add_up_to_orders",
    ),
    Mutant(
        "an order costs a cent more",
        "fct_orders",
        "update marts.fct_orders set gross_revenue = gross_revenue + 0.01, "
        "sales_revenue = sales_revenue + 0.01, net_revenue = net_revenue + 0.01 "
        f"where order_id = {AN_ORDER}",
        "assert_order_lines_add_up_to_orders",
    ),
    Mutant(
        "two customers swap their orders",
        "fct_orders",
        "update marts.fct_orders set customer_id = case customer_id "
        "when a then b else a end from (select min(customer_id) as a, max(customer_id) as b "
        "from marts.fct_customer_value where not is_unknown) as pair "
        "where customer_id in (a, b)",
        "assert_order_lines_add_up_to_orders",
    ),
    Mutant(
        "an order loses its customer",
        "fct_orders",
        f"update marts.fct_orders set customer_id = null where order_id = {AN_ORDER}",
        "contract",
    ),
    Mutant(
        "an order names a customer nobody knows",
        "fct_orders",
        f"update marts.fct_orders set customer_id = 'retail-0' where order_id = {AN_ORDER}",
        "relationships",
    ),
    Mutant(
        "all orders are a day later",
        "fct_orders",
        "update marts.fct_orders set order_date = order_date + 1",
        "assert_nothing_is_dated_after_the_as_of_date",
    ),
    Mutant(
        "all orders are a day earlier",
        "fct_orders",
        "update marts.fct_orders set order_date = order_date - 1",
        "suite",
    ),
    Mutant(
        "one order is a day earlier",
        "fct_orders",
        f"update marts.fct_orders set order_date = order_date - 1 where order_id = {AN_ORDER}",
        "assert_lines_agree_with_their_order_and_product",
    ),
    Mutant(
        "one order was placed a day earlier",
        "fct_orders",
        "update marts.fct_orders set ordered_at_utc = ordered_at_utc - interval 1 day "
        f"where order_id = {AN_ORDER}",
        "assert_lines_agree_with_their_order_and_product",
    ),
    Mutant(
        "one line is a day earlier",
        "fct_order_lines",
        "update marts.fct_order_lines set order_date = order_date - 1 where rowid = "
        "(select min(rowid) from marts.fct_order_lines)",
        "assert_lines_agree_with_their_order_and_product",
    ),
    Mutant(
        "a line forgets its product",
        "fct_order_lines",
        "update marts.fct_order_lines set product_id = 'retail-unknown' where rowid = "
        "(select min(rowid) from marts.fct_order_lines where not is_product_unknown)",
        "assert_lines_agree_with_their_order_and_product",
    ),
    Mutant(
        "the best monetary score goes to one who did not earn it",
        "fct_customer_rfm",
        "update marts.fct_customer_rfm set monetary_score = 5 where customer_id = "
        "(select arg_min(customer_id, window_net_revenue) from marts.fct_customer_rfm)",
        "assert_scores_rank_as_their_measures",
    ),
    Mutant(
        "recency of one customer is a day off",
        "fct_customer_rfm",
        "update marts.fct_customer_rfm set recency_days = recency_days + 1 "
        f"where customer_id = {A_CUSTOMER}",
        "assert_scores_rank_as_their_measures",
    ),
    Mutant(
        "a touch is lost",
        "fct_campaign_touches",
        "delete from marts.fct_campaign_touches where rowid = "
        "(select min(rowid) from marts.fct_campaign_touches where is_sent)",
        "assert_touches_add_up_to_campaigns",
    ),
    Mutant(
        "a campaign was sent to one more",
        "dim_campaigns",
        "update marts.dim_campaigns set sent_customers_count = sent_customers_count + 1 "
        "where campaign_id = "
        "(select min(campaign_id) from marts.dim_campaigns where not is_unknown)",
        "assert_touches_add_up_to_campaigns",
    ),
    Mutant(
        "tenure of one customer is a day off",
        "fct_customer_value",
        "update marts.fct_customer_value set tenure_days = tenure_days + 1 "
        f"where customer_id = {A_CUSTOMER}",
        "assert_scores_rank_as_their_measures",
    ),
    Mutant(
        "a customer's attributes are not those of the current version",
        "dim_customers",
        f"update marts.dim_customers set age_band = '99' where customer_id = {A_CUSTOMER}",
        "assert_current_customers_look_like_their_current_version",
    ),
    Mutant(
        "coupons paid by manufacturers are given to the customer",
        "fct_orders",
        "update marts.fct_orders set coupon_discount = coupon_discount + 1.00 "
        f"where order_id = {AN_ORDER}",
        "assert_order_lines_add_up_to_orders",
    ),
    Mutant(
        "an order is refunded that nobody brought back",
        "fct_orders",
        "update marts.fct_orders set refund = refund + 1.00, net_revenue = net_revenue - 1.00 "
        f"where order_id = {AN_ORDER}",
        "assert_order_lines_add_up_to_orders",
    ),
    Mutant(
        "a line is lost",
        "fct_order_lines",
        "delete from marts.fct_order_lines where rowid = "
        f"(select min(rowid) from marts.fct_order_lines where order_id = {AN_ORDER})",
        "assert_order_lines_add_up_to_orders",
    ),
    Mutant(
        "a line is doubled",
        "fct_order_lines",
        "insert into marts.fct_order_lines from marts.fct_order_lines where rowid = "
        f"(select min(rowid) from marts.fct_order_lines where order_id = {AN_ORDER})",
        "assert_order_lines_add_up_to_orders",
    ),
    Mutant(
        "a line costs a cent more",
        "fct_order_lines",
        "update marts.fct_order_lines set gross_revenue = gross_revenue + 0.01, "
        "sales_revenue = sales_revenue + 0.01, net_revenue = net_revenue + 0.01 where rowid = "
        f"(select min(rowid) from marts.fct_order_lines where order_id = {AN_ORDER})",
        "assert_order_lines_add_up_to_orders",
    ),
    Mutant(
        "the lines of an order belong to another customer",
        "fct_order_lines",
        f"update marts.fct_order_lines set customer_id = {A_CUSTOMER} where order_id = "
        "(select min(order_id) from marts.fct_orders where customer_id <> "
        f"{A_CUSTOMER})",
        "assert_order_lines_add_up_to_orders",
    ),
    Mutant(
        "all lines are a day earlier",
        "fct_order_lines",
        "update marts.fct_order_lines set order_date = order_date - 1",
        "suite",
    ),
    Mutant(
        "no line knows its product",
        "fct_order_lines",
        "update marts.fct_order_lines set product_id = 'retail-unknown', is_product_unknown = true",
        "suite",
    ),
    Mutant(
        "a line names a product nobody lists",
        "fct_order_lines",
        "update marts.fct_order_lines set product_id = 'retail-0' where rowid = "
        "(select min(rowid) from marts.fct_order_lines)",
        "relationships",
    ),
    Mutant(
        "a refund is invented",
        "fct_refunds",
        "insert into marts.fct_refunds "
        "select 'retail-0', order_id, 1, customer_id, 'retail-unknown', business_unit, '0', 'USD', "
        "null, 1, 1.00, 1.00, false, true, false, false, false, order_date, order_date, "
        "ordered_at_utc "
        f"from marts.fct_orders where order_id = {AN_ORDER}",
        "assert_refunds_are_paid_once",
    ),
    Mutant(
        "a customer month is lost",
        "fct_customer_months",
        f"delete from marts.fct_customer_months where customer_id = {A_CUSTOMER} and orders_count "
        "> 0 and month_start_date = (select min(month_start_date) from marts.fct_customer_months "
        f"where customer_id = {A_CUSTOMER} and orders_count > 0)",
        "assert_customer_months_add_up_to_orders_and_refunds",
    ),
    Mutant(
        "a customer month holds a cent more",
        "fct_customer_months",
        "update marts.fct_customer_months set sales_revenue = sales_revenue + 0.01, "
        f"net_revenue = net_revenue + 0.01 where customer_id = {A_CUSTOMER} and months_since_first "
        "= 0",
        "assert_customer_months_add_up_to_orders_and_refunds",
    ),
    Mutant(
        "two customers swap their months",
        "fct_customer_months",
        "update marts.fct_customer_months set customer_id = case customer_id "
        "when a then b else a end from (select min(customer_id) as a, max(customer_id) as b "
        "from marts.fct_customer_value where not is_unknown) as pair "
        "where customer_id in (a, b)",
        "assert_customer_months_add_up_to_orders_and_refunds",
    ),
    Mutant(
        "cumulated revenue forgets a cent",
        "fct_customer_months",
        "update marts.fct_customer_months set cumulative_net_revenue = cumulative_net_revenue "
        f"- 0.01 where customer_id = {A_CUSTOMER}",
        "assert_customer_value_is_the_last_cumulated_month",
    ),
    Mutant(
        "a cent of a bridge's opening is lost",
        "fct_customer_value_bridge",
        "update marts.fct_customer_value_bridge set opening_value = opening_value - 0.01 "
        f"where customer_id = {A_CUSTOMER}",
        "assert_the_bridge_leads_from_then_to_now",
    ),
    Mutant(
        "a new order passes for what the model learned",
        "fct_customer_value_bridge",
        "update marts.fct_customer_value_bridge set new_orders_change = new_orders_change - 0.01, "
        f"information_change = information_change + 0.01 where customer_id = {A_CUSTOMER}",
        "assert_the_bridge_leads_from_then_to_now",
    ),
    Mutant(
        "a customer has no bridge",
        "fct_customer_value_bridge",
        f"delete from marts.fct_customer_value_bridge where customer_id = {A_CUSTOMER}",
        "assert_the_bridge_leads_from_then_to_now",
    ),
    Mutant(
        "silence makes customers worth more",
        "fct_customer_value_bridge",
        "update marts.fct_customer_value_bridge set ageing_change = -ageing_change",
        "suite",
    ),
    Mutant(
        "a customer's value is lost",
        "fct_customer_value",
        f"delete from marts.fct_customer_value where customer_id = {A_CUSTOMER}",
        "assert_customer_value_is_the_last_cumulated_month",
    ),
    Mutant(
        "a customer is worth a cent more",
        "fct_customer_value",
        "update marts.fct_customer_value set net_revenue = net_revenue + 0.01 "
        f"where customer_id = {A_CUSTOMER}",
        "assert_customer_value_is_the_last_cumulated_month",
    ),
    Mutant(
        "a customer's value becomes unknown",
        "fct_customer_value",
        "update marts.fct_customer_value set discounted_net_revenue = null "
        f"where customer_id = {A_CUSTOMER}",
        "contract",
    ),
    Mutant(
        "discounting makes money grow",
        "fct_customer_value",
        "update marts.fct_customer_value set discounted_net_revenue = net_revenue * 1.15",
        "suite",
    ),
    Mutant(
        "the last order is dated on the as-of date",
        "fct_customer_value",
        f"update marts.fct_customer_value set last_order_date = as_of_date "
        f"where customer_id = {A_CUSTOMER}",
        "suite",
    ),
    Mutant(
        "a customer is not scored",
        "fct_customer_rfm",
        f"delete from marts.fct_customer_rfm where customer_id = {A_CUSTOMER}",
        "assert_rfm_covers_every_buying_customer",
    ),
    Mutant(
        "recency runs the other way",
        "fct_customer_rfm",
        "update marts.fct_customer_rfm set recency_score = 6 - recency_score",
        "suite",
    ),
    Mutant(
        "everybody is among the best",
        "fct_customer_rfm",
        "update marts.fct_customer_rfm set monetary_score = 5",
        "suite",
    ),
    Mutant(
        "a purchase occasion is counted twice",
        "fct_customer_rfm",
        "update marts.fct_customer_rfm set lifetime_occasions_count = lifetime_occasions_count + 1 "
        f"where customer_id = {A_CUSTOMER}",
        "assert_rfm_covers_every_buying_customer",
    ),
    Mutant(
        "the mean value of an occasion is a cent off",
        "fct_customer_rfm",
        "update marts.fct_customer_rfm set lifetime_mean_net_revenue = lifetime_mean_net_revenue "
        f"+ 0.01 where customer_id = {A_CUSTOMER}",
        "assert_occasions_times_mean_value_is_the_total",
    ),
    Mutant(
        "a customer belonged to another segment in some month",
        "fct_customer_rfm_months",
        "update marts.fct_customer_rfm_months set segment = segment || '?' where rowid = "
        "(select min(rowid) from marts.fct_customer_rfm_months)",
        "assert_segment_months_are_the_sum_of_their_customers",
    ),
    Mutant(
        "the last month of a customer is lost",
        "fct_customer_rfm_months",
        f"delete from marts.fct_customer_rfm_months where customer_id = {A_CUSTOMER} "
        "and snapshot_date = (select max(as_of_date) from marts.fct_customer_rfm)",
        "assert_the_last_snapshot_is_the_current_rfm",
    ),
    Mutant(
        "a segment brings a cent more",
        "fct_rfm_segment_months",
        "update marts.fct_rfm_segment_months set window_net_revenue = window_net_revenue + 0.01 "
        "where rowid = (select min(rowid) from marts.fct_rfm_segment_months)",
        "assert_segment_months_are_the_sum_of_their_customers",
    ),
    Mutant(
        "a cell of two scores counts a customer twice",
        "fct_rfm_pairs",
        "update marts.fct_rfm_pairs set customers_count = customers_count + 1 where rowid = "
        "(select min(rowid) from marts.fct_rfm_pairs)",
        "assert_pairs_of_scores_hold_every_customer_once",
    ),
    Mutant(
        "the cut points of two scores overlap",
        "fct_rfm_cut_points",
        "update marts.fct_rfm_cut_points set highest_value = highest_value + 1000000 "
        "where score_method = 'quintile' and measure = 'monetary' and score = 1",
        "assert_cut_points_part_the_scores",
    ),
    Mutant(
        "a status has no name",
        "dim_labels",
        "delete from marts.dim_labels where kind = 'customer_status'",
        "assert_every_code_has_a_label",
    ),
    Mutant(
        "one customer brings all",
        "fct_rfm_value_concentration",
        "update marts.fct_rfm_value_concentration set gini_coefficient = 1",
        "suite",
    ),
    Mutant(
        "everybody lost comes back",
        "fct_lost_customer_months",
        "update marts.fct_lost_customer_months set returns_to_date_count = losses_count",
        "suite",
    ),
    Mutant(
        "nobody ever moves",
        "fct_segment_transitions",
        "update marts.fct_segment_transitions set transitions_count = "
        "case when from_segment = to_segment then from_transitions_count else 0 end",
        "suite",
    ),
    Mutant(
        "half a cohort never ordered",
        "fct_cohort_months",
        "update marts.fct_cohort_months set active_customers_count = active_customers_count // 2 "
        "where months_since_first = 0",
        "suite",
    ),
    Mutant(
        "a customer is lost",
        "dim_customers",
        f"delete from marts.dim_customers where customer_id = {A_CUSTOMER}",
        "relationships",
    ),
    Mutant(
        "all customers are deleted",
        "dim_customers",
        "update marts.dim_customers set is_deleted = not is_unknown",
        "assert_current_customers_have_one_current_version",
    ),
    Mutant(
        "a customer has two current versions",
        "dim_customers_history",
        "insert into marts.dim_customers_history "
        "select * replace (version_number + 1 as version_number) from marts.dim_customers_history "
        f"where customer_id = {A_CUSTOMER} and is_current",
        "assert_current_customers_have_one_current_version",
    ),
    Mutant(
        "a version ends before it starts",
        "dim_customers_history",
        "update marts.dim_customers_history set valid_to_date = valid_from_date - 1 "
        f"where customer_id = {A_CUSTOMER}",
        "assert_customer_versions_never_overlap",
    ),
    Mutant(
        "no customer answered any question",
        "dim_customers",
        "update marts.dim_customers set profile_filled_ratio = 0 where not is_unknown",
        "suite",
    ),
    Mutant(
        "products lose their departments",
        "dim_products",
        "update marts.dim_products set department = null",
        "suite",
    ),
    Mutant(
        "a product is lost",
        "dim_products",
        "delete from marts.dim_products where product_id = (select min(product_id) from "
        "marts.fct_order_lines where not is_product_unknown)",
        "relationships",
    ),
    Mutant(
        "campaigns end before they start",
        "dim_campaigns",
        "update marts.dim_campaigns set start_date = end_date, end_date = start_date",
        "suite",
    ),
    Mutant(
        "redemptions come before the campaign",
        "fct_campaign_touches",
        "update marts.fct_campaign_touches "
        "set first_redemption_date = sent_date - 1, last_redemption_date = sent_date - 1 "
        "where is_redeemed",
        "suite",
    ),
    Mutant(
        "a touch is doubled",
        "fct_campaign_touches",
        "insert into marts.fct_campaign_touches from marts.fct_campaign_touches limit 1",
        "contract",
    ),
)
