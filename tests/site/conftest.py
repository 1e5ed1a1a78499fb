"""Two small warehouses that are read by many tests: one as a shop has it, one without a model."""

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
    "marts.dim_customers": [UNIT | {"customer_id": "shop-1"}],
    "marts.dim_labels": [
        {
            "kind": "rfm_segment",
            "code": code,
            "list_position": position,
            "name_en": code.title(),
            "name_zh": "冠军客户",
            "meaning_en": "Best.",
            "meaning_zh": "最好。",
        }
        for position, code in enumerate(("champions", "faded"), start=1)
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
    "operations.fct_batch_reconciliation": [
        {"system": "shop_till", "table_name": table, "batch_sequence": number}
        | {"kind": "changes", "delivered_rows_count": rows, "quarantined_rows_count": bad}
        for table, number, rows, bad in (("lines", 1, 500, 2), ("lines", 2, 40, 1))
    ],
}
NO_MODEL = SHOP | {
    "marts.fct_customer_value": customers(["shop-1", "shop-2"], [None, None]),
    "marts.fct_lifetime_value_totals": [UNIT | {"model_reason": "too little history"}],
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
