"""Great Expectations, started quietly and only when needed.

Importing it costs seconds, so nothing imports it at module level, and half of them are spared here:
the garbage collector finds nothing to free while modules only come, and ``scipy.stats`` waits until
somebody asks for a distribution. It warns about every function it registers if another package
configured logging first, draws progress bars, and has a switch for usage statistics: all three are
turned off here. An expectation makes its whole configuration anew for each of its settings that is
asked for, a hundred times per check and a sixth of an audit: here once for all of them.
"""

import functools
import gc
import importlib.util
import logging
import os
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from customer_value.settings import Settings

if TYPE_CHECKING:
    from great_expectations.data_context.data_context.ephemeral_data_context import (
        EphemeralDataContext,
    )
    from great_expectations.datasource.fluent.sql_datasource import SQLDatasource


def import_quietly() -> ModuleType:
    """Return the ``great_expectations`` module."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    new = "great_expectations" not in sys.modules
    if new:
        _postpone("scipy", "stats")
        gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import great_expectations
            import great_expectations.expectations
    finally:
        gc.enable()
    if new:
        _configure_once()
    return great_expectations


def _configure_once() -> None:
    """Have an expectation look all settings up in one configuration."""
    from great_expectations.expectations import expectation

    def known(self: expectation.Expectation, keys: Iterable[str]) -> dict[str, Any]:
        configured = self.configuration.kwargs
        return {key: configured.get(key, self._get_default_value(key)) for key in keys}

    def domain(self: expectation.Expectation) -> dict[str, Any]:
        return known(self, self.domain_keys)

    def success(self: expectation.Expectation) -> dict[str, Any]:
        return known(self, (*self.success_keys, *self.domain_keys))

    vars(expectation)["camel_to_snake"] = functools.cache(vars(expectation)["camel_to_snake"])
    expectation.Expectation._get_domain_kwargs = domain  # type: ignore[method-assign]
    expectation.Expectation._get_success_kwargs = success  # type: ignore[method-assign]


def _postpone(package: str, name: str) -> None:
    """Have ``from package import name`` give a module that loads when it is first used."""
    full = f"{package}.{name}"
    spec = importlib.util.find_spec(full)
    if full in sys.modules or spec is None or spec.loader is None:
        return
    loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[full] = module
    setattr(sys.modules[package], name, module)
    loader.exec_module(module)


def new_context() -> "EphemeralDataContext":
    """Return a context that lives in memory, sends nothing and draws nothing."""
    gx = import_quietly()
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context: EphemeralDataContext = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    # It has nowhere to be saved to, and yet writes itself out as YAML for each table it learns of.
    context._save_project_config = lambda *_: None  # type: ignore[method-assign]
    return context


def open_schema(
    context: "EphemeralDataContext", database: Path, schema: str, settings: Settings
) -> "SQLDatasource":
    """Return one schema of ``database`` as a read-only source of ``context``, within our limits."""
    from customer_value.audit.dialect import connection_string

    return context.data_sources.add_sql(
        schema, connection_string=connection_string(database, schema, settings)
    )


def close_schema(source: "SQLDatasource") -> None:
    """Let go of the file, so that this process may open it again in another way."""
    source.get_execution_engine().close()
    source.get_engine().dispose()
