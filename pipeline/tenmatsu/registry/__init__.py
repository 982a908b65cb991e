"""The register of organisations that a user imports from official open data: reading, keeping, looking up."""

from tenmatsu.registry.lookup import Candidate, Organisation, Registry, at_date
from tenmatsu.registry.schema import RegisterError

__all__ = ["Candidate", "Organisation", "RegisterError", "Registry", "at_date"]
