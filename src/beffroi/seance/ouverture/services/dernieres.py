"""Les dernières réponses reçues à temps :
comptées avant la première ouverture, ajoutées à la séance si elles la suivent.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from beffroi.reponse.depots.models import Enveloppe, Pli
from beffroi.reponse.registre_des_depots.cloture import noter_ce_qui_est_clos
from beffroi.seance.ouverture import queries, rules
from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.seance.ouverture.services.preparation import proposer
from beffroi.seance.ouverture.services.table import noter, noter_incident
from beffroi.seance.ouverture.states import EtatDeSeance
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.dates import heure_exacte

EN_COURS = (EtatDeSeance.CLES_EN_COURS, EtatDeSeance.OUVERTE, EtatDeSeance.SUSPENDUE)


def noter_la_cloture_avant_d_ouvrir(seance: Seance, *, maintenant: datetime) -> Seance:
    """Aucune enveloppe ne s'ouvre ni ne sort avant que le journal sache combien de réponses
    étaient arrivées à temps.

    L'heure limite se relit ensuite, sous les verrous que la note a pris :
    un report accordé à l'instant compte.
    """
    seance = verrouiller(seance)
    seance.consultation = noter_ce_qui_est_clos(
        consultation=seance.consultation, maintenant=maintenant
    )
    exiger(rules.peut_s_ouvrir(date_limite=seance.limite, maintenant=maintenant))
    return seance


@transaction.atomic
def accueillir_les_dernieres(*, seance: Seance, maintenant: datetime) -> Seance:
    """Ajoute à la séance les réponses reçues à temps qui se sont inscrites depuis son
    installation ; l'incident le dit.

    Ce qu'elles remplacent et qui est encore scellé n'est plus à ouvrir (CCP, art. R. 2151-6).
    """
    seance = verrouiller(seance)
    if seance.motif != Seance.Motif.OUVERTURE or seance.etat not in EN_COURS:
        return seance
    seance.consultation = verrouiller(seance.consultation)
    proposees = {e.pk: e for e in queries.enveloppes_a_proposer(seance.consultation, seance.tour)}
    connues = set(seance.ouvertures.values_list("enveloppe_id", flat=True))
    nouvelles = [enveloppe for cle, enveloppe in proposees.items() if cle not in connues]
    depassees = retirer_les_depassees(seance, proposees)
    if not nouvelles and not depassees:
        return seance
    proposer(seance, nouvelles)
    arrivees = {enveloppe.pli.reference: enveloppe.pli for enveloppe in nouvelles}
    for texte in (*map(_phrase_d_arrivee, arrivees.values()), *map(_phrase_de_retrait, depassees)):
        seance.incidents = noter_incident(seance, texte, le=maintenant)
    seance.save(update_fields=["incidents"])
    donnees = {"ajoutees": sorted(arrivees), "remplacees": depassees}
    noter("seance.completee", seance=seance, par=PLATEFORME, le=maintenant, donnees=donnees)
    return seance


def retirer_les_depassees(seance: Seance, proposees: Collection[int]) -> list[str]:
    """Les enveloppes encore scellées que plus rien ne propose ;
    une décision hors délai, elle, tient.
    """
    scellees = seance.ouvertures.filter(etat=OuverturePli.Etat.SCELLEE, decision="")
    depassees = scellees.exclude(enveloppe__in=proposees)
    recepisses = sorted(set(depassees.values_list("pli__reference", flat=True)))
    depassees.delete()
    return recepisses


def _phrase_d_arrivee(pli: Pli) -> str:
    return (
        f"La réponse {pli.reference}, reçue à {heure_exacte(pli.recu_le)}, dans les délais, "
        "s'est inscrite après "
        "l'installation de la séance : elle s'ouvre avec les autres."
    )


def _phrase_de_retrait(recepisse: str) -> str:
    return (
        f"La réponse {recepisse} est remplacée par une autre, reçue à temps : "
        "ce qui en restait scellé le reste."
    )


def encore_a_inscrire(seance: Seance) -> list[Enveloppe]:
    """Les enveloppes à ouvrir que la séance n'a pas encore."""
    if seance.motif != Seance.Motif.OUVERTURE:
        return []
    connues = set(seance.ouvertures.values_list("enveloppe_id", flat=True))
    proposees = queries.enveloppes_a_proposer(seance.consultation, seance.tour)
    return [enveloppe for enveloppe in proposees if enveloppe.pk not in connues]
