"""What was fitted, for which customers, by which code, and why it was chosen: one file a fit.

A fit is a function of the occasions before its day and of the code, so an artefact is found by a
digest of both. Finding one saves fitting anew each night; deleting them all changes no number.
"""

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from customer_value import durable
from customer_value.lifetime_value import __file__ as mathematics
from customer_value.prediction.backtest import CohortScore, DecileScore, Score


@dataclass(frozen=True, slots=True)
class FittedModel:
    """One model fitted to all of a unit's customers. ``deviations`` are of logarithms."""

    name: str
    parameters: dict[str, float]
    deviations: dict[str, float]
    covariance: list[list[float]]
    log_likelihood: float
    is_degenerate: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Artefact:
    """A unit's fit: the models, the one to score with, and what speaks for it.

    ``chosen`` is None when nothing may be predicted; ``reason`` says why, or why it was chosen.
    ``band`` holds factors on a predicted total: lowest, middle, highest; None without enough
    backtests. ``level`` is the nominal level of individual intervals.
    """

    unit: str
    fitted_on: dt.date
    digest: str
    chosen: str | None
    reason: str
    customers_count: int
    repeat_buyers_count: int
    history_days: int
    level: float
    models: list[FittedModel]
    value_basis: str | None
    value_prior_mean: float | None
    value_parameters: dict[str, float]
    value_correlation: float | None
    band: tuple[float, float, float] | None
    scores: list[Score]


def key_of(unit: str, fitted_on: dt.date, histories: str) -> str:
    """Return the digest under which a fit of these histories by this code is kept."""
    digest = hashlib.sha256(f"{unit} {fitted_on} {histories}".encode())
    for folder in (Path(mathematics).parent, Path(__file__).parent):
        for file in sorted(folder.glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def path_of(folder: Path, unit: str, fitted_on: dt.date, digest: str) -> Path:
    """Return the place of an artefact."""
    return folder / unit / f"{fitted_on}-{digest[:12]}.json"


def potential_path_of(folder: Path, artefact: Artefact) -> Path:
    """Return the place of what was taught beside an artefact, from the same histories and code."""
    path = path_of(folder, artefact.unit, artefact.fitted_on, artefact.digest)
    return path.with_name(f"{path.stem}-potential.json")


def write_artefact(path: Path, artefact: Artefact) -> None:
    """Write an artefact once and for all; it appears complete or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = asdict(artefact)
    content["fitted_on"] = artefact.fitted_on.isoformat()
    for score in content["scores"]:
        score["cut_off"] = score["cut_off"].isoformat()
        for cohort in score["cohorts"]:
            cohort["quarter"] = cohort["quarter"].isoformat()
    durable.write_json(path, content)


def read_artefact(path: Path) -> Artefact:
    """Return an artefact as it was written."""
    content: dict[str, Any] = durable.read_json(path)
    content["fitted_on"] = dt.date.fromisoformat(content["fitted_on"])
    content["models"] = [FittedModel(**model) for model in content["models"]]
    content["band"] = tuple(content["band"]) if content["band"] else None
    for score in content["scores"]:
        score["cut_off"] = dt.date.fromisoformat(score["cut_off"])
        coverage = score["occasions_coverage"]
        score["occasions_coverage"] = None if coverage is None else tuple(coverage)
        for cohort in score["cohorts"]:
            cohort["quarter"] = dt.date.fromisoformat(cohort["quarter"])
        score["cohorts"] = tuple(CohortScore(**cohort) for cohort in score["cohorts"])
        score["deciles"] = tuple(DecileScore(**decile) for decile in score["deciles"])
    content["scores"] = [Score(**score) for score in content["scores"]]
    return Artefact(**content)
