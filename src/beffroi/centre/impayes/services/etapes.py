"""Relancer, mettre en demeure, décider, notifier :
chaque étape est l'acte d'une personne, et a sa lettre.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.conventions.models import PieceDeConvention
from beffroi.centre.conventions.rules.lettres import preuve_recevable as preuve_de_fin
from beffroi.centre.conventions.services import fin
from beffroi.centre.conventions.services.pieces import Fichier, empreintes, garder
from beffroi.centre.impayes import courriels, lettres, queries
from beffroi.centre.impayes.models import Defaut, LettreDImpaye
from beffroi.centre.impayes.rules import etapes, preuves
from beffroi.centre.impayes.rules.etapes import Situation
from beffroi.centre.impayes.services.blocage import bloquer, lever
from beffroi.centre.impayes.states import Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.franchissement import franchir, transition_depuis
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS

Sorte, SortePiece = LettreDImpaye.Sorte, PieceDeConvention.Sorte
LIENS = ("contribution__exercice", "contribution__adherent__organisme")
DECISIONS = {"decider_le_blocage": Sorte.BLOCAGE, "decider_la_fin": Sorte.FIN}


@dataclass(frozen=True)
class Reception:
    """Ce que la preuve montre : le jour, le moyen, et si la lettre n'a pas été réclamée."""

    recue_le: date
    preuve: Fichier
    envoi: str = LettreDImpaye.Envoi.PAPIER
    premiere_presentation: bool = False


@transaction.atomic
def relancer(*, contribution: Contribution, par: Utilisateur, maintenant: datetime) -> Defaut:
    """Le premier rappel : la lettre, et un courriel qui la porte.

    Deux personnes à la fois n'en font qu'un.
    """
    contribution = verrouiller(contribution, avec=("exercice", "adherent__organisme"))
    if queries.en_cours_de(contribution):
        raise ConflitEtat(
            "Cette contribution est déjà relancée : une autre personne vient de le faire."
        )
    jour = _jour(maintenant)
    situation = queries.situation(contribution, None, le=jour)
    exiger(etapes.permise("relancer", situation, le=jour))
    if situation.echeance is None:
        raise ConflitEtat("La réception de cet appel n'est pas notée.")
    defaut = Defaut.objects.create(
        contribution=contribution,
        echeance=situation.echeance,
        ouvert_le=maintenant,
        relancee_le=jour,
    )
    lettre = _etablir(Sorte.RELANCE, defaut, situation, par=par, maintenant=maintenant)
    journaliser(
        "defaut.relancer",
        sujet=defaut.reference,
        organisme=contribution.siret,
        par=par.acteur,
        le=maintenant,
        donnees={"contribution": contribution.reference, **_dit(lettre)},
    )
    courriels.rappel(lettre, maintenant=maintenant)
    return defaut


@transaction.atomic
def mettre_en_demeure(*, defaut: Defaut, par: Utilisateur, maintenant: datetime) -> Defaut:
    """Écrit la lettre recommandée. Rien ne court tant que sa réception n'est pas prouvée."""
    defaut, situation = _a_mener(defaut, "mettre_en_demeure", maintenant)
    lettre = _etablir(Sorte.MISE_EN_DEMEURE, defaut, situation, par=par, maintenant=maintenant)
    return _franchir(defaut, "mettre_en_demeure", par=par, le=maintenant, donnees=_dit(lettre))


@transaction.atomic
def refaire_la_lettre(
    *, defaut: Defaut, motif: str, par: Utilisateur, maintenant: datetime
) -> Defaut:
    """La lettre s'est perdue, ou sa preuve :
    la mise en demeure se refait, la première reste au dossier.
    """
    return _franchir(
        verrouiller(defaut, avec=LIENS),
        "refaire_la_lettre",
        par=par,
        le=maintenant,
        donnees={"motif": motif.strip()},
    )


