"""BG/NBD fitted and every customer scored: ours and its peers', on the same histories in one run.

Each way runs in a process of its own: it reads the histories of one Parquet file, fits BG/NBD by
maximum likelihood (we keep our ridge, pymc-marketing gets flat priors), gives every customer
P(alive) and the occasions expected in the next 90 days, and writes them to another. "fit" begins
with columns in memory, a data frame for peers, and "score" ends with columns in memory.

Our night does more with the same model: it groups customers into cells in SQL, predicts each cell
over all horizons with intervals and a discounted residual, as the warehouse stores them, and joins
that to the customers in SQL.
"""

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from customer_value.lifetime_value.beta_geometric import BetaGeometricParams
from customer_value.lifetime_value.bg_nbd import BG_NBD
from customer_value.lifetime_value.cells import Cells

from benchmarks.histories import write_histories
from benchmarks.measure import Cost, cost_of, python
from benchmarks.peers import NoPeerError, Peer

SIZES = (100_000, 1_000_000, 10_000_000)
LIMIT_CPU_SECONDS = 900
PARAMETERS = ("r", "alpha", "a", "b")
OURS = "customer-value"
NIGHT = "our night"
STEPS = ("import", "read", "fit", "score", "write")
FIT_AND_SCORE = STEPS[2:4]
WITHOUT_IMPORT = STEPS[1:]
CLOCK = """
import json, sys, time
class Clock:
    def __init__(self):
        self.seconds, self.last = {}, (time.perf_counter(), time.process_time())
    def tick(self, step):
        now = time.perf_counter(), time.process_time()
        self.seconds[step] = [end - start for end, start in zip(now, self.last)]
        self.last = now
clock = Clock()
"""
REPORT = """
parameters = {name: getattr(found.params, name) for name in ("r", "alpha", "a", "b")}
with open(report, "w") as file:
    json.dump({"seconds": clock.seconds, "parameters": parameters}, file)
"""
OUR_CODE = (
    CLOCK
    + """
import duckdb
from customer_value.lifetime_value.bg_nbd import BG_NBD
from customer_value.lifetime_value.cells import Cells
from customer_value.lifetime_value.fit import fit
histories, scores, report = sys.argv[1:]
clock.tick("import")

rows = duckdb.sql(f"from read_parquet('{histories}')").fetchnumpy()
x, t_x, age = (rows[name] for name in ("repeat_occasions", "age_at_last_purchase", "age"))
clock.tick("read")

found = fit(BG_NBD, Cells.grouped(x, t_x, age))
clock.tick("fit")

alive = BG_NBD.probability_alive(found.params, x, t_x, age)
expected = alive * BG_NBD.expected_purchases_if_alive(found.params, x, age, 90)
clock.tick("score")

scored = {"customer_id": rows["customer_id"], "alive": alive, "expected": expected}
duckdb.register("scored", scored)
duckdb.sql(f'''
    copy (
        select customer_id, alive as probability_alive, expected as expected_occasions from scored
    ) to '{scores}' (format parquet)''')
clock.tick("write")
"""
    + REPORT
)
NIGHT_CODE = (
    CLOCK
    + """
import duckdb
from customer_value.lifetime_value.bg_nbd import BG_NBD
from customer_value.lifetime_value.cells import Cells
from customer_value.lifetime_value.fit import fit
from customer_value.prediction.score import HORIZONS_DAYS, predictions
histories, scores, report = sys.argv[1:]
clock.tick("import")

connection = duckdb.connect(config={"memory_limit": "2GB", "threads": 2,
                                    "temp_directory": scores + ".tmp"})
connection.execute(f'''
    create table cells as
    select repeat_occasions, age_at_last_purchase, age, count(*) as customers_count
    from read_parquet('{histories}') group by all order by all''')
keys = connection.execute("from cells").fetchnumpy()
cells = Cells(*(column.astype(float) for column in keys.values()))
clock.tick("read")

found = fit(BG_NBD, cells)
clock.tick("fit")

predicted = predictions(BG_NBD, found.params, cells.repeat_occasions, cells.age_at_last_purchase,
                        cells.age, 0.9, 0.15)
clock.tick("score")

connection.register("predicted", keys | predicted)
horizons = "".join(f'''
    cast(occasions_if_alive_{days} as decimal(18, 4)) as occasions_if_alive_{days},
    cast(probability_alive * occasions_if_alive_{days} as decimal(18, 4)) as occasions_{days},
    cast(occasions_low_{days} * mean_value as decimal(18, 2)) as value_low_{days},
    cast(occasions_high_{days} * mean_value as decimal(18, 2)) as value_high_{days},
    cast(probability_alive * occasions_if_alive_{days} * mean_value as decimal(18, 2))
        as value_{days},''' for days in HORIZONS_DAYS)
connection.execute(f'''
    copy (
        select
            customer_id,
            cast(probability_alive as decimal(9, 6)) as probability_alive,
            {horizons}
            cast(probability_alive * discounted_occasions_if_alive * mean_value as decimal(18, 2))
                as residual_value,
            probability_alive * occasions_if_alive_90 as expected_occasions
        from read_parquet('{histories}') as histories
        inner join predicted using (repeat_occasions, age_at_last_purchase, age)
    ) to '{scores}' (format parquet)''')
clock.tick("write")
"""
    + REPORT
)
PEER_CODE = (
    CLOCK.replace("{", "{{").replace("}", "}}")
    + """
import warnings
warnings.simplefilter("ignore")
import pandas, pyarrow.parquet
{imports}
histories, scores, report = sys.argv[1:]
clock.tick("import")

rows = pandas.read_parquet(histories)
rows = pandas.DataFrame({{
    "customer_id": rows["customer_id"],
    "frequency": rows["repeat_occasions"].astype(float),
    "recency": rows["age_at_last_purchase"].astype(float),
    "T": rows["age"].astype(float),
}})
clock.tick("read")
{fit}
clock.tick("fit")
{score}
clock.tick("score")
pandas.DataFrame({{
    "customer_id": rows["customer_id"],
    "probability_alive": alive,
    "expected_occasions": expected,
}}).to_parquet(scores)
clock.tick("write")
with open(report, "w") as file:
    json.dump({{"seconds": clock.seconds, "parameters": parameters}}, file)
"""
)
LIFETIMES = PEER_CODE.format(
    imports="from lifetimes import BetaGeoFitter",
    fit="""
model = BetaGeoFitter().fit(rows["frequency"], rows["recency"], rows["T"])
parameters = {name: float(value) for name, value in model.params_.items()}
""",
    score="""
history = rows["frequency"], rows["recency"], rows["T"]
alive = model.conditional_probability_alive(*history)
expected = model.conditional_expected_number_of_purchases_up_to_time(90, *history)
""",
)
PYMC_MARKETING = PEER_CODE.format(
    imports="from pymc_extras.prior import Prior\nfrom pymc_marketing import clv",
    fit="""
flat = {name: Prior("HalfFlat") for name in ("r", "alpha", "a", "b")}
model = clv.BetaGeoModel(model_config=flat)
model.fit(rows, method="map", progressbar=False)
parameters = {name: float(value) for name, value in model.fit_summary().items()}
""",
    score="""
alive = model.expected_probability_alive().to_numpy().ravel()
expected = model.expected_purchases(future_t=90).to_numpy().ravel()
""",
)
PYMC = Peer(
    "pymc-marketing",
    (
        *("pymc-marketing==1.3.0", "pymc==6.3.2", "pytensor==3.3.7"),
        *("numpy==2.4.6", "pandas==3.1.1", "pyarrow==26.0.1"),
    ),
    least_python=(3, 12),
)
PEERS = {
    "lifetimes": (
        Peer(
            "lifetimes",
            (
                *("lifetimes==0.11.3", "autograd==1.9.1", "numpy==2.4.6", "scipy==1.17.1"),
                *("pandas==3.1.1", "pyarrow==26.0.1"),
            ),
        ),
        LIFETIMES,
    ),
    # A first fit compiles its graph; the next process finds most of it compiled.
    "pymc-marketing MAP": (PYMC, PYMC_MARKETING),
    "pymc, once more": (PYMC, PYMC_MARKETING),
}


