"""Lire les mesures : la santé de la plateforme dans une fenêtre, les vingt-quatre dernières heures, ce qui vient d'arriver."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from beffroi.comptes.models import Utilisateur
from beffroi.consultations.models import Consultation
from beffroi.depots.models import BrouillonDeReponse
from beffroi.organismes.models import Organisme
from beffroi.organismes.permissions import exiger_role
from beffroi.organismes.queries import habilitation_d_exploitant, personnes_en_role
from beffroi.sonde import rules
from beffroi.sonde.models import EcartDHorloge, Mesure, Origine
from beffroi.sonde.permissions import ACTES, SURVEILLENT

DEUX_SUITES = rules.ECHECS_AVANT_L_ALERTE + 2
HEURES_D_UNE_BANDE = 24
HEURE = timedelta(hours=1)


@dataclass(frozen=True)
class Sante:
    """La plateforme vue par la sonde, du début à la fin d'une fenêtre : de quoi dire qu'elle marchait, ou non."""

    debut: datetime
    fin: datetime
    attendues: int
    mesures: int
    reussies: int
    echecs: tuple[Mesure, ...]
    rejouees: int
    inventees: int
    mediane_ms: int | None
    p95_ms: int | None
    plus_long_silence: timedelta
    ecarts: tuple[EcartDHorloge, ...]
    ecritures: tuple[int, ...]
    non_figees: int

    @property
    def part(self) -> rules.Part:
        return rules.Part(self.reussies, self.mesures)

    @property
    def ecart_le_plus_grand(self) -> EcartDHorloge | None:
        lus = [ecart for ecart in self.ecarts if ecart.ecart_ms is not None]
        return max(lus, key=lambda ecart: abs(ecart.ecart_ms or 0), default=None)


def sante(debut: datetime, fin: datetime) -> Sante:
    """Tout ce que la sonde sait de [debut, fin]. Les écritures du journal qui le prouvent y sont nommées."""
    mesures = list(Mesure.objects.filter(commencee_le__range=(debut, fin)))
    ecarts = list(EcartDHorloge.objects.filter(le__range=(debut, fin)))
    reussies = [mesure for mesure in mesures if mesure.reussie]
    durees = [mesure.duree_ms for mesure in reussies]
    lignes: list[Mesure | EcartDHorloge] = [*mesures, *ecarts]
    return Sante(
        debut=debut,
        fin=fin,
        attendues=rules.attendues(debut, fin, periode()),
        mesures=len(mesures),
        reussies=len(reussies),
        echecs=tuple(mesure for mesure in mesures if not mesure.reussie),
        rejouees=sum(mesure.origine == Origine.REJOUEE for mesure in mesures),
        inventees=sum(mesure.origine == Origine.DEMONSTRATION for mesure in mesures),
        mediane_ms=rules.centile(durees, 50),
        p95_ms=rules.centile(durees, 95),
        plus_long_silence=rules.plus_long_silence([m.commencee_le for m in mesures], debut=debut, fin=fin),
        ecarts=tuple(ecarts),
        ecritures=tuple(sorted({ligne.ecriture for ligne in lignes if ligne.ecriture is not None})),
        non_figees=sum(ligne.ecriture is None for ligne in lignes),
    )


def part(debut: datetime, fin: datetime) -> rules.Part:
    """La part des dépôts d'essai réussis, comptée par la base : la page publique la demande à chaque lecture."""
    mesurees = Mesure.objects.filter(commencee_le__range=(debut, fin)).exclude(origine=Origine.DEMONSTRATION)
    compte = mesurees.aggregate(toutes=Count("pk"), reussies=Count("pk", filter=Q(reussie=True)))
    return rules.Part(compte["reussies"], compte["toutes"])


def periode() -> timedelta:
    return timedelta(seconds=settings.SONDE["periode_s"])


def seuil_ms() -> int:
    return int(settings.SONDE["seuil_ms"])


