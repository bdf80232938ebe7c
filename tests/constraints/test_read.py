"""Options read whole: every key of the contract, files that extend others, and all faults at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.constraints.limit import Priority, Tier
from optimiser.constraints.option import read_policy
from optimiser.text.faults import Faults, FaultsFound

EVERY_KEY = (Path(__file__).parent / "every_key.yaml").read_text(encoding="utf-8")


def test_every_key_of_the_contract_in_one_file(options) -> None:
    policy = options.policy(EVERY_KEY, base="title: Base")
    assert policy.title == "Flat cash"
    assert [limit.label for limit in policy.limits] == [
        "budgets training",
        "budgets training/carry",
        "budgets outsourcing/total",
        "budgets outsourcing/total run-out",
        "training_capacity specialty by area",
        "training_capacity degree by area",
        "skill_mix plain_report reporting_radiographer/max_share",
        "skill_mix plain_report reporting_radiographer/min_share",
        "skill_mix plain_report reporting_radiographer/max_increase",
        "skill_mix plain_report reporting_radiographer/max_decrease",
        "outsourcing xs_report",
        "service_levels xs_report",
        "fairness imaging",
        "fairness endoscopy",
        "pace specialty/max_increase",
        "pace specialty/max_decrease",
        "adoption clinical_endoscopist/max_fte",
        "adoption clinical_endoscopist/max_growth",
        "hold specialty",
        "cohorts degree/at_least",
        "cohorts degree/places",
        "recruits from abroad at most a quarter of new radiologists",
    ]
    assert policy.priorities == (Priority("unmet", "unmet"), Priority("cost", "cost"))
    assert policy.tiers == (Tier(0.05, 1.0), Tier(0.15, 2.0), Tier(None, 4.0))
    assert [carry.label for carry in policy.carries] == ["budgets training"]
    assert [cohort.label for cohort in policy.cohorts] == ["cohorts degree"]
    assert policy.whole_numbers


def test_every_limit_has_a_unit_a_place_and_a_number_for_each_modelled_year(options) -> None:
    policy = options.policy(EVERY_KEY, base="title: Base")
    for limit in policy.limits:
        assert limit.unit
        assert limit.place.line
        assert len(limit.constant) == 5
        assert all(len(part.factor) == 5 for part in limit.parts + limit.plus)


def test_who_decided_is_the_entrys_own_or_the_files(options) -> None:
    policy = options.policy(
        """
        extends: base.yaml
        set_by: The region
        reference: Letter 7
        budgets:
          - {budget: training, limit: 5}
          - {budget: outsourcing, limit: 5, set_by: The trust, reference: Minute 3, note: x, source: "assumed: y"}
        """,
        base="set_by: NHS England\nhold: [{route: specialty}]",
    )
    assert [(limit.set_by, limit.reference) for limit in policy.limits] == [
        ("The region", "Letter 7"),
        ("The trust", "Minute 3"),
        ("NHS England", ""),
    ]


def test_a_file_without_a_title_goes_by_its_name(options) -> None:
    assert options.policy("{}", name="flat-cash.yaml").title == "flat-cash"


def test_an_empty_file_allows_everything(options) -> None:
    policy = options.policy("")
    assert policy.limits == ()
    assert [priority.name for priority in policy.priorities] == ["unmet", "cost"]


def test_an_empty_list_of_entries_is_refused(options) -> None:
    """Proves: an option that lost its entries does not pass for one without limits."""
    assert "found pace without a value" in options.fault("pace: []")


@pytest.mark.parametrize("key", ["budgets", "limits", "demand", "title"])
@pytest.mark.parametrize("value", ["", " ~", " null"])
def test_a_key_without_a_value_is_refused(options, key: str, value: str) -> None:
    """Proves: a family that is left blank is not an option without that family."""
    assert options.fault(f"{key}:{value}") == (
        f"line 1, key {key}: found {key} without a value, expected a value. "
        "Write what belongs under it, none to take away what is inherited, or remove the key."
    )


def test_a_file_and_what_it_extends_are_remembered_for_copies(options) -> None:
    options.write("title: Root", "shared/root.yaml")
    options.write("extends: shared/root.yaml", "base.yaml")
    policy = options.policy("extends: ../base.yaml", name="regions/north.yaml")
    folder = options.folder
    assert policy.path == folder / "regions/north.yaml"
    assert policy.files == (folder / "regions/north.yaml", folder / "base.yaml", folder / "shared/root.yaml")


@pytest.mark.parametrize(
    ("extends", "message"),
    [
        ("base.yaml", 'found "base.yaml", expected a file that exists. The path is as seen from this file.'),
        ("optoin.yaml", 'found "optoin.yaml", expected a file that exists. Did you mean "option.yaml"?'),
        ("sub/base.yaml", 'found "sub/base.yaml", expected a file that exists. The path is as seen from this file.'),
        (
            "/base.yaml",
            (
                'found "/base.yaml", expected a relative path. '
                "Write the way from this file to the other, with / between folders, such as ../base.yaml."
            ),
        ),
        (
            "C:/base.yaml",
            (
                'found "C:/base.yaml", expected a relative path. '
                "Write the way from this file to the other, with / between folders, such as ../base.yaml."
            ),
        ),
        (
            r"sub\base.yaml",
            (
                r'found "sub\base.yaml", expected a relative path. '
                "Write the way from this file to the other, with / between folders, such as ../base.yaml."
            ),
        ),
        (
            "option.yaml",
            (
                'found "option.yaml", which leads back here (option.yaml → option.yaml), '
                "expected a chain of files that ends. Remove one extends."
            ),
        ),
        ("", "found nothing, expected text."),
        ("[a, b]", "found a list, expected text."),
    ],
)
def test_a_file_that_cannot_be_extended(options, extends: str, message: str) -> None:
    assert options.fault(f"title: A\nextends: {extends}") == f"line 2, key extends: {message}"


def test_a_ring_of_files_is_said_where_it_closes(options) -> None:
    said = options.said("extends: a.yaml", a="extends: b.yaml", b="title: B\nextends: a.yaml")
    assert said == [
        (
            'b.yaml: line 2, key extends: found "a.yaml", which leads back here (a.yaml → b.yaml → a.yaml), '
            "expected a chain of files that ends. Remove one extends."
        )
    ]


def test_a_file_that_does_not_exist(options) -> None:
    with pytest.raises(FaultsFound) as caught:
        read_policy(options.folder / "nowhere.yaml", options.evidence)
    assert [Path(fault.place.file).name for fault in caught.value.faults] == ["nowhere.yaml"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "training_capacitee: []",
            (
                'line 1, key training_capacitee: found the key "training_capacitee", expected a known key. '
                'Did you mean "training_capacity"?'
            ),
        ),
        (
            "- a",
            "line 1: found a list, expected keys and values. Write keys such as title, budgets and limits.",
        ),
        (
            "training_capacity: {route: specialty, places: 3}",
            (
                "line 1, key training_capacity: found keys and values, expected a list of entries, as in "
                "- {route: [specialty, degree], places: {2026: 300, 2028: 430}}. "
                "Put each entry on a line of its own after a dash."
            ),
        ),
        (
            "hold: specialty",
            'line 1, key hold: found "specialty", expected a list of entries, as in - {route: [specialty]}.',
        ),
        (
            "hold: [specialty]",
            'line 1, key hold: found "specialty", expected keys and values, as in {route: [specialty]}.',
        ),
        (
            "hold: [{route: []}]",
            ("line 1, key hold route: found an empty list, expected a route or a list of them. Name at least one."),
        ),
        (
            "hold: [{route: [specialty, specialty]}]",
            ('line 1, key hold route: found "specialty" twice, expected each once. Remove one.'),
        ),
        (
            "hold: [{route: {a: b}}]",
            ("line 1, key hold route: found keys and values, expected a route or a list of them."),
        ),
        (
            "hold: [{route: [[specialty]]}]",
            ("line 1, key hold route: found a list, expected a route or a list of them."),
        ),
        ("whole_numbers: maybe", 'line 1, key whole_numbers: found "maybe", expected yes or no.'),
        ("title: [a]", "line 1, key title: found a list, expected text."),
        ("hold:\n  - {route: specialty, name: }", "line 2, key hold name: found nothing, expected text."),
        (
            "pace: [{route: specialty, max_increase: [1]}]",
            (
                "line 1, key pace max_increase: found a list, expected a "
                "number, or numbers by year such as {2026: 1, 2030: 2}. Give each value its year."
            ),
        ),
        (
            "adoption:\n  - role: radiologist\n    max_fte:\n      2026: 3\n      2027: -1\n",
            "line 5, key adoption max_fte: found -1, expected a number of 0 or more.",
        ),
    ],
)
def test_what_is_wrong_is_said(options, text: str, message: str) -> None:
    assert options.fault(text) == message


def test_all_faults_of_all_files_come_together_in_one_message(options) -> None:
    """Proves: form, codes and names of the option and its ancestor; an entry with a bad key has its codes checked."""
    said = options.said(
        """
        extends: base.yaml
        prioritys: [cost]
        training_capacity:
          - {route: spechialty, places: 3, plces: 4}
        limits:
          - {name: a, quantity: starts, at_most: x, where: {route: degre}, of: {quantity: staff, where: {rôle: a}}}
          - {name: b, drop: true}
        """,
        base="budgets:\n  - {budget: trainig, limit: 1}\nholds: []\n",
    )
    assert [sentence.split(", expected")[0] for sentence in said] == [
        'option.yaml: line 2, key prioritys: found the key "prioritys"',
        'option.yaml: line 4, key training_capacity plces: found the key "plces"',
        'option.yaml: line 6, key limits at_most: found "x"',
        'base.yaml: line 3, key holds: found the key "holds"',
        'option.yaml: line 7, key limits name: found "b"',
        'base.yaml: line 2, key budgets budget: found "trainig"',
        'option.yaml: line 4, key training_capacity route: found "spechialty"',
        'option.yaml: line 6, key limits where route: found "degre"',
        'option.yaml: line 6, key limits of where rôle: found the key "rôle" of staff',
    ]


def test_faults_are_added_to_the_collector_that_is_given(options) -> None:
    faults = Faults()
    base = options.write("holds: []", "base.yaml")
    for name in ("one.yaml", "two.yaml"):
        with pytest.raises(FaultsFound):
            read_policy(options.write("extends: base.yaml\npaces: []", name), options.evidence, faults)
    assert [Path(fault.place.file).name for fault in faults.found] == ["one.yaml", "base.yaml", "two.yaml"]
    assert str(base) == faults.found[1].place.file


def test_a_sound_option_is_read_whatever_the_collector_already_holds(options) -> None:
    faults = Faults()
    with pytest.raises(FaultsFound):
        read_policy(options.write("holds: []", "one.yaml"), options.evidence, faults)
    assert read_policy(options.write("title: Two", "two.yaml"), options.evidence, faults).title == "Two"


def test_a_faulty_entry_that_is_replaced_or_dropped_still_has_its_form_checked_but_not_its_codes(options) -> None:
    said = options.said(
        "extends: base.yaml\nhold: [{name: hold elsewhere, drop: true}, {name: hold nowhere, drop: true}]",
        base="hold:\n  - {route: elsewhere}\n  - {route: nowhere, until: 2030}\n",
    )
    assert len(said) == 1
    assert said[0].startswith('base.yaml: line 3, key hold until: found the key "until"')