@transaction.atomic
def noter_la_reception(
    *, defaut: Defaut, reception: Reception, par: Utilisateur, maintenant: datetime
) -> Defaut:
    """Les jours pour payer courent de la date lue sur la preuve, jamais de cet acte."""
    defaut = _sous_verrou(defaut, "noter_la_reception")
    lettre = _prouver(defaut, Sorte.MISE_EN_DEMEURE, reception, maintenant=maintenant)
    recue = reception.recue_le
    return _franchir(
        defaut,
        "noter_la_reception",
        par=par,
        le=maintenant,
        donnees=_dit(lettre),
        en_demeure_le=recue,
    )


@transaction.atomic
def decider(
    *, defaut: Defaut, acte: str, motif: str, par: Utilisateur, maintenant: datetime
) -> Defaut:
    """La décision motivée du président : bloquer, ou finir.

    Elle n'a d'effet qu'une fois notifiée.
    """
    exiger(preuves.motivee(motif))
    defaut, situation = _a_mener(defaut, acte, maintenant)
    if acte == "decider_la_fin" and queries.convention_en_vie(defaut.contribution.adherent) is None:
        raise RegleEnfreinte(
            "La convention de cet adhérent est déjà dénoncée ou finie : il n'y a plus rien à finir."
        )
    lettre = _etablir(
        DECISIONS[acte], defaut, situation, motif=motif.strip(), par=par, maintenant=maintenant
    )
    return _franchir(
        defaut, acte, par=par, le=maintenant, donnees={"motif": lettre.motif, **_dit(lettre)}
    )


