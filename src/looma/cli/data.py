"""Commands on the data folder: demo data, schema."""

from pathlib import Path

import click

from .commands import Command
from .options import data as data_option
from .options import lang
from .outcome import logs, run, say, settings
from .progress import counting
from .words import t


@click.command(cls=Command, help=t("seed_help"))
@data_option
@lang
def seed(data: Path | None) -> None:
    """Make demo data."""
    from looma.compose import Composition
    from looma.contracts.crm import CrmAPI
    from looma.demo import Seeded
    from looma.demo import seed as plant

    found = settings(data)
    logs(found)

    async def work() -> Seeded:
        async with Composition(found) as composition:
            with counting(t("seeding")) as progress:
                return await plant(composition.peer(CrmAPI), progress)

    made = run(work())
    counts = {"companies": made.companies, "jobs": made.jobs, "talents": made.talents}
    click.echo(t("seeded", folder=found.stores.data, **counts))


@click.command(cls=Command, help=t("migrate_help"))
@data_option
@lang
def migrate(data: Path | None) -> None:
    """Bring the database up to date."""
    from looma.migrations import HEAD
    from looma.platform.stores import UnifiedDataAccess

    found = settings(data)
    logs(found)

    async def work() -> None:
        store = UnifiedDataAccess.of(found.stores)
        await store.initialize()
        await store.close()

    run(work())
    say(t("migrated", folder=found.stores.data, revision=HEAD))
