"""Reads every format back with programs of other people, and compares every value with the JSON of the same run.

Called as `formats.py TAKTWIN`, by the Python of an environment with pandas, pyarrow, openpyxl, jsonschema and pm4py.
"""

import json
import math
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
import openpyxl
import pandas
import pyarrow.parquet

LINE = """Line(
    name: "=油烟机, line <3>",
    run: (start: "2026-03-02 08:00", warm_up: "1 h", length: "20 h", replications: 4, seed: 7),
    products: { "帽": (), "other": () },
    elements: {
        "入口": Source(product: "帽", interarrival: Exponential("100 s")),
        "in": Source(product: "other", interarrival: Exponential("150 s")),
        "架": Buffer(capacity: 9),
        "焊": Machine(
            cycle: Gamma(mean: "45 s", cv: 0.25),
            breakdowns: [(after: Exponential("2 h"), repair: Exponential("4 min"))],
            power: (working: "18 kW", idle: "5 kW"),
        ),
        "test": Inspection(cycle: "20 s", defects: 0.1),
        "out": Sink(),
        "waste": Sink(scrap: true),
    },
    flow: ["入口 -> 架", "in -> 架", "架 -> 焊 -> test", "test.pass -> out", "test.fail -> waste"],
)"""

UPGRADE = """Upgrade(
    name: "=更快", base: "line.ron",
    changes: [(name: "焊", cost: "2 MCNY", set: { "焊.cycle": Gamma(mean: "35 s", cv: 0.25) })],
)"""


def near(one, other):
    """Whether two values are the same: both unknown, or equal but for the last digit of a decimal text."""
    unknown = [value is None or (isinstance(value, float) and math.isnan(value)) for value in (one, other)]
    return all(unknown) or (not any(unknown) and math.isclose(one, other, rel_tol=1e-12, abs_tol=0.0))


def of_json(run):
    """Every figure of a JSON run: by level, name and figure, its mean, half width, and values where it has them."""
    found = {("line", "", name): figure for name, figure in run["kpis"].items()}
    for name, product in run["products"].items():
        found |= {("product", name, key): value for key, value in product.items() if isinstance(value, dict)}
    for name, element in run["elements"].items():
        for key, value in element.items():
            if isinstance(value, dict) and "mean" in value:
                found["element", name, key] = value
            elif isinstance(value, dict):
                found |= {("element", name, f"{key}.{part}"): figure for part, figure in value.items()}
    return found


def check_long(table, json_run, what):
    """A long table against the JSON."""
    expected, compared = of_json(json_run), 0
    for key, rows in table.groupby(["level", "name", "figure"], sort=False, dropna=False):
        figure = expected.get(tuple("" if isinstance(part, float) else part for part in key))
        assert figure is not None, (what, key)
        assert near(rows["mean"].iloc[0], figure["mean"]), (what, key)
        assert near(rows["half_width"].iloc[0], figure["half_width"]), (what, key)
        assert "unit" not in figure or figure["unit"] == rows["unit"].iloc[0], (what, key)
        for value, other in zip(rows["value"], figure.get("values", []), strict="values" in figure):
            assert near(value, other), (what, key)
        compared += 1
    known = [key for key, figure in expected.items() if figure["mean"] is not None]
    assert compared >= len(known), (what, compared, len(known))
    print(f"{what}: {compared} figures, {len(table)} rows, all equal")


def check_short(table, json_run):
    """The CSV of key figures against the JSON."""
    for row in table.itertuples():
        assert near(row.value, json_run["kpis"][row.kpi]["values"][row.replication]), row
    print(f"csv: {len(table)} rows, all equal")


def check_book(path, json_run):
    """The sheets of a workbook against the JSON."""
    book, expected, compared = openpyxl.load_workbook(path), of_json(json_run), 0
    assert book.sheetnames[0] == "answer" and book["answer"]["A1"].value == json_run["line"]
    for sheet, level, columns in [("figures", "line", 0), ("products", "product", 1), ("elements", "element", 2)]:
        for row in book[sheet].iter_rows(min_row=2, values_only=True):
            name, figure, mean, half_width = ("" if columns == 0 else row[0], *row[columns : columns + 3])
            assert near(mean, expected[level, name, figure]["mean"]), (sheet, row)
            assert near(half_width, expected[level, name, figure]["half_width"]), (sheet, row)
            compared += 1
    values = list(book["replications"].iter_rows(values_only=True))
    for column, head in enumerate(values[0][2:], 2):
        found = [row[column] for row in values[1:]]
        assert all(map(near, found, json_run["kpis"][head.split(" (")[0]]["values"])), head
    assert all(sheet.freeze_panes for sheet in book if sheet.title != "answer")
    print(f"xlsx: {compared} figures, {len(values) - 1} replications, all equal")


