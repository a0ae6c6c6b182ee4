"""The world: all tables together, filled from a scenario before the first day."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from smsim.core.contracts import Part
from smsim.core.kernel import kernel, launch
from smsim.core.luck import luck, normal, stream_key
from smsim.core.table import Table
from smsim.world.channels import Channel, Channels
from smsim.world.company import Company, Culture
from smsim.world.contracts import Sales
from smsim.world.customers import Accounts, Customers
from smsim.world.disputes import Disputes
from smsim.world.forecasts import Forecasts
from smsim.world.interest import DAYS_LISTED
from smsim.world.journal import Journal
from smsim.world.leads import Agenda, Inquiries, Leads, Log
from smsim.world.lists import Deals, Named, Queues, Tips
from smsim.world.market import RING, Insight, Market, Notes, RepInsight, Segment, Segments, Shocks
from smsim.world.people import FOLLOW_UP_RING, Firm, FollowUp, Marketers, Reps
from smsim.world.products import AskingDays, Interests, KnowHow, Products, launches_of
from smsim.world.rivals import RepRivalInsight, RivalInsight, RivalNotes, Rivals
from smsim.world.rows import Rows
from smsim.world.today import Today

#: Days ahead that coming changes are known to the world.
LOOK_AHEAD = 64


class World:
    """The tables, by name, and the names behind their indices. Nothing here decides or moves."""

    def __init__(self, scenario: Any, seed: int) -> None:
        self.scenario = scenario
        self.seed = seed
        segments = scenario.each(Segment)
        self.segment_names = tuple(segments)
        self.channel_names = list(scenario.each(Channel))
        self.parts: dict[str, Part] = {}
        self.journal = Journal(0)
        self._lay_tables(scenario.of(Company), scenario.of(Market), len(segments))
        self._fill(scenario.of(Market), scenario.of(Culture), list(segments.values()))

    def _lay_tables(self, company: Company, market: Market, segments: int) -> None:
        self.customers = Customers(market.customers)
        self.accounts = Accounts(market.customers)
        self.segments = Segments(segments)
        self.shocks = Shocks(segments * LOOK_AHEAD)
        self.insight = Insight(segments)
        self.reps = Reps(company.reps)
        self.rep_insight = RepInsight(company.reps * segments)
        self.notes = Notes(company.reps * RING)
        self.queues = Queues(company.reps + 1)
        self.deals, self.named, self.tips = Deals(company.reps), Named(0), Tips(0)
        self.marketers = Marketers(company.marketers)
        self.firm = Firm(1)
        self.follow_up, self.channels = FollowUp(FOLLOW_UP_RING), Channels(len(self.channel_names))
        self.disputes, self.forecasts = Disputes(8), Forecasts(company.reps)
        self.today = Today(1)
        self._lay_leads()
        self._lay_rivals()
        self._lay_products([plan.product for plan in launches_of(self.scenario)])
        self.rows: Rows = Rows(*self._arrays())
        for name in Rows.__annotations__:
            getattr(self, name).after_growing = self._follow

    def _lay_rivals(self) -> None:
        self.rivals, self.rival_insight = Rivals(0), RivalInsight(0)
        self.rep_rival_insight, self.rival_notes = RepRivalInsight(0), RivalNotes(0)

    def _lay_leads(self) -> None:
        self.inquiries = Inquiries(256)
        self.leads = Leads(256)
        self.agenda = Agenda(256)
        self.log = Log(1024)

    def _lay_products(self, launched: list[str]) -> None:
        self.product_names = ["", *launched]
        self.products = Products(1 + len(launched))
        self.interests = Interests(len(launched) * len(self.customers))
        self.asking_days = AskingDays(DAYS_LISTED)
        self.know_how = KnowHow(len(self.reps) * len(self.products))
        self.sales = Sales(0)

    @property
    def tables(self) -> dict[str, Table]:
        """Every table by its name, those of plugins included."""
        return {value.name: value for value in vars(self).values() if isinstance(value, Table)}

    def _fill(self, market: Market, culture: Culture, segments: list[Segment]) -> None:
        shares = np.array([segment.share for segment in segments])
        self.segments["deal_value"] = [segment.deal_value for segment in segments]
        self.segments["marketer"] = np.arange(len(segments)) % max(1, len(self.marketers))
        keys = np.array([stream_key(self.seed, f"world.{name}") for name in ("segment", "value", "offset")])
        launch(people_the_market, self.customers.rows, self.accounts.rows, self.segments.rows, np.cumsum(shares / shares.sum()), keys,
               market.offset, market.value_spread, max(1, len(self.reps)))
        self.firm["trust_in_sales"] = culture.trust
        self.reps["trust"] = culture.trust
        self._fill_channels(self.scenario.each(Channel))
        launch(link_free_rows, self.leads.rows, self.firm.rows, 0)

    def _fill_channels(self, channels: dict[str, Channel]) -> None:
        for row, channel in zip(self.channels[: len(channels)], channels.values(), strict=True):
            row["weight"], row["quality"], row["traceable"] = channel.weight, channel.quality, channel.traceable
            row["retention"] = channel.carry_over ** (1 / 7)

    def tune(self, scenario: Any) -> None:
        """From now on another scenario holds; what channels are worth may have changed, nothing else here can."""
        before, self.scenario = self.scenario.each(Channel), scenario
        if scenario.each(Channel) != before:
            self._fill_channels(scenario.each(Channel))

    def _arrays(self) -> list[Any]:
        return [getattr(self, name).rows for name in Rows.__annotations__]

    def _follow(self) -> None:
        """A table has grown: from now on its new rows are what kernels get."""
        self.rows = self.rows.now(*self._arrays())

    def make_room(self, leads: int) -> None:
        """Make sure that so many leads more can be born today, and that all of them and all live ones can be logged."""
        live, size = int(self.firm["live"][0]), len(self.leads)
        if live + leads > size:
            self.leads.grow(live + leads + size // 4)
            self.agenda.grow(len(self.leads))
            launch(link_free_rows, self.leads.rows, self.firm.rows, size)
        self.firm["room"] = leads
        need = int(self.firm["logged"][0]) + live + leads
        if need > len(self.log):
            self.log.grow(2 * need)


@kernel
def people_the_market(customers: Any, accounts: Any, segments: Any, shares: Any, keys: Any, offset: Any, spread: Any,
                      territories: Any) -> Any:
    """Give every customer a segment, a deal value and a need of their own; identity is the customer's number."""
    for i in range(len(customers)):
        u = luck(keys[0], i, 0)
        segment = 0
        while segment < len(shares) - 1 and u >= shares[segment]:
            segment += 1
        customers[i].segment = segment
        accounts[i].value = segments[segment].deal_value * math.exp(spread * normal(keys[1], i, 0))
        for d in range(3):
            accounts[i].offset[d] = offset * normal(keys[2], i, d)
        accounts[i].owner = i % territories


@kernel
def link_free_rows(leads: Any, firm: Any, start: Any) -> Any:
    """Chain the rows from `start` on to the list of free rows."""
    for i in range(len(leads) - 1, start - 1, -1):
        leads[i].after = firm[0].free
        firm[0].free = i
