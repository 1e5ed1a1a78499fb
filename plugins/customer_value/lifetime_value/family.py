"""The models of non-contractual buying that a customer base may be fitted with, by name."""

from typing import Any

from customer_value.lifetime_value.bg_nbd import BG_NBD
from customer_value.lifetime_value.mbg_nbd import MBG_NBD
from customer_value.lifetime_value.model import Model
from customer_value.lifetime_value.nbd import NBD
from customer_value.lifetime_value.pareto_nbd import PARETO_NBD

# Any: each model has parameters of its own, and what one fits only the same one may read.
FAMILY: dict[str, Model[Any]] = {model.name: model for model in (BG_NBD, MBG_NBD, PARETO_NBD, NBD)}