def check_markdown(text, json_run):
    """Every key figure and element has a row."""
    rows = [line.split(" | ")[0].removeprefix("| ") for line in text.splitlines() if line.startswith("| ")]
    assert {*json_run["kpis"], *json_run["elements"]} <= {*rows}, rows
    print("markdown: all figures and elements have a row")


def check_logs(folder):
    """Event logs, read by pm4py, against the journal."""
    import pm4py

    journal = pandas.read_csv(folder / "j.csv")
    ocel = pm4py.read_ocel2_json(str(folder / "j.jsonocel"))
    assert len(ocel.events) == len(journal), (len(ocel.events), len(journal))
    found = ocel.events["ocel:activity"].value_counts()
    words = journal["what"].str.split(" ").str[0].value_counts()
    assert found.to_dict() == words.to_dict()
    parts = ocel.objects[ocel.objects["ocel:type"] == "part"]
    assert len(parts) == journal["part"].nunique()
    log = pm4py.read_xes(str(folder / "j.xes"))
    assert log["case:concept:name"].nunique() == journal["part"].nunique()
    at_welder = journal[(journal["element"] == "焊") & journal["what"].isin(["arrived", "left"])]
    assert (log["concept:name"] == "焊").sum() == len(at_welder)
    print(f"event logs: {len(ocel.events)} events of {len(parts)} parts, {log['case:concept:name'].nunique()} traces")


def main(taktwin):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "line.ron").write_text(LINE, encoding="utf-8")
        (folder / "upgrade.ron").write_text(UPGRADE, encoding="utf-8")

        def call(*arguments):
            return subprocess.run([taktwin, *arguments], cwd=folder, check=True, capture_output=True).stdout

        outs = [f"--out=r.{ending}" for ending in ["json", "jsonl", "csv", "parquet", "xlsx", "md"]]
        journals = [f"--journal=j.{ending}" for ending in ["jsonl", "csv", "jsonocel", "xes", "xlsx"]]
        call("run", "line.ron", "--quiet", *outs, *journals)
        run = json.loads((folder / "r.json").read_text(encoding="utf-8"))
        check_long(pandas.read_json(folder / "r.jsonl", lines=True, precise_float=True), run, "jsonl")
        check_long(pyarrow.parquet.read_table(folder / "r.parquet").to_pandas(), run, "parquet")
        about = pyarrow.parquet.read_schema(folder / "r.parquet").metadata
        assert about[b"taktwin.seed"] == b"7" and about[b"taktwin.schema"] == b"taktwin/values/1", about
        assert (folder / "r.csv").read_bytes().startswith("\ufeff".encode()), "Excel needs the mark"
        check_short(pandas.read_csv(folder / "r.csv"), run)
        call("run", "line.ron", "--quiet", "--by", "all", "--out=long.csv")
        check_long(pandas.read_csv(folder / "long.csv", keep_default_na=False, na_values=[""]), run, "csv, long")
        check_book(folder / "r.xlsx", run)
        check_markdown((folder / "r.md").read_text(encoding="utf-8"), run)
        check_logs(folder)
        states = openpyxl.load_workbook(folder / "j.xlsx")["states"]
        clock = sum(row[6] for row in states.iter_rows(min_row=2, values_only=True) if row[0] == "焊")
        assert near(clock, 21 * 3600.0), clock

        call("compare", "line.ron", "upgrade.ron", "--quiet", "--out=c.json", "--out=c.jsonl", "--out=c.xlsx")
        compared = json.loads((folder / "c.json").read_text(encoding="utf-8"))
        rows = openpyxl.load_workbook(folder / "c.xlsx")["differences"].iter_rows(min_row=2, values_only=True)
        for _, figure, _, before, _, after, _, difference, half_width, *_ in rows:
            expected = compared["scenarios"][0]["kpis"][figure]
            found = [before, after, difference, half_width]
            keys = ["baseline", "mean", "difference", "half_width"]
            assert all(near(one, expected[key]) for one, key in zip(found, keys)), figure

        results = {"run": [run], "compare": [compared], "explain": [json.loads(call("explain", "line.ron", "--format=json"))]}
        results["values"] = [json.loads(row) for row in (folder / "c.jsonl").read_text(encoding="utf-8").splitlines()]
        results["journal"] = [json.loads(row) for row in (folder / "j.jsonl").read_text(encoding="utf-8").splitlines()[:500]]
        results["event-log"] = [json.loads((folder / "j.jsonocel").read_text(encoding="utf-8"))]
        for contract, found in results.items():
            judge = jsonschema.Draft202012Validator(json.loads(call("schema", contract)))
            for result in found[:500]:
                judge.validate(result)
        print(f"schemas: {', '.join(results)} hold")


if __name__ == "__main__":
    main(str(pathlib.Path(sys.argv[1]).resolve()))
