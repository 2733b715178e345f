"""A file of parameters: what is wrong with it is told by place and kind, and no value of it is repeated."""

from __future__ import annotations

import json

import pytest

from ia_plugin.core.config_file import read_config
from ia_plugin.core.errors import ParameterError

NAMES = ("INPUT", "MAX_GAP", "METHOD", "OUTPUT")
PERSON = "PC 4512 Jane Marlowe"


@pytest.fixture
def config(tmp_path):
    def write(content):
        path = tmp_path / "run.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refusal(path):
    with pytest.raises(ParameterError) as told:
        read_config(path, NAMES)
    assert told.value.remedy and PERSON not in str(told.value) and "4512" not in str(told.value)
    return str(told.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_file_as_systems_save_it(config, encoding):
    path = config('{"METHOD": "brücke", "MAX_GAP": 60.5, "INPUT": ["a", "b"], "OUTPUT": null}'.encode(encoding))
    assert read_config(path, NAMES) == {"METHOD": "brücke", "MAX_GAP": 60.5, "INPUT": ["a", "b"], "OUTPUT": None}
    assert read_config(config("{}"), NAMES) == {}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("MAX_GPA", "Did you mean MAX_GAP?"),
        ("max_gap", "Did you mean MAX_GAP?"),
        ("OUTPUTS", "Did you mean OUTPUT?"),
        (PERSON, "the 1st name is no parameter of this algorithm. It has: INPUT, MAX_GAP, METHOD, OUTPUT."),
        ("", "the 1st name is no parameter"),
        ("inputs", "holds parameters under 'inputs'. Keep only what stands under it"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(config, name, said):
    assert said in refusal(config(json.dumps({name: PERSON, "METHOD": PERSON})))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("METHOD: bridge", "is no JSON, line 1"),
        (f'{{"METHOD": "{PERSON}"', "is no JSON, line 1"),
        (f'{{"METHOD": "{PERSON}",\n "INPUT": {PERSON}}}', "is no JSON, line 2"),
        (f'{{"METHOD": "{PERSON}"}} {{}}', "is no JSON, line 1"),
        (f'["{PERSON}"]', "holds no parameters"),
        (f'"{PERSON}"', "holds no parameters"),
        ("null", "holds no parameters"),
        ('{"MAX_GAP": NaN}', "a number without bounds"),
        ('{"MAX_GAP": -Infinity}', "a number without bounds"),
        ('{"MAX_GAP": 1e999}', "a number without bounds"),
        ('{"MAX_GAP": ' + "9" * 5000 + "}", "a number without bounds"),
        (f'{{"METHOD": "{PERSON}", "INPUT": 1, "METHOD": 2}}', "gives one name twice (1st and 3rd in their order)"),
        (f'{{"METHOD": "a", "\\u004dETHOD": "{PERSON}"}}', "gives one name twice"),
        (f'{{"METHOD": {{"{PERSON}": 1}}}}', "METHOD is an object"),
        ('{"METHOD": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested more than 3 deep"),
        ('{"METHOD": ' + '{"a":' * 50_000, "nested more than 3 deep"),
        (b'{"METHOD": "caf\xe9"}', "is no text in UTF-8. Save it as UTF-8."),
        (b"\xff\xfe{", "is no text in UTF-8"),
        (b'{"METHOD": "' + b"a" * 1_100_000 + b'"}', "is larger than 1 MB"),
    ],
)
def test_what_is_no_list_of_parameters_is_refused(config, content, said):
    assert said in refusal(config(content))


def test_brackets_in_text_are_no_nesting(config):
    text = '[[[[{{{{ \\" ]]]] \\\\'
    assert read_config(config(json.dumps({"METHOD": text})), NAMES) == {"METHOD": text}


def test_what_is_no_file_is_refused(tmp_path):
    assert "cannot be read (No such file" in refusal(tmp_path / "none.json")
    assert "is a folder. Give the path of a JSON file." in refusal(tmp_path)
    assert "is no name of a file" in refusal("a\0b")
