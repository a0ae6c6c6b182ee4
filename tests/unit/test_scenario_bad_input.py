"""Every kept bad file says what is wrong with it, where, and what was probably meant; nothing else is ever raised."""

import contextlib
import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenario_sections import ROOMS

from smsim.errors import InputError
from smsim.scenario import load

CORPUS = Path(__file__).parents[1] / "bad_input"
EXPECTED = json.loads((CORPUS / "expected.json").read_text(encoding="utf-8"))
FILES = sorted(CORPUS.glob("*.yaml"))
REAL = ("other_digits", "merge_key")


def test_every_kept_file_has_its_expectation():
    assert {file.name for file in FILES} == set(EXPECTED)


def rooms(file):
    """Plugins, minds, launches, pay and what may change are found by the real registry, everything else by the small one."""
    real = any(word in file.stem for word in ("plugin", "mind", "change_", "launch", "paid", "quota")) or file.stem in REAL
    return None if real else ROOMS


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_bad_file_says_what_is_wrong_and_where(file):
    with pytest.raises(InputError) as caught:
        load(file, registry=rooms(file))
    text = str(caught.value)
    for fragment in EXPECTED[file.name]:
        assert fragment in text
    assert all(problem.mark and problem.mark.file for problem in caught.value.problems)


@pytest.mark.parametrize("line", ["name: x\n", "run: {weeks: 12}\n"])
def test_a_file_as_large_as_a_database_is_refused_at_once(tmp_path, line):
    file = tmp_path / "large.yaml"
    file.write_text(line + "# padding\n" * 1_100_000)
    with pytest.raises(InputError, match="too large"):
        load(file, registry=ROOMS)


def tried(tmp_path_factory, data):
    file = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    file.write_bytes(data)
    with contextlib.suppress(InputError):
        load(file, registry=ROOMS)


WORDS = ["run", "weeks", "leads", "decay", "practices", "meetings", "every", "channels", "website", "launches",
         "incentives", "marketers", "extends", "name", "changes", "set", ": ", ":\n  ", ":\n    ", "\n", "- ", "{", "}", "[", "]",
         ", ", "&a ", "*a", "2 weeks", "8%", "never", "none", "no", "!!int ", "|", ">", "'", '"', "#", "---\n", "%YAML 1.1\n", "<<",
         "? ", "1e309", "\t",
         "week 20", "70 per week", "\\u0000", "0", "-1", "~", "silo"]
DAMAGE = [b"", b":", b" ", b"\n", b"{", b"]", b"&x ", b"*x", b"%", b"'", b"\t", b"\xff"]
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)


@FUZZ
@given(st.binary(max_size=200))
def test_no_bytes_at_all_break_the_loader(tmp_path_factory, data):
    tried(tmp_path_factory, data)


@FUZZ
@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_loader(tmp_path_factory, text):
    tried(tmp_path_factory, text.encode("utf-8", "surrogatepass"))


@FUZZ
@given(st.lists(st.sampled_from(WORDS), max_size=30).map("".join))
def test_no_heap_of_yaml_breaks_the_loader(tmp_path_factory, text):
    tried(tmp_path_factory, text.encode())


@FUZZ
@given(st.sampled_from([file for file in FILES if file.stat().st_size < 2000]), st.integers(0, 10_000))
def test_no_damage_to_a_file_breaks_the_loader(tmp_path_factory, file, seed):
    dice = random.Random(seed)
    data = bytearray(file.read_bytes() or b"name: x")
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(data))
        data[at : at + dice.randint(0, 3)] = dice.choice(DAMAGE)
        data = data or bytearray(b"x")
    tried(tmp_path_factory, bytes(data))


@FUZZ
@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), st.text(max_size=20))
def test_no_setting_breaks_the_loader(tmp_path_factory, key, value):
    file = tmp_path_factory.getbasetemp() / "good.yaml"
    file.write_text("name: good\nlaunches: [{product: widget}]\n")
    for text in (f"{key}={value}", f"run.weeks={value}", f"launches.{value}.ship={key}", f"practices={key}", value):
        with contextlib.suppress(InputError):
            load(file, [text], registry=ROOMS)
