"""Décider à deux, notifier, revenir : l'un propose, l'autre décide,
et rien n'a d'effet avant la preuve de la notification.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from beffroi.centre.conventions.rules.lettres import preuve_recevable as preuve_de_fin
from beffroi.centre.conventions.services import fin
from beffroi.centre.impayes import courriels, queries
from beffroi.centre.impayes.models import Defaut, LettreDImpaye
from beffroi.centre.impayes.rules import preuves
from beffroi.centre.impayes.services.blocage import bloquer, lever
from beffroi.centre.impayes.services.dossier import (
    LIENS,
    Reception,
    SortePiece,
    a_mener,
    attendue,
    dit,
    etablir,
    jour_de,
    noter_la_preuve,
    passer,
    prouver,
    recevable,
    sous_verrou,
)
from beffroi.centre.impayes.states import Etat
from beffroi.centre.propositions.models import Proposition
from beffroi.centre.propositions.services import Demande, retenue, sans_objet
from beffroi.centre.propositions.services import proposer as proposer_a_l_autre
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser

Sorte = LettreDImpaye.Sorte


class ADeux(NamedTuple):
    """Une décision sur un impayé : son nom au journal, ce qu'elle ferait, l'écran où on la prend.

    `lettre` : celle qui l'écrit ; vide, elle n'en a pas.
    """

    nom: str
    ferait: str
    ecran: str
    lettre: str = ""


DECISIONS = {
    "decider_le_blocage": ADeux(
        "impaye.bloquer", "Arrêter les consultations nouvelles", "blocage", Sorte.BLOCAGE
    ),
    "decider_la_fin": ADeux("impaye.finir", "Mettre fin à la convention", "fin", Sorte.FIN),
    "revenir_sur_la_fin": ADeux("impaye.revenir", "Revenir sur la fin de la convention", "retour"),
}


@transaction.atomic
def proposer(
    *, defaut: Defaut, acte: str, motif: str, par: Utilisateur, maintenant: datetime
) -> Proposition:
    """Blocage ou fin, dans les conditions mêmes de la décision : une autre personne la prendra."""
    defaut, _ = a_mener(defaut, acte, maintenant)
    _exiger_une_convention_en_vie(defaut, acte)
    return _proposee(defaut, acte, motif=motif, par=par, maintenant=maintenant)


@transaction.atomic
def decider(
    *, defaut: Defaut, acte: str, motif: str, par: Utilisateur, maintenant: datetime
) -> Defaut:
    """La décision motivée du président : bloquer, ou finir, ce qu'une autre personne a proposé.

    Elle n'a d'effet qu'une fois notifiée.
    """
    exiger(preuves.motivee(motif))
    defaut, situation = a_mener(defaut, acte, maintenant)
    _exiger_une_convention_en_vie(defaut, acte)
    a_deux = DECISIONS[acte]
    proposition = retenue(acte=a_deux.nom, sujet=defaut.reference, par=par, maintenant=maintenant)
    lettre = etablir(
        a_deux.lettre, defaut, situation, motif=motif.strip(), par=par, maintenant=maintenant
    )
    if acte == "decider_la_fin":
        blocage = DECISIONS["decider_le_blocage"].nom
        sans_objet(sujet=defaut.reference, actes=(blocage,), maintenant=maintenant)
    donnees = {"proposition": proposition.reference, "motif": lettre.motif, **dit(lettre)}
    return passer(defaut, acte, par=par, le=maintenant, donnees=donnees)


@transaction.atomic
def notifier(
    *, defaut: Defaut, reception: Reception, par: Utilisateur, maintenant: datetime
) -> Defaut:
    """La décision prend effet au jour lu sur la preuve :
    le blocage se pousse, ou la convention finit (convention, art. 5).
    """
    defaut, _ = a_mener(defaut, "notifier", maintenant)
    sorte = Sorte.FIN if defaut.etat == Etat.FIN_DECIDEE else Sorte.BLOCAGE
    if sorte == Sorte.FIN:
        lettre = _finir(defaut, reception, par=par, maintenant=maintenant)
        return passer(
            defaut,
            "notifier",
            par=par,
            le=maintenant,
            donnees=dit(lettre),
            finie_le=reception.recue_le,
        )
    lettre = prouver(defaut, sorte, reception, maintenant=maintenant)
    defaut = passer(
        defaut,
        "notifier",
        par=par,
        le=maintenant,
        donnees=dit(lettre),
        bloquee_le=reception.recue_le,
    )
    bloquer(defaut, par=par.acteur, maintenant=maintenant)
    courriels.bloquee(lettre, maintenant=maintenant)
    return defaut


@transaction.atomic
def lever_le_blocage(
    *, defaut: Defaut, motif: str, par: Utilisateur, maintenant: datetime
) -> Defaut:
    """Un échéancier accordé, une erreur : l'organisme crée de nouveau. La somme reste due."""
    exiger(preuves.motivee(motif))
    defaut = passer(
        sous_verrou(defaut, "lever_le_blocage"),
        "lever_le_blocage",
        par=par,
        le=maintenant,
        donnees={"motif": motif.strip()},
        bloquee_le=None,
    )
    lever(defaut, par=par.acteur, maintenant=maintenant)
    return defaut


