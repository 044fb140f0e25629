"""Ce que chaque étape d'un impayé demande au dossier :
le tenir sous verrou, écrire sa lettre, garder sa preuve.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.conventions.models import PieceDeConvention
from beffroi.centre.conventions.services.pieces import Fichier, empreintes, garder
from beffroi.centre.impayes import lettres, queries
from beffroi.centre.impayes.models import Defaut, LettreDImpaye
from beffroi.centre.impayes.rules import etapes, preuves
from beffroi.centre.impayes.rules.etapes import Situation
from beffroi.centre.impayes.states import Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.franchissement import franchir, transition_depuis
from droit.decision import Decision
from formats.dates import PARIS

SortePiece = PieceDeConvention.Sorte
LIENS = ("contribution__exercice", "contribution__adherent__organisme")


@dataclass(frozen=True)
class Reception:
    """Ce que la preuve montre : le jour, le moyen, et si la lettre n'a pas été réclamée."""

    recue_le: date
    preuve: Fichier
    envoi: str = LettreDImpaye.Envoi.PAPIER
    premiere_presentation: bool = False


def etablir(
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


def prouver(
    defaut: Defaut, sorte: str, reception: Reception, *, maintenant: datetime
) -> LettreDImpaye:
    lettre = attendue(defaut, sorte)
    exiger(recevable(lettre, reception, maintenant))
    dossier = queries.dossier_de(defaut.contribution)
    preuve = garder(dossier, SortePiece.PREUVE_POSTALE, reception.preuve, maintenant=maintenant)
    return noter_la_preuve(lettre, reception, preuve, maintenant=maintenant)


def attendue(defaut: Defaut, sorte: str) -> LettreDImpaye:
    """La dernière lettre de cette sorte : celle dont on attend la preuve."""
    lettre = defaut.lettres.filter(sorte=sorte, recue_le=None).order_by("-pk").first()
    if lettre is None:
        raise ConflitEtat("La preuve de cette lettre est déjà gardée. Rechargez la page.")
    return lettre


def recevable(lettre: LettreDImpaye, reception: Reception, maintenant: datetime) -> Decision:
    return preuves.preuve_recevable(
        recue=reception.recue_le,
        etablie=jour_de(lettre.etablie_le),
        aujourd_hui=jour_de(maintenant),
        a_un_fichier=bool(reception.preuve.octets),
    )


def noter_la_preuve(
    lettre: LettreDImpaye, reception: Reception, preuve: PieceDeConvention, *, maintenant: datetime
) -> LettreDImpaye:
    lettre.recue_le, lettre.preuve, lettre.notee_le = reception.recue_le, preuve, maintenant
    lettre.envoi, lettre.premiere_presentation = reception.envoi, reception.premiere_presentation
    lettre.save(update_fields=["recue_le", "preuve", "notee_le", "envoi", "premiere_presentation"])
    return lettre


def a_mener(defaut: Defaut, acte: str, maintenant: datetime) -> tuple[Defaut, Situation]:
    """Le défaut sous verrou, si l'état et les règles permettent cet acte aujourd'hui."""
    defaut = sous_verrou(defaut, acte)
    jour = jour_de(maintenant)
    situation = queries.situation(defaut.contribution, defaut, le=jour)
    exiger(etapes.permise(acte, situation, le=jour))
    return defaut, situation


def sous_verrou(defaut: Defaut, acte: str) -> Defaut:
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


def passer(
    defaut: Defaut,
    acte: str,
    *,
    par: Utilisateur,
    le: datetime,
    donnees: dict[str, Any],
    **champs: Any,
) -> Defaut:
    return franchir(defaut, acte, par=par.acteur, le=le, donnees=donnees, **champs)


def dit(lettre: LettreDImpaye) -> dict[str, Any]:
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


def jour_de(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()
