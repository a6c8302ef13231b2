"""The API against its own description, with inputs made up from it: nothing that can be asked is answered by a crash."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from crossbearing.serve.app import application
from crossbearing.serve.desk import Desk
from crossbearing.serve.guard import TOKEN_HEADER

schemathesis = pytest.importorskip("schemathesis", reason="Schemathesis is not installed: the API is not fuzzed")


def ask_everything(desk: Desk, examples: int) -> int:
    """Ask so many made-up questions of each address and verb that the description names; returns how many there are."""
    app = application(desk, ["testserver", "localhost", "127.0.0.1"])
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    operations = [found.ok() for found in described.get_all_operations()]
    for operation in operations:
        if operation.path.endswith("/uploads") and operation.method.upper() == "POST":
            continue  # it takes files, and starts a process for each

        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            case.headers = {**(case.headers or {}), TOKEN_HEADER: desk.token}
            answer = case.call()
            assert answer.status_code < 500, f"{case.method} {case.formatted_path}: {answer.text}"
            if answer.status_code >= 400:
                assert answer.json()["error"], f"{case.method} {case.formatted_path}"

        ask()
    return len(operations)


def test_no_question_breaks_the_api(desk: Desk) -> None:
    """Whatever is asked, with the token and without sense, the status and a sentence say what it came to."""
    assert ask_everything(desk, 10) > 20


@pytest.mark.soak
def test_no_question_breaks_the_api_for_long(desk: Desk) -> None:
    """The same, thirty times as much."""
    assert ask_everything(desk, 300) > 20
