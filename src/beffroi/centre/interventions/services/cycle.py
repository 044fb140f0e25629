"""Ouvrir une intervention, la clore, la laisser expirer ; l'organisme peut l'arrêter."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from beffroi.centre.interventions import courriels, queries, rules
from beffroi.centre.interventions.models import Intervention
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.services import journaliser
from formats.dates import a_la_minute

Sorte, Cloture = Intervention.Sorte, Intervention.Cloture


@dataclass(frozen=True)
class Raison:
    """Pourquoi le centre intervient, et ce qu'il annonce : l'organisme lira tout."""

    motif: str
    demande: str = ""
    prevu: str = ""
    accord: str = ""


@transaction.atomic
def ouvrir(
    *, organisme: Organisme, raison: Raison, minutes: int, par: Utilisateur, maintenant: datetime
) -> Intervention:
    """Ouvre une intervention chez un organisme en service,
    et l'écrit aussitôt à ses administrateurs.
    """
    organisme = verrouiller(organisme)
    en_service = queries.est_en_service(organisme)
    exiger(rules.peut_ouvrir(minutes=minutes, motif=raison.motif, est_en_service=en_service))
    liberer(organisme, par, maintenant)
    intervention = inscrire(
        organisme, Sorte.ASSISTANCE, raison, minutes, par=par, maintenant=maintenant
    )
    courriels.ouverte(intervention, maintenant=maintenant)
    return intervention


def liberer(organisme: Organisme, par: Utilisateur, maintenant: datetime) -> None:
    """Une personne n'a qu'une intervention ouverte par organisme :
    celle dont l'heure est passée se clôt d'abord.
    """
    autre = Intervention.objects.filter(organisme=organisme, ouverte_par=par, close_le=None).first()
    if autre is None:
        return
    if autre.est_ouverte(maintenant) and autre.sorte != Sorte.MISE_EN_PLACE:
        raise RegleEnfreinte(
            f"Vous avez déjà une intervention ouverte ici, jusqu'à {a_la_minute(autre.expire_le)}."
        )
    expirer(intervention=autre, maintenant=maintenant)


def inscrire(
    organisme: Organisme,
    sorte: str,
    raison: Raison,
    minutes: int,
    *,
    par: Utilisateur,
    maintenant: datetime,
) -> Intervention:
    """La ligne et son écriture ; l'appelant tient la transaction et le verrou de l'organisme."""
    intervention = Intervention.objects.create(
        organisme=organisme,
        ouverte_par=par,
        sorte=sorte,
        minutes=minutes,
        ouverte_le=maintenant,
        expire_le=rules.fin(maintenant, minutes),
        **{champ: valeur.strip() for champ, valeur in asdict(raison).items()},
    )
    journaliser(
        "intervention.ouvrir",
        sujet=intervention.reference,
        organisme=organisme.siret,
        par=par.acteur,
        le=maintenant,
        donnees={"sorte": sorte, "motif": intervention.motif, "minutes": minutes},
    )
    return intervention


@transaction.atomic
def finir(
    *, intervention: Intervention, bilan: str, par: Utilisateur, maintenant: datetime
) -> Intervention:
    """L'agent du centre a fini :
    il dit ce qu'il a fait, et ne peut plus rien sous cette intervention.
    """
    return _clore(intervention, Cloture.FINIE, bilan=bilan, par=par.acteur, maintenant=maintenant)


@transaction.atomic
def arreter(*, intervention: Intervention, par: Utilisateur, maintenant: datetime) -> Intervention:
    """L'organisme l'arrête : l'acte suivant du centre est refusé."""
    return _clore(intervention, Cloture.ARRETEE, par=par.acteur, maintenant=maintenant)


@transaction.atomic
def expirer(*, intervention: Intervention, maintenant: datetime) -> Intervention:
    """Son heure est passée, ou la mise en place n'a plus lieu d'être."""
    return _clore(intervention, Cloture.EXPIREE, par=PLATEFORME, maintenant=maintenant)


def _clore(
    intervention: Intervention, cloture: str, *, bilan: str = "", par: Acteur, maintenant: datetime
) -> Intervention:
    # L'organisme d'abord, comme tout acte :
    # celui qui est en route s'achève, et le compte rendu le dit.
    verrouiller(intervention.organisme)
    intervention = verrouiller(intervention, avec=("organisme", "ouverte_par"))
    if intervention.close_le:
        return intervention
    if maintenant >= intervention.expire_le:
        cloture = Cloture.EXPIREE
    intervention.close_le = min(maintenant, intervention.expire_le)
    intervention.cloture, intervention.bilan = cloture, bilan.strip()
    intervention.save(update_fields=["close_le", "cloture", "bilan"])
    journaliser(
        "intervention.clore",
        sujet=intervention.reference,
        organisme=intervention.organisme.siret,
        par=par,
        le=maintenant,
        donnees={"cloture": str(cloture), "bilan": intervention.bilan},
    )
    courriels.close(intervention, maintenant=maintenant)
    return intervention
