from bot.domain.finding import ContentError, Finding


def test_a_finding_says_where_what_and_what_to_do() -> None:
    found = Finding("swish.yml", 12, "missing-id", "a step lacks its id", "give it a short name")
    assert str(found) == "swish.yml:12: a step lacks its id (give it a short name) [missing-id]"
    assert (
        str(Finding("swish.yml", 12, "missing-id", "a step lacks its id"))
        == "swish.yml:12: a step lacks its id [missing-id]"
    )


def test_findings_are_in_the_order_of_files_and_lines() -> None:
    later, first, other = Finding("a.yml", 10, "x", "m"), Finding("a.yml", 9, "z", "m"), Finding("b.yml", 1, "a", "m")
    assert sorted([other, later, first]) == [first, later, other]


def test_the_error_tells_every_finding() -> None:
    findings = [Finding("a.yml", 1, "x", "one"), Finding("b.yml", 2, "y", "two")]
    error = ContentError(findings)
    assert error.findings == tuple(findings)
    assert str(error).splitlines() == [str(finding) for finding in findings]
