"""Organisations: the register of known ones, their names in a text, and whom names and anaphors stand for."""

from tenmatsu.organisations.find import FoundOrganisation, find
from tenmatsu.organisations.link import link
from tenmatsu.organisations.register import register
from tenmatsu.organisations.resolve import ResolvedMention, resolve, role_of, struck
from tenmatsu.organisations.sender import sender

__all__ = ["FoundOrganisation", "ResolvedMention", "find", "link", "register", "resolve", "role_of", "sender", "struck"]
