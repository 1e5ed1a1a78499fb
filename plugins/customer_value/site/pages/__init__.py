"""The pages in the order of the menu: a page of its own module each, listed here."""

from customer_value.site.model import Page
from customer_value.site.pages import data_health, lifetime_value, overview, rfm

PAGES: tuple[Page, ...] = (overview.PAGE, rfm.PAGE, lifetime_value.PAGE, data_health.PAGE)
