"""Ce que chaque acte de l'analyse fait d'abord :
verrouiller, relire l'état, et à la fin écrire au journal.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.analyse import conditions
from beffroi.choix.analyse.models import GrilleDAnalyse, RapportDAnalyse
from beffroi.choix.analyse.queries import sont_ouvertes
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.ports import lettres_parties
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller, verrouiller_sans_exclure
from beffroi.socle.journal.services import journaliser

CHANGEE = (
    "Quelqu'un d'autre vient de l'écrire. Relisez ce qui est inscrit, "
    "puis recommencez s'il le faut."
)


def a_analyser(consultation: Consultation, lot: int | None, *, seul: bool = True) -> Consultation:
    """La consultation relue sous verrou, dont ce lot s'analyse encore ; `seul` :
    personne d'autre n'y décide en même temps.
    """
    prendre = verrouiller if seul else verrouiller_sans_exclure
    consultation = prendre(consultation, avec=("organisme",))
    exiger(
        conditions.peut_analyser(
            etat=consultation.etat,
            ouvertes=sont_ouvertes(consultation, lot),
            valide=est_valide(consultation, lot),
            parties=lettres_parties(consultation, lot),
        )
    )
    return consultation


def est_valide(consultation: Consultation, lot: int | None) -> bool:
    return RapportDAnalyse.objects.filter(
        consultation=consultation, lot=lot, rouvert_le=None
    ).exists()


def grille_en_vigueur(consultation: Consultation, lot: int | None) -> GrilleDAnalyse:
    grille = GrilleDAnalyse.objects.filter(
        consultation=consultation, lot=lot, remplacee_par=None
    ).first()
    if grille is None:
        raise ConflitEtat("La grille de ce lot n'est pas arrêtée : arrêtez-la d'abord.")
    return grille


def exiger_la_derniere(vue: str, derniere: Any) -> None:
    """La personne a vu ce qu'elle remplace ;
    sinon, un collègue, ou un autre onglet, a écrit entre-temps.
    """
    if vue != (str(derniere.pk) if derniere else ""):
        raise ConflitEtat(CHANGEE)


def inscrire_au_journal(
    consultation: Consultation,
    acte: str,
    *,
    par: Utilisateur,
    le: datetime,
    donnees: Mapping[str, Any],
) -> None:
    journaliser(
        f"analyse.{acte}",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par.acteur,
        le=le,
        donnees=donnees,
    )
