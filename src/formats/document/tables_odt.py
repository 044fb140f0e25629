"""Les tables d'un ODT :
des en-têtes qui se répètent d'une page à l'autre, des filets, des largeurs en parts de page.
"""

from collections.abc import Sequence

import odfdo

_LARGEUR = 17.4  # centimètres, entre les marges
_COLONNE = "colonne-"


def _cellule(nom: str, bas: str, *, retrait: str = "0.1cm", hauteur: str = "") -> str:
    return (
        f'<style:style style:name="{nom}" style:family="table-cell"><style:table-cell-properties '
        f'fo:padding-top="{retrait}" fo:padding-bottom="{retrait}" fo:padding-left="0cm" '
        'fo:padding-right="0.25cm" '
        'fo:border-left="none" fo:border-right="none" fo:border-top="none" '
        f'fo:border-bottom="{bas}"{hauteur}/>'
        "</style:style>"
    )


STYLES = (
    '<style:style style:name="table" style:family="table"><style:table-properties '
    f'style:width="{_LARGEUR}cm" '
    'table:align="left" fo:margin-bottom="0.4cm" '
    'style:may-break-between-rows="true"/></style:style>',
    '<style:style style:name="rangee" style:family="table-row">'
    '<style:table-row-properties fo:keep-together="always"/></style:style>',
    *(
        f'<style:style style:name="rangee-{lignes}" style:family="table-row">'
        "<style:table-row-properties "
        f'style:min-row-height="{lignes * 0.85}cm" fo:keep-together="always"/></style:style>'
        for lignes in (1, 2, 3, 4)
    ),
    _cellule("cellule", "0.5pt solid #c3cad3"),
    _cellule("tete", "1.1pt solid #15202e"),
    _cellule("place", "0.8pt solid #66727f"),
    _cellule("nom-de-champ", "none"),
)


def tableau(
    entetes: Sequence[odfdo.Paragraph],
    lignes: Sequence[Sequence[odfdo.Paragraph]],
    *,
    largeurs: Sequence[int],
) -> odfdo.Table:
    table = _table(largeurs)
    tetes = odfdo.Element.from_tag("table:table-header-rows")
    tetes.append(_rangee(entetes, styles=["tete"] * len(entetes)))
    table.append(tetes)
    for ligne in lignes:
        a_remplir = not any(paragraphe.inner_text for paragraphe in ligne)
        rangee = "rangee-1" if a_remplir else "rangee"
        table.append(_rangee(ligne, styles=["cellule"] * len(ligne), rangee=rangee))
    return table


def fiche(lignes: Sequence[tuple[odfdo.Paragraph, odfdo.Paragraph]]) -> odfdo.Table:
    table = _table((1, 3))
    for ligne in lignes:
        table.append(_rangee(ligne, styles=["cellule", "cellule"]))
    return table


def formulaire(champs: Sequence[odfdo.Paragraph], *, lignes: int) -> odfdo.Table:
    table = _table((2, 3))
    for champ in champs:
        place = odfdo.Paragraph(style="Table_20_Contents")
        table.append(
            _rangee((champ, place), styles=["nom-de-champ", "place"], rangee=f"rangee-{lignes}")
        )
    return table


def numeroter(corps: odfdo.Element) -> None:
    """Un nom par table, unique dans le document :
    le navigateur du traitement de texte s'en sert.
    """
    for rang, table in enumerate(corps.get_elements("//table:table"), start=1):
        table.set_attribute("table:name", f"Tableau {rang}")


def styles_de_colonnes(corps: odfdo.Element) -> list[str]:
    """Un style par largeur employée, en centimètres :
    les largeurs relatives ne se lisent pas partout pareil.
    """
    noms = {
        str(colonne.get_attribute("table:style-name"))
        for colonne in corps.get_elements("//table:table-column")
    }
    return [
        f'<style:style style:name="{nom}" style:family="table-column">'
        "<style:table-column-properties "
        f'style:column-width="{int(nom.removeprefix(_COLONNE)) / 100:.2f}cm"/></style:style>'
        for nom in sorted(noms)
    ]


def _table(largeurs: Sequence[int]) -> odfdo.Table:
    table = odfdo.Table("Tableau", style="table")
    for part in largeurs:
        table.append(
            odfdo.Column(style=f"{_COLONNE}{round(100 * _LARGEUR * part / sum(largeurs))}")
        )
    return table


def _rangee(
    paragraphes: Sequence[odfdo.Paragraph], *, styles: Sequence[str], rangee: str = "rangee"
) -> odfdo.Row:
    ligne = odfdo.Row(style=rangee)
    for paragraphe, style in zip(paragraphes, styles, strict=True):
        cellule = odfdo.Cell(style=style, cell_type="string")
        cellule.append(paragraphe)
        ligne.append(cellule)
    return ligne
