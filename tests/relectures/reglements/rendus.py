"""Le même règlement en DOCX (python-docx), en ODT (odfdo) et en PDF (Typst)."""

import io
import json

import docx
import odfdo
import typst

from tests.relectures.reglements.blocs import Ligne, Liste, Tableau, Titre
from tests.relectures.reglements.recueil import Reglement

MODELE = """
#let blocs = json(bytes(sys.inputs.blocs))
#set document(title: sys.inputs.titre)
#set page(
  paper: "a4", margin: 2.2cm, header: [#sys.inputs.titre],
  footer: context [Page #counter(page).display() / #counter(page).final().first()],
)
#set text(lang: "fr", size: 10.5pt)
#set par(justify: true, leading: 0.65em, spacing: 1em)
#for (rang, bloc) in blocs.enumerate() {
  if rang == int(sys.inputs.garde) { pagebreak() }
  if bloc.at(0) == "titre" { heading(level: bloc.at(1), bloc.at(2)) }
  else if bloc.at(0) == "ligne" { par(bloc.at(1)) }
  else if bloc.at(0) == "liste" { list(..bloc.at(1)) }
  else { table(columns: bloc.at(1).first().len(), ..bloc.at(1).flatten()) }
}
"""


def rendre(reglement: Reglement) -> bytes:
    return {"docx": en_docx, "odt": en_odt, "pdf": en_pdf}[reglement.sorte](reglement)


def en_docx(reglement: Reglement) -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[
        0
    ].text = f"{reglement.achat.acheteur.nom} – {reglement.achat.titre}"
    for bloc in reglement.blocs:
        match bloc:
            case Titre(niveau, texte):
                document.add_heading(texte, niveau)
            case Ligne(texte):
                document.add_paragraph(texte)
            case Liste(elements):
                for element in elements:
                    document.add_paragraph(element, style="List Bullet")
            case Tableau(lignes):
                tableau = document.add_table(len(lignes), len(lignes[0]), style="Table Grid")
                for i, ligne in enumerate(lignes):
                    for j, texte in enumerate(ligne):
                        tableau.cell(i, j).text = texte
    return _octets(document.save)


def en_odt(reglement: Reglement) -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    for bloc in reglement.blocs:
        match bloc:
            case Titre(niveau, texte):
                document.body.append(odfdo.Header(niveau, texte))
            case Ligne(texte):
                document.body.append(odfdo.Paragraph(texte))
            case Liste(elements):
                document.body.append(odfdo.List(list(elements)))
            case Tableau(lignes):
                document.body.append(_tableau_odt(lignes))
    return _octets(document.save)


def _tableau_odt(lignes: tuple[tuple[str, ...], ...]) -> odfdo.Table:
    tableau = odfdo.Table("Tableau", width=len(lignes[0]), height=len(lignes))
    for i, ligne in enumerate(lignes):
        for j, texte in enumerate(ligne):
            tableau.set_value((j, i), texte)
    return tableau


def en_pdf(reglement: Reglement) -> bytes:
    blocs: list[list[object]] = []
    for bloc in reglement.blocs:
        match bloc:
            case Titre(niveau, texte):
                blocs.append(["titre", niveau, texte])
            case Ligne(texte):
                blocs.append(["ligne", texte])
            case Liste(elements):
                blocs.append(["liste", elements])
            case Tableau(lignes):
                blocs.append(["tableau", lignes])
    entrees = {
        "blocs": json.dumps(blocs),
        "titre": f"{reglement.achat.acheteur.nom} – {reglement.achat.titre}",
    }
    entrees["garde"] = str(
        next(rang for rang, bloc in enumerate(reglement.blocs) if isinstance(bloc, Titre))
    )
    return typst.compile(MODELE.encode(), sys_inputs=entrees)


def _octets(enregistrer) -> bytes:
    flux = io.BytesIO()
    enregistrer(flux)
    return flux.getvalue()
