"""Products and their launches: what they are, who is interested in them, and what each rep knows of them."""

from __future__ import annotations

import math
from typing import Any, Self

import pydantic

from smsim.core.section import Section, param
from smsim.core.table import Table, field

#: Why some settings cannot change in the course of a run.
_PLANNED = "which products are launched is laid down before the first day"
#: The first sale of its kind to a customer; the others are bought again, with or without changes.
NEW_SYSTEM = "new_system"
#: Weeks of the life cycle at which the rates of interest are those stated.
LIFE_CYCLE = 104.0


class SaleType(Section, at="selling.sale_types", each=True):
    """What it takes to sell something of this kind, against the firm's standing business (M12)."""

    time: float = param(1.0, "times", "Length of a meeting, against the standing business", source="steenburgh2018", grade="B", low=0.05,
                        high=10, moves="launch_revenue ?")
    base: float = param(0.0, "log-odds", "How much less or more customers like such an offer before a rep has said a word",
                        source="farris2010", grade="C", low=-20, high=20, moves="launch_revenue +")
    readiness: float = param(0.45, "log-odds", "What a fully ready rep adds to it", source="assumed", grade="C", low=0, high=20,
                             moves="launch_revenue +")
    marketing: float = param(0.0, "share", "Share of what a customer who decides knows of the offer that he has from marketing's "
                             "message, not from the rep", source="robinson1967", grade="C", low=0, high=1,
                             moves="launch_revenue ?")

    entries = {
        NEW_SYSTEM: {"time": 1.35, "base": -2.61, "readiness": 3.0},
        "modified_rebuy": {"time": 1.0, "base": 0.0, "readiness": 0.45},
        "commodity": {"time": 0.6, "base": 0.0, "readiness": 0.15},
    }


class Product(Section, at="products", each=True):
    """Something new the firm can sell beside its standing business."""

    sale_type: str = param(NEW_SYSTEM, "word", "What kind of purchase it is for the customer", source="robinson1967", grade="C",
                           choices=(NEW_SYSTEM, "modified_rebuy", "commodity"), moves="launch_revenue ?")
    value: float = param(1.0, "times", "Value of a deal, against the customer's usual one", source="assumed", grade="C", low=0, high=1e4,
                         moves="launch_revenue +")
    margin: float = param(0.6, "share", "Share of a deal's value left after the cost of goods", source="assumed", grade="C", low=0,
                          high=1, moves="gross_margin +")
    price: float = param(1.0, "times", "What it costs, against what rivals ask; a deal brings as many times its value", source="assumed",
                         grade="C", low=0.01, high=100, moves="launch_revenue ?")
    fixed: float = param(0.0, "share", "How much of what is sold lies in the product; the rest the rep designs for the customer",
                         source="assumed", grade="C", low=0, high=1, moves="launch_revenue -", given={"products.widget.offers": "2"})
    offers: float = param(0.0, "sd", "What the product has in each buying criterion; what segments want varies about 0 with an sd of 1",
                          source="assumed", grade="C", low=-10, high=10, moves="launch_revenue ?", given={"products.widget.fixed": "80%"})
    life_cycle: float = param(LIFE_CYCLE, "weeks", "Time in which interest runs its course; in half of it, interest comes twice as fast",
                              source="assumed", grade="C", low=4, high=5200, words={"short": 52.0, "long": 208.0},
                              moves="leads -")
    innovation: float = param(0.6, "per year", "Rate at which customers become interested by themselves (Bass p), at a life cycle of "
                              "104 weeks", source="sultan1990", grade="C", low=0, high=50, moves="leads +")
    imitation: float = param(0.6, "per year", "What the interest of all the others adds to it (Bass q), at a life cycle of 104 weeks",
                             source="sultan1990", grade="C", low=0, high=50, moves="leads +")

    entries = {"widget": {}}


