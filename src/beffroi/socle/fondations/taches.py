"""Une file de tâches durable, sur la base même de l'acte :
à la fois API standard (`django.tasks`) et boîte d'envoi.

Un ouvrier prend une tâche à bail et renouvelle ce bail tant qu'il vit. Un ouvrier tué rend sa tâche
à l'échéance du bail : elle est refaite. Les tâches sont donc idempotentes. Une tâche qui échoue
attend de plus en plus longtemps, puis est abandonnée, et son erreur reste lisible.
"""

import logging
from datetime import datetime, timedelta
from traceback import format_exception
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.db.models import F
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.base import Task, TaskResult, TaskResultStatus
from django.utils.json import normalize_json
from django.utils.module_loading import import_string

from beffroi.socle.fondations import en_cours
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Tache
from beffroi.socle.fondations.pannes import point_de_panne

logger = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")
DUREE_DU_BAIL = timedelta(seconds=15)
ATTENTE_MAXIMALE = timedelta(hours=1)
ESSAIS_PERMIS = 12
# Un serveur de courriel peut rester arrêté des jours :
# un essai par heure, jusqu'à ce que la ligne perde patience.
ESSAIS_D_UN_COURRIEL = 200
# Une tâche garde en base le chemin qu'avait sa fonction quand l'acte l'a confiée. La fonction
# déménage : son ancien chemin s'inscrit ici et y reste une version, pour que se fasse après la mise
# à jour ce qui attendait avant elle. À gauche l'ancien, à droite celui d'aujourd'hui : un nom
# entier, ou tout un paquet, les deux finissant par un point.
CHEMINS_D_AVANT = {
    "beffroi.abonnements.taches.annoncer_a_un_lot": (
        "beffroi.personnes.abonnements.services.annoncer_a_un_lot"
    ),
    "beffroi.avis.taches.dire_que_le_dossier_a_change": (
        "beffroi.publicite.avis.services.changements.dire_que_le_dossier_a_change"
    ),
    "beffroi.avis.taches.rattraper": "beffroi.publicite.avis.services.changements.rattraper",
    "beffroi.avis.taches.rediger_les_annulations": (
        "beffroi.publicite.avis.services.changements.rediger_les_annulations"
    ),
    "beffroi.avis.taches.rediger_les_rectificatifs": (
        "beffroi.publicite.avis.services.changements.rediger_les_rectificatifs"
    ),
    "beffroi.avis.taches.transmettre": "beffroi.publicite.avis.services.parutions.transmettre",
    "beffroi.avis.taches.verifier": "beffroi.publicite.avis.services.verification.verifier",
    "beffroi.consultations.taches.publier_a_l_heure_dite": (
        "beffroi.achat.consultations.services.programmation.publier_a_l_instant"
    ),
    "beffroi.notifications.taches.resumer": "beffroi.personnes.rappels.services.resumer",
    "beffroi.recherche.taches.reindexer": (
        "beffroi.publicite.recherche.services.renommage.reindexer"
    ),
    "beffroi.abonnements.": "beffroi.personnes.abonnements.",
    "beffroi.antivirus.": "beffroi.seance.antivirus.",
    "beffroi.archives.": "beffroi.garde.archives.",
    "beffroi.avis.": "beffroi.publicite.avis.",
    "beffroi.consultations.": "beffroi.achat.consultations.",
    "beffroi.contributions.": "beffroi.centre.contributions.",
    "beffroi.conventions.": "beffroi.centre.conventions.",
    "beffroi.copies_de_sauvegarde.": "beffroi.seance.copies_de_sauvegarde.",
    "beffroi.depots.": "beffroi.reponse.depots.",
    "beffroi.donnees_essentielles.": "beffroi.contrat.donnees_essentielles.",
    "beffroi.dossiers.": "beffroi.achat.dossiers.",
    "beffroi.journal.": "beffroi.socle.journal.",
    "beffroi.notifications.": "beffroi.personnes.rappels.",
    "beffroi.recherche.": "beffroi.publicite.recherche.",
    "beffroi.registre_des_depots.": "beffroi.reponse.registre_des_depots.",
    "beffroi.restitution.": "beffroi.garde.restitution.",
    "beffroi.signatures.": "beffroi.seance.signatures.",
    "beffroi.versements.": "beffroi.garde.versements.",
    "beffroi.socle.courriel.": "beffroi.socle.fondations.courriel.",
}


