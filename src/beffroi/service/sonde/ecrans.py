"""Ce que la page de supervision montre, prêt à lire."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from beffroi.service.sonde import queries, rules
from beffroi.service.sonde.models import EcartDHorloge, Etape, Mesure
from formats import durees

JOUR = timedelta(hours=24)
ECHECS_MONTRES = 20
LARGEUR_D_UNE_HEURE = 10


@dataclass(frozen=True)
class LigneDEtape:
    """Ce qu'une étape a duré, en millisecondes."""

    nom: str
    mediane_ms: int | None
    p95_ms: int | None


@dataclass(frozen=True)
class LigneDHorloge:
    ecart: EcartDHorloge
    decalee: bool

    @property
    def ton(self) -> str:
        return "gris" if self.ecart.ecart_ms is None else "danger" if self.decalee else "ok"

    @property
    def mot(self) -> str:
        return {"gris": "Non mesuré", "danger": "Décalée", "ok": "À l'heure"}[self.ton]


@dataclass(frozen=True)
class Supervision:
    etat: tuple[str, str, str]
    derniere: Mesure | None
    en_panne_depuis: datetime | None
    sante: queries.Sante
    echecs: tuple[Mesure, ...]
    bande: list[tuple[int, queries.Heure]]
    etapes: list[LigneDEtape]
    horloges: list[LigneDHorloge]
    horloges_reglees: bool
    seuil_ms: int

    @property
    def nombre_d_echecs(self) -> int:
        return len(self.sante.echecs)


def supervision(le: datetime) -> Supervision:
    sante, mesures = queries.sante(le - JOUR, le), queries.mesures_du_jour(le)
    derniere = queries.derniere()
    reussies = [mesure for mesure in mesures if mesure.reussie]
    bande = queries.bande(mesures, le=le)
    return Supervision(
        etat=etat_du_depot(queries.derniers_resultats(le), derniere, le=le),
        derniere=derniere,
        en_panne_depuis=queries.en_panne_depuis(le),
        sante=sante,
        echecs=tuple(reversed(sante.echecs[-ECHECS_MONTRES:])),
        bande=[(rang * LARGEUR_D_UNE_HEURE, heure) for rang, heure in enumerate(bande)],
        etapes=[ligne_d_etape(etape, reussies) for etape in Etape],
        horloges=[
            LigneDHorloge(ecart, queries.est_decale(ecart)) for ecart in queries.derniers_ecarts()
        ],
        horloges_reglees=bool(settings.SONDE["horloges"]),
        seuil_ms=queries.seuil_ms(),
    )


def ligne_d_etape(etape: Etape, mesures: list[Mesure]) -> LigneDEtape:
    durees_lues = [mesure.durees[etape.value] for mesure in mesures if etape.value in mesure.durees]
    return LigneDEtape(
        str(etape.label), rules.centile(durees_lues, 50), rules.centile(durees_lues, 95)
    )


def etat_du_depot(
    suite: list[bool], derniere: Mesure | None, *, le: datetime
) -> tuple[str, str, str]:
    """Le ton, le titre, la phrase :
    ce que les derniers essais permettent de dire, et rien de plus.
    """
    if derniere is None:
        return (
            "info",
            "La sonde n'a encore rien mesuré",
            "Lancez « ./beffroi sonde » à côté du serveur et de l'ouvrier.",
        )
    age = le - derniere.commencee_le
    if age > rules.SILENCE:
        return (
            "attention",
            "La sonde se tait",
            f"Aucune mesure depuis {durees.humaniser(age)}. Relancez « ./beffroi sonde ».",
        )
    if derniere.reussie:
        return (
            "ok",
            "On peut déposer",
            "Le dernier dépôt d'essai a réussi, jusqu'au récépissé vérifié.",
        )
    if suite[-rules.ECHECS_AVANT_L_ALERTE :].count(False) == rules.ECHECS_AVANT_L_ALERTE:
        return (
            "danger",
            "Déposer ne marche plus",
            f"Trois essais manqués de suite. {derniere.phrase}",
        )
    return (
        "attention",
        "Le dernier essai a échoué",
        f"Le prochain dira si cela dure. {derniere.phrase}",
    )
