"""What is kept follows the records: in order, once, by the rules and the model of today."""

import asyncio
import hashlib

import orjson
import pytest
from sqlalchemy import select, update

from looma.contracts.crm import CompanyChange, JobChange, NewCompany, NewJob, NewTalent
from looma.contracts.matching import MatchJobs, MatchTalents
from looma.platform import context
from looma.platform.errors import Forbidden, Unavailable
from looma.services.matching import criteria, kept, needs, person
from looma.services.matching.following import Follower
from looma.services.matching.kept import JOB, TALENT, Followed, Meaning, Place
from looma.services.matching.relay import Relay
from looma.services.matching.tables import FOLLOWED, JOBS, TALENTS

from . import pairs
from .conftest import STRANGER
from .pairs import ACCOUNTANT_EN, EXPERT_ZH, NURSE_JOB, RECOMMENDER_ZH
from .reading import asks, resume
from .test_service import new_job, people, titles
from .test_service import person as a_person

MAINTAINER = context.Caller(org="system", user="cli", scopes=frozenset({"system:maintain"}), kind="service")


async def rows(desk, table):
    """What is kept, without the numbers of changes."""
    found = await desk.data.sql.fetch_all(select(table).order_by(*table.primary_key.columns))
    return [{name: value for name, value in row.items() if name != "change"} for row in found]


async def meaning(matching, talent_id):
    """Whether titles were compared by meaning, for each match."""
    found = await matching.find_jobs(MatchJobs(talent_id=talent_id))
    return ["meaning" not in [lack.kind for lack in match.unknowns] for match in found.matches]


async def rebuilt(desk):
    """Everything anew, as the one who looks after the installation asks for it."""
    with context.acting(MAINTAINER):
        return await desk.matching.rebuild()


async def test_an_older_version_never_overwrites_a_newer_one(desk):
    sql, org = desk.data.sql, context.LOCAL_ORG

    async def put(record, since, to):
        return await sql.write(lambda tx: kept.keep(tx, org, {"job": [record]}, since=since, to=to))

    assert await put(Followed("j", 3, live=True, status="open"), 0, 5) == 1
    assert await put(Followed("j", 2, live=True, status="closed"), 5, 6) == 2
    assert (await kept.by_id(sql, org, JOB, ["j"]))["j"].status == "open"
    assert await put(Followed("j", 4, live=False), 6, 7) == 3
    await sql.write(lambda tx: kept.keep_again(tx, org, {"job": [Followed("j", 3, live=True, status="open")]}))
    assert not (await kept.by_id(sql, org, JOB, ["j"]))["j"].live
    assert await kept.place(sql, org) == Place(7, 4)
    assert await kept.place(sql, "elsewhere") == Place()


async def test_who_read_from_a_place_that_was_left_meanwhile_keeps_nothing(desk):
    sql, org = desk.data.sql, context.LOCAL_ORG

    async def put(record_id, since, to):
        records = {"talent": [Followed(record_id, 1, live=True)]}
        return await sql.write(lambda tx: kept.keep(tx, org, records, since=since, to=to))

    assert await put("a", 0, 5) == 1
    assert await put("b", 0, 9) is None
    assert await put("b", 4, 9) is None
    await sql.write(lambda tx: kept.clear(tx, org))
    assert await put("b", 5, 9) is None  # it would skip what a rebuild has to read
    assert list(await kept.by_id(sql, org, TALENT, ["a", "b"])) == ["a"]
    assert await kept.place(sql, org) == Place(0, 2)


async def test_what_was_read_without_the_model_is_embedded_when_it_is_back(desk):
    desk.embedder.down = True
    expert = await a_person(desk, EXPERT_ZH)
    for _ in range(2):
        job = await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    assert await meaning(desk.matching, expert.id) == [False, False]
    await desk.services[0].refresher.finished()
    desk.embedder.down = False
    await people(desk.matching, job.id)
    await desk.services[0].refresher.finished()
    assert await meaning(desk.matching, expert.id) == [True, True]
    assert await meaning(desk.other, expert.id) == [True, True]
    (match,) = (await desk.matching.find_talents(MatchTalents(job_id=job.id))).matches
    assert "meaning" not in [lack.kind for lack in match.unknowns]


