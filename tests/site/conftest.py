"""Two small warehouses that are read by many tests: one as a shop has it, one without a model."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from customer_value.settings import Settings
from customer_value.site.write import write_site

from tests.site.page import Site
from tests.site.warehouse import AS_OF, FEBRUARY, MARCH, publish_rows

SCRIPT = "<script>alert('x')</script>"
FORMULA = "=1+1"
UNIT = {"business_unit": "shop"}
BUYER = UNIT | {"customer_id": "shop-1"}
SUMMER = dt.date(2023, 7, 1)
AUTUMN = dt.date(2023, 10, 1)


def customers(ids: list[str], predicted: list[int | None]) -> list[dict[str, Any]]:
    """Return rows of fct_customer_value: the n-th customer brought 100 x n so far."""
    return [
        UNIT
        | {
            "customer_id": customer_id,
            "net_revenue": 100 * number,
            "predicted_net_revenue_next_365_days": expected,
            "first_order_date": FEBRUARY,
            "is_unknown": False,
        }
        for number, (customer_id, expected) in enumerate(zip(ids, predicted, strict=True), start=1)
    ]


SHOP: dict[str, list[dict[str, Any]]] = {
    "marts.dim_business_units": [UNIT | {"reporting_currency_code": "EUR", "is_simulated": True}],
    "marts.dim_customers": [
        BUYER
        | {"company_name": SCRIPT, "company_name_other": FORMULA, "region": "north"}
        | {"is_key_account": True},
        UNIT | {"customer_id": "shop-2", "region": "south"},
    ],
    "marts.dim_labels": [
        {
            "kind": kind,
            "code": code,
            "list_position": position,
            "name_en": code.title(),
            "name_zh": "冠军客户",
            "meaning_en": "Best.",
            "meaning_zh": "最好。",
        }
        for kind, codes in (
            ("rfm_segment", ("champions", "faded")),
            ("page_section", ("file", "value", "team")),
        )
        for position, code in enumerate(codes, start=1)
    ],
    "marts.fct_customer_value": customers([SCRIPT, FORMULA, "shop-3"], [50, 150, 400]),
    "marts.fct_customer_rfm": [
        UNIT
        | {
            "customer_id": customer_id,
            "segment": "champions",
            "window_net_revenue": 100,
            "recency_score": 5,
        }
        for customer_id in (SCRIPT, FORMULA, "shop-3")
    ],
    "marts.fct_rfm_segment_months": [
        UNIT
        | {
            "snapshot_date": day,
            "segment": segment,
            "customers_count": count,
            "lost_customers_count": lost,
        }
        for day, segment, count, lost in (
            (FEBRUARY, "champions", 90, 9),
            (MARCH, "champions", 40, 3),
            (MARCH, "faded", 60, 5),
            (AS_OF, "champions", 44, 4),
            (AS_OF, "faded", 61, 7),
        )
    ],
    "marts.fct_customer_rfm_months": [
        UNIT | {"customer_id": "shop-1", "snapshot_date": day, "segment": "champions"} | measures
        for day, measures in (
            (FEBRUARY, {"recency_days": 4, "window_occasions_count": 2}),
            (AS_OF, {"recency_days": 1, "window_occasions_count": 3}),
        )
    ],
    "marts.fct_customer_months": [
        UNIT
        | {
            "customer_id": customer_id,
            "month_start_date": month,
            "net_revenue": revenue,
            "is_active": revenue > 0,
            "is_complete": month < MARCH,
        }
        for customer_id, month, revenue in (
            ("shop-1", FEBRUARY.replace(month=1), 70),
            ("shop-1", FEBRUARY, 100),
            ("shop-2", FEBRUARY, 0),
            ("shop-1", MARCH, 5),
        )
    ],
    "marts.fct_orders": [
        BUYER | {"order_id": order, "order_date": FEBRUARY, "net_revenue": 10, "margin": margin}
        for order, margin in enumerate([4] * 9 + [None])
    ],
    "marts.fct_lifetime_value_totals": [
        UNIT
        | {
            "model_name": "bg_nbd",
            "predicted_customers_count": 3,
            "predicted_net_revenue_next_90_days": 1000,
            "predicted_net_revenue_next_90_days_lower": 900,
            "predicted_net_revenue_next_90_days_upper": 1200,
        }
    ],
    "marts.fct_defection": [
        UNIT
        | {"period_start_date": SUMMER, "relation_kind": "contractual", "segment": segment}
        | {"customers_count": count, "defection_ratio": rate}
        | {"defection_ratio_lower": low, "defection_ratio_upper": high}
        for segment, count, rate, low, high in (
            ("all", 40, "0.25", "0.14", "0.40"),
            ("champions", 12, None, "0.01", "0.50"),
        )
    ],
    "marts.fct_retention_uplift": [
        UNIT
        | {"curve": curve, "scenario": scenario, "followed_customers_count": 90}
        | {"uplift_ratio": uplift, "base_uplift": money, "base_value": 1000 + money}
        for curve, scenario, uplift, money in (
            ("own_curve", "as_is", 0, 0),
            ("own_curve", "plus_1_point", "0.068", 68),
            ("constant_margin", "as_is", 0, 0),
            ("constant_margin", "plus_1_point", "0.048", 48),
        )
    ],
    "marts.fct_tenure_economics": [
        UNIT | {"tenure_year": year, "margin_per_customer": margin, "customers_count": 50}
        for year, margin in ((1, 300), (2, 400))
    ],
    "marts.fct_satisfaction_repurchase": [
        UNIT
        | {"survey_basis": "all", "scope": scope, "scope_value": value}
        | {"satisfied_ratio": "0.94", "satisfied_ratio_lower": "0.9"}
        | {"satisfied_ratio_upper": "0.97", "answered_surveys_count": 100}
        | {"repurchase_ratio": "0.31", "repurchase_ratio_lower": "0.2"}
        | {"repurchase_ratio_upper": "0.4", "followed_surveys_count": 80}
        for scope, value in (("all", "all"), ("product_family", "valves"), ("product", "shop-9"))
    ],
    "marts.fct_experience_stages": [
        BUYER
        | {"product_family": "valves", "quarter_start_date": quarter, "strategy": strategy}
        | {"experience_stage": stage, "differentiation": "distinct", "experience_score": score}
        for quarter, stage, strategy, score in (
            (SUMMER, "inexperienced_generalist", "account_management", "0.1"),
            (AUTUMN, "experienced_specialist", "product_augmentation", "0.7"),
        )
    ],
    "marts.fct_takeover_warnings": [
        UNIT
        | {"customer_id": customer_id, "quarter_start_date": AUTUMN, "is_warned": warned}
        | {"revenue_at_risk": money, "touches_count": 9}
        for customer_id, warned, money in (("shop-1", True, 5000), ("shop-2", False, 0))
    ],
    "marts.fct_account_coverage": [
        BUYER | {"is_key_account": True, "covered_cells_count": 1, "sponsor_status": "gap"}
    ],
    "marts.fct_key_account_selection": [
        BUYER | {"account_position": "key", "attractiveness": "0.9", "strength": "0.8"}
    ],
    "marts.fct_contact_cells": [
        BUYER
        | {"layer": layer, "contact_function": function, "is_core": True}
        | {"is_covered": (layer, function) == ("management", "technical")}
        for layer in ("operation", "management", "decision")
        for function in ("user", "technical", "finance")
    ],
    "marts.fct_account_manager_scorecard": [
        UNIT
        | {"account_manager_id": "a" * 24, "purchases_count": 60, "repurchase_ratio": "0.4"}
        | {"repurchase_ratio_lower": "0.3", "repurchase_ratio_upper": "0.5"}
        | {"unit_repurchase_ratio": "0.35"}
    ],
    "marts.fct_account_pages": [
        BUYER
        | {"line_number": number, "section": section, "item": item, "subject": subject}
        | {"subject_kind": kind, "line_value": value, "value_kind": value_kind}
        for number, (section, item, subject, kind, value, value_kind) in enumerate(
            (
                ("file", "region", None, None, "north", "region"),
                ("file", "filled", "background", "file_kind", "0.5", "ratio"),
                ("value", "net_revenue", None, None, "1234.50", "money"),
                ("value", "margin", None, None, None, "money"),
                ("team", "account_manager", None, None, "a" * 24, "text"),
                # Wider than a phone.
                *(
                    ("team", f"{role}_department", "background", "file_kind", "2", "count")
                    for role in ("using", "technical", "financial", "purchasing", "supporting")
                ),
            ),
            start=1,
        )
    ],
    "operations.fct_batch_reconciliation": [
        {"system": "shop_till", "table_name": table, "batch_sequence": number}
        | {"kind": "changes", "delivered_rows_count": rows, "quarantined_rows_count": bad}
        for table, number, rows, bad in (("lines", 1, 500, 2), ("lines", 2, 40, 1))
    ],
}
NO_MODEL = SHOP | {
    "marts.fct_customer_value": customers(["shop-1", "shop-2"], [None, None]),
    "marts.fct_lifetime_value_totals": [UNIT | {"model_reason": "too little history"}],
    "marts.fct_orders": SHOP["marts.fct_orders"][1:],
}


def _site(home: Path, tables: dict[str, list[dict[str, Any]]]) -> Site:
    settings = Settings(home=home, memory_limit="1GB", threads=2)
    publish_rows(settings, "first", tables)
    write_site(settings)
    return Site(settings)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of a shop whose customers have hostile names."""
    return _site(tmp_path_factory.mktemp("shop"), SHOP)


@pytest.fixture(scope="module")
def without_model(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of a version in which nothing could be predicted."""
    return _site(tmp_path_factory.mktemp("without"), NO_MODEL)
