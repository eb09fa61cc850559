"""The URL memory when several machines crawl into one Elasticsearch: a lease per source, and a working copy.

Elasticsearch holds the truth. Whoever leases a source first reads what others have learnt about it; from then on nobody
else writes about it, so all queries are answered from the local file. New knowledge is written back every few seconds,
along with the lease. A machine that could not renew its lease in time sends the site no more requests until it can.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from crawler.memory import MayAsk
from crawler.working_copy import WorkingCopy
from indexer.elastic.leases import Lease, Leases
from indexer.elastic.shared_urls import SharedUrls
from indexer.store import StoreUnavailableError
from yuqing.core.records import Source
from yuqing.core.times import now
from yuqing.monitor.run.telling import Telling

logger = logging.getLogger(__name__)
TAKEN_AT_ONCE = 8  # sources; leaves some for a machine that starts a second later
SAFE = 0.75  # share of the lease after which, without renewal, no more requests are sent; others wait for all of it
BEATS = 6  # renewals per lease duration
AWAY_SECONDS = 600.0  # how long the server may be down before sources not yet started are left to the next crawl
TOLD_ROWS = 2_000  # per source and write


class SharedUrlMemory(WorkingCopy):
    """See :class:`crawler.memory.UrlMemory`. ``machine`` names this data folder, whose crawl lock the caller holds.

    A lease lasts ``seconds``; at most ``most`` sources are held at once. ``telling`` publishes what the crawl has
    counted, always before the URLs, so that no page is known as fetched whose outcome is unknown. Raises
    StoreUnavailableError while the server is down.
    """

    def __init__(
        self,
        path: Path,
        recheck_days: tuple[int, ...],
        leases: Leases,
        urls: SharedUrls,
        *,
        machine: str,
        seconds: float,
        most: int,
        telling: Telling | None = None,
    ) -> None:
        super().__init__(path, recheck_days)
        self._leases, self._urls, self._telling = leases, urls, telling
        self._machine, self._seconds, self._most = machine, seconds, most
        self._holder = f"{machine}/{uuid.uuid4().hex[:8]}"
        self._work = ""
        self._wanted: dict[str, Source] = {}  # not leased yet
        self._ended: dict[str, int] = {}  # the last completed turn when this crawl began
        self._sources: dict[str, Source] = {}  # held
        self._held: dict[str, Lease] = {}
        self._renewed: dict[str, float] = {}  # when the last renewal of a lease was sent
        self._over: set[str] = set()  # held, and to be released
        self._lost: set[str] = set()
        self._seen: dict[
            str, tuple[tuple[int, int] | None, float]
        ] = {}  # versions of others' leases, and since when seen
        self._gone: set[str] = set()  # machines that did not renew a lease
        self._owners: dict[str, str] = {}
        self._next_beat = 0.0
        self._away_since: float | None = None
        self._closed = False
        self._next_try = 0.0  # while the server is down: an attempt may hold up the crawl for seconds

    def begin(self, sources: Sequence[Source], work: str) -> None:
        """See the protocol."""
        self._work = work
        self._wanted = {source.id: source for source in sources}
        self._own(*sources)
        try:
            self._ended = {key: lease.ended for key, lease in self._leases.look(list(self._wanted)).items()}
        except StoreUnavailableError as error:
            self._away(error)

    def take(self) -> list[Source]:
        """See the protocol. Sources that others have crawled since :meth:`begin` are done."""
        room = min(TAKEN_AT_ONCE, self._most - len(self._held))
        if self._closed or not self._wanted or room <= 0 or time.monotonic() < self._next_try:
            return []
        try:
            found = self._leases.look(list(self._wanted))
            self._away_since = None
            for key in [key for key in self._wanted if self._done_by_others(found.get(key))]:
                logger.info("%s: another machine has just crawled it", key)
                del self._wanted[key]
            free = [key for key in self._wanted if key not in found or self._free(found[key])]
            return self._taken([found.get(key) or Lease(source=key) for key in free[:room]])
        except StoreUnavailableError as error:
            self._away(error)
            return []

    def take_also(self, source: Source) -> bool:
        """See the protocol."""
        if source.id in self._held:
            return True
        self._own(source)
        if time.monotonic() < self._next_try:
            return False
        try:
            lease = self._leases.look([source.id]).get(source.id)
            if lease is not None and not self._free(lease):
                return False
            self._wanted[source.id] = source
            return bool(self._taken([lease or Lease(source=source.id)]))
        except StoreUnavailableError as error:
            self._away(error)
            return False
        finally:
            self._wanted.pop(source.id, None)

    def done(self, source_id: str) -> None:
        """See the protocol; the next :meth:`beat` releases the lease."""
        if source_id in self._held:
            self._over.add(source_id)

    def beat(self) -> None:
        """See the protocol."""
        if self._telling:
            self._telling.beat()
        when = time.monotonic()
        if self._held and when >= self._next_try and (self._over or when >= self._next_beat):
            self._next_beat = when + self._seconds / BEATS
            try:
                self._renew(self._over, ended=True)
                self._away_since = None
            except StoreUnavailableError as error:
                self._away(error)

    @property
    def busy(self) -> bool:
        """See the protocol; gives up once the server has been down for long."""
        away = self._away_since is not None and time.monotonic() - self._away_since > AWAY_SECONDS
        return bool(self._held or self._wanted) and not away and not self._closed

    @property
    def left(self) -> str:
        """A sentence about what this crawl did not complete; empty if there is nothing."""
        said = []
        if self._lost:
            said.append(f"another machine took over {', '.join(sorted(self._lost))}")
        if self._wanted:
            said.append(f"{len(self._wanted)} sources left to the next crawl: {', '.join(sorted(self._wanted))}")
        return "; ".join(said)

    def may_ask(self, host: str) -> MayAsk:
        """See the protocol."""
        source_id = self._owner(host)
        if source_id is None:
            return "yes"
        if source_id not in self._held:
            return "no"
        return "yes" if time.monotonic() - self._renewed[source_id] < SAFE * self._seconds else "wait"

    def close(self) -> None:
        """See the protocol; an unfinished turn is released with its work still to be done."""
        with suppress(StoreUnavailableError):
            while self._over:
                self._renew(self._over, ended=True)
            while self._held:
                self._renew(set(self._held), ended=False)
        self._closed = True
        self._leases.close()
        self._urls.close()
        super().close()

    def _taken(self, leases: Sequence[Lease]) -> list[Source]:
        """Those of the free ``leases`` that could be acquired, with all that others have learnt about their sources."""
        sent = time.monotonic()
        broken = {lease.source for lease in leases if lease.turn > lease.ended}
        if broken and self._telling:
            self._telling.learn(self._gone)
        wanted = [
            replace(lease, turn=lease.turn + 1, holder=self._holder, seconds=self._seconds, renewed=now().isoformat())
            for lease in leases
        ]
        taken = []
        for key, lease in self._leases.write(wanted).items():
            source = self._wanted[key]
            self._learn(source, lease)
            del self._wanted[key]
            self._sources[key], self._held[key], self._renewed[key] = source, lease, sent
            self._lost.discard(key)
            if key in broken:
                self.broken_off.add(key)
            taken.append(source)
        return taken

    def _learn(self, source: Source, lease: Lease) -> None:
        """Read what was learnt about ``source`` in earlier turns; write everything if nobody else knows it."""
        before, here = lease.turn - 1, self.turn(source.id)
        if here < before:
            for rows in self._urls.since(source.id, here):
                self.take_in(rows)
            self.take_notes(source, lease.notes)
        if here == 0 or here > before:  # the first turn here, or indices that were recreated
            self.tell_all(source.id)
        self.know_to(source.id, lease.turn)

    def _renew(self, given_back: set[str], *, ended: bool) -> None:
        """Write what was learnt, then renew the leases; those in ``given_back`` are released once everything is
        written."""
        sent = time.monotonic()
        if self._telling:
            self._telling.tell()
        rows = {key: self.untold(key, TOLD_ROWS) for key in self._held}
        given_back = {key for key in given_back if len(rows[key]) < TOLD_ROWS}
        self._urls.put([(row, self._held[key].turn) for key, some in rows.items() for row in some])
        leases = []
        for key, lease in self._held.items():
            fresh = replace(lease, renewed=now().isoformat(), notes=self.notes(self._sources[key]))
            if key in given_back:
                fresh = replace(fresh, holder="")
                if ended:
                    fresh = replace(fresh, ended=lease.turn, work=self._work)
            leases.append(fresh)
        written = self._leases.write(leases)
        for key in list(self._held):
            if key not in written:
                logger.warning("%s: another machine has taken the source over", key)
                self._lost.add(key)
            else:  # only now is it certain that they were written in this turn
                self.told(rows[key])
            if key in written and key not in given_back:
                self._held[key], self._renewed[key] = written[key], sent
            else:
                self._over.discard(key)
                del self._held[key], self._sources[key], self._renewed[key]

    def _done_by_others(self, lease: Lease | None) -> bool:
        return (
            lease is not None
            and not lease.holder
            and lease.ended > self._ended.get(lease.source, 0)
            and lease.work == self._work
        )

    def _free(self, lease: Lease) -> bool:
        """Whether nobody holds the lease, or its holder is gone."""
        if (
            not lease.holder or lease.machine == self._machine
        ):  # we hold the crawl lock, so our own earlier run has ended
            return True
        version, since = self._seen.get(lease.source, (None, 0.0))
        if version != lease.version:
            self._seen[lease.source] = (lease.version, time.monotonic())
            return False
        if time.monotonic() - since < lease.seconds:
            return False
        logger.warning("%s: %s has not renewed its lease; taken over", lease.source, lease.machine)
        self._gone.add(lease.machine)
        return True

    def _away(self, error: StoreUnavailableError) -> None:
        self._next_try = time.monotonic() + self._seconds / BEATS
        if self._away_since is None:
            self._away_since = time.monotonic()
            logger.warning("leases: %s", error)

    def _own(self, *sources: Source) -> None:
        self._owners.update((host, source.id) for source in sources for host in source.hosts)

    def _owner(self, host: str) -> str | None:
        """The source of ``host``, which is one of its hosts or a subdomain of one."""
        while host and host not in self._owners:
            host = host.partition(".")[2]
        return self._owners.get(host)
