"""Results folders for tests of reports: plans solved once, and small folders of many solves made by hand."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

from click.testing import CliRunner, Result

SEVERAL = ("do-nothing", "flat-cash", "expansion")
"""Options of the shipped alliance, business as usual first."""

POINTS = """
option,scenario,point,status,reason,unmet_fte_years,cost,cost_discounted,priority_unmet,priority_cost
flat,,training 80%,optimal,,30.5,8000000,7000000,300,900
flat,,training 100%,optimal,,20.25,9000000,8000000,200,1000
flat,,training 150%,optimal,,10,12000000,11000000,100,1200
flat,,training 40%,infeasible,no plan satisfies its constraints,,,,,
"""
TABLES = """
point,table,keys,year,value
training 80%,commissions,route=degree,2026,10
training 80%,commissions,route=degree,2027,12
training 80%,commissions,route=certificate,2026,1
training 80%,commissions,route=certificate,2027,2
training 100%,commissions,route=degree,2026,20
training 100%,commissions,route=degree,2027,22
training 100%,commissions,route=certificate,2026,3
training 100%,commissions,route=certificate,2027,4
training 150%,commissions,route=degree,2026,30
training 150%,commissions,route=degree,2027,33
training 150%,commissions,route=certificate,2026,5
training 150%,commissions,route=certificate,2027,6
"""
FRONTIER = """
budget,unmet_low,unmet_high,slope
1600000,300,300,-0.0002
2000000,200,200,-0.0001
3000000,100,100,0
"""
STEPS = """
service,step,fte
imaging,unmet today,70
oncology,unmet today,83
imaging,demand growth,300
oncology,demand growth,66
imaging,new commissions,-160
oncology,new commissions,-40
imaging,unmet in the plan,210
oncology,unmet in the plan,109
"""
TORNADO = """
assumption,low,high,unmet_low,unmet_high,cost_low,cost_high
demand xs_report volume,90%,110%,2100.5,3310.2,1800000,1900000
routes radiology_training completion,0.81,0.99,2700,2500,,
roles radiologist leaver_rate,0.01,0.09,,2800,1840000,1870000
"""
ALTERNATIVES = """
route,years,least,best,most
radiology_training,2024-2027,10,12,15
diagnostic_degree,2024-2027,200,240,260
radiology_training,2028-2031,20,22,29
"""


def write(folder: Path, **tables: str) -> Path:
    """A results folder with these tables and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in tables.items():
        (folder / f"{name}.csv").write_text(content.strip() + "\n", encoding="utf-8")
    return folder


def frontier(folder: Path) -> Path:
    """What a frontier leaves behind."""
    return write(folder, points=POINTS, tables=TABLES, frontier=FRONTIER)


def run(*arguments: object) -> Result:
    """The `report` command, in this process."""
    from optimiser.cli import main

    return CliRunner().invoke(main, ["report", *map(str, arguments)], catch_exceptions=False)


def printed(document: Path, folder: Path) -> Path:
    """A document as LibreOffice prints it to PDF, in `folder`."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, document]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{document.stem}.pdf"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """A result table as it stands in its file."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
