"""Policy packs are read, and every fault in one is named with its line."""

import hashlib
import re

import pytest

from answerable.errors import PackError, UsageError
from answerable.estimate import Status
from answerable.policy import Comparator, Confirmed, load_pack, load_packs, shipped_ids
from policy.making import PACK, ROOT

CHECK = "      threshold: 0\n"


def changed(old, new):
    assert old in PACK
    return PACK.replace(old, new)


def test_a_pack_is_read(write, measures):
    """Every key of the file arrives in the pack, with the defaults of those left out."""
    pack = load_pack(write(PACK), measures)
    clause = pack.clauses[0]
    assert (pack.id, pack.as_of, pack.confirmed, pack.in_force_from) == (
        "riverton",
        "2026-11",
        Confirmed.OFFICIAL,
        "",
    )
    assert (clause.citation, clause.asks) == ("Riverton Code 9.1", "a purpose on every search")
    assert clause.confirmed is Confirmed.OFFICIAL
    (check,) = clause.checks
    assert check.comparator is Comparator.AT_MOST
    assert (check.threshold, check.minimum_n, check.of) == (0, 1, "value")
    assert check.can_show == (Status.MET, Status.BREACHED)


def test_a_pack_names_the_bytes_it_was_read_from(write, measures):
    """The pack carries the SHA-256 of its file."""
    path = write(PACK)
    assert load_pack(path, measures).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_path_may_be_text(write, measures):
    """A name that ends in .yaml is a path, whether or not it is a Path."""
    assert load_pack(str(write(PACK)), measures).id == "riverton"


def test_outcomes_stand_in_one_order(write, measures):
    """However the outcomes are written, met stands before breached, so that the same pack gives the same bytes."""
    pack = load_pack(write(PACK + "      can_show: [breached, met]\n"), measures)
    assert pack.clauses[0].checks[0].can_show == (Status.MET, Status.BREACHED)


def test_a_byte_order_mark_is_no_fault(tmp_path, measures):
    """A file saved with a byte-order mark is read like any other."""
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + PACK.encode())
    assert load_pack(path, measures).id == "riverton"


def test_words_stay_as_they_were_typed(write, measures):
    """A title of "no" and a date are text, not a truth value and an instant."""
    text = changed("title: Riverton ordinance", "title: no") + ""
    pack = load_pack(write(text.replace("as_of:", "in_force_from: 2026-07-01\nas_of:")), measures)
    assert (pack.title, pack.in_force_from) == ("no", "2026-07-01")


def test_a_clause_takes_its_address_from_the_pack(write, measures):
    """A clause without an address of its own has the pack's."""
    pack = load_pack(write("address: https://riverton.example/code\n" + PACK), measures)
    assert pack.clauses[0].address == "https://riverton.example/code"


def test_parameters_and_can_show_are_read(write, measures):
    """A check may set parameters and say which outcomes its number can establish."""
    text = changed("searches.no_reason", "searches.lookback_beyond") + (
        "      parameters: {days: 60}\n      can_show: [breached]\n      because: It is so.\n"
        "    needs_document: the log of deletions\n"
    )
    (check,) = load_pack(write(text), measures).clauses[0].checks
    assert (check.parameters, check.can_show, check.because) == (
        {"days": 60},
        (Status.BREACHED,),
        "It is so.",
    )


LISTED = """\
    checks:
      - measure: reads.older_than
        parameters: {days: 60}
        comparator: at_most
        threshold: 0
        can_show: [breached]
        because: Another copy may be kept.
      - measure: searches.lookback_beyond
        parameters: {days: 60}
        can_show: []
        because: To ask is not to find.
    needs_document: the log of deletions
"""
SEVERAL = PACK.split("    check:")[0] + LISTED


def test_several_checks_are_read_in_their_order(write, measures):
    """A list of checks arrives whole, and each keeps what it can show."""
    first, second = load_pack(write(SEVERAL), measures).clauses[0].checks
    assert (first.measure, first.can_show) == ("reads.older_than", (Status.BREACHED,))
    assert (second.measure, second.can_show) == ("searches.lookback_beyond", ())


def test_a_number_may_stand_beside_a_clause_that_names_none(write, measures):
    """A check that can show nothing needs no comparator and no threshold."""
    _, check = load_pack(write(SEVERAL), measures).clauses[0].checks
    assert (check.comparator, check.threshold) == (None, None)


