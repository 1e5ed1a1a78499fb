"""The semantic layer is valid, and what it measures and groups by is in the marts."""

from functools import cache
from typing import Any

import duckdb
import pytest
import yaml
from customer_value.settings import PROJECT
from dbt_semantic_interfaces.implementations.metric import PydanticMetric
from dbt_semantic_interfaces.implementations.node_relation import PydanticNodeRelation
from dbt_semantic_interfaces.implementations.project_configuration import (
    PydanticProjectConfiguration,
)
from dbt_semantic_interfaces.implementations.semantic_manifest import PydanticSemanticManifest
from dbt_semantic_interfaces.implementations.semantic_model import PydanticSemanticModel
from dbt_semantic_interfaces.implementations.time_spine import (
    PydanticTimeSpine,
    PydanticTimeSpinePrimaryColumn,
)
from dbt_semantic_interfaces.type_enums import TimeGranularity
from dbt_semantic_interfaces.validations.semantic_manifest_validator import (
    SemanticManifestValidator,
)

from tools import exposures, superset
from tools.data_dictionary import load_marts

READERS = PROJECT / "dbt_project" / "readers" / "published"


def declared(file: str) -> Any:
    """Return what a file of the semantic layer lists under its own name."""
    text = (READERS / f"{file}.yml").read_text(encoding="utf-8")
    return yaml.load(text, yaml.CSafeLoader)[file]


@cache
def places() -> dict[str, str]:
    """Return the schema of each mart."""
    return {mart.name: mart.schema for mart in load_marts()}


def mart_of(model: dict[str, Any]) -> str:
    return str(model["model"].removeprefix("ref('").removesuffix("')"))


def relation(mart: str) -> PydanticNodeRelation:
    return PydanticNodeRelation(alias=mart, schema_name=places()[mart])


def test_metricflow_finds_nothing_wrong_with_it() -> None:
    spine = PydanticTimeSpine(
        node_relation=relation("dim_days"),
        primary_column=PydanticTimeSpinePrimaryColumn(
            name="day_date", time_granularity=TimeGranularity.DAY
        ),
    )
    manifest = PydanticSemanticManifest(
        semantic_models=[
            PydanticSemanticModel.parse_obj(model | {"node_relation": relation(mart_of(model))})
            for model in declared("semantic_models")
        ],
        metrics=[PydanticMetric.parse_obj(metric) for metric in declared("metrics")],
        project_configuration=PydanticProjectConfiguration(time_spines=[spine]),
    )

    results = SemanticManifestValidator[PydanticSemanticManifest]().validate_semantic_manifest(
        manifest
    )

    assert [issue.message for issue in results.all_issues] == []


@pytest.mark.parametrize("model", declared("semantic_models"), ids=lambda model: model["name"])
def test_whatever_a_semantic_model_reads_is_in_its_mart(
    model: dict[str, Any], empty: duckdb.DuckDBPyConnection
) -> None:
    parts = [*model.get("entities", []), *model["dimensions"], *model.get("measures", [])]
    read = ", ".join(part.get("expr", part["name"]) for part in parts)
    mart = mart_of(model)

    assert empty.execute(f"select {read} from {places()[mart]}.{mart}").fetchall() == []


def test_every_measure_is_a_metric() -> None:
    measures = [
        measure["name"]
        for model in declared("semantic_models")
        for measure in model.get("measures", [])
    ]
    simple = {
        metric["type_params"]["measure"]
        for metric in declared("metrics")
        if metric["type"] == "simple"
    }

    assert sorted(measures) == sorted(simple)
    assert all(metric["description"] for metric in declared("metrics"))


def test_the_exposures_name_the_marts_that_readers_read() -> None:
    assert exposures.FILE.read_text(encoding="utf-8") == exposures.render(), "Run make docs."


def test_supersets_datasets_are_those_of_the_semantic_layer() -> None:
    written = {file.stem: file.read_text("utf-8") for file in superset.DATASETS.glob("*.yaml")}

    assert written == {
        name: superset.render(dataset) for name, dataset in superset.datasets().items()
    }, "Run make docs."
