"""Décider des candidatures : un acte, une transaction, une écriture."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.candidatures import examen, ports, queries, rules
from beffroi.choix.candidatures.models import DecisionSurCandidature
from beffroi.choix.candidatures.services.journal import noter
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from formats import dates


@dataclass(frozen=True)
class Choix:
    """Ce que l'acheteur décide d'une candidature, pour un lot ou pour tout l'achat.

    `vue` : la clé de la décision qu'il avait sous les yeux ; vide s'il n'y en avait pas.
    """

    pli: Pli
    lot: int | None
    retenue: bool
    motif: str = ""
    base: str = ""
    vue: str = ""


@transaction.atomic
def decider_des_candidatures(
    *, consultation: Consultation, choix: Sequence[Choix], par: Utilisateur, maintenant: datetime
) -> None:
    """Inscrit les décisions d'une lecture des candidatures.

    Chacune remplace la précédente, qui reste lisible.
    """
    consultation = verrouiller(consultation, avec=("organisme",))
    recues = {candidature.pli.pk: candidature for candidature in queries.candidatures(consultation)}
    manquent = examen.ce_qui_manque(consultation, recues.values(), le=maintenant)
    choix = [_sans_motif_inutile(fait, manquent.get(fait.pli.pk, ())) for fait in choix]
    for fait in choix:
        exiger(rules.peut_decider(faits_de(consultation, fait.lot)))
        connue = recues.get(fait.pli.pk)
        if connue is None or not connue.est_a_decider or fait.lot not in connue.lots:
            raise RegleEnfreinte(
                "Cette candidature n'est pas de celles dont on décide ici. Rechargez la page."
            )
        exiger(
            rules.decision_motivee(
                retenue=fait.retenue,
                motif=fait.motif,
                base=fait.base,
                base_exigee=not consultation.procedure.en_deux_temps,
                manquent=manquent[fait.pli.pk],
            )
        )
        _inscrire(fait, connue.decisions.get(fait.lot), par=par, le=maintenant)
    decisions = [_dite(fait) for fait in choix]
    noter("candidatures.decider", consultation, par=par, le=maintenant, decisions=decisions)


def faits_de(consultation: Consultation, lot: int | None) -> rules.FaitsDExamen:
    return rules.FaitsDExamen(
        etat=consultation.etat,
        invites=queries.candidats_invites(consultation),
        fige=ports.peut_encore_changer(consultation, lot),
    )


def _sans_motif_inutile(fait: Choix, manquent: Sequence[str]) -> Choix:
    """Rien ne manque : une admission n'a rien à expliquer,
    et le motif d'une décision remplacée ne la suit pas.
    """
    return replace(fait, motif="") if fait.retenue and not manquent else fait


def _inscrire(
    fait: Choix, ancienne: DecisionSurCandidature | None, *, par: Utilisateur, le: datetime
) -> None:
    """Redire la même chose n'est pas décider :
    un formulaire entier se renvoie sans rien ajouter.
    """
    base, motif = ("" if fait.retenue else fait.base), fait.motif.strip()
    if ancienne is not None and (ancienne.retenue, ancienne.base, ancienne.motif) == (
        fait.retenue,
        base,
        motif,
    ):
        return
    if ancienne is not None and fait.vue != str(ancienne.pk):
        raise ConflitEtat(
            f"{_phrase_de(ancienne)} Votre décision n'est pas inscrite : si vous la maintenez, "
            "inscrivez-la de nouveau."
        )
    DecisionSurCandidature.objects.create(
        pli=fait.pli,
        lot=fait.lot,
        retenue=fait.retenue,
        base=base,
        motif=motif,
        prise_par=par,
        prise_le=le,
        remplace=ancienne,
    )


def _phrase_de(decision: DecisionSurCandidature) -> str:
    """« X est écartée pour le lot 2 par Y, le … : « motif ». » :
    ce que lit la personne arrivée seconde.
    """
    pour = f" pour le lot {decision.lot}" if decision.lot else ""
    sort = "admise" if decision.retenue else "écartée"
    motif = f" : « {decision.motif} »" if decision.motif else ""
    quand = dates.jour_et_heure(decision.prise_le)
    return (
        f"{decision.pli.equipe.nom} est {sort}{pour} par {decision.prise_par.nom}, "
        f"le {quand}{motif}."
    )


def _dite(fait: Choix) -> dict[str, object]:
    """Comme au journal depuis toujours ; la base ne s'ajoute que lorsqu'il y en a une."""
    dite: dict[str, object] = {
        "candidature": fait.pli.reference,
        "lot": fait.lot,
        "retenue": fait.retenue,
        "motif": fait.motif.strip(),
    }
    return {**dite, "base": fait.base} if fait.base and not fait.retenue else dite
