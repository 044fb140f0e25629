"""Les pièces que l'Atelier du Faîtage garde :
une qui finit bientôt, une finie, une sans fin, une remplacée.
"""

from datetime import date, datetime, timedelta

from beffroi.personnes.pieces import services
from beffroi.personnes.pieces.models import PieceDEntreprise
from beffroi.personnes.pieces.services import Fichier, Validite
from demo import documents
from demo.peuplement import Troupe
from droit.pieces_de_candidature import Sorte
from formats.dates import PARIS


def raconter(troupe: Troupe, *, le: datetime) -> None:
    jour = le.astimezone(PARIS).date()
    ancien = le - timedelta(days=50)
    vigilance = ajouter(
        troupe,
        Sorte.VIGILANCE,
        "attestation-vigilance.pdf",
        du=jour - timedelta(days=200),
        le=ancien,
    )
    services.remplacer_le_fichier(
        piece=vigilance,
        fichier=un_fichier(
            "attestation-vigilance-automne.pdf", Validite(jour - timedelta(days=165))
        ),
        par=troupe.personnes["sophie"],
        maintenant=le - timedelta(days=40),
    )
    ajouter(troupe, Sorte.DECENNALE, "decennale.pdf", fin=jour - timedelta(days=12), le=ancien)
    ajouter(troupe, Sorte.QUALIFICATION, "qualibat.pdf", fin=jour + timedelta(days=400), le=ancien)
    ajouter(troupe, Sorte.REFERENCES, "references-couverture.pdf", le=ancien)


def ajouter(
    troupe: Troupe,
    sorte: Sorte,
    nom: str,
    *,
    du: date | None = None,
    fin: date | None = None,
    le: datetime,
) -> PieceDEntreprise:
    return services.ajouter_une_piece(
        equipe=troupe.equipes["faitage"],
        sorte=sorte,
        intitule="",
        fichier=un_fichier(nom, Validite(du, fin)),
        par=troupe.personnes["sophie"],
        maintenant=le,
    )


def un_fichier(nom: str, validite: Validite) -> Fichier:
    octets = documents.pdf(
        nom.removesuffix(".pdf"),
        "Atelier du Faîtage",
        nature="Une pièce inventée, pour la démonstration.",
    )
    return Fichier(nom, octets, validite)
