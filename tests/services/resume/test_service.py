"""The résumé service through its contract, together and apart."""

import pytest

from looma.contracts.crm import CrmAPI
from looma.contracts.resume import (
    Concept,
    Empty,
    ExtractText,
    JobTexts,
    NeedsOcr,
    NormalizeTerms,
    NormalizeTitles,
    ParseText,
    ResumeAPI,
    ResumeIds,
    ResumeNotFound,
    ResumeTooLarge,
    TaxonomyNotFound,
    TaxonomyReserved,
    TaxonomyUpload,
    Unreadable,
)
from looma.platform import context
from looma.platform.contract import Upload
from looma.platform.errors import Forbidden, Invalid

OWNER = context.LOCAL_OWNER
STRANGER = context.Caller(org="another", user="eve", roles=frozenset({"owner"}))
VIEWER = context.Caller(org=OWNER.org, user="vera", roles=frozenset({"viewer"}))
COLOURS = TaxonomyUpload(
    concepts=[
        Concept(id="c1", label="welding", alternatives=["焊接"]),
        Concept(id="c2", label="recommender systems"),
        Concept(id="c3", label="payroll"),
    ]
)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00" + b"\x00" * 40


def upload(data: bytes, name: str = "file") -> Upload:
    return Upload(filename=name, media_type="application/octet-stream", data=data)


async def test_a_text_comes_back_unchanged(connect):
    text = " \u3000A\r\n\tb\x0b陈示例\u200b\n\n13800138000 "
    with context.acting(OWNER):
        parsed = await connect(ResumeAPI).parse(request=ParseText(text=text, language="zh"))
    assert parsed.text == text
    assert all(text[f.start : f.end] for f in parsed.facts if f.start is not None)


async def test_a_very_long_text_comes_back_whole_and_says_what_was_looked_at(connect):
    text = "邮箱：a@example.cn\n" + "x y\n" * 100_000
    with context.acting(OWNER):
        parsed = await connect(ResumeAPI).parse(request=ParseText(text=text))
    assert parsed.text == text
    assert [notice.code for notice in parsed.warnings] == ["resume.read_in_part"]
    assert any(fact.value == "a@example.cn" for fact in parsed.facts)


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"", Empty), (b"%PDF-1.4\nrubbish", Unreadable), (b"x" * (20 * 1024 * 1024 + 1), ResumeTooLarge)],
)
async def test_bad_files_are_refused(connect, data, error):
    with context.acting(OWNER), pytest.raises(error):
        await connect(ResumeAPI).parse(file=upload(data))


async def test_a_picture_is_read_as_one_and_not_kept(connect):
    with context.acting(OWNER):
        parsed = await connect(ResumeAPI).parse(file=upload(PNG, "photo.pdf"))
        assert (parsed.text, parsed.facts, parsed.needs, parsed.source) == ("", [], "ocr", "image")
        assert parsed.warnings
        with pytest.raises(NeedsOcr):
            await connect(CrmAPI).create_talent_from_resume(upload(PNG, "photo.pdf"))
        assert (await connect(CrmAPI).list_talents()).items == []


async def test_either_a_file_or_a_text(connect):
    with context.acting(OWNER), pytest.raises((Invalid, Empty)):
        await connect(ResumeAPI).parse()


async def test_three_names_are_one_skill(connect):
    with context.acting(OWNER):
        for text in ("熟悉推荐系统", "RecSys experience", "built recommender systems"):
            found = await connect(ResumeAPI).extract_skills(ExtractText(text=text))
            assert [skill.concept_id for skill in found.skills] == ["recommender-systems"]
            assert text[found.skills[0].start : found.skills[0].end] == found.skills[0].surface
        normalized = await connect(ResumeAPI).normalize_skills(NormalizeTerms(terms=["推荐系统", "RecSys"], k=1))
        assert [[c.id for c in best] for best in normalized.results] == [["recommender-systems"]] * 2


