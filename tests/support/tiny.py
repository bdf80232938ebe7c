"""Small inputs folders for tests: complete and sound, with any table replaced or any one line changed.

`TINY` has one area and as few tables as an inputs folder may have; `FULL` has two areas and every table.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

TINY: Mapping[str, str] = {
    "settings": """
        title: Tiny
        first_year: 2026
        last_year: 2028
        discount_rate: 0.035
        """,
    "roles": """
        role,title,leaver_rate
        nurse,Nurse,0.1
        """,
    "staff_in_post": """
        role,fte
        nurse,10
        """,
    "routes": """
        route,title,kind,from_role,to_role,years,completion,non_completers
        recruit,Recruitment,recruitment,,nurse,0,1,
        """,
    "tasks": """
        task,title,unit
        visit,Visit,visits
        """,
    "demand": """
        task,year,volume
        visit,2026,100
        """,
    "productivity": """
        role,task,units_per_fte
        nurse,visit,10
        """,
    "costs": """
        item,line,per,amount,budget
        recruit,recruitment,start,1000,workforce
        """,
}
"""Table → CSV text; `settings` → YAML text."""

FULL: Mapping[str, str] = {
    "settings": """
        title: Two places
        first_year: 2026/27
        last_year: 2029
        run_out_years: 3
        discount_rate: 3.5%
        price_year: 2024
        inflation: {2025: 0.03, 2026: 0.02}
        first_year_part: 0.5
        currency: GBP
        financial_years: true
        """,
    "areas": """
        area,title,region
        north,The north,Upper
        south,The south,Lower
        """,
    "roles": """
        role,title,staff_group,new_role,leaver_rate,available_share
        radiographer,Radiographer,Allied health,no,0.08,0.9
        radiologist,Radiologist,Medical,no,0.05,0.8
        reporter,Reporting radiographer,Allied health,yes,0.04,
        """,
    "staff_in_post": """
        area,role,fte
        north,radiographer,40
        north,radiologist,20
        north,reporter,3
        south,radiographer,30
        south,radiologist,15
        south,reporter,0
        """,
    "leavers": """
        area,role,year,leaver_rate
        ,radiologist,2027,0.09
        north,radiologist,2027,0.12
        """,
    "transitions": """
        from_role,to_role,share,fte_per_mover
        radiographer,reporter,0.02,0.9
        """,
    "routes": """
        route,title,kind,from_role,to_role,years,completion,fte_per_completer,fill_rate,non_completers,study_release,trainee_work,supervisor_role,supervisor_fte
        degree,Degree,training,,radiographer,3,0.9,0.95,0.9,,,,radiographer,0.02
        reporting,Reporting course,upskilling,radiographer,reporter,1,0.95,1,1,return,0.2,0.3,radiologist,0.05
        retire,Early retirement,exit,radiologist,,0,1,1,1,leave,,,,
        """,
    "past_starts": """
        route,area,year,starts
        degree,north,2023,10
        degree,north,2024,11
        degree,north,2025,12
        degree,south,2023,7
        degree,south,2024,8
        degree,south,2025,9
        """,
    "destinations": """
        route,area,to_area,share
        degree,north,north,0.75
        degree,north,south,0.25
        """,
    "tasks": """
        task,title,unit,service,priority,returns
        plain_report,Plain film reports,reports,Imaging,1,0
        scan_report,CT and MRI reports,reports,Imaging,2,0.5
        """,
    "demand": """
        area,task,year,volume,growth
        north,plain_report,2024,10000,0.02
        north,plain_report,2027,,0.01
        south,plain_report,2026,8000,
        north,scan_report,2026,3000,0.05
        """,
    "waiting_list": """
        area,task,volume
        north,scan_report,120
        """,
    "networks": """
        network,task,area
        imaging,scan_report,north
        imaging,scan_report,south
        """,
    "patients": """
        area,group,year,number,growth
        north,lung,2026,500,0.1
        south,lung,2025,400,
        """,
    "care": """
        group,task,units_per_patient,growth
        lung,scan_report,4,0.5
        """,
    "productivity": """
        role,task,units_per_fte,growth,current_share
        radiologist,plain_report,4000,0,0.5
        radiologist,scan_report,1500,0.01,
        reporter,plain_report,5000,,0.1
        """,
    "patterns": """
        pattern,title,role,extra_fte
        extra_sessions,Extra sessions,radiologist,0.1
        """,
    "costs": """
        item,line,per,amount,budget,growth
        degree,education,trainee-year,9000,training,0.01
        reporting,education,start,"£12,000",training,
        radiologist,pay,fte-year,140000,,
        extra_sessions,pay,pattern-fte-year,20k,pay,
        scan_report,outsourcing,outsourced-unit,60,outsourcing,
        """,
    "scenarios": """
        scenario,table,item,task,area,year,multiplier
        high,demand,,,,2028,1.2
        high,demand,scan_report,,north,2026,1.1
        flow,leaver_rate,radiologist,,,2028,0.5
        """,
}
"""Every table, two areas, financial years."""


def write_inputs(folder: Path, base: Mapping[str, str] = TINY, **tables: str | None) -> Path:
    """Writes an inputs folder and returns it: the tables of `base`, some replaced, some left out (None)."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**base, **tables}.items():
        if text is not None:
            file = folder / ("settings.yaml" if name == "settings" else f"{name}.csv")
            file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replaces text that occurs exactly once in a file of the folder."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise AssertionError(f"{old!r} occurs {text.count(old)} times in {file}")
    path.write_text(text.replace(old, new), encoding="utf-8")
