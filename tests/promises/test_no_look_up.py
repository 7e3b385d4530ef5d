"""Nothing takes a plate, name, face or address as a query, and nothing ranks or foretells: the whole public surface."""

import inspect
import re

import pytest
import typer

import answerable
from answerable.estimate import Estimate, Part
from answerable.intake.kinds import Role
from answerable.programmes import PROGRAMMES
from answerable.programmes.measure import Share
from answerable.report import Audited, Contents, write_outputs
from promises.surface import Taken, commands, functions, modules, options, parameters, settings, surface

# What a look-up would be given. A parameter is refused where a word of its name is one of these.
IDENTITY = {
    "account", "accounts", "address", "addresses", "car", "driver", "drivers", "face", "faces", "identifier", "identity",
    "licence", "license", "name", "names", "owner", "owners", "people", "person", "persons", "phone", "phones",
    "plate", "plates", "pseudonym", "pseudonyms", "query", "subject", "subjects", "suspect", "suspects", "tag", "target",
    "targets", "user", "username", "users", "vehicle", "vehicles", "vin", "wanted", "who", "whom",
}  # fmt: skip  # a list of words
PAIRS = re.compile(r"case_?(number|no|nr|num|id)s?\b", re.IGNORECASE)
# What is said of a parameter that is given an identity, whatever the parameter is called.
SAID = re.compile(
    r"\b(plates?|faces?|persons?|people|vehicles?|phones?|telephones?|drivers?|owners?|case numbers?|pseudonyms?"
    r"|look(s|ed|ing)? (\w+ )?up|search(es|ed)? for|to (find|locate|track|trace|identify))\b",
    re.IGNORECASE,
)
# What a function or command that breaks a promise would be called.
DEEDS = {
    "find", "finder", "forecast", "forecasts", "identify", "lookup", "locate", "match", "predict", "prediction",
    "predictions", "rank", "ranking", "rankings", "recognise", "recognize", "reidentify", "score", "search", "trace",
    "track", "tracker", "unmask", "watch", "whereabouts",
}  # fmt: skip  # a list of words

