from datetime import datetime

from formats import preuve_de_courrier as preuves
from formats.dates import PARIS
from formats.tests.exemples import texte

LE = datetime(2027, 1, 12, 11, 58, 7, 412_000, tzinfo=PARIS)


def une_preuve(**change) -> preuves.PreuveDeCourrier:
    champs = {
        "exemplaire": "X-7F3KPT2A",
        "identite": (("Entreprise", "Atelier du Faîtage (73282932000074)"),),
        "faits": (preuves.FaitProuve(quoi="Lu la première fois", le=LE, empreinte="ab" * 32),),
        "alertes": (("sophie@faitage.example", "prise par son serveur"),),
        "texte": "Visite du site\n\nBonjour.",
        "empreinte": "cd" * 32,
        "pieces": (preuves.PieceProuvee(nom="plan.pdf", taille=1_200_000, sha256="ef" * 32),),
        "exploitant": "Centre de gestion de Trébuchet",
        "etablie_le": LE,
    }
    return preuves.PreuveDeCourrier(**{**champs, **change})


def test_la_preuve_dit_a_qui_quoi_et_quand():
    lu = texte(preuves.pdf(une_preuve()))

    assert all(
        mot in lu
        for mot in (
            "Atelier du Faîtage",
            "Lu la première fois",
            "11:58:07,412",
            "Bonjour.",
            "plan.pdf",
        )
    )


def test_la_preuve_est_un_pdf_archivable_et_accessible():
    octets = preuves.pdf(une_preuve(texte="#import \u202e [x] *gras*\ue000", pieces=()))

    assert b"pdfuaid:part" in octets and b"pdfaid:part" in octets
