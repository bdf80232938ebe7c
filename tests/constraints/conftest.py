"""A small body of evidence, and options read against it: two areas, 2026 to 2029 with one run-out year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from optimiser.constraints.limit import Limit
from optimiser.constraints.option import read_policy
from optimiser.constraints.policy import Policy
from optimiser.inputs.assemble import read_evidence
from optimiser.inputs.evidence import Evidence
from optimiser.text.faults import FaultsFound

TABLES = {
    "settings.yaml": """
        title: Small
        first_year: 2026
        last_year: 2029
        run_out_years: 1
        discount_rate: 0.035
        price_year: 2024
        inflation: {2025: 0.02, 2026: 0.03, 2027: 0.04}
    """,
    "areas.csv": """
        area,title,region
        north,North,up
        south,South,down
    """,
    "roles.csv": """
        role,title,staff_group,leaver_rate
        radiologist,Radiologist,medical,0.04
        reporting_radiographer,Reporting radiographer,ahp,0.05
        radiographer,Radiographer,ahp,0.06
        clinical_endoscopist,Clinical endoscopist,nursing,0.05
    """,
    "staff_in_post.csv": """
        area,role,fte
        north,radiologist,100
        south,radiologist,50
        north,reporting_radiographer,20
        south,reporting_radiographer,10
        north,radiographer,200
        south,radiographer,100
        north,clinical_endoscopist,4
        south,clinical_endoscopist,0
    """,
    "routes.csv": """
        route,title,kind,from_role,to_role,years,completion,fill_rate,non_completers
        specialty,Specialty training,training,,radiologist,2,0.9,0.8,
        degree,Degree,training,,radiographer,1,0.8,1,
        intl_radiology,International recruitment,recruitment,,radiologist,0,1,1,
        reporting_course,Reporting course,upskilling,radiographer,reporting_radiographer,1,0.9,1,return
        redundancy,Redundancy,exit,radiographer,,0,1,1,leave
    """,
    "past_starts.csv": """
        route,area,year,starts
        specialty,north,2024,9
        specialty,north,2025,10
        specialty,south,2024,4
        specialty,south,2025,6
        degree,north,2025,30
        reporting_course,north,2025,2.5
        reporting_course,south,2025,0
    """,
    "tasks.csv": """
        task,title,unit,service
        plain_report,Plain film reports,reports,imaging
        xs_report,CT and MRI reports,reports,imaging
        endoscopy,Endoscopies,lists,endoscopy
        biopsy,Biopsies,biopsies,pathology
    """,
    "demand.csv": """
        area,task,year,volume,growth
        north,plain_report,2026,1000,0.02
        south,plain_report,2026,500,0.02
        north,xs_report,2026,800,0.05
        south,xs_report,2026,400,0.05
        north,endoscopy,2026,60,
    """,
    "networks.csv": """
        network,task,area
        imaging,xs_report,north
        imaging,xs_report,south
    """,
    "productivity.csv": """
        role,task,units_per_fte,current_share
        radiologist,plain_report,12,
        radiologist,xs_report,8,
        reporting_radiographer,plain_report,10,0.5
        clinical_endoscopist,endoscopy,15,
        clinical_endoscopist,biopsy,5,
    """,
    "patterns.csv": """
        pattern,title,role,extra_fte
        extra_sessions,Extra sessions,radiologist,0.1
    """,
    "costs.csv": """
        item,line,per,amount,budget
        specialty,education,trainee-year,30000,training
        degree,education,start,20000,training
        xs_report,reporting,outsourced-unit,60,outsourcing
        radiologist,pay,fte-year,130000,
    """,
}


@pytest.fixture(scope="session")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    folder = tmp_path_factory.mktemp("inputs")
    for name, text in TABLES.items():
        (folder / name).write_text(dedent(text).lstrip(), encoding="utf-8")
    return read_evidence(folder)


class Options:
    """Writes constraints files into one folder and reads them against the evidence."""

    def __init__(self, folder: Path, evidence: Evidence) -> None:
        self.folder, self.evidence = folder, evidence

    def with_settings(self, **changes: object) -> Options:
        """The same, under other settings."""
        settings = replace(self.evidence.settings, **changes)
        return Options(self.folder, replace(self.evidence, settings=settings))

    def write(self, text: str, name: str = "option.yaml") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip(), encoding="utf-8")
        return path

    def policy(self, text: str, name: str = "option.yaml", **others: str) -> Policy:
        """The option read; `base="…"` writes base.yaml beside it."""
        for other, content in others.items():
            self.write(content, f"{other}.yaml")
        return read_policy(self.write(text, name), self.evidence)

    def limits(self, text: str) -> dict[str, Limit]:
        """The limits of an option by label."""
        return {limit.label: limit for limit in self.policy(text).limits}

    def said(self, text: str, **others: str) -> list[str]:
        """What reading an option says is wrong: `file: sentence`, or `warning: …`; paths as seen from the folder."""
        with pytest.raises(FaultsFound) as caught:
            self.policy(text, **others)
        return [
            f"{Path(fault.place.file).relative_to(self.folder).as_posix()}: {fault.sentence()}"
            for fault in caught.value.faults
        ]

    def fault(self, text: str, **others: str) -> str:
        """The one thing wrong with option.yaml, without the file's name."""
        (sentence,) = self.said(text, **others)
        return sentence.removeprefix("option.yaml: ")


@pytest.fixture
def options(tmp_path: Path, evidence: Evidence) -> Options:
    return Options(tmp_path, evidence)