@dataclass(frozen=True, slots=True)
class Scored:
    """What one way took, what it found, and where its scores lie.

    ``seconds`` are wall and CPU seconds of each step.
    """

    cost: Cost
    seconds: dict[str, tuple[float, float]]
    params: BetaGeometricParams
    scores: Path

    def took(self, steps: tuple[str, ...], clock: int) -> float:
        """Return the seconds of these steps: of the wall (0) or the CPU (1)."""
        return sum(self.seconds[step][clock] for step in steps)


def run(command: list[str], histories: Path, folder: Path, *, limit: int) -> Scored:
    """Return what one way makes of the histories; raises as ``cost_of`` does."""
    folder.mkdir()
    scores, report = folder / "scores.parquet", folder / "report.json"
    cost = cost_of(
        [*command, str(histories), str(scores), str(report)],
        runs=1,
        environment={"PYTENSOR_FLAGS": f"base_compiledir={folder.parent / 'compiled'}"},
        limit=limit,
    )
    told = json.loads(report.read_text())
    parameters = BetaGeometricParams(**{name: told["parameters"][name] for name in PARAMETERS})
    return Scored(cost, told["seconds"], parameters, scores)


def compare(histories: Path, folder: Path, ways: dict[str, list[str]]) -> dict[str, Scored]:
    """Return what each way made of the histories; say of the others why they are missing."""
    found = {}
    for name, command in ways.items():
        try:
            found[name] = run(command, histories, folder / name, limit=LIMIT_CPU_SECONDS)
        except (TimeoutError, RuntimeError) as error:
            print(f"{name}: did not finish ({error})", flush=True)
    return found