@transaction.atomic
def proposer_le_retour(
    *, defaut: Defaut, motif: str, par: Utilisateur, maintenant: datetime
) -> Proposition:
    """Reprendre la convention finie, dans les sept jours et avant tout effacement."""
    defaut = _finie_sous_verrou(defaut)
    fin.exiger_de_pouvoir_revenir(
        queries.convention_finie_par(defaut), aujourd_hui=jour_de(maintenant)
    )
    return _proposee(defaut, "revenir_sur_la_fin", motif=motif, par=par, maintenant=maintenant)


@transaction.atomic
def revenir_sur_la_fin(
    *, defaut: Defaut, motif: str, par: Utilisateur, maintenant: datetime
) -> Defaut:
    """La convention reprend, comme si elle n'avait pas fini.

    La somme reste due : le dossier revient à la mise en demeure, et le blocage, s'il y en avait un,
    se redécide. Payée entre-temps, rien n'est plus dû et il reste clos.
    """
    exiger(preuves.motivee(motif))
    defaut = _finie_sous_verrou(defaut)
    proposition = retenue(
        acte=DECISIONS["revenir_sur_la_fin"].nom,
        sujet=defaut.reference,
        par=par,
        maintenant=maintenant,
    )
    convention = queries.convention_finie_par(defaut)
    fin.revenir_sur_la_fin(
        convention=convention, motif=motif, par=par.acteur, maintenant=maintenant
    )
    donnees = {"proposition": proposition.reference, "motif": motif.strip()}
    if defaut.etat == Etat.FINIE:
        retirees = {"finie_le": None, "bloquee_le": None}
        defaut = passer(
            defaut, "revenir_sur_la_fin", par=par, le=maintenant, donnees=donnees, **retirees
        )
        lever(defaut, par=par.acteur, maintenant=maintenant)
    else:
        journaliser(
            "defaut.revenir_sur_la_fin",
            sujet=defaut.reference,
            organisme=defaut.organisme_du_journal,
            par=par.acteur,
            le=maintenant,
            donnees=donnees,
        )
    courriels.reprise(defaut, proposition, maintenant=maintenant)
    return defaut


def _proposee(
    defaut: Defaut, acte: str, *, motif: str, par: Utilisateur, maintenant: datetime
) -> Proposition:
    contribution, a_deux = defaut.contribution, DECISIONS[acte]
    demande = Demande(
        acte=a_deux.nom,
        sujet=defaut.reference,
        siret=contribution.siret,
        titre=f"{a_deux.ferait} : {contribution.nom}, contribution {contribution.exercice.annee}",
        page=f"/cdg/impayes/{defaut.reference}/{a_deux.ecran}/",
        motif=motif,
    )
    return proposer_a_l_autre(demande=demande, par=par, maintenant=maintenant)


def _exiger_une_convention_en_vie(defaut: Defaut, acte: str) -> None:
    if acte == "decider_la_fin" and queries.convention_en_vie(defaut.contribution.adherent) is None:
        raise RegleEnfreinte(
            "La convention de cet adhérent est déjà dénoncée ou finie : il n'y a plus rien à finir."
        )


def _finie_sous_verrou(defaut: Defaut) -> Defaut:
    defaut = verrouiller(defaut, avec=LIENS)
    if defaut.finie_le is None:
        raise ConflitEtat("Ce dossier n'a pas fini de convention : il n'y a rien à reprendre.")
    return defaut


def _finir(
    defaut: Defaut, reception: Reception, *, par: Utilisateur, maintenant: datetime
) -> LettreDImpaye:
    """Par la porte des conventions :
    la fin, sa preuve, et pas d'avoir de départ (`fin_pour_impaye`).
    """
    convention = queries.convention_en_vie(defaut.contribution.adherent)
    if convention is None:
        raise ConflitEtat("La convention de cet adhérent a fini entre-temps. Rechargez la page.")
    lettre = attendue(defaut, Sorte.FIN)
    exiger(recevable(lettre, reception, maintenant))
    exiger(
        preuve_de_fin(
            par="impaye",
            recue=reception.recue_le,
            effet=convention.prise_d_effet,
            aujourd_hui=jour_de(maintenant),
            a_un_fichier=True,
        )
    )
    fin.denoncer(
        convention=convention,
        lettre=fin.Lettre(
            "impaye",
            reception.recue_le,
            reception.preuve,
            reception.premiere_presentation,
            lettre.motif,
        ),
        par=par.acteur,
        maintenant=maintenant,
    )
    preuve = convention.pieces.filter(sorte=SortePiece.PREUVE_POSTALE).order_by("-pk")[0]
    return noter_la_preuve(lettre, reception, preuve, maintenant=maintenant)