async def test_the_model_goes_away_again_in_the_middle(desk):
    desk.embedder.down = True
    expert = await a_person(desk, EXPERT_ZH)
    for number in range(45):
        await desk.crm.create_job(NewJob(title=f"{number} {RECOMMENDER_ZH[0]}", description=RECOMMENDER_ZH[1]))
    await titles(desk.matching, expert.id)
    desk.embedder.down, desk.embedder.left = False, 2  # the headline, and one batch
    await titles(desk.matching, expert.id)
    await desk.services[0].refresher.finished()
    assert 0 < sum(row["vector"] is not None for row in await rows(desk, JOBS)) < 45
    desk.embedder.down, desk.embedder.left = False, None
    await titles(desk.matching, expert.id)
    await desk.services[0].refresher.finished()
    assert all(row["vector"] for row in await rows(desk, JOBS))


async def test_who_has_no_headline_is_not_asked_for_again(desk):
    await a_person(desk, "陆岚\n电话：13800138000\n")
    await desk.matching.statistics()
    (row,) = await rows(desk, TALENTS)
    assert (row["live"], row["model"], row["vector"]) == (True, desk.embedder.model, None)


async def test_vectors_of_another_model_are_not_compared_but_made_anew(desk, monkeypatch):
    expert = await a_person(desk, EXPERT_ZH)
    await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    assert await meaning(desk.matching, expert.id) == [True]
    desk.embedder.model = "words-2"
    refresher = desk.services[1].refresher
    with monkeypatch.context() as later:
        later.setattr(refresher, "see_to", lambda org, held: None)  # else it may be faster than this test
        assert await meaning(desk.other, expert.id) == [False]
    assert {row["model"] for row in await rows(desk, JOBS)} == {"words-1"}
    await titles(desk.other, expert.id)
    await refresher.finished()
    assert {row["model"] for row in await rows(desk, JOBS)} == {"words-2"}
    assert await meaning(desk.other, expert.id) == [True]


async def test_what_older_rules_read_is_read_again(desk):
    expert, job = await a_person(desk, EXPERT_ZH), await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    await people(desk.matching, job.id)
    before = await rows(desk, JOBS) + await rows(desk, TALENTS)
    for table, content, poor in (
        (JOBS, "asks", before[0]["asks"][-1:]),
        (TALENTS, "features", person.to_json(person.Person())),
    ):
        old = {"rules": 0, content: poor}
        await desk.data.sql.write(lambda tx, t=table, o=old: tx.execute(update(t).values(**o)))
    asked = list(desk.embedder.asked)
    await titles(desk.other, expert.id)  # it has not read the tables before
    await desk.services[1].refresher.finished()
    assert await rows(desk, JOBS) + await rows(desk, TALENTS) == before
    assert RECOMMENDER_ZH[0] not in desk.embedder.asked[len(asked) :]  # no title is embedded twice


async def test_a_record_that_is_gone_without_a_word_does_not_keep_it_busy(desk):
    expert, _ = await a_person(desk, EXPERT_ZH), await desk.crm.create_job(new_job(NURSE_JOB))
    await titles(desk.matching, expert.id)
    ghost = Followed("ghost", 7, live=True, status="open", content=(await rows(desk, JOBS))[0]["asks"])
    await desk.data.sql.write(lambda tx: kept.keep_again(tx, context.LOCAL_ORG, {"job": [ghost]}))
    await desk.other.statistics()
    await desk.services[1].refresher.finished()
    assert (await rebuilt(desk)).jobs == 1


async def test_the_rules_have_a_new_version_when_they_read_otherwise():
    """What is stored is read again only when `RULES` rises: raise it in `criteria` or `person`, and note the digest."""
    jobs = [value for name, value in sorted(vars(pairs).items()) if isinstance(value, tuple) and len(value) == 2]
    texts = [value for _, value in sorted(vars(pairs).items()) if isinstance(value, str) and "\n" in value]
    asked = [[needs.to_json(ask) for ask in asks(*job)] for job in jobs]
    features = [person.to_json(person.person_of(resume(text), 24_306)) for text in texts]
    assert (criteria.RULES, _digest(asked)) == (1, "2c45194836e467a9")
    assert (person.RULES, _digest(features)) == (1, "bfbef43f42c4e78a")


