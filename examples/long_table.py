"""Every figure of a comparison in pandas: taktwin compare LINE OTHER.. --out values.parquet; python long_table.py values.parquet"""

import sys

import pandas

values = pandas.read_parquet(sys.argv[1])
busy = values[(values["figure"] == "utilisation") & values["value"].notna()]
print(busy.pivot_table(index="name", columns="scenario", values="value", sort=False).round(3))
line = values[values["level"] == "line"].drop_duplicates(["scenario", "figure"])
print(line[["scenario", "figure", "mean", "half_width", "unit"]].to_string(index=False))
