"""What partners say about fragile spots of the network that concern them, before a body sees them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant


class SpotComment(Base):
    """``spot`` names the finding by kind and keys ("single_contact:partner-12"); withdrawn, it stays as history."""

    __tablename__ = "spot_comment"
    id: Mapped[int] = mapped_column(primary_key=True)
    spot: Mapped[str] = mapped_column(String(200), index=True)
    partner: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Instant)