def _digest(value):
    return hashlib.sha256(orjson.dumps(value)).hexdigest()[:16]


async def test_a_rebuild_gives_what_following_gave(desk):
    expert = await a_person(desk, EXPERT_ZH)
    away, nobody = await a_person(desk, ACCOUNTANT_EN), await desk.crm.create_talent(NewTalent(name="无简历"))
    job = await desk.crm.create_job(new_job(ACCOUNTANT_EN and NURSE_JOB, company="甲"))
    await desk.crm.change_job(job.id, JobChange(title=RECOMMENDER_ZH[0], description=RECOMMENDER_ZH[1]))
    gone = await desk.crm.create_job(new_job(NURSE_JOB))
    ranked = await titles(desk.matching, expert.id)
    await desk.crm.archive_job(gone.id)
    await desk.crm.archive_talent(away.id)
    with context.acting(STRANGER):
        theirs = await a_person(desk, EXPERT_ZH)
        await titles(desk.other, theirs.id)
    assert ranked == [RECOMMENDER_ZH[0], NURSE_JOB[0]]
    await titles(desk.matching, expert.id)
    before, asked = [await rows(desk, table) for table in (JOBS, TALENTS, FOLLOWED)], len(desk.embedder.asked)
    made = await rebuilt(desk)
    assert (made.organisations, made.jobs, made.talents) == (2, 1, 2)
    assert [await rows(desk, table) for table in (JOBS, TALENTS, FOLLOWED)] == before
    assert desk.embedder.asked[asked:] == []
    assert await titles(desk.matching, expert.id) == await titles(desk.other, expert.id) == [RECOMMENDER_ZH[0]]
    assert nobody.id in [row["talent_id"] for row in before[1]]


async def test_a_rebuild_mends_what_is_wrong(desk):
    expert, job = await a_person(desk, EXPERT_ZH), await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    assert await titles(desk.matching, expert.id) == await titles(desk.other, expert.id) == [RECOMMENDER_ZH[0]]
    before = await rows(desk, JOBS)
    ghost = Followed("ghost", 9, True, "open", before[0]["asks"], JOB.rules, Meaning("words-1", b"x", b"y"))
    wrong = update(JOBS).values(asks=[], version=99, live=False)
    await desk.data.sql.write(lambda tx: tx.execute(wrong))
    await desk.data.sql.write(lambda tx: kept.keep_again(tx, context.LOCAL_ORG, {"job": [ghost]}))
    assert (await rebuilt(desk)).jobs == 1
    found = {row["job_id"]: row for row in await rows(desk, JOBS)}
    assert found[job.id] == before[0]
    assert (found["ghost"]["live"], found["ghost"]["vector"], found["ghost"]["asks"]) == (False, None, [])
    assert await titles(desk.matching, expert.id) == await titles(desk.other, expert.id) == [RECOMMENDER_ZH[0]]


async def test_a_rebuild_that_breaks_off_is_finished_by_whoever_asks_next(desk):
    expert = await a_person(desk, EXPERT_ZH)
    await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    await titles(desk.matching, expert.id)
    before = await rows(desk, JOBS)
    desk.reader.down = True
    with pytest.raises(Unavailable):
        await rebuilt(desk)
    assert not any(row["live"] for row in await rows(desk, JOBS))
    desk.reader.down = False
    assert await titles(desk.other, expert.id) == [RECOMMENDER_ZH[0]]
    assert await rows(desk, JOBS) == before


async def test_only_who_looks_after_the_installation_may_rebuild(desk):
    with pytest.raises(Forbidden):
        await desk.matching.rebuild()


async def test_a_rebuild_beside_requests(desk):
    expert = await a_person(desk, EXPERT_ZH)
    for _ in range(5):
        await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    await titles(desk.matching, expert.id)
    await asyncio.gather(rebuilt(desk), *(titles(desk.other, expert.id) for _ in range(4)))
    assert len(await titles(desk.matching, expert.id)) == len(await titles(desk.other, expert.id)) == 5


