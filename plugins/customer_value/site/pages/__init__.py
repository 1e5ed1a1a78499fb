"""The pages in the order of the menu: a page of its own module each, listed here."""

from customer_value.site.model import Page
from customer_value.site.pages import (
    account,
    data_health,
    experience,
    key_accounts,
    lifetime_value,
    overview,
    retention,
    rfm,
    satisfaction,
    takeover,
)

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    rfm.PAGE,
    lifetime_value.PAGE,
    retention.PAGE,
    experience.PAGE,
    takeover.PAGE,
    satisfaction.PAGE,
    key_accounts.PAGE,
    account.PAGE,
    data_health.PAGE,
)
