"""Saying lines and taking answers."""

from __future__ import annotations

import pytest

from ionapi_tui.plain.console import Choice, Console, InputEnded


def console_with(*answers: str, echo: bool = False) -> tuple[Console, list[str]]:
    left, said = list(answers), list[str]()
    return Console(lambda: left.pop(0) if left else None, said.append, echo=echo), said


def test_choices_are_numbered_from_one() -> None:
    console, said = console_with("2\n")
    assert console.choose("Which?", Choice("this"), Choice("that", "the other")) == 1
    assert said == ["", "Which?", "1. this", "2. that: the other", "Enter a number from 1 to 2, or press Enter for 1."]


def test_enter_alone_takes_the_first_choice() -> None:
    console, _said = console_with("\n")
    assert console.choose("Which?", Choice("this"), Choice("that")) == 0


@pytest.mark.parametrize("answer", ["0", "3", "-1", "one", "1.5", "99999999999999999999", "²", "1 2"])
def test_any_other_answer_is_asked_for_again(answer: str) -> None:
    console, said = console_with(answer, "2")
    assert console.choose("Which?", Choice("this"), Choice("that")) == 1
    assert said.count("Enter one of the numbers shown.") == 1


def test_the_end_of_the_input_ends_the_question() -> None:
    console, _said = console_with()
    with pytest.raises(InputEnded):
        console.choose("Which?", Choice("this"))


def test_enter_alone_agrees_to_nothing() -> None:
    assert not console_with("")[0].agrees("Delete?", "Yes", "No")
    assert console_with("2")[0].agrees("Delete?", "Yes", "No")


def test_answers_over_a_pipe_are_repeated_so_that_the_transcript_can_be_read_alone() -> None:
    console, said = console_with("  acme\x1b[2J \n", echo=True)
    assert console.ask("Name?") == "acme\x1b[2J"
    assert said == ["Name?", "> acme␛[2J"]


def test_pasted_content_is_not_repeated() -> None:
    console, said = console_with('{"cs": "something"}', echo=True)
    console.ask("Path?")
    assert said == ["Path?", "> …"]


def test_long_paragraphs_are_wrapped_and_paths_stay_whole() -> None:
    console, said = console_with()
    path = "/a-long-folder-name" * 6
    console.say("word " * 30 + path)
    assert path in said
    assert max(map(len, said[:-1])) <= 78


def test_another_answer_is_taken_where_one_is_wished_and_refused_with_the_reason() -> None:
    reasons = {"no": "Not this.", "maybe": "", "yes": None}
    console, said = console_with("no", "maybe", "yes")
    assert console.choose("Which?", Choice("this"), Choice("that"), other=reasons.__getitem__) == 2
    assert (said.count("Not this."), said.count("Enter one of the numbers shown.")) == (1, 1)
