"""YAML is read as text with lines; what could execute, expand or hide something is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.text.faults import Faults, Place
from optimiser.text.yamltext import Mapping, Scalar, Sequence, describe, parse_yaml, read_yaml


def messages(text: str) -> list[str]:
    """What is said about a YAML text."""
    faults = Faults()
    parse_yaml(text, faults, Place("base.yaml"))
    return [fault.sentence() for fault in faults.found]


def test_values_stay_text_and_know_their_lines() -> None:
    faults = Faults()
    node = parse_yaml("a: no\nb:\n  - 170e6\n  - '0123'\nc: {2026: ~}\n", faults, Place("base.yaml"))
    assert node == Mapping(
        (
            ("a", 1, Scalar("no", 1)),
            ("b", 2, Sequence((Scalar("170e6", 3), Scalar("0123", 4, quoted=True)), 3)),
            ("c", 5, Mapping((("2026", 5, Scalar("~", 5)),), 5)),
        ),
        1,
    )
    assert not faults.found


def test_keys_can_be_looked_up() -> None:
    node = parse_yaml("a: 1\n\nb: ''\nc:\n", Faults(), Place("base.yaml"))
    assert isinstance(node, Mapping)
    assert node.keys == ("a", "b", "c")
    assert node.line_of("b") == 3
    assert node.get("d") is None
    blank, written = node.get("c"), node.get("b")
    assert isinstance(blank, Scalar)
    assert blank.blank
    assert isinstance(written, Scalar)
    assert not written.blank
    assert [describe(part) for part in (node, Sequence((), 1), Scalar("x", 1))] == ["keys and values", "a list", '"x"']


def test_an_empty_file_has_no_keys() -> None:
    for text in ("", "# only a comment\n", "---\n"):
        assert parse_yaml(text, Faults(), Place("base.yaml")) == Mapping((), 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: 1\nb: 2\na: 3",
            (
                'line 3, key a: found the key "a" a second time (first on line 1), expected every key once. '
                "Remove one of them."
            ),
        ),
        (
            "a: !!python/object/apply:os.system ['false']",
            (
                'line 1: found the YAML tag "tag:yaml.org,2002:python/object/apply:os.system", expected plain values. '
                "Remove the tag."
            ),
        ),
        ("a: !x 1", 'line 1: found the YAML tag "!x", expected plain values. Remove the tag.'),
        (
            "a: &x [1]\nb: *x",
            "line 1: found an anchor or alias (& or *), expected plain values. Write the value out.",
        ),
        (
            "a: 1\n---\nb: 2",
            "line 2: found a second document (---), expected one document. Remove it.",
        ),
        ("a: 1\n? [b]\n: 2", "line 2: found a list, expected a key of plain text. Write one word before the colon."),
        (
            "a:\n" + "  - [" + "[" * 60 + "]" * 60 + "]",
            "line 2: found more than 40 levels of nesting, expected fewer. Write it flat.",
        ),
        (
            "a: \x01",
            (
                "line 1: found a character that YAML does not allow, expected plain text. "
                "Remove the invisible or special character."
            ),
        ),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    assert messages(text) == [message]


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [1", 1), ("a: 1\n\tb: 2", 2), ("a: 'x\nb: 2", 2), ("a: 1\n  b: 2", 2), ("- a\nb: 1", 2), ('a: "\\q"', 1)],
)
def test_a_slip_of_syntax_names_its_line(text: str, line: int) -> None:
    faults = Faults()
    assert parse_yaml(text, faults, Place("base.yaml")) is None
    assert [(fault.code, fault.place.line) for fault in faults.found] == [("bad-yaml", line)]


def test_a_billion_laughs_never_expand() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    assert len(messages("\n".join(lines))) == 1


@given(st.text(alphabet="ab:-[]{}'\"!&*#\n\t \\|>?%@~,01", max_size=40))
def test_no_text_makes_an_error_of_ours(text: str) -> None:
    faults = Faults()
    node = parse_yaml(text, faults, Place("base.yaml"))
    assert node is not None or faults.errors


def test_a_cell_of_a_workbook_keeps_its_place() -> None:
    faults = Faults()
    parse_yaml("{2026: !x 1}", faults, Place("inputs.xlsx", 7, "inflation", "settings!B7"))
    assert [fault.place.words() for fault in faults.found] == ["settings!B7"]


def test_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "base.yaml"
    path.write_bytes("\ufefftitle: Café".encode())
    faults = Faults()
    node = read_yaml(path, faults, "base.yaml")
    assert isinstance(node, Mapping)
    assert node.get("title") == Scalar("Café", 1)
    assert not faults.found


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    faults = Faults()
    assert read_yaml(tmp_path / "gone.yaml", faults, "gone.yaml") is None
    assert [fault.sentence() for fault in faults.found] == [
        "Found no such file, expected a file that exists. Check the path."
    ]