class Launch(Section, at="launches[]"):
    """A product that is brought to market."""

    product: str = param("", "text", "Which of `products`", source="assumed", grade="C", fixed=_PLANNED)
    train: float = param(math.inf, "date", "Day on which training of all reps begins; it is spread over six weeks", source="assumed",
                         grade="C", low=0, high=7280, words={"never": math.inf}, moves="launch_ready_day ?")
    training: float = param(12.0, "hours", "Training of each rep, taken from selling", source="assumed", grade="C", low=0, high=1000,
                            moves="launch_revenue +")
    announce: float = param(math.inf, "date", "Day from which on customers take an interest, and ask", source="assumed", grade="C", low=0,
                            high=7280, words={"never": math.inf}, moves="launch_revenue ?")
    ship: float = param(math.inf, "date", "Day from which on deals close", source="assumed", grade="C", low=0, high=7280,
                        words={"never": math.inf}, moves="launch_revenue ?")
    strict: bool = param(False, "flag", "Whether it may not ship before it is announced", source="assumed", grade="C")
    rival_enters: float = param(math.inf, "date", "Day on which the first rival has an offer against a new system; other kinds of "
                                "product have rivals from the start", source="assumed", grade="C", low=0, high=7280,
                                words={"never": math.inf}, moves="market_share +")
    ends: float = param(math.inf, "date", "Day from which on nobody takes an interest any more; who is being talked to may still buy",
                        source="assumed", grade="C", low=0, high=7280, words={"never": math.inf}, moves="launch_revenue +")
    pressure: float = param(0.0, "share", "Share of reps' own prospects on whom they must push the product once it is announced",
                            source="fu2010", grade="C", low=0, high=1, moves="burned_accounts +")

    @pydantic.model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.strict and self.ship < self.announce:
            raise ValueError("`ship` on or after `announce`, since `strict` is yes")
        if self.ends <= self.announce < math.inf:
            raise ValueError("`ends` after `announce`")
        return self


class Products(Table, name="products"):
    """What kernels need of each product. Row 0 is the firm's standing business; the launched ones follow, in the order of the file."""

    announce = field("f8", math.inf, "day", "Day from which on customers take an interest")
    ship = field("f8", -math.inf, "day", "Day from which on deals close")
    innovation = field("f8", 0.0, "per day", "Rate of interest by itself")
    imitation = field("f8", 0.0, "per day", "What the interest of all others adds")
    interest = field("f8", 0.0, "days", "How long interest lasts")
    opened = field("i8", 0, "customers", "Those who have ever been interested")
    passed = field("f8", 0.0, "count", "Urges to look at it that a customer was to feel by tonight: the sum of the rates of all days")
    ends = field("f8", math.inf, "day", "Day from which on nobody takes an interest any more")
    rivals = field("f8", 0.0, "count", "Rivals with an offer of their own today; one that has cut its price counts for more")
    taken = field("f8", 0.0, "share", "Chance that interest the firm has left alone ends with a rival's sale")
    value = field("f8", 1.0, "times", "Value of a deal, against the customer's usual one")
    cost = field("f8", 1.0, "share", "Cost of goods as a share of it")
    time = field("f8", 1.0, "times", "Length of a meeting")
    base = field("f8", 0.0, "log-odds", "Liking of the offer before a rep has said a word, against the standing business")
    slope = field("f8", 0.0, "log-odds", "What a fully ready rep adds to it")
    told = field("f8", 0.0, "share", "Share of what a customer knows of the offer that he has from marketing's message")
    fixed = field("f8", 0.0, "share", "How much of what is sold lies in the product")
    offers = field("f8", 0.0, "sd", "What the product has in each buying criterion")
    practice = field("f8", 0.0, "hours", "Know-how gained in a meeting about it")
    burn = field("f8", 0.0, "days", "How long a burned account has no ear for the firm")
    persuaded = field("f8", 0.0, "share", "Chance that a push makes somebody interested who is not")
    pressure = field("f8", 0.0, "share", "Share of own prospects on whom it is pushed")


class Interests(Table, name="interests"):
    """Interest of each customer in each launched product: row = (product − 1) × customers + customer."""

    opened = field("i4", -1, "day", "Day of the first interest; -1 before")
    until = field("i4", -1, "day", "Day on which the interest of today ends; -1 without one")
    asks = field("i4", -1, "day", "Day on which the customer may ask next")
    due = field("i4", -1, "day", "Day on whose list it stands; -1 for none")
    before = field("i4", -1, "row", "The interest before it on that list; -1 for none")
    after = field("i4", -1, "row", "The one after it; -1 for none")
    urges = field("i4", 0, "count", "Urges so far, those of an interested customer included")
    bought = field("i2", 0, "flag", "Whether the customer has bought the product, from anybody")


class AskingDays(Table, name="asking_days"):
    """For each of the next days (row = day modulo their number), whose interest is to be looked at on it."""

    first = field("i4", -1, "row", "First of `interests`; -1 for none")


class Urges(Table, name="urges"):
    """The next urge of each customer to look at each product (rows as of `interests`); within a product a heap, the first on top."""

    at = field("f8", math.inf, "count", "What `products.passed` reaches when it comes")
    customer = field("i4", 0, "index", "Whose it is")


class KnowHow(Table, name="know_how"):
    """What each rep knows of each product: row = rep × products + product; that of the standing business is not used."""

    hours = field("f8", 0.0, "hours", "Know-how")
    ready = field("f8", 0.0, "share", "Readiness this morning")


def launches_of(scenario: Any) -> list[Launch]:
    """The launches of a scenario, in the order of the file."""
    return list(scenario.each(Launch).values())
