"""Lire les mesures : la santé de la plateforme dans une fenêtre,
les vingt-quatre dernières heures, ce qui vient d'arriver.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import exiger_au_centre, personnes_en_role
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.service.sonde import rules
from beffroi.service.sonde.models import (
    EcartDHorloge,
    Mesure,
    MesureExterieure,
    MinuteDuServeur,
    Origine,
)
from beffroi.service.sonde.permissions import ACTES, SURVEILLENT
from beffroi.socle.guichet.lecture import lu_une_fois
from beffroi.socle.journal.models import Ecriture
from formats.dates import PARIS

DEUX_SUITES = rules.ECHECS_AVANT_L_ALERTE + 2
HEURES_D_UNE_BANDE = 24
HEURE = timedelta(hours=1)
ACTE = "sonde.relever"


@dataclass(frozen=True)
class SanteDuServeur:
    """Le serveur web dans une fenêtre, minute par minute ;
    ce qui n'a pas été compté n'y est pas.
    """

    minutes: tuple[MinuteDuServeur, ...]

    @property
    def comptees(self) -> tuple[MinuteDuServeur, ...]:
        return tuple(minute for minute in self.minutes if minute.reponses is not None)

    @property
    def en_erreur(self) -> tuple[MinuteDuServeur, ...]:
        return tuple(minute for minute in self.comptees if minute.erreurs)

    @property
    def pire(self) -> MinuteDuServeur | None:
        return max(self.en_erreur, key=lambda minute: minute.erreurs_pour_cent or 0, default=None)

    @property
    def plus_occupee(self) -> MinuteDuServeur | None:
        return max(self.comptees, key=lambda minute: minute.en_vol or 0, default=None)

    @property
    def place_la_moindre(self) -> MinuteDuServeur | None:
        lues = [minute for minute in self.minutes if minute.libre is not None]
        return min(lues, key=lambda minute: minute.place_pour_cent or 0, default=None)

    @property
    def part_d_erreurs(self) -> int | None:
        """En centièmes, arrondie vers le haut, de toutes les réponses de la
        fenêtre : pour le centre seul.
        """
        reponses = sum(minute.reponses or 0 for minute in self.comptees)
        return (
            -(-100 * sum(minute.erreurs or 0 for minute in self.comptees) // reponses)
            if reponses
            else None
        )


@dataclass(frozen=True)
class SanteDehors:
    """La plateforme vue par une sonde d'ailleurs, telle qu'elle l'a dit."""

    source: str
    mesures: tuple[MesureExterieure, ...]

    @property
    def reussies(self) -> int:
        return sum(mesure.reussie for mesure in self.mesures)

    @property
    def echecs(self) -> tuple[MesureExterieure, ...]:
        return tuple(mesure for mesure in self.mesures if not mesure.reussie)

    @property
    def apres_coup(self) -> int:
        """Remises plus de cinq minutes après : pendant une panne, on ne peut rien remettre."""
        return sum(mesure.notee_le - mesure.le > rules.SILENCE for mesure in self.mesures)

    @property
    def part(self) -> rules.Part:
        return rules.Part(self.reussies, len(self.mesures))


@dataclass(frozen=True)
class Sante:
    """La plateforme vue par la sonde, du début à la fin d'une fenêtre :
    de quoi dire qu'elle marchait, ou non.
    """

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
    serveur: SanteDuServeur = SanteDuServeur(())
    dehors: tuple[SanteDehors, ...] = ()

    @property
    def part(self) -> rules.Part:
        return rules.Part(self.reussies, self.mesures)

    @property
    def ecart_le_plus_grand(self) -> EcartDHorloge | None:
        lus = [ecart for ecart in self.ecarts if ecart.ecart_ms is not None]
        return max(lus, key=lambda ecart: abs(ecart.ecart_ms or 0), default=None)


def derniere_ecriture(le: datetime) -> int:
    """La dernière écriture où la sonde avait, à cette heure, répété ses
    mesures ; zéro s'il n'y en a pas.
    """
    faites = Ecriture.objects.filter(acte=ACTE, le__lte=le).order_by("-numero")
    return faites.values_list("numero", flat=True).first() or 0


def sante(debut: datetime, fin: datetime, *, au_registre: int | None = None) -> Sante:
    """Tout ce que la sonde sait de [debut, fin].
    Les écritures du journal qui le prouvent y sont nommées.

    `au_registre` : seulement ce que le registre répète, jusqu'à cette écriture comprise.
    """
    figees = {} if au_registre is None else {"ecriture__lte": au_registre}
    mesures = list(Mesure.objects.filter(commencee_le__range=(debut, fin), **figees))
    ecarts = list(EcartDHorloge.objects.filter(le__range=(debut, fin), **figees))
    reussies = [mesure for mesure in mesures if mesure.reussie]
    durees = [mesure.duree_ms for mesure in reussies]
    du_serveur, d_ailleurs = serveur(debut, fin, **figees), dehors(debut, fin, **figees)
    lignes: list[Any] = [
        *mesures,
        *ecarts,
        *du_serveur.minutes,
        *(mesure for une in d_ailleurs for mesure in une.mesures),
    ]
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
        plus_long_silence=rules.plus_long_silence(
            [m.commencee_le for m in mesures], debut=debut, fin=fin
        ),
        ecarts=tuple(ecarts),
        ecritures=tuple(sorted({ligne.ecriture for ligne in lignes if ligne.ecriture is not None})),
        non_figees=sum(ligne.ecriture is None for ligne in lignes),
        serveur=du_serveur,
        dehors=d_ailleurs,
    )