# Every exception, by its qualified name and under its reason. A new parameter is not in here, and so fails.
_ALLOWED = {
    "the name of a thing that is shipped, as the lists show it": """
        answerable.auditing.catalogue.measure(name) answerable.auditing.catalogue.policy(name)
        answerable.auditing.catalogue.layout(name) answerable.policy.load.load_packs(names)
        answerable.auditing.rules.keep_packs(names)
        answerable.programmes.plates.simulate.exports.export(name)
        answerable.programmes.plates.simulate.exports.Export(name)
        answerable measures show(name) answerable policies show(name) answerable layouts show(name)""",
    "the name of a view, table or column in SQL": """
        answerable.engine.dialect.identifier(name) answerable.engine.duckdb.DuckDB.view(name)
        answerable.engine.duckdb.DuckDB.table(name) answerable.engine.duckdb.DuckDB.parquet(name)
        answerable.engine.duckdb.DuckDB.register(name) answerable.engine.duckdb.DuckDB.unregister(name)
        answerable.engine.protocol.Engine.view(name) answerable.engine.protocol.Engine.table(name)
        answerable.engine.protocol.Engine.parquet(name) answerable.programmes.programme.View(name)
        answerable.engine.macros.requote(name) answerable.engine.spark.Spark.parquet(name)
        answerable.engine.spark.Spark.table(name) answerable.engine.spark.Spark.view(name)
        answerable.engine.steps.Step(name) answerable.engine.reader.SparkReader.columnar(name)
        answerable.engine.reader.SparkReader.one_row(name) answerable.engine.reader.SparkReader.text(name)
        answerable.intake.columnar.ColumnarTable.relation_on_spark(name)
        answerable.programmes.faces.pairing.Grouping(sql)""",
    "the name of a file or of a sheet": """
        answerable.intake.accounting.Source(name) answerable.intake.containers.Item(name)
        answerable.review.sample.Origin(name)
        answerable.intake.inspect.FileView(name) answerable.intake.opening.Opened(name)
        answerable.intake.opening.Unmatched(name) answerable.intake.preflight.look(name)
        answerable.intake.tables.BookTable(name) answerable.intake.tables.JsonTable(name)
        answerable.intake.tables.sheets(name) answerable.intake.columnar.ColumnarTable(name)
        answerable.engine.hadoop.RemoteFile(name) answerable.intake.unfolding.bounded(name)
        answerable.intake.unfolding.check_unfolded(name) answerable.intake.unfolding.damaged(name)
        answerable.intake.arrays.ArrayTable(name) answerable.intake.arrays.ArrayTable(names)
        answerable.intake.arrays.make_table(name) answerable.intake.arrays.npy_table(name)
        answerable.intake.candidates.Candidate(name) answerable.intake.hdf5.tables(name)
        answerable.intake.npy.chunks(name) answerable.intake.npy.read_header(name)
        answerable.intake.relations.streamed(name)
        answerable.intake.geojson.MapTable(name) answerable.intake.geojson.geojson_table(name)
        answerable.intake.maps.tables(name)""",
    "the name of a definition: a kind, field, layout, measure, programme, time zone or key of a pack": """
        answerable.intake.kinds.Field(name) answerable.intake.kinds.RecordKind(name)
        answerable.intake.kinds.RecordKind.field(name) answerable.intake.layouts.Layout(name)
        answerable.intake.columns.check_timezone(name) answerable.programmes.measure.Measure(name)
        answerable.programmes.measure.Share(name) answerable.programmes.measure.Query(name)
        answerable.programmes.measure.Computed(name) answerable.intake.columns.Plan.comparable(name)
        answerable.programmes.measure.Tabled(name) answerable.programmes.accounting.rows_measure(name)
        answerable.intake.columns.Plan.cells(name) answerable.intake.kinds.Field(of)
        answerable.biometrics.differentials.Differential(name)
        answerable.programmes.programme.Programme(name) answerable.report.contents.Audited(name)
        answerable.policy.marked.Marked.mapping(name) answerable.policy.marked.Marked.free_mapping(name)
        answerable.policy.marked.Marked.items(name) answerable.policy.marked.Marked.text(name)
        answerable.policy.marked.Marked.number(name) answerable.policy.marked.Marked.choice(name) answerable.programmes.forecasts.measures.worth.tabled(name)""",
    "how many people live in each area, and which share of them a census counts in a group": """
        answerable.programmes.forecasts.laying.Judged(groups) answerable.programmes.forecasts.laying.Judged(population)""",
    "what comparisons are grouped by: sex, region": "answerable.programmes.faces.pairing.Grouping(name)",
    "the name of a drawing, a breakdown or a link within the report's page": """
        answerable.report.drawing.draw(name) answerable.report.figures.breakdown_title(name)
        answerable.report.page.anchor(name) answerable.report.det.Trade(name) answerable.report.det.det(names)
        answerable.report.det_labels.name_curves(names) answerable.report.names.place_far(name)
        answerable.report.names.place_names(names) answerable.report.together.Curve(name)
        answerable.report.together.together(names)""",
    "the false match rate at which a curve is marked": """
        answerable.programmes.section.Chart(target)""",
    "an auditor who works on the case in a browser, and the list of those: never anybody in its records": """
        answerable people add(name) answerable people remove(name) answerable.showing.serving.added(person)
        answerable.web.doors.Doors(people) answerable.web.doors.Doors.admit(person) answerable.web.doors.Doors.at(people)
        answerable.web.doors.Session(person) answerable.web.doors.Session(reviewers)
        answerable.web.hall.Hall.note(who) answerable.web.starting.Served(people)""",
    "where a server listens, and the link that opens it": """
        answerable.web.starting.Listening(host) answerable.web.starting.Served(link)""",
    "the name of a review, of its form or of a question in it": """
        answerable review adjudicate(name) answerable review conclude(name) answerable review draw(name)
        answerable review export(name) answerable review import(name) answerable review judge(name)
        answerable review status(name) answerable.auditing.reviewing.conclude_review(name)
        answerable.auditing.reviewing.export_items(name) answerable.auditing.reviewing.form_of(name)
        answerable.auditing.reviewing.import_items(name) answerable.auditing.reviewing.review_of(name)
        answerable.cli.review.adjudicate(name) answerable.cli.review.conclude(name) answerable.cli.review.draw(name)
        answerable.cli.review.export(name) answerable.cli.review.judge(name) answerable.cli.review.status(name)
        answerable.cli.review.take(name) answerable.review.desk.open_desk(name) answerable.review.forms.Form.question(name)
        answerable.review.sample.Request(name)""",
    "the name under which an auditor judges: who audits is written down, who was searched for is not": """
        answerable.review.journal.Entry(who)""",
    "the web address where a rule can be read": """
        answerable.estimate.Finding(address) answerable.policy.pack.Clause(address) answerable.policy.pack.Pack(address)
        a policy pack's pack(address) a policy pack's clause(address)""",
    "whether the rows of a kind hold plates: yes or no": """
        answerable.intake.kinds.RecordKind(sealed)""",
    "the label of a log, or of several, as the user calls a file or folder": """
        answerable audit(name_path) answerable.recapture.models.log_linear(names)
        answerable.recapture.tables.Table(names) answerable.recapture.tables.table(names)""",
    "how many accounts a share is taken of: a number": """
        searches.top_users(users)""",
    "how often one plate must recur to be counted: a number": """
        searches.repeated_plate(times)""",
    "a pattern of what looks like one in a reason, so that such reasons are counted": """
        answerable.programmes.plates.lexicon.Lexicon(plates) answerable.programmes.plates.lexicon.Lexicon(not_plates)
        answerable.programmes.plates.lexicon.Lexicon(phones) answerable.programmes.plates.lexicon.Lexicon(names)""",
    "how many, or what share, a synthetic town or county has of it: a number": """
        answerable.programmes.plates.simulate.town.Town(users)
        answerable.programmes.plates.simulate.town.Town(plate_in_reason)
        answerable.programmes.plates.simulate.town.Town(name_in_reason)
        answerable.programmes.plates.simulate.town.Town(phone_in_reason)
        answerable.programmes.plates.simulate.town.Town(no_case_number)
        answerable.programmes.plates.simulate.town.Town(wildcard)
        answerable.programmes.plates.simulate.town.Town(followers)
        answerable.programmes.plates.simulate.county.County(elsewhere)
        answerable.programmes.plates.simulate.county.County(issuers)
        answerable.programmes.plates.simulate.county.County(lookalike)
        answerable.programmes.plates.simulate.county.County(other_issuer)
        answerable.programmes.plates.simulate.county.County(sought)
        answerable.programmes.plates.simulate.county.County(stale)
        answerable.programmes.plates.simulate.county.County(stopped)
        answerable.programmes.plates.simulate.county.County(through)
        answerable.programmes.plates.simulate.read_counts.ReadTruth(seen)
        answerable.programmes.plates.simulate.read_counts.ReadTruth(texts)
        answerable.programmes.plates.simulate.read_counts.ReadTruth(vehicles)""",
    "how many people were compared, or which numbers from 0 stand for them: counts go in, and rates come out": """
        answerable.biometrics.contributions.Contributions(alone)
        answerable.biometrics.contributions.Contributions(apart)
        answerable.biometrics.contributions.Contributions(order)
        answerable.biometrics.contributions.Contributions(pair_moves)
        answerable.biometrics.contributions.Contributions(pair_squares)
        answerable.biometrics.contributions.Contributions(people)
        answerable.biometrics.enough.Needed(comparisons) answerable.biometrics.enough.Needed(people)
        answerable.biometrics.enough.for_limit(mated) answerable.biometrics.enough.for_limit(people)
        answerable.biometrics.enough.for_limit(spread) answerable.biometrics.enough.for_ratio(mated)
        answerable.biometrics.enough.for_ratio(people) answerable.biometrics.enough.for_ratio(spread)
        answerable.biometrics.pairs.Pairs(subjects) answerable.biometrics.pairs.count_pairs(second)
        answerable.biometrics.pairs.count_pairs(subjects)
        answerable.biometrics.permutation.permutation_test(counts) answerable.biometrics.subjects.Rates(people)
        answerable.biometrics.templates.GroupHistograms(mated)
        answerable.biometrics.templates.GroupHistograms(non_mated)
        answerable.biometrics.vertex.drawn_weights(subjects)
        answerable.programmes.faces.grouping.Grouped(pairs)
        answerable.programmes.faces.measures.outcomes.finish_wrong(headline)
        candidates.wrong_lead(prevalence)
        answerable.programmes.faces.ordering.numbered(people) answerable.programmes.faces.ordering.numbered(first)
        answerable.programmes.faces.grouping.Grouped(large)""",
    "how many of what a synthetic laboratory, office and street are made of": """
        answerable.programmes.faces.simulate.laboratory.Evaluation(goats)
        answerable.programmes.faces.simulate.laboratory.Evaluation(impostors)
        answerable.programmes.faces.simulate.laboratory.Evaluation(people)
        answerable.programmes.faces.simulate.laboratory.Evaluation(regions)
        answerable.programmes.faces.simulate.laboratory.Evaluation(spread)
        answerable.programmes.faces.simulate.laboratory.EvaluationTruth(people)
        answerable.programmes.faces.simulate.office.Office(alone)
        answerable.programmes.faces.simulate.office.Office(wrong)
        answerable.programmes.faces.simulate.street.Street(counted_anew)
        answerable.programmes.faces.simulate.street.Street(faces)
        answerable.programmes.faces.simulate.street.Street(false_alerts)
        answerable.programmes.faces.simulate.street.Street(true_alerts)""",
    "the codes of invented users and plates, as they were drawn": """
        answerable.programmes.plates.simulate.drawing.Searches(user)
        answerable.programmes.plates.simulate.drawing.Searches(plate)
        answerable.programmes.plates.simulate.drawing.Searches(no_plate)
        answerable.programmes.plates.simulate.readings.Readings(vehicle)
        answerable.programmes.plates.simulate.lettering.Lettering.alike(plates)
        answerable.programmes.plates.simulate.lettering.Lettering.issued(vehicles)
        answerable.programmes.plates.simulate.lettering.Lettering.issuers(vehicles)
        answerable.programmes.plates.simulate.lettering.Lettering.read(plates)
        answerable.programmes.plates.simulate.lettering.coded(plates)""",
    "a table of pseudonyms within the engine, made for a whole column": """
        answerable.intake.columns.Plan(frequent)""",
    "the name of a table as its file has it, or of its columns, of a field, or of a relation in SQL": """
        answerable.intake.arrays.ArrayTable(name) answerable.intake.arrays.ArrayTable(names)
        answerable.intake.arrays.make_table(name) answerable.intake.arrays.npy_table(name)
        answerable.intake.candidates.Candidate(name) answerable.intake.columns.Plan.cells(name)
        answerable.intake.hdf5.tables(name) answerable.intake.npy.chunks(name)
        answerable.intake.npy.read_header(name) answerable.intake.relations.streamed(name)""",
}
_ALLOWED_DEEDS = {
    "finds a row, a column or repeated records in a file": """
        answerable.intake.duplicates.find_repeats answerable.intake.headers.find_header
        answerable.intake.layouts.Layout.find""",
    "orders findings by how firmly their clause was confirmed": """
        answerable.policy.pack.Confirmed.rank""",
}


