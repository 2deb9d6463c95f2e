from nlu.labels import DIALOGUE, KNOWN, OUT_OF_SCOPE, PEOPLE, SAFETY, SERVICE, TOPICS


def test_every_label_is_in_one_group() -> None:
    groups = [TOPICS, PEOPLE, SAFETY, SERVICE, DIALOGUE, frozenset({OUT_OF_SCOPE})]
    assert sum(map(len, groups)) == len(KNOWN) == 58
