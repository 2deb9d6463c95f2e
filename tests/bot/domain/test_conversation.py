import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.case import Reason, Status, Urgency
from bot.domain.conversation import Conversation, Helping, OpenCase, Position, PutBy, Question

WORDS = st.text(max_size=12)
TIMES = st.datetimes(
    datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))])
)
POSITIONS = st.builds(
    Position, WORDS, WORDS, st.lists(st.tuples(WORDS, WORDS, st.booleans()), max_size=3).map(tuple), st.integers(0, 5)
)
QUESTIONS = st.builds(
    Question,
    WORDS,
    st.lists(WORDS, max_size=3).map(tuple),
    st.lists(WORDS, max_size=3).map(tuple),
    WORDS,
    st.booleans(),
)
CASES = st.builds(
    OpenCase,
    st.sampled_from(Status),
    st.sampled_from(Urgency),
    st.lists(st.sampled_from(Reason), max_size=2).map(tuple),
    st.none() | WORDS,
)
HELPINGS = st.lists(st.builds(Helping, WORDS, WORDS, WORDS, st.none() | st.integers(1, 99)), max_size=3).map(tuple)
PUT_BY = st.builds(
    PutBy,
    TIMES,
    st.none() | TIMES,
    st.booleans(),
    st.booleans(),
    st.lists(POSITIONS, max_size=3).map(tuple),
    HELPINGS,
    st.lists(WORDS, max_size=3).map(tuple),
    st.none() | POSITIONS,
)
OF_FIELD: dict[str, st.SearchStrategy[Any]] = {
    "language": st.sampled_from(["sv", "en"]),
    "introduced_at": st.none() | TIMES, "told_waiting_at": st.none() | TIMES, "heard_at": st.none() | TIMES,
    "answered_at": st.lists(TIMES, max_size=3).map(tuple),
    "opted_out": st.booleans(), "meanwhile": st.booleans(), "halted": st.booleans(), "case_closed": st.booleans(),
    "municipality": st.none() | WORDS, "unit": st.none() | WORDS, "near": st.none() | WORDS, "last_answer": WORDS, "told": WORDS,
    "position": st.none() | POSITIONS, "question": st.none() | QUESTIONS, "paused": st.lists(POSITIONS, max_size=3).map(tuple),
    "needs": st.lists(WORDS, max_size=3).map(tuple), "told_by": st.dictionaries(WORDS, WORDS, max_size=3), "not_understood": st.integers(0, 5), "finished": st.none() | POSITIONS,
    "helping": HELPINGS, "put_by": st.none() | PUT_BY, "other_writer": st.booleans(),
    "known": st.dictionaries(st.sampled_from(["device", "bank", "relation", "no_danger"]), WORDS), "case": st.none() | CASES,
}  # fmt: skip
CONVERSATIONS = st.fixed_dictionaries(OF_FIELD).map(lambda given_fields: Conversation(**given_fields))


def test_every_field_is_tried() -> None:
    assert {field.name for field in fields(Conversation)} == set(OF_FIELD)


@settings(deadline=None)
@given(CONVERSATIONS)
def test_what_is_saved_is_read_again(conversation: Conversation) -> None:
    stored = json.loads(json.dumps(conversation.to_json()))
    assert Conversation.from_json(stored, conversation.case, conversation.case_closed) == conversation


@settings(deadline=None)
@given(CONVERSATIONS)
def test_the_case_is_never_in_the_saved_state(conversation: Conversation) -> None:
    assert not {"case", "case_closed"} & set(conversation.to_json())


def test_nothing_saved_is_a_new_conversation() -> None:
    assert Conversation.from_json({}) == Conversation()


@settings(deadline=None)
@given(CONVERSATIONS, st.sets(st.sampled_from(sorted(set(OF_FIELD) - {"case", "case_closed"}))))
def test_missing_keys_get_their_defaults(conversation: Conversation, missing: set[str]) -> None:
    stored = {key: value for key, value in json.loads(json.dumps(conversation.to_json())).items() if key not in missing}
    read = Conversation.from_json(stored)
    for field in fields(Conversation):
        if field.name not in ("case", "case_closed"):
            assert getattr(read, field.name) == getattr(
                Conversation() if field.name in missing else conversation, field.name
            )


def test_keys_of_other_versions_are_passed_over() -> None:
    stored = Conversation(position=Position("swish", "start"), question=Question("person")).to_json()
    stored |= {"mood": "fine", "case": {"status": "waiting"}, "case_closed": True}
    stored["question"] |= {"asked_by": "bot"}
    stored["position"] |= {"since": "2026-11-22"}
    read = Conversation.from_json(json.loads(json.dumps(stored)))
    assert read == Conversation(position=Position("swish", "start"), question=Question("person"))


def test_a_question_or_position_of_an_older_version_lacks_keys() -> None:
    read = Conversation.from_json({"question": {"kind": "person"}, "position": {"flow": "swish", "step": "start"}})
    assert read.question == Question("person")
    assert read.position == Position("swish", "start")


def test_a_changed_copy_leaves_the_first_as_it_was() -> None:
    first = Conversation()
    assert first.with_(halted=True).halted
    assert not first.halted