async def test_job_texts_are_read_in_order(connect):
    texts = JobTexts(titles=["Nurse", "推荐算法工程师"], texts=["ICU care", "PyTorch"])
    with context.acting(OWNER):
        read = (await connect(ResumeAPI).read_texts(texts)).results
        assert [r.title.concept_id if r.title else None for r in read][1] == "recommender-systems-engineer"
        assert [s.concept_id for s in read[1].skills] == ["pytorch"]
        with pytest.raises(Invalid):
            await connect(ResumeAPI).read_texts(JobTexts(titles=["a"], texts=[]))


async def test_terms_are_normalized_to_an_uploaded_taxonomy(connect):
    api = connect(ResumeAPI)
    with context.acting(OWNER):
        assert (await api.put_taxonomy("自己的", COLOURS)).concepts == 3
        found = await api.normalize_skills(NormalizeTerms(terms=["焊接", "RecSys", "welder"], taxonomy="自己的", k=2))
        assert [best[0].id for best in found.results] == ["c1", "c2", "c1"]
        assert [len(best) for best in found.results] == [2, 2, 2]
        titles = await api.normalize_titles(NormalizeTitles(titles=["Senior Payroll"], taxonomy="自己的", k=1))
        assert titles.results[0][0].id == "c3"
        await api.put_taxonomy("自己的", TaxonomyUpload(concepts=[Concept(id="n", label="welding")]))
        found = await api.normalize_skills(NormalizeTerms(terms=["焊接"], taxonomy="自己的", k=5))
        assert [c.id for c in found.results[0]] == ["n"]
        names = [t.name for t in (await api.list_taxonomies()).items]
        assert names == ["looma-skills", "looma-titles", "自己的"]
        await api.delete_taxonomy("自己的")
        with pytest.raises(TaxonomyNotFound):
            await api.normalize_skills(NormalizeTerms(terms=["x"], taxonomy="自己的"))


async def test_taxonomies_are_listed_in_pages(connect):
    api, seen, cursor = connect(ResumeAPI), [], None
    with context.acting(OWNER):
        for name in ("a", "b", "c"):
            await api.put_taxonomy(name, COLOURS)
        for _ in range(5):
            page = await api.list_taxonomies(cursor=cursor, limit=1)
            seen += [t.name for t in page.items if not t.built_in]
            if (cursor := page.next_cursor) is None:
                break
    assert seen == ["a", "b", "c"]


async def test_what_comes_with_looma_is_not_replaced(connect):
    with context.acting(OWNER):
        with pytest.raises(TaxonomyReserved):
            await connect(ResumeAPI).put_taxonomy("looma-skills", COLOURS)
        with pytest.raises(TaxonomyReserved):
            await connect(ResumeAPI).delete_taxonomy("looma-titles")


async def test_organisations_do_not_see_each_other(connect):
    api, crm = connect(ResumeAPI), connect(CrmAPI)
    with context.acting(OWNER):
        await api.put_taxonomy("ours", COLOURS)
        kept = await crm.create_talent_from_resume(
            upload("陈示例\n邮箱：chen@example.cn\n技能：Python".encode(), "a.txt")
        )
    with context.acting(STRANGER):
        for ask in (
            api.delete_taxonomy("ours"),
            api.normalize_skills(NormalizeTerms(terms=["x"], taxonomy="ours")),
        ):
            with pytest.raises(TaxonomyNotFound):
                await ask
        with pytest.raises(ResumeNotFound):
            await api.get_resume(kept.resume_id)
        assert (await api.current_resumes(ResumeIds(talent_ids=[kept.talent_id]))).resumes == []
        assert [t.name for t in (await api.list_taxonomies()).items if not t.built_in] == []
    with context.acting(OWNER):
        stored = (await api.current_resumes(ResumeIds(talent_ids=[kept.talent_id, "none"]))).resumes
        assert [r.talent_id for r in stored] == [kept.talent_id]


async def test_a_viewer_reads_and_does_not_write(connect):
    with context.acting(VIEWER):
        assert (await connect(ResumeAPI).list_taxonomies()).items
        with pytest.raises(Forbidden):
            await connect(ResumeAPI).put_taxonomy("x", COLOURS)