def listed(groups):
    """Give every exception."""
    words = [" ".join(group.split()) for group in groups.values()]
    return {
        each
        for group in words
        for each in re.findall(r"(?:answerable (?:[a-z]+ )*|a policy pack's )?\S+\)|[\w.]+", group)
    }


ALLOWED, ALLOWED_DEEDS = listed(_ALLOWED), listed(_ALLOWED_DEEDS)


def refused(taken):
    """Say whether something takes what a look-up would be given, by its name or by what is said of it."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", taken.name).lower().split("_")
    return bool(IDENTITY & set(words) or PAIRS.search(taken.name) or SAID.search(taken.said))


def a_deed(where):
    """Say whether a function or command is named after what the promises rule out."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", re.split(r"[. ]", where)[-1]).lower().split("_")
    return bool(DEEDS & set(words))


def everything_done():
    """Give the name of every function, class, method and command."""
    return [where for module in modules() for where, _ in functions(module)] + [
        where for where, _ in commands()
    ]


def test_nothing_takes_an_identity():
    """No parameter of any function, command, measure or pack takes a plate, name, face, address or person."""
    assert sorted({str(taken) for taken in surface() if refused(taken)} - ALLOWED) == []


def test_every_exception_is_still_needed():
    """The list of exceptions names what there is, and no more."""
    assert sorted(ALLOWED - {str(taken) for taken in surface() if refused(taken)}) == []
    assert sorted(ALLOWED_DEEDS - {where for where in everything_done() if a_deed(where)}) == []


