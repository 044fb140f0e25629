"""La scène du banc d'ouverture :
une consultation close, des réponses scellées, une séance dont les clés sont tournées.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.commandes.outillage.banc_sceau import empreinte
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.entreprises.services import inscrire_membre
from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.seance.ouverture.services import lire_le_registre, ouvrir_enveloppe_suivante
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.chainage import creer_l_autorite
from demo import cles, marches, reponses, seances
from demo.cles import CAPACITE
from demo.peuplement import Troupe, peupler
from sceau import Identity

BLOC = 1 << 20
MEMBRES = ("martine", "helene", "bernard")
NOM = "memoire.bin"


@dataclass
class Scene:
    """Une séance prête : il reste à ouvrir, rang après rang."""

    seance: Seance
    presidence: Utilisateur
    cle: Identity
    rangs: Sequence[int]
    ouvertures: dict[int, OuverturePli] = field(default_factory=dict)

    def scelle(self, rang: int) -> BinaryIO:
        """Le gros fichier de cette réponse, tel qu'il attend au stockage."""
        ouverture = self.seance.ouvertures.get(rang=rang)
        scelle = ouverture.enveloppe.fichiers.get(nom=NOM)
        return stockage().lire(scelle.cle_de_stockage)

    def ouvrir(self, rang: int, *, le: datetime) -> None:
        self.ouvertures[rang] = ouvrir_enveloppe_suivante(
            seance=self.seance, rang=rang, capacite=CAPACITE, par=self.presidence, maintenant=le
        )

    def est_intact(self, rang: int, *, repere: Path) -> bool:
        (ouvert,) = self.ouvertures[rang].fichiers.filter(nom=NOM)
        with stockage().lire(ouvert.cle_de_stockage) as clair:
            return bool(ouvert.conforme) and condense(clair) == empreinte(repere)


def condense(flux: BinaryIO) -> bytes:
    calcul = hashlib.sha256()
    while bloc := flux.read(BLOC):
        calcul.update(bloc)
    return calcul.digest()


def preparer_la_scene(nombre: int, *, taille: int, le: datetime) -> Scene:
    """Migre la base, publie, reçoit `nombre` réponses de `taille` octets, tourne les
    clés : tout par les services.
    """
    call_command("migrate", verbosity=0, interactive=False)
    limite, debut = le - timedelta(hours=1), le - timedelta(days=30)
    creer_l_autorite(settings.HORODATAGE["cle"], le=debut)
    with transaction.atomic():
        troupe = peupler(le=debut)
        cles.creer_les_identites(troupe, le=debut)
        cles.designer_les_gardiens(troupe, le=debut)
        consultation = marches.rediger(marches.VOIRIE, troupe, le=debut, limite=limite)
        consultation = marches.publier(consultation, troupe, MEMBRES, le=debut)
    for rang in range(nombre):
        recevoir_une_reponse(
            consultation, troupe, rang, taille=taille, le=limite - timedelta(minutes=30)
        )
    return tenir_la_seance(consultation, troupe, le=le)


@transaction.atomic
def recevoir_une_reponse(
    consultation: Consultation, troupe: Troupe, rang: int, *, taille: int, le: datetime
) -> None:
    """D'une entreprise de plus, qui n'a envoyé que son offre."""
    qui = f"entreprise-{rang}"
    personne = creer_utilisateur(
        courriel=f"e{rang}@banc.example",
        nom=f"Personne {rang}",
        adresse_verifiee=True,
        maintenant=le,
    )
    troupe.personnes[qui] = personne
    troupe.equipes[qui] = inscrire_membre(
        nature="etrangere",
        pays="BE",
        identifiant=f"BANC{rang:05d}",
        nom=f"Entreprise {rang}",
        utilisateur=personne,
        par=personne.acteur,
        maintenant=le - timedelta(days=1),
    ).equipe
    offres: dict[int | None, dict[str, bytes]] = {None: {NOM: os.urandom(taille)}}
    reponses.repondre(consultation, troupe, qui=qui, chez=qui, le=le, candidature={}, offres=offres)


def tenir_la_seance(consultation: Consultation, troupe: Troupe, *, le: datetime) -> Scene:
    seance = seances.installer_une_seance(
        consultation, troupe, preside="helene", avec="bernard", le=le
    )
    presidence = troupe.personnes["helene"]
    lire_le_registre(seance=seance, par=presidence, maintenant=le)
    seances.tourner(seance, troupe, preside="helene", avec="bernard", le=le)
    rangs = list(seance.ouvertures.order_by("rang").values_list("rang", flat=True))
    return Scene(seance, presidence, cles.cle_de_la_consultation(consultation, "offre"), rangs)
