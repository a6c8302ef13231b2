"""A process that reads captures and answers with outcomes. It never opens the ledger.

Started by `run.crew` as `python -m crossbearing.run.worker`; it speaks pickle over its own standard input and output
with the process that started it, and ends when that one does.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys

from crossbearing.errors import RunError
from crossbearing.run.attempt import attempt


def main() -> None:
    """Answer until the one who asks is gone, however it went."""
    try:
        answer_all()
    except (BrokenPipeError, EOFError):
        os._exit(0)  # not by the ordinary way, which would write what is left to a pipe that has no other end


def answer_all() -> None:
    """Build the stages once, then answer each capture until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the one who started us decides
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    sys.path[:] = pickle.load(asked)
    try:
        parts = pickle.loads(pickle.load(asked))()
    except Exception as error:
        pickle.dump(f"{type(error).__name__}: {error}", answers)
        answers.flush()
        return
    pickle.dump(tuple(step.id for step in parts.steps), answers)
    answers.flush()
    while True:
        capture = pickle.load(asked)
        try:
            answer: object = attempt(capture, parts)
        except RunError as error:
            answer = error
        pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    main()
