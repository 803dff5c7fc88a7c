"""How each partner lays out its own workbook: one function per layout, found by its name."""

from __future__ import annotations

from collections.abc import Callable

from pages import Book
from tables import Tables

from layouts import associations, authorities, interfaces, noted, office, providers, third_party

LAYOUTS: dict[str, Callable[[Tables], Book]] = {
    "network": office.network,
    "catalogue": office.catalogue,
    "koordinierung": office.koordinierung,
    "foerdermittel": office.foerdermittel,
    "beschluesse": office.beschluesse,
    "ideen": office.ideen,
    "agreements": noted.agreements,
    "schnittstellen": interfaces.paper,
    "schnittstellen_haus": interfaces.house,
    "jobcenter": authorities.jobcenter,
    "agentur": authorities.agentur,
    "agentur_statistik": authorities.agentur_statistik,
    "bamf": authorities.bamf,
    "auslaenderbehoerde": authorities.auslaenderbehoerde,
    "sozialamt": authorities.sozialamt,
    "jugendamt": authorities.jugendamt,
    "caritas": providers.caritas,
    "drittmittel": third_party.drittmittel,
    "vhs": providers.vhs,
    "diakonie": providers.diakonie,
    "awo": providers.awo,
    "drk": providers.drk,
    "klinikum": providers.klinikum,
    "handwerkskammer": providers.handwerkskammer,
    "lindwerk": providers.lindwerk,
    "brueckenbogen": associations.brueckenbogen,
    "freundeskreis": associations.freundeskreis,
    "moschee": associations.moschee,
    "sonnenblume": associations.sonnenblume,
}
