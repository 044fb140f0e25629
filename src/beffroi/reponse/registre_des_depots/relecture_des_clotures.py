"""Relire les clôtures :
le nombre engagé, le journal et la base disent-ils les mêmes réponses reçues à temps ?

Une réponse vaut à l'heure où elle est reçue, lue avant tout verrou : elle peut donc s'inscrire
après la clôture, et personne ne doit la nier. Ce qui la prouve est sa propre écriture : elle dit
l'heure de réception, et vient plus loin dans la chaîne que celle de la clôture. Qui n'a que la base
ne peut pas l'ajouter : il y faut les clés du journal et de l'horodatage. Qui aurait aussi les clés
ne l'ajouterait qu'au bout de la chaîne, après les têtes déjà publiées et ce que la séance a déjà
écrit : la relecture le dit, avec le numéro (ADR 0027).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from beffroi.reponse.depots.models import Pli
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.verification import Constat

PAR_LOT = 200


@dataclass(frozen=True)
class Inscription:
    """Un dépôt, tel que le journal l'a inscrit."""

    numero: int
    recepisse: str
    recu_le: datetime


@dataclass(frozen=True)
class Cloture:
    """Ce qu'une clôture a engagé, et les dépôts reçus à temps que le journal connaît."""

    ecriture: Ecriture
    engagees: int
    limite: datetime
    a_temps: tuple[Inscription, ...]

    @property
    def ensuite(self) -> tuple[Inscription, ...]:
        """Reçues à temps, inscrites après la clôture : elles attendaient un verrou."""
        return tuple(depot for depot in self.a_temps if depot.numero > self.ecriture.numero)


def clotures() -> Iterator[Cloture]:
    """Chaque clôture qui engage un nombre, celle d'une consultation ou celle d'un tour."""
    depots = depots_par_temps()
    actes = Ecriture.objects.filter(acte__in=["consultation.clore", "tour.clore"]).order_by(
        "numero"
    )
    for ecriture in actes.iterator(chunk_size=PAR_LOT):
        donnees = json.loads(ecriture.contenu)["donnees"]
        if "plis" in donnees:
            limite = datetime.fromisoformat(donnees["date_limite"])
            a_temps = tuple(depot for depot in depots[ecriture.sujet] if depot.recu_le <= limite)
            yield Cloture(ecriture, donnees["plis"], limite, a_temps)


def depots_par_temps() -> dict[str, list[Inscription]]:
    """Les dépôts du journal, rangés par tour ou, au premier temps, par consultation."""
    depots: dict[str, list[Inscription]] = defaultdict(list)
    ecritures = Ecriture.objects.filter(acte="pli.deposer").order_by("numero")
    for numero, contenu in ecritures.values_list("numero", "contenu").iterator(chunk_size=PAR_LOT):
        depot = json.loads(contenu)
        temps = depot.get("tour", depot["consultation"])["reference"]
        recu_le = datetime.fromisoformat(depot["recu_le"])
        depots[temps].append(Inscription(numero, depot["recepisse"], recu_le))
    return depots


def fautes_des_clotures() -> Iterator[Constat]:
    """Les réponses à temps de la base sont celles du journal,
    et celles d'avant la clôture font le nombre engagé.
    """
    for cloture in clotures():
        gardees = recepisses_gardes(cloture)
        inscrites = {depot.recepisse for depot in cloture.a_temps}
        avant = len(cloture.a_temps) - len(cloture.ensuite)
        if gardees != inscrites or avant != cloture.engagees:
            yield Constat(
                f"réponses reçues à temps : la clôture en a engagé {cloture.engagees}, "
                "le journal en a inscrit "
                f"{len(cloture.ensuite)} ensuite, la base en garde "
                f"{len(gardees)}{nommer(gardees ^ inscrites)}",
                bon=False,
                ou=f"depots_pli, {cloture.ecriture.acte}, {cloture.ecriture.sujet}",
            )


def recepisses_gardes(cloture: Cloture) -> set[str]:
    sujet = cloture.ecriture.sujet
    du_temps = Q(consultation__reference=sujet, tour=None) | Q(tour__reference=sujet)
    gardes = Pli.objects.filter(du_temps, recu_le__lte=cloture.limite)
    return set(gardes.values_list("reference", flat=True))


def nommer(recepisses: Iterable[str]) -> str:
    return "".join(f" ({recepisse})" for recepisse in sorted(recepisses))


def inscrites_apres_la_cloture() -> Iterator[Constat]:
    """Elles comptent ; la relecture dit leur place,
    pour qu'un juge les rapproche de ce qui était déjà ouvert.
    """
    for cloture in clotures():
        for depot in cloture.ensuite:
            quand = "après" if une_enveloppe_etait_ouverte(cloture, depot) else "avant"
            yield Constat(
                f"{depot.recepisse}, reçue à temps, inscrite après la clôture (n° "
                f"{cloture.ecriture.numero}) et {quand} "
                f"la première ouverture : écriture n° {depot.numero}",
                bon=True,
            )


def une_enveloppe_etait_ouverte(cloture: Cloture, depot: Inscription) -> bool:
    du_temps = {autre.recepisse for autre in cloture.a_temps}
    ouvertures = Ecriture.objects.filter(
        acte="enveloppe.ouverture_commencee",
        numero__gt=cloture.ecriture.numero,
        numero__lt=depot.numero,
    )
    contenus = ouvertures.values_list("contenu", flat=True).iterator(chunk_size=PAR_LOT)
    return any(json.loads(contenu)["donnees"]["pli"] in du_temps for contenu in contenus)
