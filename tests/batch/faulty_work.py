"""Documents that do harm to whoever reads them, for worker processes: what they do is their text."""

import os
import re
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from tenmatsu.pipeline import Extracted, extract_document
from tenmatsu.records import DocumentRow


@dataclass
class Faulty:
    """Stands for Work."""

    real: bool = False
    ginza: bool = False

    def opened(self):
        return self._extracted

    def _extracted(self, source):
        word, _, rest = source.data.decode().partition(" ")
        if word == "hang":
            time.sleep(1000)
        elif word == "regex":
            re.match(r"(a+)+$", "a" * 100 + "b")
        elif word == "exit":
            os._exit(3)
        elif word == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif word == "crash-once" and not Path(rest).exists():
            Path(rest).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        elif word == "memory":
            try:
                bytearray(2**33)
            except MemoryError:
                return Extracted(DocumentRow("m", source.path, "m", status="error", error="no memory"))
        elif word == "sleep":
            time.sleep(float(rest))
        elif word == "pid":
            return Extracted(DocumentRow(str(os.getpid()), source.path, "p"))
        if self.real:
            return extract_document(source.data, source.path)
        return Extracted(DocumentRow(source.path, source.path, word))


@dataclass
class Unready:
    """Work that cannot even begin."""

    def opened(self):
        os._exit(1)
