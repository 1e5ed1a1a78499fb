"""Who works on both sides: the customers' contacts by layer and function, and our employees."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demo.industrial.companies import Companies
from demo.industrial.names import Names, people_names
from demo.industrial.parameters import Parameters
from demo.industrial.periods import Ints

LAYERS = ("operation", "management", "decision")
FUNCTIONS = ("user", "technical", "finance", "procurement", "support")
PROCUREMENT = FUNCTIONS.index("procurement")
# Layer and function of a company's contacts: who is always there, and who only at some.
ALWAYS = (
    *((0, 0), (1, 0)),  # user
    *((0, 1), (1, 1), (2, 1)),  # technical
    *((0, 3), (1, 3), (2, 3)),  # procurement
)
SOMETIMES = ((2, 0), (0, 2), (1, 2), (2, 2), (0, 4), (1, 4))
SOMETIMES_RATIO = 0.5
ROLES = ("account_manager", "executive", "sales_manager", "service_engineer", "call_centre")


@dataclass(frozen=True, slots=True)
class Contacts:
    """One position per person at a customer, grouped by company."""

    company: Ints
    layer: Ints
    function: Ints
    names: Names

    @property
    def count(self) -> int:
        return len(self.company)


@dataclass(frozen=True, slots=True)
class Employees:
    """One position per employee of ours; the account managers come first."""

    role: NDArray[np.str_]
    names: Names

    @property
    def count(self) -> int:
        return len(self.role)

    def of(self, role: str) -> Ints:
        """Return the positions of the employees in one role."""
        return np.flatnonzero(self.role == role).astype(np.int64)


def draw_contacts(parameters: Parameters, companies: Companies) -> Contacts:
    """Draw the people of each company: eight always, up to six more."""
    random = parameters.random("contacts")
    rows = []
    for company in range(companies.count):
        drawn = random.random(len(SOMETIMES)) < SOMETIMES_RATIO
        extra = [cell for cell, there in zip(SOMETIMES, drawn, strict=True) if there]
        rows += [(company, layer, function) for layer, function in (*ALWAYS, *extra)]
    table = np.array(rows, dtype=np.int64)
    return Contacts(table[:, 0], table[:, 1], table[:, 2], people_names(len(rows), random))


def hire_employees(parameters: Parameters, companies: Companies) -> Employees:
    """Return the employees that so many companies need."""
    random = parameters.random("employees")
    count = companies.count
    counts = (companies.managers_count(), max(3, count // 60), 3, max(3, count // 60), 4)
    role = np.repeat(ROLES, counts)
    return Employees(role, people_names(len(role), random))
