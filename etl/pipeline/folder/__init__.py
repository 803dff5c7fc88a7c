"""A folder of mail attachments at once: what is in it, and who sent which file about which day.

Nothing is accepted here. For a dashboard or a command::

    found_in(name, content)                 the files in a dropped thing: itself, or what is attached to a mail
    correspondents_in(connection)           who writes from which address, by the network's contacts
    propose(store, file, answers, …)        sender and day of one file, its preview, and the one question that is open
    replies(store, deliveries, facts)       for each partner a mail "this is what we understood", to be made with
                                            reply_mail or all_mails, its marked workbooks attached
"""

from __future__ import annotations

from etl.pipeline.folder.correspondents import Correspondents, MailSender, correspondents_in
from etl.pipeline.folder.files import FoundFile, found_in, once, repeated
from etl.pipeline.folder.mails import Reply, all_mails, replies, reply_mail
from etl.pipeline.folder.proposals import Answers, Proposal, Proposed, propose

__all__ = [
    "Answers",
    "Correspondents",
    "FoundFile",
    "MailSender",
    "Proposal",
    "Proposed",
    "Reply",
    "all_mails",
    "correspondents_in",
    "found_in",
    "once",
    "propose",
    "repeated",
    "replies",
    "reply_mail",
]
