"""The data as other people's tools read them: nothing here knows how they were made."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import duckdb
import pandas
import polars
import pytest
from csvw import CSVW
from frictionless import Package, system

from tests.served import served

MANY = "from bench.sample_data import generate; generate(300, seed=1)"
TABLES = ("programmes.csv", "data/statements.csv", "data/readings.csv", "money.csv", "timeline.csv")
CHECKS = "not_a_server_error status_code_conformance content_type_conformance"
CHECKS += " response_schema_conformance response_headers_conformance"


@pytest.fixture(scope="module", params=["seed", "many"])
def directory(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp(request.param)
    with served(folder, MANY if request.param == "many" else "") as address:
        yield address


def fetched(address: str) -> bytes:
    return urllib.request.urlopen(address).read()  # noqa: S310 - our own server


@pytest.mark.parametrize("base", ["", "/cy"])
def test_frictionless_finds_every_table_as_described_and_every_key_kept(directory, base):
    with system.use_context(trusted=True):
        report = Package(f"{directory}{base}/data/datapackage.json").validate()
    assert report.flatten(["type", "message"]) == []
    assert report.stats["tasks"] == 10


CSV_ON_THE_WEB = ["programmes", "data/statements", "data/readings", "data/sources", "provision"]
CSV_ON_THE_WEB += [
    "money",
    "evidence",
    "changes",
    "timeline",
    "cy/rhaglenni",
    "cy/data/datganiadau",
]


@pytest.mark.parametrize("table", CSV_ON_THE_WEB)
@pytest.mark.parametrize("query", ["", "?area=gwent"])
def test_a_reader_of_csv_on_the_web_has_nothing_to_warn_of(site, table, query):
    found = CSVW(f"{site}/{table}.csv{query}", validate=True)
    assert found.is_valid, [str(warning.message) for warning in found.warnings]


def test_tables_join_on_the_entry_in_pandas_polars_and_duckdb(directory, tmp_path):
    files = [tmp_path / f"{name.rpartition('/')[2]}" for name in TABLES]
    for name, file in zip(TABLES, files, strict=True):
        file.write_bytes(fetched(f"{directory}/{name}"))
    programmes, statements, readings, *_overviews = files
    with_pandas = [pandas.read_csv(file) for file in (programmes, statements, readings)]
    with_polars = [polars.read_csv(file, infer_schema=False) for file in files]
    for rows in with_pandas[1:]:
        joined = with_pandas[0].merge(rows, on="id", validate="one_to_many", suffixes=("", "_2"))
        assert len(joined) == len(rows) > len(with_pandas[0])
    for rows in with_polars:
        own = rows.filter(polars.col("id").is_not_null())
        assert own.join(with_polars[0], on="id", how="anti").is_empty()
        assert own.join(with_polars[0], on=["id", "area_code", "area_gss"]).height == own.height
    for table in ("programmes", "statements", "readings"):
        duckdb.read_csv(str(tmp_path / f"{table}.csv")).create_view(table, replace=True)
    [numbers] = duckdb.sql("""
        select count(*), count(distinct p.id), count(s.statement)
        from readings r join programmes p using (id)
        left join statements s on s.statement = r.statement and s.id = r.id
    """).fetchall()
    stated = with_pandas[2]["statement"].notna().sum()
    assert numbers == (len(with_pandas[2]), len(with_pandas[0]), stated)


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in a block of JSON-LD that has a type."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from things(each)


@pytest.mark.parametrize("path", ["/data/", "/cy/data/", "/programmes/gwent/cara/"])
def test_schema_org_knows_every_type_and_property(site, path):
    models = import_module("msgspec_schemaorg.models")
    page = fetched(f"{site}{path}").decode()
    [block] = re.findall('<script type="application/ld.json">(.*?)</script>', page)
    found = list(things(json.loads(block)))
    assert len(found) > 5
    for thing in found:
        known = {*getattr(models, thing["@type"]).__struct_fields__, "@type", "@id", "@context"}
        assert set(thing) - known == set(), thing["@type"]


@pytest.mark.parametrize("base", ["/api", "/cy/api"])
def test_the_feed_keeps_to_its_document_whatever_is_asked(site, base):
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{site}/api/openapi.json"]
    command += ["--url", f"{site}{base}", "--max-examples", "10", "--generation-deterministic"]
    command += ["--checks", ",".join(CHECKS.split())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
