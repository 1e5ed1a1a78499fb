"""What the site is made of: pages of blocks, each block showing figures of one query each.

A figure holds everything a reader may ask about its numbers: what they mean, how many cases they
rest on and the SQL that made them. Blocks say how to show a figure and compute nothing: whatever
is on a page is a value of its query. Each kind of block has its drawing in ``assets/``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from customer_value.settings import Settings
from customer_value.warehouse.versions import Version

LANGUAGES = ("en", "zh")
Rows = tuple[Sequence[str], Sequence[Sequence[Any]]]
Width = Literal["third", "half", "two thirds", "whole"]


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader sees, in both languages."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Numbers by one query of the published marts.

    A column ``business_unit`` lets a reader see one unit at a time; ``sample`` names the column
    that says how many ``counted`` things each row rests on.
    """

    id: str
    title: Text
    definition: Text
    sql: str
    sample: str
    counted: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Facts that the warehouse keeps beside its versions; ``command`` prints them in a shell."""

    id: str
    title: Text
    definition: Text
    command: str
    read: Callable[[Settings, Version], Rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A choice above a page: it keeps the rows of one value in every figure with that column."""

    column: str
    # "any" begins with all rows, or where a figure has a row of "all", with that; "last" always has
    # one value, the latest at first; "one" too, the first of the page's first figure at first.
    kind: Literal["any", "last", "one"] = "any"
    named: str = ""  # the column that names a value of "one" to readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One number of a figure's only row.

    ``change`` is its difference from before, ``low`` and ``high`` its band, ``rests_on`` a share
    that says how much of it is known, ``missing`` what to say where there is none.
    """

    figure: Figure | Record
    value: str
    change: str = ""
    low: str = ""
    high: str = ""
    note: str = ""
    rests_on: str = ""
    missing: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """The first numbers of a page."""

    kind: ClassVar[str] = "tiles"
    tiles: tuple[Tile, ...]
    title: Text
    width: Width = "whole"

    @property
    def figures(self) -> tuple[Figure | Record, ...]:
        return tuple({tile.figure.id: tile.figure for tile in self.tiles}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _OneFigure:
    kind: ClassVar[str]
    figure: Figure | Record
    title: Text | None = None  # the figure's own, unless another block shows the same figure
    width: Width = "whole"

    @property
    def figures(self) -> tuple[Figure | Record, ...]:
        return (self.figure,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns(_OneFigure):
    """Upright bars of ``y`` over ``x``, or over ranges from ``x`` to ``x_to``.

    Where ``complete`` is false they are drawn lighter.
    """

    kind: ClassVar[str] = "columns"
    x: str
    x_to: str = ""
    y: str
    complete: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(_OneFigure):
    """Lines over ``x``: one for each measure in ``y``, or one of ``y[0]`` for each ``series``."""

    kind: ClassVar[str] = "lines"
    x: str
    y: tuple[str, ...]
    series: str = ""
    diagonal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubbles(_OneFigure):
    """One bubble a row, placed by ``x`` and ``y``, its area by ``size``; ``reverse`` turns x.

    With ``corners``, codes of the column ``corner`` for top left, top right, bottom left and bottom
    right, both axes go from 0 to 1 and are parted in the middle; else x is logarithmic and each
    bubble bears its label.
    """

    kind: ClassVar[str] = "bubbles"
    label: str
    x: str
    y: str
    size: str
    reverse: bool = False
    corner: str = ""
    corners: tuple[str, ...] = ()
    strong: str = ""  # a flag: bubbles without it are drawn lighter


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(_OneFigure):
    """What leads from the first of ``parts`` to the last, all columns of the figure's only row."""

    kind: ClassVar[str] = "steps"
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid(_OneFigure):
    """A cell for each ``across`` and ``down``: a number, and a tint for its size.

    Each value of ``each`` is a grid of its own; of several ``measures`` the reader chooses one.
    """

    kind: ClassVar[str] = "grid"
    down: str
    across: str
    measures: tuple[str, ...]
    each: str = ""
    beside: str = ""  # a number of each line, shown before its cells
    reverse: bool = False  # the highest line first


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(_OneFigure):
    """Rows to sort, search and take along; ``bars`` are drawn beside their numbers.

    Each column of bars has its own longest one, or all share it with ``one_scale``.

    A filter on a column that the table ``keeps`` marks rows instead of choosing them.
    """

    kind: ClassVar[str] = "table"
    columns: tuple[str, ...]
    bars: tuple[str, ...] = ()
    one_scale: bool = False
    sort: str = ""
    search: bool = False
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals(_OneFigure):
    """A line for each ``label``: each rate of ``rates`` as a point inside its interval.

    The ends of the interval of ``x_ratio`` are ``x_ratio_lower`` and ``x_ratio_upper``, its cases
    are in ``cases``; ``mark`` is a rate to compare with. Each value of ``each`` has its own lines.
    """

    kind: ClassVar[str] = "intervals"
    label: str
    rates: tuple[str, ...]
    cases: tuple[str, ...]
    mark: str = ""
    each: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Map(_OneFigure):
    """A field for each value of ``across`` and ``down``, with its ``name``, and numbers in it.

    What has another value is named below the map.
    """

    kind: ClassVar[str] = "map"
    across: str
    down: str
    across_values: tuple[str, ...]
    down_values: tuple[str, ...]
    name: str
    numbers: tuple[str, ...]  # the first is the large one


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(_OneFigure):
    """What ``fct_account_pages`` says of one account, section by section."""

    kind: ClassVar[str] = "facts"


Block = Tiles | Columns | Lines | Bubbles | Steps | Grid | Table | Intervals | Map | Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page; units that no figure of it knows do not show it."""

    id: str
    title: Text
    lead: Text
    blocks: tuple[Block, ...]
    filters: tuple[Filter, ...] = ()

    @property
    def figures(self) -> tuple[Figure | Record, ...]:
        found = {figure.id: figure for block in self.blocks for figure in block.figures}
        return tuple(found.values())