def test_nothing_is_named_after_a_look_up_or_a_ranking():
    """No function and no command finds, tracks, identifies, ranks or foretells."""
    assert sorted({where for where in everything_done() if a_deed(where)} - ALLOWED_DEEDS) == []


def test_the_surface_is_the_whole_surface():
    """The walk reaches the public names, each command with its options, each measure and the keys of packs."""
    taken = {str(each) for each in surface()}
    assert {
        "answerable.auditing.run.audit(paths)", "answerable.auditing.opened.open_case(path)",
        "answerable.auditing.opened.Case.verify(sources)", "answerable audit(paths)", "answerable audit(timezone)",
        "answerable verify(sources)", "answerable measures show(as_json)", "searches.lookback_beyond(days)",
        "a policy pack's check(measure)", "answerable.intake.take.take_in(key)",
    } <= taken  # fmt: skip  # a list of words
    homes = {getattr(answerable, name).__module__ + "." + name for name in answerable.__all__}
    assert homes <= set(everything_done())
    assert {where for where, _ in commands()} >= {
        "answerable audit",
        "answerable simulate",
        "answerable layouts show",
    }


@pytest.mark.parametrize(
    "source",
    [
        "def show(plate): ...",
        "def show(case_number=''): ...",
        "def show(*, userName): ...",
        "def show(*faces): ...",
        "def show(home_address): ...",
        "def show(what):\n    '''Show.\n\n    Args:\n        what: Whose vehicle it is.\n    '''",
        "def show(what):\n    '''Show.\n\n    Args:\n        what: The text\n            to look up.\n    '''",
        "class Show:\n    def __init__(self, person): ...",
    ],
)
def test_a_look_up_would_be_caught(source):
    """A function that takes an identity is refused, whether its parameter or its docstring says so."""
    made = {}
    exec(source, made)  # noqa: S102 - the source is written above
    (thing,) = (each for name, each in made.items() if name.lower() == "show")
    taken = list(parameters("answerable.new.show", thing))
    assert taken
    assert any(map(refused, taken))


