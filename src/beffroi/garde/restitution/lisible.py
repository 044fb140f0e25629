"""La page d'entrée de l'archive :
elle se lit sans réseau ni logiciel, et mène à chaque consultation.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.html import format_html, format_html_join

from formats.dates import jour_et_heure

_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{nom}</title>
<style>
body{{font:1rem/1.5 sans-serif;max-width:60rem;margin:auto;padding:1rem}}
li{{margin:.6rem 0}}
</style></head>
<body><h1>{nom}</h1><p>SIRET {siret}. Archive {reference}, établie le {le} par {service}.</p>
<p>Elle se vérifie sans réseau : VERIFIER.txt dit comment.
Ses données se lisent aussi en JSON, à partir de consultations.json.</p>
<h2>{combien}</h2><ul>{lignes}</ul>{autres}{venues}</body></html>
"""


_AUTRES = (
    "<h2>Sans consultation : conventions, contributions, violations de données, "
    "contrats inscrits seuls</h2><ul>{}</ul>"
)

_VENUE = "<h2>Venu de {}</h2><p>Archive {}, établie le {}.</p><ul>{}{}</ul>"


def index(
    entete: Mapping[str, Any],
    resumes: Sequence[Mapping[str, Any]],
    autres: Sequence[Mapping[str, Any]],
    venues: Sequence[Mapping[str, Any]] = (),
) -> bytes:
    nombre = len(resumes)
    return format_html(
        _PAGE,
        nom=entete["organisme"]["nom"],
        siret=entete["organisme"]["siret"],
        reference=entete["reference"],
        le=jour_et_heure(datetime.fromisoformat(entete["etablie_le"])),
        service=entete["service"],
        combien=f"{nombre} consultations" if nombre > 1 else f"{nombre} consultation",
        lignes=format_html_join("", "{}", ((_ligne(resume),) for resume in resumes)),
        autres=format_html(_AUTRES, _pieces(autres)) if autres else "",
        venues=format_html_join("", "{}", map(_venue, venues)),
    ).encode()


def _venue(venue: Mapping[str, Any]) -> tuple[str]:
    """Une archive apportée d'une autre plateforme :
    ses consultations, et leurs fichiers tels qu'ils en sont venus.
    """
    consultations = format_html_join(
        "",
        "<li>{} ({})<ul>{}</ul></li>",
        (
            (une["consultation"]["titre"], une["reference"], _pieces(une["pieces"]))
            for une in venue["consultations"]
        ),
    )
    le = jour_et_heure(datetime.fromisoformat(venue["etablie_le"]))
    return (
        format_html(
            _VENUE,
            venue["origine"],
            venue["restitution"],
            le,
            consultations,
            _pieces(venue["pieces"]),
        ),
    )


def _pieces(pieces: Sequence[Mapping[str, Any]]) -> str:
    lues = ((piece["chemin"], piece["titre"], piece["nom"]) for piece in pieces)
    return format_html_join("", '<li><a href="{}">{}</a> ({})</li>', lues)


def _ligne(resume: Mapping[str, Any]) -> str:
    if not resume["page"]:
        # D'une procédure en cours,
        # rien de ce que les entreprises ont remis ne sort avant son heure.
        texte = (
            '<li>{} ({}) : {}. En cours : <a href="{}">ses données</a> et vos documents '
            "seuls sont ici.{}</li>"
        )
        documents = (
            format_html("<ul>{}</ul>", _pieces(resume["documents"])) if resume["documents"] else ""
        )
        return format_html(
            texte,
            resume["titre"],
            resume["reference"],
            resume["etat"],
            resume["donnees"],
            documents,
        )
    texte = '<li><a href="{}">{}</a> ({}) : {}. Pièces : {}. <a href="{}">Données en JSON</a>.</li>'
    return format_html(
        texte,
        resume["page"],
        resume["titre"],
        resume["reference"],
        resume["etat"],
        resume["pieces"],
        resume["donnees"],
    )
