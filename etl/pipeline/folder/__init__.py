"""A folder of mail attachments at once: what is in it, and who sent which file about which day.

Nothing is accepted here. For a dashboard or a command::

    found_in(name, content)                 the files in a dropped thing: itself, or what is attached to a mail
    correspondents_in(connection)           who writes from which address, by the network's contacts
    propose(store, file, answers, …)        sender and day of one file, its preview, and the one question that is open

In ``mails``: for each partner a mail "this is what we understood" about what was accepted, its marked workbooks
attached.
"""

from __future__ import annotations

from etl.pipeline.folder.correspondents import Correspondents, MailSender, correspondents_in
from etl.pipeline.folder.files import FoundFile, found_in, once, repeated
from etl.pipeline.folder.proposals import Answers, Proposal, Proposed, propose

__all__ = [
    "Answers",
    "Correspondents",
    "FoundFile",
    "MailSender",
    "Proposal",
    "Proposed",
    "correspondents_in",
    "found_in",
    "once",
    "propose",
    "repeated",
]