def test_a_find_command_would_be_caught():
    """A command to find a plate is refused by its name, by its argument and by its help."""
    app = typer.Typer()

    @app.command()
    def find(text: str = typer.Argument(metavar="PLATE", help="What to search for.")): ...

    command = typer.main.get_command(app)
    assert a_deed("answerable find")
    assert sum(map(refused, options("answerable find", command))) >= 2
    assert not any(map(refused, [Taken("x", "paths", "Files and folders of records."), Taken("x", "seed")]))


def test_a_method_that_finds_would_be_caught():
    """Methods and properties are walked too: a class does not hide a look-up."""
    module = inspect.getmodule(Part)
    assert {where for where, _ in functions(module)} >= {"answerable.estimate.Estimate.figure"}
    assert a_deed("answerable.estimate.Estimate.find_user")
    assert a_deed("answerable.estimate.trackVehicle")
    assert not a_deed("answerable.auditing.opened.Case.findings")


def test_no_measure_takes_text():
    """What a policy sets in a measure is a number within bounds, so no value of it can be anybody's name."""
    numbers = [
        each for programme in PROGRAMMES for one in programme.measures for each in one.parameters.values()
    ]
    assert numbers
    for each in numbers:
        assert isinstance(each.default, int | float)
        with pytest.raises(ValueError, match="number of"):
            each.check("KNRY-1")
    assert any(taken.where == "searches.top_users" for taken in settings())


# --- what comes out -----------------------------------------------------------------------------------------------

INSIDE = sorted(
    {
        field.name
        for programme in PROGRAMMES
        for kind in programme.kinds
        for field in kind.fields
        if field.role in (Role.IDENTIFIER, Role.FREE_TEXT, Role.KEY)
    }
)


def test_no_measure_is_broken_down_by_an_identifier(audited):
    """No part of any measure is an account, a plate, a case file or a reason."""
    shares = [one for programme in PROGRAMMES for one in programme.measures if isinstance(one, Share)]
    assert not {column for one in shares for column in one.by} & {*INSIDE, "account"}
    names = {
        name
        for one in answerable.open_case(audited.case).measures.values()
        if isinstance(one, Estimate)
        for name in one.breakdowns
    }
    assert {"agency", "month"} <= names
    assert not names & {*INSIDE, "account"}


def contents(breakdown):
    """Give the contents of a report with one measure, broken down by something."""
    parts = (Part("4711", None, 1, 2),)
    estimate = Estimate(
        measure="searches.new", title="New", kind="share", value=0.5, numerator=1, denominator=2, unit="share of searches",
        rule="", sql="SELECT 1", sentence="1 of 2 searches (50 %).", breakdowns={breakdown: parts},
    )  # fmt: skip  # a list of words
    return Contents(
        case="case", version="1", as_of="", seed=0, timezone="", policies=(), sources=(), overlaps=(), repeated=(), left_out=(),
        estimates={"searches.new": estimate}, findings=(), programmes=tuple(map(Audited.of, PROGRAMMES)),
    )  # fmt: skip  # a list of words


@pytest.mark.parametrize("name", [*INSIDE, "account", "User Name", "PLATE", "pseudonym", "vehicle"])
def test_the_report_refuses_a_breakdown_by_an_identifier(tmp_path, name):
    """A measure that lists accounts or plates is not written, whichever way its breakdown is spelt."""
    with pytest.raises(ValueError, match="must stay inside the case"):
        write_outputs(contents(name), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_report_writes_a_breakdown_by_agency(tmp_path):
    """What is refused above is the identifier: the same contents by agency are written."""
    assert len(write_outputs(contents("agency"), tmp_path / "out")) == 4