FAULTS = {
    "check and checks": (PACK + LISTED, 16, "both 'check' and 'checks'", "one of the two"),
    "no checks in the list": (
        PACK.split("    check:")[0] + "    checks: []\n    needs_document: x\n",
        11,
        "checks has no entries",
        "at least one",
    ),
    "the same number twice": (
        SEVERAL.replace("searches.lookback_beyond", "reads.older_than"),
        18,
        "'reads.older_than' twice",
        "once",
    ),
    "one of several needs a document": (
        SEVERAL.replace("    needs_document: the log of deletions\n", ""),
        8,
        "no 'needs_document'",
        "document",
    ),
    "no comparator where a number is to decide": (
        changed("      comparator: at_most\n", ""),
        12,
        "a check has no 'comparator'",
        "comparator:",
    ),
    "a threshold and no comparator": (
        SEVERAL.replace("        can_show: []", "        threshold: 0\n        can_show: []"),
        18,
        "a check has no 'comparator'",
        "comparator:",
    ),
    "a minimum and nothing to compare": (
        SEVERAL.replace("        can_show: []", "        minimum_n: 5\n        can_show: []"),
        20,
        "'minimum_n' stands in a check that compares nothing",
        "a comparator and a threshold",
    ),
    "unknown key": (changed("summary:", "sumary:"), 6, "unknown key 'sumary'", "'summary'?"),
    "missing key": (changed("jurisdiction: Riverton\n", ""), 1, "has no 'jurisdiction'", "jurisdiction:"),
    "empty value": (changed("title: Riverton ordinance", "title:"), 2, "nothing after 'title'", "title:"),
    "key twice": (PACK + "id: again\n", 15, "'id' twice", "line 1"),
    "key twice in a check": (PACK + CHECK, 15, "'threshold' twice", "line 14"),
    "clause id twice": (
        PACK + PACK.split("clauses:\n")[1],
        15,
        "two clauses have the id 'purpose'",
        "no other",
    ),
    "unknown measure": (changed("no_reason", "no_reson"), 12, "'searches.no_reson'", "'searches.no_reason'?"),
    "unknown parameter": (
        PACK + "      parameters:\n        day: 3\n",
        16,
        "no parameter 'day'",
        "takes none",
    ),
    "near parameter": (
        changed("no_reason", "lookback_beyond") + "      parameters:\n        day: 3\n",
        16,
        "no parameter 'day'",
        "'days'?",
    ),
    "parameter out of range": (
        changed("no_reason", "lookback_beyond") + "      parameters: {days: 4000}\n",
        15,
        "days is 4000",
        "from 0 to 3650",
    ),
    "parameter not whole": (
        changed("no_reason", "lookback_beyond") + "      parameters: {days: 1.5}\n",
        15,
        "days is 1.5",
        "a whole number of days",
    ),
    "parameter not a number": (
        changed("no_reason", "lookback_beyond") + "      parameters: {days: thirty}\n",
        15,
        "days is 'thirty'",
        "a number",
    ),
    "unknown comparator": (changed("at_most", "atmost"), 13, "'atmost'", "'at_most'?"),
    "share over 1": (changed("threshold: 0", "threshold: 5"), 14, "the threshold of a share is 5", "0.05"),
    "share in per cent": (changed("threshold: 0", "threshold: 5 %"), 14, "'5 %'", "0.05"),
    "not a number": (changed("threshold: 0", "threshold: none at all"), 14, "'none at all'", "a number"),
    "no finite number": (changed("threshold: 0", "threshold: .inf"), 14, "'.inf'", "a number"),
    "enormous number": (changed("threshold: 0", "threshold: " + "9" * 400), 14, "too large", "ordinary"),
    "octal": (changed("threshold: 0", "threshold: 010"), 14, "'010'", "a number"),
    "part of a count": (
        changed("no_reason", "gap_days").replace("threshold: 0", "threshold: 0.5"),
        14,
        "the threshold of a count is 0.5",
        "a whole number",
    ),
    "nothing can fail": (changed("threshold: 0", "threshold: 1"), 14, "holds of any", "can fail"),
    "nothing can pass": (changed("at_most", "less_than"), 14, "holds of no", "can pass"),
    "numerator of a quantity": (
        changed("no_reason", "gini") + "      of: numerator\n",
        15,
        "quantity",
        "value",
    ),
    "of what": (PACK + "      of: share\n", 15, "of is 'share'", "'value'"),
    "minimum of none": (PACK + "      minimum_n: 0\n", 15, "minimum_n is 0", "1 or more"),
    "unknown outcome": (PACK + "      can_show: [broken]\n", 15, "'broken'", "'met'"),
    "outcome twice": (PACK + "      can_show: [met, met]\n      because: x\n", 15, "twice", "once"),
    "no because": (PACK + "      can_show: [met]\n", 15, "no 'because'", "because:"),
    "idle because": (PACK + "      because: It is so.\n", 15, "does not leave out", "can_show: []"),
    "nothing to ask for": (
        PACK + "      can_show: []\n      because: x\n",
        8,
        "no 'needs_document'",
        "document",
    ),
    "neither check nor document": (PACK.split("    check:")[0], 8, "no 'check'", "document"),
    "unknown confirmed": (changed("official", "officially"), 5, "'officially'", "'official'?"),
    "mixed without saying": (changed("official", "mixed"), 8, "pack is mixed", "confirmed:"),
    "not what its clauses are": (
        changed("asks:", "confirmed: secondary\n    asks:"),
        5,
        "its clauses are secondary",
        "confirmed: secondary",
    ),
    "id with capitals": (changed("id: riverton", "id: Riverton"), 1, "'Riverton'", "small letters"),
    "date that is none": (changed("2026-11", "2026-13"), 4, "'2026-13'", "YYYY-MM"),
    "date in words": (changed("as_of: 2026-11", "as_of: November"), 4, "'November'", "YYYY"),
    "a script as address": ("address: javascript:alert(1)\n" + PACK, 1, "javascript", "https://"),
    "an address with a quotation mark": (
        'address: https://x.example/"onx\n' + PACK,
        1,
        "address",
        "https://",
    ),
    "clauses not a list": (PACK.split("  - id")[0] + "  purpose: x\n", 8, "not a list", "'- '"),
    "no clauses": (PACK.split("  - id")[0].replace("clauses:", "clauses: []"), 7, "no clauses", "one entry"),
    "clause not keys": (PACK.split("  - id")[0] + "  - purpose\n", 8, "not a set of keys", "key: value"),
    "text that is a list": (
        changed("title: Riverton ordinance", "title: [a]"),
        2,
        "not a piece of text",
        "one value",
    ),
    "a tag": (changed("title: R", "title: !!python/object:os.system R"), 2, "a tag", "!tags"),
    "an anchor": (changed("title: R", "title: &t R"), 2, "anchor", "written out"),
    "an alias": (PACK + "      note: *t\n", 15, "alias", "written out"),
    "a second document": (PACK + "---\nid: b\n", 15, "second document", "one policy pack"),
    "deep nesting": ("id: " + "[" * 5000 + "]" * 5000, 1, "nesting", "clauses"),
    "not YAML": (changed("title: Riverton", "title: City: Riverton"), 2, "not YAML", "YAML"),
    "tabs": (changed("    citation", "\tcitation"), 9, "not YAML", "indented by spaces"),
    "a control character": (changed("Riverton ordinance", "River\x07ton"), 2, "does not allow", "control"),
}


