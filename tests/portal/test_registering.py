"""The registry by forms: one entry at a time, the whole always checked."""

import pytest

from tests.portal.city import City


def registry(town: City):  # type: ignore[no-untyped-def]
    found = town.office.registry()
    assert found is not None
    return found


def test_a_unit_is_added_changed_and_taken_out(town: City) -> None:
    client = town.visitor("supervisor")
    form = {"code": "U09", "name": "某某市水务局", "category": "政府部门", "parent": "U01"}
    assert client.post("/registry/units/new", data=form).status_code == 303
    assert registry(town).units[-1].name == "某某市水务局"
    page = client.get("/registry/units/U09").text
    assert "<option selected>政府部门</option>" in page
    assert client.post("/registry/units/U09", data=form | {"name": "某某市水利局"}).status_code == 303
    assert [unit.name for unit in registry(town).units if unit.code == "U09"] == ["某某市水利局"]
    assert "修改单位“某某市水利局”" in client.get("/registry").text
    assert client.post("/registry/units/U09/remove").status_code == 303
    assert len(registry(town).units) == 2


def test_an_account_keeps_its_source(town: City) -> None:
    client = town.visitor("supervisor")
    before = registry(town).accounts[0]
    page = client.get("/registry/accounts/a01").text
    assert before.source.url in page
    form = {"id": "a01", "unit": "U01", "platform": "微信", "kind": "服务号", "name": "健康某某号"}
    assert client.post("/registry/accounts/a01", data=form).status_code == 303
    after = registry(town).accounts[0]
    assert (after.name, after.source) == ("健康某某号", before.source)
    form |= {"source_type": "订阅源", "source_url": "http://127.0.0.1:8300/new.xml"}
    client.post("/registry/accounts/a01", data=form)
    assert registry(town).accounts[0].source.url == "http://127.0.0.1:8300/new.xml"


def test_a_sites_columns_stay(town: City) -> None:
    client = town.visitor("supervisor")
    text = client.get("/registry/export.yaml").text.replace(
        "  home: http://127.0.0.1:8101/\n",
        "  home: http://127.0.0.1:8101/\n  columns:\n"
        '  - {name: 通知公告, url: "http://127.0.0.1:8101/tzgg/", kind: notices}\n',
    )
    assert client.post("/registry/edit", data={"text": text}).status_code == 303
    form = {"id": "s01", "unit": "U01", "name": "卫健委网站", "home": "http://127.0.0.1:8101/"}
    assert client.post("/registry/sites/s01", data=form | {"obey_robots": "否"}).status_code == 303
    site = registry(town).sites[0]
    assert (site.name, site.obey_robots, len(site.columns)) == ("卫健委网站", False, 1)


@pytest.mark.parametrize(
    ("place", "form", "words"),
    [
        ("units/new", {"code": "U01", "name": "重复局", "category": "政府部门"}, "U01"),
        ("units/new", {"code": "U09", "name": "某局", "category": "办公室"}, "不在允许的取值之内"),
        ("units/new", {"code": "U09", "category": "政府部门"}, "单位名称"),
        ("sites/s01", {"home": "ftp://x"}, "ftp://x"),
        ("sites/s01", {"unit": "U99"}, "U99"),
    ],
)
def test_what_does_not_hold_is_refused_and_stays_to_be_mended(
    town: City, place: str, form: dict[str, str], words: str
) -> None:
    before = registry(town)
    answer = town.visitor("supervisor").post(f"/registry/{place}", data=form)
    assert answer.status_code == 422
    assert words in answer.text
    assert registry(town) == before


def test_a_unit_that_others_refer_to_stays(town: City) -> None:
    client = town.visitor("supervisor")
    assert client.post("/registry/units/U01/remove").status_code == 422
    assert client.post("/registry/units/none/remove").status_code == 404
    assert client.get("/registry/others/new").status_code == 404


def test_faults_of_the_text_lead_to_their_lines(town: City) -> None:
    text = "schemes: [changshu-2020]\nunits:\n  - {code: U01, name: 某局, category: office}\n"
    answer = town.visitor("supervisor").post("/registry/edit", data={"text": text})
    assert 'data-line="3"' in answer.text
