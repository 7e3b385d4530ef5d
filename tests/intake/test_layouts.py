"""Layouts: exactly one fits, or the file is refused with what would help."""

import tomllib

import pytest

from answerable.errors import LayoutError
from answerable.intake.drafts import suggest
from answerable.intake.layout_files import load_layout
from answerable.intake.layouts import choose, nearest
from answerable.programmes.plates.records import KINDS, SEARCH
from exports import HEADER_14

FACTS = {
    "search-audit-14": HEADER_14,
    "search-audit-13": HEADER_14.replace("Total Devices Searched,", ""),
    "search-audit-11": "Name,Org Name,Total Networks Searched,Total Devices Searched,Time Frame,License Plate,Reason,Case #,Filters,Search Time,Search Type",
    "search-audit-10": "ID,Name,Org Name,Total Networks Searched,License Plate,Reason,Case #,Filters,Search Time,Search Type",
    "search-audit-pdf": "ID,Org_Name,Total_Networks_Searched,Total_Devices_Searched,Time_Frame_Start,Time_Frame_End,Reason,Search_Time,Search_Type,Moderation",
    "portal-camera-count": "id,userId,searchDate,cameraCount,reason",
    "portal-network-count": "id,userId,searchDate,networkCount",
    "network-count-5": "ID,userID,networkCount,Search Time,Reason",
    "released-five": "Org Name,Total Networks Searched,Time Frame,Search Time,Search Type",
    "split-date": "Search Date,Search Time,Name,Reason",
    "reason-and-time": "Reason,DateTime",
    "system-events": "Timestamp,User,Event Type,Entity Type,Entity Details,Event Id",
    "sharing-list": "Organization Name,Networks Shared With Me,Networks I'm Sharing",
    "sharing-edges": "src_agency,external_agency,src_agency_id,external_agency_id",
    "portal-figures": "id,agency,updated,accessed,url,data_retention_in_days,number_of_owned_cameras,external_organizations_with_access,hotlists_alerted_on,vehicles_detected_in_the_last_30_days,hotlist_hits_in_the_last_30_days,searches_in_the_last_30_days,public_search_audit",
    "video-hub": "user,user_organization,object_type,operation,client,object_name,object_organization,location_name,timestamp,updated_timestamp,duration,incident_id,notes,Latitude,Longitude",
    "raw-reads": "zipcode,dt,location,address,device,plate_hash,lon,lat,more",
}


def test_every_layout_of_searches_is_tried(layouts):
    """A layout of searches that is shipped has been seen, and its header stands above."""
    assert {layout.name for layout in layouts if layout.kind == "search"} <= set(FACTS)


@pytest.mark.parametrize(("name", "header"), FACTS.items())
def test_each_header_of_the_facts_has_one_layout(layouts, name, header):
    """Every header that has been seen is known, and by one layout only."""
    assert choose(header.split(","), layouts, where="x").name == name


@pytest.mark.parametrize(
    "extra",
    [
        "",
        ",reason",
        ",reason,caseNumber",
        ",caseNumber,offenseType",
        ",reason,caseNumber,offenseType",
        ",offenseType",
        ",caseNumber",
    ],
)
def test_the_portals_seven_variants_fit(layouts, extra):
    """A portal's audit carries any subset of three columns."""
    assert (
        choose(f"id,userId,searchDate,networkCount{extra}".split(","), layouts, where="x").name
        == "portal-network-count"
    )


@pytest.mark.parametrize("gone", [",Moderation", ",Text Prompt", ",Org Name"])
def test_columns_that_come_and_go_do_not_matter(layouts, gone):
    """Some exports lack the prompt, the moderation or the organisation."""
    assert choose(HEADER_14.replace(gone, "").split(","), layouts, where="x").name == "search-audit-14"


def test_case_spaces_underscores_and_order_do_not_matter(layouts):
    """A header is known however it is written."""
    header = [f" {name.upper().replace(' ', '_')} " for name in reversed(HEADER_14.split(","))]
    assert choose(header, layouts, where="x").name == "search-audit-14"


def test_an_unknown_column_is_refused_with_the_nearest(layouts):
    """A column that no layout knows may be the one that matters, so the file is refused."""
    with pytest.raises(LayoutError, match="search-audit-14: does not know 'Officer Badge'"):
        choose([*HEADER_14.split(","), "Officer Badge"], layouts, where="x")


def test_an_ambiguous_header_is_refused(layouts, tmp_path):
    """Two layouts that fit are not chosen between."""
    known = next(layout for layout in layouts if layout.name == "search-audit-14")
    text = known.path.read_text().replace(f'name = "{known.name}"', 'name = "other"')
    (tmp_path / "other.toml").write_text(text)
    both = (*layouts, load_layout(tmp_path / "other.toml", KINDS))
    with pytest.raises(LayoutError, match="fits 2 layouts"):
        choose(FACTS[known.name].split(","), both, where="x")


def test_a_repeated_column_is_refused(layouts):
    """Two columns of one name cannot be told apart."""
    with pytest.raises(LayoutError, match="more than once"):
        choose(["Reason", "DateTime", "reason"], layouts, where="x")


def test_the_suggested_layout_can_be_read_and_fits(layouts, tmp_path):
    """What `inspect` prints for an unknown header is a layout that works once its question is answered."""
    header = ["Officer", "Reason", "DateTime", "License Plate"]
    assert nearest(header, layouts)[0].layout.name == "reason-and-time"
    text = suggest(header, layouts, SEARCH)
    assert tomllib.loads(text)["columns"]["plate"] == ["License Plate"]
    (tmp_path / "mine.toml").write_text(text)
    assert load_layout(tmp_path / "mine.toml", KINDS).fits(header)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = ", "not a TOML file"),
        ('kind = "search"\ncolour = 1', "unknown key 'colour'"),
        ('kind = "reads"', "kind is 'reads'"),
        ('kind = "search"\n[columns]\nreasons = ["R"]', "no field 'reasons'"),
        ('kind = "search"\n[columns]\nreason = ["R"]', "no column fills 'searched_at'"),
        ('kind = "search"\n[columns]\nsearched_at = ["T"]\n[times]\norder = "YMD"', "times.order is 'YMD'"),
        ('kind = "search"\n[columns]\nsearched_at = ["T"]\n[times]\nzone = "PST"', "times.zone is 'PST'"),
        (
            'kind = "search"\n[columns]\nsearched_at = ["T"]\n[times]\nformat = "%Y"',
            "unknown key 'format' under",
        ),
        ('kind = "search"\noptional = ["plate"]\n[columns]\nsearched_at = ["T"]', "optional names 'plate'"),
    ],
)
def test_a_wrong_layout_file_says_what_is_wrong(tmp_path, text, words):
    """Each mistake in a layout file is named."""
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(LayoutError, match=words):
        load_layout(path, KINDS)