def derniers_resultats(jusqu_a: datetime) -> list[bool]:
    """Les derniers résultats, du plus ancien au plus récent : de quoi savoir si l'on vient de basculer."""
    derniers = Mesure.objects.filter(commencee_le__lte=jusqu_a).order_by("-commencee_le")
    return list(reversed(derniers.values_list("reussie", flat=True)[:DEUX_SUITES]))


def en_panne_depuis(le: datetime) -> datetime | None:
    """Le premier des essais manqués de suite, quand il y en a assez pour le dire ; rien si l'on peut déposer."""
    passees = Mesure.objects.filter(commencee_le__lte=le)
    reussie = passees.filter(reussie=True).order_by("-commencee_le").first()
    manques = passees.filter(commencee_le__gt=reussie.commencee_le) if reussie else passees
    if manques.count() < rules.ECHECS_AVANT_L_ALERTE:
        return None
    return manques.order_by("commencee_le").values_list("commencee_le", flat=True).first()


def derniere() -> Mesure | None:
    return Mesure.objects.order_by("-commencee_le").first()


def essais_a_purger(technique: Consultation, *, le: datetime) -> bool:
    """Y a-t-il de vieux essais ? Une purge par heure suffit : chacune prend une ligne du registre."""
    avant = le - rules.GARDE_DES_ESSAIS - rules.ENTRE_DEUX_PURGES
    return BrouillonDeReponse.objects.filter(consultation=technique, commence_le__lt=avant).exists()


def horloges_a_lire(le: datetime) -> bool:
    return not EcartDHorloge.objects.filter(le__gt=le - rules.ENTRE_DEUX_HEURES).exists()


def derniers_ecarts() -> QuerySet[EcartDHorloge]:
    """Le dernier relevé d'horloge : un écart par horloge consultée."""
    dernier = EcartDHorloge.objects.order_by("-le").values_list("le", flat=True).first()
    if dernier is None:
        return EcartDHorloge.objects.none()
    # Les horloges d'un même passage se lisent l'une après l'autre.
    return EcartDHorloge.objects.filter(le__gt=dernier - rules.ENTRE_DEUX_HEURES / 2)


def est_decale(ecart: EcartDHorloge) -> bool:
    return rules.est_decalee(ecart_ms=ecart.ecart_ms, marge_ms=ecart.marge_ms, seuil_ms=seuil_ms())


@dataclass(frozen=True)
class Heure:
    """Une heure de la bande : combien d'essais, combien d'échecs."""

    debut: datetime
    mesures: int
    echecs: int

    @property
    def ton(self) -> str:
        if not self.mesures:
            return "gris"
        return "danger" if self.echecs else "ok"


def bande(mesures: Sequence[Mesure], *, le: datetime) -> list[Heure]:
    """Les vingt-quatre dernières heures, la plus ancienne d'abord, celle qui court comprise."""
    courante = le.replace(minute=0, second=0, microsecond=0)
    debuts = [courante - HEURE * rang for rang in reversed(range(HEURES_D_UNE_BANDE))]
    par_heure: dict[datetime, list[bool]] = {debut: [] for debut in debuts}
    for mesure in mesures:
        par_heure.get(mesure.commencee_le.replace(minute=0, second=0, microsecond=0), []).append(mesure.reussie)
    return [Heure(debut, len(lues), lues.count(False)) for debut, lues in par_heure.items()]


def mesures_du_jour(le: datetime) -> list[Mesure]:
    debut = le.replace(minute=0, second=0, microsecond=0) - HEURE * (HEURES_D_UNE_BANDE - 1)
    return list(Mesure.objects.filter(commencee_le__range=(debut, le)))


def a_prevenir(le: datetime) -> list[Utilisateur]:
    """Les personnes du centre qui tiennent la plateforme ; aucune sans centre : l'alarme reste au journal."""
    centre = Organisme.objects.filter(role=Organisme.Role.EXPLOITANT).first()
    return personnes_en_role(centre, SURVEILLENT, le) if centre else []


def exiger_de_lire_la_sonde(personne: Utilisateur, le: datetime) -> None:
    exiger_role(habilitation_d_exploitant(personne, le), "lire_la_sonde", ACTES)