async def test_peers_are_asked_for_little_at_once(desk):
    expert = await a_person(desk, EXPERT_ZH)
    for number in range(70):
        await desk.crm.create_job(NewJob(title=f"{number} {NURSE_JOB[0]}"))
    assert len(await titles(desk.matching, expert.id)) == 20
    assert (sum(desk.reader.batches), max(desk.reader.batches)) == (70, 20)


async def test_the_relay_follows_without_being_asked(desk):
    expert, _ = await a_person(desk, EXPERT_ZH), await desk.crm.create_job(new_job(RECOMMENDER_ZH))
    with context.acting(STRANGER):
        theirs = await a_person(desk, EXPERT_ZH)
    relay = Relay(desk.data.sql, Follower(desk.data.sql, desk.services[0].records), 3600)
    desk.reader.down = True
    with pytest.raises(Unavailable):
        await relay.follow()
    desk.reader.down = False
    await relay.follow()
    assert {row["talent_id"] for row in await rows(desk, TALENTS)} == {expert.id, theirs.id}
    assert len(await rows(desk, JOBS)) == 1
    seen = len(desk.reader.batches)
    assert await titles(desk.matching, expert.id) == [RECOMMENDER_ZH[0]]
    await relay.follow()
    assert desk.reader.batches[seen:] == []


async def test_the_relay_beside_requests(desk):
    expert = await a_person(desk, EXPERT_ZH)
    for number in range(30):
        await desk.crm.create_job(NewJob(title=f"{number} {NURSE_JOB[0]}"))
    relay = Relay(desk.data.sql, Follower(desk.data.sql, desk.services[0].records), 0)
    relay.start()
    found = await asyncio.gather(*(titles(service, expert.id) for service in (desk.matching, desk.other) * 3))
    await relay.close()
    await relay.close()
    assert [len(one) for one in found] == [20] * 6
    assert len(await rows(desk, JOBS)) == 30


async def test_records_of_a_kind_that_is_not_matched_are_passed_over(desk):
    expert = await a_person(desk, EXPERT_ZH)
    company = await desk.crm.create_company(NewCompany(name="甲"))
    await desk.crm.change_company(company.id, CompanyChange(name="乙"))
    assert await titles(desk.matching, expert.id) == []
    assert (await kept.place(desk.data.sql, context.LOCAL_ORG)).seq == 3


async def test_the_new_name_of_a_company_is_shown(desk):
    expert = await a_person(desk, EXPERT_ZH)
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH, company="甲"))
    await desk.crm.change_company(job.company_id, CompanyChange(name="乙"))
    (match,) = (await desk.matching.find_jobs(MatchJobs(talent_id=expert.id))).matches
    assert match.job.company == "乙"


async def test_a_new_name_of_a_company_lets_no_job_be_read_again(desk):
    expert = await a_person(desk, EXPERT_ZH)
    job = await desk.crm.create_job(new_job(RECOMMENDER_ZH, company="甲"))
    other = await desk.crm.create_job(new_job(NURSE_JOB, company="甲"))
    await desk.crm.archive_job(other.id)
    before = await titles(desk.matching, expert.id), await rows(desk, JOBS)
    desk.reader.batches.clear()
    await desk.crm.change_company(job.company_id, CompanyChange(name="乙"))
    assert (await titles(desk.other, expert.id), await rows(desk, JOBS)) == before  # that one remembers no text
    assert (await kept.place(desk.data.sql, context.LOCAL_ORG)).seq == 8
    assert desk.reader.batches == []
    await desk.crm.change_job(job.id, JobChange(title="护士长"))
    assert await titles(desk.matching, expert.id) == ["护士长"]


async def test_a_record_that_changes_often_is_read_once(desk):
    job, asked = await desk.crm.create_job(new_job(RECOMMENDER_ZH)), []
    for number in range(9):
        await desk.crm.change_job(job.id, JobChange(description=f"{RECOMMENDER_ZH[1]} {number}"))

    class Noted:
        async def read(self, org, family, versions):
            asked.extend(versions)
            return await desk.services[0].records.read(org, family, versions)

    follower = Follower(desk.data.sql, Noted())
    while await follower.some(context.LOCAL_ORG, at_most=2):
        pass
    assert asked == [job.id]
    (row,) = await rows(desk, JOBS)
    assert (row["version"], row["live"]) == (10, True)