def print_comparison(title: str, histories: Path, found: dict[str, Scored]) -> None:
    """Print costs as ratios to ours, then parameters, likelihoods and scores side by side.

    On a machine that others use too, the ratios of CPU seconds say more than those of the clock.
    """
    ours = found[OURS]
    print(f"\n{title}, {os.cpu_count()} cores; CPU seconds of each step, peak memory")
    print(f"{'':<22}" + "".join(f"{step:>9}" for step in STEPS) + f"{'MB':>9}")
    for name, way in found.items():
        steps = "".join(f"{way.seconds[step][1]:>9.3f}" for step in STEPS)
        print(f"{name:<22}{steps}{way.cost.peak_mb:>9.0f}")
    spans = {
        "fit and score": lambda way: (way.took(FIT_AND_SCORE, 1), way.took(FIT_AND_SCORE, 0)),
        "file to file": lambda way: (way.took(WITHOUT_IMPORT, 1), way.took(WITHOUT_IMPORT, 0)),
        "whole process": lambda way: (way.cost.cpu, way.cost.wall),
    }
    print(
        f"{'':<22}"
        + "".join(f"{f'{span}: CPU':>24}{'ratio':>9}{'wall':>9}{'ratio':>9}" for span in spans)
    )
    for name, way in found.items():
        print(
            f"{name:<22}"
            + "".join(
                f"{own:>{width}.3f}{own / base:>8.1f}x"
                for span in spans.values()
                for own, base, width in zip(span(way), span(ours), (24, 9), strict=True)
            )
        )
    cells = read_cells(histories)
    print(
        f"{'':<22}{'r':>11}{'alpha':>11}{'a':>11}{'b':>11}{'log-likelihood':>20}"
        f"{'mean 90 d':>11}{'alive':>8}{'largest gap to ours':>26}"
    )
    for name, way in found.items():
        mean, alive, gap, alive_gap = _scores_compared(way.scores, ours.scores)
        print(
            f"{name:<22}"
            + "".join(f"{getattr(way.params, each):>11.6f}" for each in PARAMETERS)
            + f"{_log_likelihood(way.params, cells):>20.5f}{mean:>11.5f}{alive:>8.4f}"
            f"{gap:>13.5f}{alive_gap:>13.6f}"
        )


def read_cells(histories: Path) -> Cells:
    """Return the cells of a file of histories."""
    columns = duckdb.sql(
        "select repeat_occasions, age_at_last_purchase, age, count(*) "
        f"from read_parquet('{histories}') group by all order by all"
    ).fetchnumpy()
    return Cells(*(column.astype(np.float64) for column in columns.values()))


def _log_likelihood(params: BetaGeometricParams, cells: Cells) -> float:
    rows, _ = BG_NBD.log_likelihood_and_gradient(
        params, cells.repeat_occasions, cells.age_at_last_purchase, cells.age
    )
    return float((rows * cells.customers_count).sum())


def _scores_compared(scores: Path, ours: Path) -> tuple[float, ...]:
    row = duckdb.sql(
        "select avg(theirs.expected_occasions), avg(theirs.probability_alive), "
        "max(abs(theirs.expected_occasions - ours.expected_occasions)), "
        "max(abs(theirs.probability_alive - ours.probability_alive)) "
        f"from '{scores}' as theirs inner join '{ours}' as ours using (customer_id)"
    ).fetchone()
    return tuple(float(value) for value in row or ())


def main(sizes: Iterable[int] = SIZES) -> None:
    """Print the comparison at each size.

    A peer that did not finish is not asked for more, nor one whose memory, grown with the
    customers, would be half the machine's.
    """
    machine_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20
    peaks: dict[str, float] = {}
    ways = {OURS: python(OUR_CODE), NIGHT: python(NIGHT_CODE)}
    for name, (peer, code) in PEERS.items():
        try:
            ways[name] = [str(peer.python()), "-c", code]
        except NoPeerError as error:
            print(f"{name} is left out: {error}")
    for size in sizes:
        for name, each in peaks.items():
            if name in PEERS and name in ways and each * size > machine_mb / 2:
                print(f"{name}: not run at {size:,}, would take {each * size:,.0f} MB")
                del ways[name]
        with tempfile.TemporaryDirectory() as temporary:
            histories = Path(temporary) / "histories.parquet"
            write_histories(histories, size)
            found = compare(histories, Path(temporary), ways)
            print_comparison(f"BG/NBD of {size:,} customers", histories, found)
        ways = {name: command for name, command in ways.items() if name in found}
        peaks = {name: way.cost.peak_mb / size for name, way in found.items()}


if __name__ == "__main__":
    main()