def jour_par_jour(
    debut: datetime, fin: datetime, *, au_registre: int | None = None
) -> list[tuple[date, rules.Part]]:
    """Chaque jour de Paris de la fenêtre qui a des mesures, et sa part de dépôts réussis."""
    lues = Mesure.objects.filter(commencee_le__range=(debut, fin))
    lues = lues if au_registre is None else lues.filter(ecriture__lte=au_registre)
    par_jour: dict[date, list[bool]] = {}
    for le, reussie in lues.values_list("commencee_le", "reussie"):
        par_jour.setdefault(le.astimezone(PARIS).date(), []).append(reussie)
    return [(jour, rules.Part(sum(reussies), len(reussies))) for jour, reussies in par_jour.items()]


@lu_une_fois
def serveur(debut: datetime, fin: datetime, **figees: int) -> SanteDuServeur:
    return SanteDuServeur(
        tuple(MinuteDuServeur.objects.filter(minute__range=(debut, fin), **figees))
    )


def dehors(debut: datetime, fin: datetime, **figees: int) -> tuple[SanteDehors, ...]:
    """Une par sonde d'ailleurs qui a remis quelque chose de la fenêtre, par nom."""
    mesures = MesureExterieure.objects.filter(le__range=(debut, fin), **figees).order_by(
        "source", "le"
    )
    return tuple(
        SanteDehors(source, tuple(siennes))
        for source, siennes in groupby(mesures, key=lambda m: m.source)
    )


def attend_depuis() -> datetime | None:
    """Depuis quand la plus ancienne des lignes qui ne sont pas encore au journal attend."""
    debuts = (
        Mesure.objects.filter(ecriture=None).aggregate(le=Min("commencee_le"))["le"],
        MesureExterieure.objects.filter(ecriture=None).aggregate(le=Min("notee_le"))["le"],
    )
    return min((debut for debut in debuts if debut is not None), default=None)


def part(debut: datetime, fin: datetime) -> rules.Part:
    """La part des dépôts d'essai réussis, comptée par la base :
    la page publique la demande à chaque lecture.
    """
    mesurees = Mesure.objects.filter(commencee_le__range=(debut, fin)).exclude(
        origine=Origine.DEMONSTRATION
    )
    compte = mesurees.aggregate(toutes=Count("pk"), reussies=Count("pk", filter=Q(reussie=True)))
    return rules.Part(compte["reussies"], compte["toutes"])


def periode() -> timedelta:
    return timedelta(seconds=settings.SONDE["periode_s"])


def seuil_ms() -> int:
    return int(settings.SONDE["seuil_ms"])


@lu_une_fois
def derniers_resultats(jusqu_a: datetime) -> list[bool]:
    """Les derniers résultats, du plus ancien au plus récent :
    de quoi savoir si l'on vient de basculer.
    """
    derniers = Mesure.objects.filter(commencee_le__lte=jusqu_a).order_by("-commencee_le")
    return list(reversed(derniers.values_list("reussie", flat=True)[:DEUX_SUITES]))


def en_panne_depuis(le: datetime) -> datetime | None:
    """Le premier des essais manqués de suite, quand il y en a assez pour le dire ;
    rien si l'on peut déposer.
    """
    passees = Mesure.objects.filter(commencee_le__lte=le)
    reussies = passees.filter(reussie=True).order_by("-commencee_le").values("commencee_le")
    depuis = Coalesce(Subquery(reussies[:1]), Value(datetime.min.replace(tzinfo=UTC)))
    manques = passees.filter(commencee_le__gt=depuis).aggregate(
        combien=Count("pk"), premier=Min("commencee_le")
    )
    premier: datetime | None = manques["premier"]
    return premier if manques["combien"] >= rules.ECHECS_AVANT_L_ALERTE else None


@lu_une_fois
def derniere() -> Mesure | None:
    return Mesure.objects.order_by("-commencee_le").first()


def essais_a_purger(technique: Consultation, *, le: datetime) -> bool:
    """Y a-t-il de vieux essais ?

    Une purge par heure suffit : chacune prend une ligne du registre.
    """
    avant = le - rules.GARDE_DES_ESSAIS - rules.ENTRE_DEUX_PURGES
    return BrouillonDeReponse.objects.filter(consultation=technique, commence_le__lt=avant).exists()


def horloges_a_lire(le: datetime) -> bool:
    return not EcartDHorloge.objects.filter(le__gt=le - rules.ENTRE_DEUX_HEURES).exists()


@lu_une_fois
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
        par_heure.get(mesure.commencee_le.replace(minute=0, second=0, microsecond=0), []).append(
            mesure.reussie
        )
    return [Heure(debut, len(lues), lues.count(False)) for debut, lues in par_heure.items()]


def mesures_du_jour(le: datetime) -> list[Mesure]:
    debut = le.replace(minute=0, second=0, microsecond=0) - HEURE * (HEURES_D_UNE_BANDE - 1)
    return list(Mesure.objects.filter(commencee_le__range=(debut, le)))


def a_prevenir(le: datetime) -> list[Utilisateur]:
    """Les personnes du centre qui tiennent la plateforme ; aucune sans centre :
    l'alarme reste au journal.
    """
    centre = Organisme.objects.filter(role=Organisme.Role.EXPLOITANT).first()
    return personnes_en_role(centre, SURVEILLENT, le) if centre else []


def exiger_de_lire_la_sonde(personne: Utilisateur, le: datetime) -> None:
    exiger_au_centre(personne, "lire_la_sonde", ACTES, le)
