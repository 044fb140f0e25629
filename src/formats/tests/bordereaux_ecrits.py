"""Des bordereaux comme on en reçoit :
écrits ici par les bibliothèques, abîmés ensuite à la main quand il le faut.
"""

import io
import re
import zipfile

import odfdo
from openpyxl import Workbook

ENTETES = (
    "N°",
    "Désignation des prestations",
    "Unité",
    "Quantité",
    "Prix unitaire HT",
    "Montant HT",
)
LIGNES = (
    ("1.1", "Dépose de la toiture", "m²", 120, 12.5, 1500),
    ("1.2", "Fourniture de tuiles", "m²", 120, 40, 4800),
    ("2.1", "Gouttières", "ml", 30.5, 20, 610),
)
TITRES = (("Commune de Saint-Ambroise",), ("Bordereau des prix unitaires",), ())


def xlsx(*rangees, apres=None, feuilles=None):
    """Un classeur d'une feuille « Lot 1 » ; `apres(classeur, feuille)` y ajoute ce qu'il veut."""
    classeur = Workbook()
    feuille = classeur.active
    feuille.title = "Lot 1"
    for rangee in rangees:
        feuille.append(rangee)
    for nom, lignes in (feuilles or {}).items():
        autre = classeur.create_sheet(nom)
        for rangee in lignes:
            autre.append(rangee)
    if apres:
        apres(classeur, feuille)
    return octets(classeur)


def octets(classeur):
    tampon = io.BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def bordereau(*lignes, **options):
    """Trois lignes de titre, les en-têtes en ligne 4, les prix à partir de la ligne 5."""
    return xlsx(*TITRES, ENTETES, *(lignes or LIGNES), **options)


def repacker(archive, *, changer=None, ajouter=None):
    """La même archive, une partie changée par (motif, remplacement), d'autres ajoutées."""
    tampon = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as avant,
        zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as apres,
    ):
        for membre in avant.infolist():
            contenu = avant.read(membre)
            for nom, motif, remplacement in changer or ():
                if nom == membre.filename:
                    contenu = re.sub(motif, remplacement, contenu)
            apres.writestr(membre.filename, contenu)
        for nom, contenu in (ajouter or {}).items():
            apres.writestr(nom, contenu)
    return tampon.getvalue()


def calculees(archive, valeurs):
    """Donne à des formules la valeur qu'un tableur aurait gardée ;
    openpyxl, lui, n'en écrit pas.
    """
    changements = [
        (
            "xl/worksheets/sheet1.xml",
            rf'(<c r="{adresse}"[^>]*>\s*<f>[^<]*</f>)\s*<v\s*/?>(</v>)?'.encode(),
            rf"\g<1><v>{v}</v>".encode(),
        )
        for adresse, v in valeurs.items()
    ]
    return repacker(archive, changer=changements)


def ods(*rangees, apres=None):
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Lot 1")
    for rangee in rangees:
        ligne = odfdo.Row()
        for valeur in rangee:
            ligne.append_cell(odfdo.Cell(valeur))
        table.append_row(ligne)
    document.body.append(table)
    if apres:
        apres(document, table)
    tampon = io.BytesIO()
    document.save(tampon)
    return tampon.getvalue()


def csv(*rangees, separateur=";", encodage="utf-8-sig", entete=""):
    lignes = [
        separateur.join(
            str(valeur).replace(".", ",") if isinstance(valeur, float) else str(valeur)
            for valeur in r
        )
        for r in rangees
    ]
    return (entete + "\r\n".join(lignes)).encode(encodage)


def grand(lignes):
    """Un bordereau de tant de lignes, pour mesurer."""
    classeur = Workbook(write_only=True)
    feuille = classeur.create_sheet("DQE")
    feuille.append(ENTETES)
    for n in range(1, lignes + 1):
        feuille.append(
            (str(n), f"Prestation numéro {n}", "u", 10, n % 97 + 0.25, (n % 97 + 0.25) * 10)
        )
    return octets(classeur)
