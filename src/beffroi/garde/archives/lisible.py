"""L'entrée du paquet pour une personne :
une page qui se lit sans réseau ni logiciel, et qui mène à chaque fichier.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join

from beffroi.garde.archives.bordereau import Entete, objet
from formats.dates import jour_et_heure
from formats.versement import Etape, Piece

_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>{titre}</title>
<style>
body{{font:1rem/1.5 sans-serif;max-width:60rem;margin:auto;padding:1rem}}
li{{margin:.4rem 0}}
</style></head>
<body><h1>{titre}</h1><p>{reference}. Paquet {identifiant}, établi le {le}, SEDA {version}.</p>
<p>Le fichier manifest.xml dit l'empreinte, la taille
et la durée de conservation de chaque pièce.</p>
{etapes}</body></html>
"""


def page(entete: Entete, pieces: Sequence[Piece]) -> bytes:
    """Les liens sont ceux du paquet, vus de `content/`, où cette page se trouve."""
    etapes = []
    for etape in Etape:
        lignes = [
            (objet(numero, piece).uri.removeprefix("content/"), piece.titre, piece.nom, piece.sorte)
            for numero, piece in enumerate(pieces, start=1)
            if piece.etape is etape
        ]
        liste = format_html_join("", '<li><a href="{}">{}</a> ({}) : {}</li>', lignes)
        etapes.append(format_html("<h2>{}</h2><ul>{}</ul>", etape, liste) if lignes else "")
    return format_html(
        _PAGE,
        titre=entete.titre,
        reference=entete.reference,
        identifiant=entete.identifiant,
        le=jour_et_heure(entete.le),
        version=entete.version,
        etapes=format_html_join("", "{}", ((etape,) for etape in etapes)),
    ).encode()
