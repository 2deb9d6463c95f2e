from nlu.understanding import Entity, RankedIntent, Understanding, candidates


def understanding(*ranking: tuple[str, float]) -> Understanding:
    ranked = tuple(RankedIntent(*pair) for pair in ranking)
    entities = (Entity("place", "Vara", 0, 4), Entity("place", "Kalmar", 6, 12))
    return Understanding("text", ranked[0].intent, ranked[0].confidence, False, ranked, entities, "sv")


def test_the_first_entity_of_a_name() -> None:
    found = understanding(("swish", 1.0))
    assert found.entity("place") == "Vara"
    assert found.entity("postcode") is None


def test_asks_about_topics_that_share_the_mass() -> None:
    found = understanding(
        ("swish", 0.4), ("affirm", 0.2), ("online_banking", 0.2), ("pension", 0.1), ("fk_login", 0.06)
    )
    assert candidates(found) == ("swish", "online_banking", "pension")
    assert candidates(found, 2) == ("swish", "online_banking")


def test_does_not_ask_when_nothing_is_likely() -> None:
    assert candidates(understanding(("swish", 0.1), ("pension", 0.1), ("fk_login", 0.1))) == ()
    assert candidates(understanding(("out_of_scope", 0.6), ("pension", 0.3), ("fk_login", 0.1))) == ()
    assert candidates(understanding(("affirm", 1.0))) == ()
