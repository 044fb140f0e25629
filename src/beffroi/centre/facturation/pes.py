"""Le fichier PES de recette d'un exercice, expérimental : un titre par contribution appelée.

Les avoirs n'y sont pas.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions.models import Exercice
from beffroi.centre.facturation.composition import acheteur, facture
from beffroi.centre.facturation.creancier import Creancier
from beffroi.centre.facturation.lecture import AFacturer, a_facturer
from beffroi.socle.fondations.erreurs import ConflitEtat
from formats.dates import PARIS
from formats.pes import Bordereau, Debiteur, Titre, Verdict, en_xml, verifier

# Les catégories de tiers de 2011.
CATEGORIES = {
    Adherent.Nature.COMMUNE.value: "23",
    Adherent.Nature.EPCI.value: "24",
    Adherent.Nature.SYNDICAT.value: "24",
    Adherent.Nature.CAISSE_DES_ECOLES.value: "25",
    Adherent.Nature.CCAS.value: "26",
}
AUTRE = "29"


@dataclass(frozen=True)
class Fichier:
    """Le fichier, son nom, et ce que les schémas de 2011 en disent."""

    nom: str
    octets: bytes
    verdict: Verdict


def fichier(exercice: Exercice, *, centre: Creancier, le: date) -> Fichier:
    nom = f"PES-EXPERIMENTAL-contributions-{exercice.cle}.xml"
    titres = tuple(_titre(une, centre) for une in a_facturer(exercice) if une.avoir is None)
    if not titres:
        raise ConflitEtat(
            "Aucune somme n'est appelée pour cet exercice : il n'y a pas de titre à décrire."
        )
    assert exercice.emis_le is not None
    bordereau = Bordereau(
        nom_du_fichier=nom,
        exercice=exercice.annee,
        numero=exercice.rang + 1,
        emis_le=exercice.emis_le.astimezone(PARIS).date(),
        etabli_le=le,
        collectivite=centre.partie.nom,
        siret=centre.partie.siret,
        titres=titres,
    )
    octets = en_xml(bordereau)
    return Fichier(
        nom, octets, verifier(octets, normes=Path(settings.NORMES) if settings.NORMES else None)
    )


def _titre(une: AFacturer, centre: Creancier) -> Titre:
    composee, contribution = facture(une, centre=centre), une.contribution
    (ligne,) = composee.lignes
    return Titre(
        numero=contribution.numero or 0,
        objet=f"{ligne.libelle}, {composee.numero}",
        debiteur=_debiteur(une),
        hors_taxe=composee.hors_taxe + composee.ajustement,
        tva=composee.tva,
        debut=ligne.debut,
        fin=ligne.fin,
        convention=composee.references.convention,
    )


def _debiteur(une: AFacturer) -> Debiteur:
    partie = acheteur(une.contribution)
    return Debiteur(
        nom=partie.nom,
        siret=partie.siret,
        categorie=CATEGORIES.get(une.contribution.adherent.nature, AUTRE),
        voie=partie.adresse.voie,
        code_postal=partie.adresse.code_postal,
        ville=partie.adresse.ville,
    )