@transaction.atomic
def notifier(
    *, defaut: Defaut, reception: Reception, par: Utilisateur, maintenant: datetime
) -> Defaut:
    """La décision prend effet au jour lu sur la preuve :
    le blocage se pousse, ou la convention finit (convention, art. 5).
    """
    defaut, _ = _a_mener(defaut, "notifier", maintenant)
    sorte = Sorte.FIN if defaut.etat == Etat.FIN_DECIDEE else Sorte.BLOCAGE
    if sorte == Sorte.FIN:
        lettre = _finir(defaut, reception, par=par, maintenant=maintenant)
        return _franchir(
            defaut,
            "notifier",
            par=par,
            le=maintenant,
            donnees=_dit(lettre),
            finie_le=reception.recue_le,
        )
    lettre = _prouver(defaut, sorte, reception, maintenant=maintenant)
    defaut = _franchir(
        defaut,
        "notifier",
        par=par,
        le=maintenant,
        donnees=_dit(lettre),
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
    defaut = _franchir(
        _sous_verrou(defaut, "lever_le_blocage"),
        "lever_le_blocage",
        par=par,
        le=maintenant,
        donnees={"motif": motif.strip()},
        bloquee_le=None,
    )
    lever(defaut, par=par.acteur, maintenant=maintenant)
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
    lettre = _attendue(defaut, Sorte.FIN)
    exiger(_recevable(lettre, reception, maintenant))
    exiger(
        preuve_de_fin(
            par="impaye",
            recue=reception.recue_le,
            effet=convention.prise_d_effet,
            aujourd_hui=_jour(maintenant),
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
    return _noter_la_preuve(lettre, reception, preuve, maintenant=maintenant)


def _etablir(
    sorte: str,
    defaut: Defaut,
    situation: Situation,
    *,
    motif: str = "",
    par: Utilisateur,
    maintenant: datetime,
) -> LettreDImpaye:
    convention = queries.dossier_de(defaut.contribution)
    retenu, fichiers = lettres.ecrite(
        sorte,
        convention,
        defaut.contribution,
        situation=situation,
        motif=motif,
        maintenant=maintenant,
    )
    en_pdf, en_odt = (
        garder(convention, SortePiece.LETTRE, fichier, maintenant=maintenant, modele=str(retenu))
        for fichier in fichiers
    )
    reste: Decimal = situation.reste
    return LettreDImpaye.objects.create(
        defaut=defaut,
        sorte=sorte,
        reste=reste,
        motif=motif,
        pdf=en_pdf,
        odt=en_odt,
        etablie_par=par,
        etablie_le=maintenant,
    )


def _prouver(
    defaut: Defaut, sorte: str, reception: Reception, *, maintenant: datetime
) -> LettreDImpaye:
    lettre = _attendue(defaut, sorte)
    exiger(_recevable(lettre, reception, maintenant))
    dossier = queries.dossier_de(defaut.contribution)
    preuve = garder(dossier, SortePiece.PREUVE_POSTALE, reception.preuve, maintenant=maintenant)
    return _noter_la_preuve(lettre, reception, preuve, maintenant=maintenant)


def _attendue(defaut: Defaut, sorte: str) -> LettreDImpaye:
    """La dernière lettre de cette sorte : celle dont on attend la preuve."""
    lettre = defaut.lettres.filter(sorte=sorte, recue_le=None).order_by("-pk").first()
    if lettre is None:
        raise ConflitEtat("La preuve de cette lettre est déjà gardée. Rechargez la page.")
    return lettre


def _recevable(lettre: LettreDImpaye, reception: Reception, maintenant: datetime) -> Any:
    return preuves.preuve_recevable(
        recue=reception.recue_le,
        etablie=_jour(lettre.etablie_le),
        aujourd_hui=_jour(maintenant),
        a_un_fichier=bool(reception.preuve.octets),
    )


def _noter_la_preuve(
    lettre: LettreDImpaye, reception: Reception, preuve: PieceDeConvention, *, maintenant: datetime
) -> LettreDImpaye:
    lettre.recue_le, lettre.preuve, lettre.notee_le = reception.recue_le, preuve, maintenant
    lettre.envoi, lettre.premiere_presentation = reception.envoi, reception.premiere_presentation
    lettre.save(update_fields=["recue_le", "preuve", "notee_le", "envoi", "premiere_presentation"])
    return lettre


def _a_mener(defaut: Defaut, acte: str, maintenant: datetime) -> tuple[Defaut, Situation]:
    """Le défaut sous verrou, si l'état et les règles permettent cet acte aujourd'hui."""
    defaut = _sous_verrou(defaut, acte)
    jour = _jour(maintenant)
    situation = queries.situation(defaut.contribution, defaut, le=jour)
    exiger(etapes.permise(acte, situation, le=jour))
    return defaut, situation


def _sous_verrou(defaut: Defaut, acte: str) -> Defaut:
    """Qui arrive second lit pourquoi, et rien ne se fait deux fois.

    La contribution d'abord : qui la conteste y attend.
    """
    verrouiller(Contribution(pk=defaut.contribution_id))
    defaut = verrouiller(defaut, avec=LIENS)
    try:
        transition_depuis(Defaut.CYCLE, acte, defaut.etat)
    except ConflitEtat as conflit:
        raise ConflitEtat(
            f"Ce dossier en est à « {Etat(defaut.etat).label} » : une autre personne l'a mené, "
            "ou ce n'est pas le tour de cet "
            "acte. Rechargez la page."
        ) from conflit
    return defaut


def _franchir(
    defaut: Defaut,
    acte: str,
    *,
    par: Utilisateur,
    le: datetime,
    donnees: dict[str, Any],
    **champs: Any,
) -> Defaut:
    return franchir(defaut, acte, par=par.acteur, le=le, donnees=donnees, **champs)


def _dit(lettre: LettreDImpaye) -> dict[str, Any]:
    """Ce que le journal retient d'une lettre :
    sa sorte, la somme, les empreintes, et la réception prouvée.
    """
    pieces = [piece for piece in (lettre.pdf, lettre.odt, lettre.preuve) if piece]
    return {
        "lettre": lettre.reference,
        "reste": f"{lettre.reste:.2f}",
        "recue_le": lettre.recue_le.isoformat() if lettre.recue_le else "",
        "pieces": empreintes(*pieces),
    }


def _jour(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()
