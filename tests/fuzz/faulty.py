"""A reader that hangs, dies and raises on inputs of its choice, to try what looks on (``long.py``)."""

import os
import time

from fuzz.mutate import Made, numbered


def through(made: Made) -> None:
    """Do what this input stands for; most are refused."""
    if made == numbered(3, 20):
        time.sleep(600)
    if made == numbered(3, 40):
        os._exit(9)
    if made == numbered(3, 60):
        raise ValueError("a defect")
