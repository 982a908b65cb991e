"""How the commands speak: results to stdout, everything said about the work to stderr, one clear line for a mistake."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import typer


def named_path(value: str) -> Path:
    """Return the path, when it can be asked for: what lies behind a closed folder or a loop is refused here for all.

    An empty name would mean the current folder, which nobody meant.
    """
    if not value:
        raise typer.BadParameter("an empty name: give a path")
    try:
        os.stat(value)
    except (FileNotFoundError, NotADirectoryError):
        pass  # the command may make it, or says better what is missing
    except (OSError, ValueError) as error:
        raise typer.BadParameter(f"{value}: {getattr(error, 'strerror', None) or error}") from None
    return Path(value)


def named_path_or_url(value: str) -> Path | str:
    """Return a path as ``named_path`` does, or what names something by a scheme (s3://bucket/folder) as it stands."""
    from tenmatsu.remote import is_url

    return value if is_url(value) else named_path(value)


def put(text: str) -> None:
    """Print to stdout; when its reader has gone (``| head``), what is left goes nowhere and the work counts as done."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str) -> None:
    """Say one line about the work on stderr, without what could steer a terminal."""
    from tenmatsu.summary import printable

    typer.echo(f"tenmatsu: {printable(message)}", err=True)


def fail(message: str) -> NoReturn:
    """Say what went wrong and stop with exit code 2: nothing could be done."""
    say(message)
    raise typer.Exit(2)