@pytest.mark.parametrize(("text", "line", "found", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_line(*, write, measures, text, line, found, expected):
    """Each fault gives the file, the line, what was found, what was expected and what to do."""
    path = write(text)
    with pytest.raises(PackError) as caught:
        load_pack(path, measures)
    assert caught.value.where == f"{path}, line {line}"
    assert found in caught.value.what
    assert expected in caught.value.expected
    assert caught.value.do


def test_aliases_that_grow_are_refused_at_once(write, measures):
    """A few lines of aliases that would grow into billions of values are refused."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(PackError, match="anchor"):
        load_pack(write("\n".join(lines)), measures)


def test_a_huge_file_is_refused(write, measures):
    """A file over the limit is refused before it is read as YAML."""
    with pytest.raises(PackError, match=r"more than 1,000,000 bytes"):
        load_pack(write("# " + "x" * 1_000_001), measures)


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path, measures):
    """Latin-1 text is refused, and the line of the first wrong byte is named."""
    path = tmp_path / "latin.yaml"
    path.write_bytes("id: a\ntitle: café\n".encode("latin-1"))
    with pytest.raises(PackError, match=r"line 2: byte 17 is not UTF-8"):
        load_pack(path, measures)


@pytest.mark.parametrize("text", ["", "\n# nothing here\n"])
def test_an_empty_file_is_refused(write, measures, text):
    """A file without a pack says that it is empty."""
    with pytest.raises(PackError, match="the file is empty"):
        load_pack(write(text), measures)


def test_a_missing_file_is_named(tmp_path, measures):
    """A path at which nothing stands gives the system's reason."""
    with pytest.raises(PackError, match="No such file"):
        load_pack(tmp_path / "none.yaml", measures)


def test_a_folder_is_no_pack(tmp_path, measures):
    """A folder given as a pack is an error, not a traceback."""
    with pytest.raises(PackError, match="cannot be read"):
        load_pack(tmp_path, measures)


def test_an_unknown_id_gets_the_nearest(measures):
    """A mistyped id is answered by the one that comes nearest."""
    with pytest.raises(UsageError, match="good-practice"):
        load_pack("good-practise", measures)


@pytest.mark.parametrize("name", ["../secrets", "us-ca\0", "us-ca\0.yaml", ""])
def test_an_id_cannot_leave_the_folder_of_packs(measures, name):
    """An id with a folder, a NUL or nothing in it finds no file."""
    with pytest.raises((PackError, UsageError)):
        load_pack(name, measures)


def test_the_same_pack_twice_is_one(write, measures):
    """A pack that is asked for twice is judged once."""
    path = write(PACK)
    assert [pack.id for pack in load_packs([path, str(path)], measures)] == ["riverton"]


def test_two_packs_of_one_id_are_refused(write, measures):
    """Two different files with one id are refused, since their findings could not be told apart."""
    with pytest.raises(UsageError, match="two different packs"):
        load_packs([write(PACK), write(PACK + "# other\n", "other.yaml")], measures)


def test_shipped_ids_are_in_order():
    """The shipped packs are named in alphabetical order."""
    ids = shipped_ids()
    assert list(ids) == sorted(ids)
    assert all(re.fullmatch(r"[a-z-]+", name) for name in ids)


def test_no_shipped_pack_is_a_stray_file():
    """Every file in the folder of packs is a pack."""
    folder = ROOT / "src" / "answerable" / "policy" / "packs"
    assert {path.name for path in folder.iterdir()} == {f"{name}.yaml" for name in shipped_ids()}