class PasUneTache(TypeError):
    """Le chemin d'une ligne ne mène pas à une tâche."""


class FileDurable(BaseTaskBackend):
    """Le moteur de `django.tasks` : une ligne dans la transaction de l'appelant."""

    supports_defer = True
    supports_priority = True

    def enqueue(self, task: "Task[P, R]", args: Any, kwargs: Any) -> "TaskResult[P, R]":
        self.validate_task(task)
        instant = maintenant()
        tache = Tache.objects.create(
            chemin=task.module_path,
            arguments=normalize_json({"args": args, "kwargs": kwargs}),
            file=task.queue_name,
            priorite=task.priority,
            pas_avant=task.run_after or instant,
            essais_permis=ESSAIS_D_UN_COURRIEL
            if task.module_path.startswith("beffroi.socle.fondations.courriel.")
            else ESSAIS_PERMIS,
            creee_le=instant,
        )
        return TaskResult(
            task=task,
            id=str(tache.pk),
            status=TaskResultStatus.READY,
            enqueued_at=instant,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def chemin_d_aujourdhui(chemin: str) -> str:
    """Le chemin que porte maintenant cette fonction :
    son nom a pu changer, puis son paquet déménager.
    """
    chemin = CHEMINS_D_AVANT.get(chemin, chemin)
    quittes = [
        paquet for paquet in CHEMINS_D_AVANT if paquet.endswith(".") and chemin.startswith(paquet)
    ]
    if not quittes:
        return chemin
    paquet = max(quittes, key=len)  # le plus précis
    return CHEMINS_D_AVANT[paquet] + chemin.removeprefix(paquet)


def _chemins_de(chemin: str) -> list[str]:
    """Ce chemin, et tous ceux que la fonction a eus."""
    quittes = {
        avant + chemin.removeprefix(apres)
        for avant, apres in CHEMINS_D_AVANT.items()
        if chemin.startswith(apres)
    }
    return [
        nom for nom in {chemin, *CHEMINS_D_AVANT, *quittes} if chemin_d_aujourdhui(nom) == chemin
    ]


def attend(chemin: str, *args: object) -> bool:
    """Une tâche de ce nom, sur ces arguments, est encore à faire : la file s'en charge seule."""
    return [*args] in ce_qui_attend(chemin)


def ce_qui_attend(chemin: str) -> list[list[Any]]:
    """Les arguments des tâches de ce nom encore à faire."""
    a_faire = Tache.objects.filter(
        chemin__in=_chemins_de(chemin), etat__in=(Tache.Etat.PRETE, Tache.Etat.EN_COURS)
    )
    return [arguments["args"] for arguments in a_faire.values_list("arguments", flat=True)]


@transaction.atomic
def prendre(*, ouvrier: str, le: datetime) -> Tache | None:
    """Prend la première tâche due, à bail ; ne rend rien s'il n'y en a pas."""
    dues = Tache.objects.filter(etat=Tache.Etat.PRETE, pas_avant__lte=le).order_by(
        "-priorite", "pas_avant", "pk"
    )
    if connection.features.has_select_for_update_skip_locked:
        dues = dues.select_for_update(skip_locked=True, of=("self",))
    tache = dues.first()
    if tache is None:
        return None
    tache.etat = Tache.Etat.EN_COURS
    tache.ouvrier = ouvrier
    tache.bail_jusqu_a = le + DUREE_DU_BAIL
    tache.essais += 1
    tache.save(update_fields=["etat", "ouvrier", "bail_jusqu_a", "essais"])
    return tache


def renouveler(tache: Tache, *, le: datetime) -> bool:
    """Prolonge le bail ; faux si la tâche a été reprise par un autre."""
    miennes = Tache.objects.filter(pk=tache.pk, ouvrier=tache.ouvrier, etat=Tache.Etat.EN_COURS)
    return miennes.update(bail_jusqu_a=le + DUREE_DU_BAIL) == 1


def rendre_les_baux_echus(*, le: datetime) -> int:
    """Remet en file les tâches dont l'ouvrier ne donne plus signe de vie."""
    echues = Tache.objects.filter(etat=Tache.Etat.EN_COURS, bail_jusqu_a__lt=le)
    abandonnees = echues.filter(essais__gte=F("essais_permis"))
    abandonnees.update(
        etat=Tache.Etat.ABANDONNEE, finie_le=le, erreur="Ouvrier disparu, essais épuisés."
    )
    return echues.update(etat=Tache.Etat.PRETE, ouvrier="", bail_jusqu_a=None)


def accomplir(tache: Tache, *, le: datetime) -> bool:
    """Exécute la tâche et note ce qu'il en est ; vrai si elle est faite."""
    with en_cours.accomplir(en_cours.Travail(tache.chemin, tache.pk)):
        try:
            _tache_nommee(tache.chemin).call(*tache.arguments["args"], **tache.arguments["kwargs"])
        except Exception as erreur:  # noqa: BLE001  la file note toute erreur et continue
            noter_echec(tache, erreur, le=le)
            return False
    point_de_panne("tache.avant_marque")
    fini = {"etat": Tache.Etat.FAITE, "finie_le": maintenant(), "bail_jusqu_a": None, "erreur": ""}
    Tache.objects.filter(pk=tache.pk, ouvrier=tache.ouvrier, etat=Tache.Etat.EN_COURS).update(
        **fini
    )
    return True


def _tache_nommee(chemin: str) -> "Task[Any, Any]":
    """Ce chemin, s'il mène à une tâche : la file n'appelle rien d'autre, quoi qu'y dise une ligne.

    Sans cela, « asyncio.subprocess.subprocess » y ferait lancer n'importe quelle commande.
    """
    trouvee = import_string(chemin_d_aujourdhui(chemin))
    if not isinstance(trouvee, Task):
        raise PasUneTache(chemin)
    return trouvee


def noter_echec(tache: Tache, erreur: Exception, *, le: datetime) -> None:
    """Garde l'erreur, et remet la tâche à plus tard : 2 s, 4 s, 8 s… jusqu'à une heure.

    Le journal technique n'en a que le genre : le texte d'une erreur cite ce qu'elle a reçu.
    """
    cause = type(erreur).__name__
    logger.warning("task failed", extra={"cause": cause, "essai": tache.essais})
    epuisee = tache.essais >= tache.essais_permis
    Tache.objects.filter(pk=tache.pk, ouvrier=tache.ouvrier).update(
        etat=Tache.Etat.ABANDONNEE if epuisee else Tache.Etat.PRETE,
        pas_avant=le + min(timedelta(seconds=2 ** min(tache.essais, 12)), ATTENTE_MAXIMALE),
        finie_le=le if epuisee else None,
        bail_jusqu_a=None,
        erreur="".join(format_exception(erreur))[-4000:],
    )


def vider_la_file(*, ouvrier: str = "sur-place", limite: int = 1000) -> int:
    """Accomplit tout ce qui est dû, dans ce processus ; rend le nombre de tâches faites."""
    faites = 0
    for _ in range(limite):
        tache = prendre(ouvrier=ouvrier, le=maintenant())
        if tache is None:
            break
        faites += accomplir(tache, le=maintenant())
    return faites
