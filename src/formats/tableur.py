"""Des lignes en CSV et en ODS, sans qu'aucune cellule ne puisse devenir une formule."""

import csv as module_csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

import odfdo

from formats import opendocument
from formats.caracteres import visible
from formats.dates import PARIS

type Cellule = str | int | Decimal | datetime

_DEBUTS_DE_FORMULE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_MARQUE_UTF8 = "\N{ZERO WIDTH NO-BREAK SPACE}"
_STYLE_DE_DATE = (
    '<number:date-style style:name="date-exacte" number:automatic-order="false">'
    '<number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/><number:text> </number:text>'
    '<number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/><number:text>:</number:text>'
    '<number:seconds number:style="long" number:decimal-places="3"/></number:date-style>'
)
_STYLE_DE_CELLULE_DATE = (
    '<style:style style:name="cellule-date" style:family="table-cell" '
    'style:data-style-name="date-exacte"/>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feuille:
    """Une table à une ligne d'en-têtes ; les largeurs sont en centimètres."""

    titre: str
    entetes: tuple[str, ...]
    largeurs: tuple[float, ...]
    lignes: Sequence[tuple[Cellule, ...]]


def neutraliser(texte: str) -> str:
    """Précède d'une apostrophe un texte qu'un tableur exécuterait (OWASP, « CSV Injection »)."""
    return f"'{texte}" if texte.startswith(_DEBUTS_DE_FORMULE) else texte


def csv(feuille: Feuille) -> bytes:
    """CSV en UTF-8 avec marque d'ordre,
    séparé par des points-virgules, comme l'attendent nos tableurs.
    """
    return b"".join(csv_au_fil_de_l_eau(feuille.entetes, feuille.lignes))


def csv_au_fil_de_l_eau(
    entetes: Sequence[str], lignes: Iterable[tuple[Cellule, ...]]
) -> Iterator[bytes]:
    """Le même CSV, une ligne à la fois :
    un fichier de toute taille s'écrit en mémoire constante.
    """
    tampon = io.StringIO(newline="")
    ecrivain = module_csv.writer(tampon, delimiter=";", lineterminator="\r\n")
    tampon.write(_MARQUE_UTF8)
    ecrivain.writerow(entetes)
    for ligne in lignes:
        ecrivain.writerow([_en_texte(cellule) for cellule in ligne])
        yield _vider(tampon)
    yield _vider(tampon)


def _vider(tampon: io.StringIO) -> bytes:
    octets = tampon.getvalue().encode()
    tampon.seek(0)
    tampon.truncate()
    return octets


def _en_texte(cellule: Cellule) -> str:
    match cellule:
        case datetime():
            local = cellule.astimezone(PARIS)
            return f"{local:%d/%m/%Y %H:%M:%S},{local.microsecond // 1000:03d}"
        case int():
            return str(cellule)
        case Decimal():
            return f"{cellule:f}".replace(".", ",")
        case str():
            return neutraliser(visible(cellule))


def ods(feuille: Feuille, *, etabli_le: datetime) -> bytes:
    """Classeur OpenDocument aux cellules typées ;
    à contenu et date égaux, les octets sont les mêmes.
    """
    document = odfdo.Document("spreadsheet")
    opendocument.dater(document, titre=feuille.titre, etabli_le=etabli_le)
    _poser_les_styles(document, feuille)
    document.body.clear()
    document.body.append(_table(feuille))
    return opendocument.octets(document)


def _poser_les_styles(document: odfdo.Document, feuille: Feuille) -> None:
    for rang, largeur in enumerate(feuille.largeurs):
        document.insert_style(
            odfdo.Style("table-column", name=f"colonne-{rang}", width=f"{largeur}cm"),
            automatic=True,
        )
    document.insert_style(
        odfdo.Style("table-cell", name="entete", area="text", bold=True), automatic=True
    )
    automatiques = opendocument.automatiques(document)
    for style in (_STYLE_DE_DATE, _STYLE_DE_CELLULE_DATE):
        automatiques.append(odfdo.Element.from_tag(style))


def _table(feuille: Feuille) -> odfdo.Table:
    table = odfdo.Table(feuille.titre)
    for rang in range(len(feuille.entetes)):
        table.append(odfdo.Column(style=f"colonne-{rang}"))
    tetes = odfdo.Element.from_tag("table:table-header-rows")
    tetes.append(_rangee([odfdo.Cell(entete, style="entete") for entete in feuille.entetes]))
    table.append(tetes)
    for ligne in feuille.lignes:
        # Une rangée se lit d'un seul texte :
        # objet par objet, mille lignes prendraient dix secondes.
        table.append(
            odfdo.Element.from_tag(
                f"<table:table-row>{''.join(map(_cellule, ligne))}</table:table-row>"
            )
        )
    return table


def _rangee(cellules: Sequence[odfdo.Cell]) -> odfdo.Row:
    rangee = odfdo.Row()
    for cellule in cellules:
        rangee.append(cellule)
    return rangee


def _cellule(valeur: Cellule) -> str:
    """Une cellule typée, en XML :
    un nombre reste un nombre, un texte ne devient jamais une formule.
    """
    match valeur:
        case datetime():
            local = valeur.astimezone(PARIS).replace(tzinfo=None)
            local = local.replace(microsecond=local.microsecond // 1000 * 1000)
            attributs = f'office:date-value="{local.isoformat()}" table:style-name="cellule-date"'
            return _en_xml("date", attributs, _en_texte(valeur))
        case int() | Decimal():
            nombre = f"{valeur:f}" if isinstance(valeur, Decimal) else str(valeur)
            return _en_xml(
                "float", f'office:value="{nombre}" calcext:value="{nombre}"', _en_texte(valeur)
            )
        case str():
            lisible = visible(valeur)
            return _en_xml("string", f"office:string-value={quoteattr(lisible)}", lisible)


def _en_xml(sorte: str, attributs: str, texte: str) -> str:
    return (
        f'<table:table-cell office:value-type="{sorte}" calcext:value-type="{sorte}" {attributs}>'
        f"<text:p>{escape(texte)}</text:p></table:table-cell>"
    )
