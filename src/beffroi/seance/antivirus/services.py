"""Noter ce que l'antivirus a vu, lever une quarantaine : un acte, une transaction, une écriture."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.antivirus import queries, rules
from beffroi.seance.antivirus.models import AnalyseDeFichier, LeveeDeQuarantaine
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.ouverture.ports import lettres_parties_pour
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def noter_l_analyse(
    *, fichier: FichierOuvert, constat: rules.Constat, maintenant: datetime
) -> AnalyseDeFichier:
    """La trace demandée par l'annexe 6 du code : ce qui a été vu, par quel moteur, quand.

    Rien n'est effacé.
    """
    fichier = verrouiller(fichier, avec=("ouverture__seance__consultation__organisme",))
    analyse = AnalyseDeFichier.objects.create(fichier=fichier, faite_le=maintenant, **constat.dit)
    _noter("fichier.analyser", fichier, par=PLATEFORME, le=maintenant, donnees=constat.dit)
    return analyse


@transaction.atomic
def lever_la_quarantaine(
    *, fichier: FichierOuvert, motif: str, par: Utilisateur, maintenant: datetime
) -> LeveeDeQuarantaine:
    """Le fichier se lit de nouveau, sous la responsabilité de qui l'a décidé.

    Une nouvelle alerte le remettrait à l'écart.
    """
    fichier = verrouiller(fichier, avec=("ouverture__seance__consultation__organisme",))
    faits = queries.etat_des_fichiers([fichier])[fichier.pk]
    exiger(rules.peut_lever(faits, motif=motif, lettres_parties=lettres_parties_pour(fichier)))
    analyse = queries.dernieres_analyses([fichier])[fichier.pk]
    levee = LeveeDeQuarantaine.objects.create(
        analyse=analyse, motif=motif.strip(), levee_par=par, levee_le=maintenant
    )
    donnees = {"menace": analyse.menace, "motif": levee.motif}
    _noter("fichier.lever_la_quarantaine", fichier, par=par.acteur, le=maintenant, donnees=donnees)
    return levee


def _noter(
    acte: str, fichier: FichierOuvert, *, par: Acteur, le: datetime, donnees: dict[str, str]
) -> None:
    consultation = fichier.ouverture.seance.consultation
    journaliser(
        acte,
        sujet=fichier.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=le,
        donnees={"consultation": consultation.reference, "sha256": fichier.sha256, **donnees},
    )
