"""Les robots de l'espace d'essai :
une commune inventée publie une consultation, tient ses clés, ouvre tout de suite.

La troupe est celle de la démonstration, ses portes fermées :
aucun mot de passe, aucun jeton ne sert ici.
"""

import secrets
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import creer_les_cles
from beffroi.achat.consultations.services.cles import usage_de
from beffroi.achat.consultations.services.publication import publier_consultation
from beffroi.personnes.comptes.models import JetonDApi
from beffroi.socle.fondations.secrets_durables import secret_durable
from demo import cles, marches
from demo.peuplement import Troupe, peupler, retrouver
from demo.reprise import prochain_midi
from sceau import Identity

JOURS_POUR_REPONDRE = 30
MEMBRES = ("martine", "helene", "bernard")
TITRE = "Consultation d'essai : réhabilitation de la salle des fêtes"
OBJET = (
    "Une consultation inventée, pour s'exercer à répondre : couverture, "
    "puis charpente et isolation. "
    "Joignez n'importe quels fichiers. Rien n'engage, et tout s'efface cette nuit."
)


class Robots:
    """Ce que l'essai attend d'eux (`essai.ports.Robots`)."""

    @transaction.atomic
    def publier(self, *, le: datetime) -> Consultation:
        """La consultation d'essai, allotie, avec de vrais documents et de vraies clés."""
        troupe = self.troupe(le=le)
        limite = prochain_midi(le, dans=JOURS_POUR_REPONDRE)
        marche = marches.replace(marches.TOITURE_EN_LOTS, titre=TITRE, objet=OBJET)
        consultation = marches.rediger(marche, troupe, le=le, limite=limite)
        consultation = self.creer_les_cles(consultation, troupe, le=le)
        auteur = troupe.personnes["martine"]
        return publier_consultation(
            consultation=consultation, par=auteur.acteur, maintenant=le + timedelta(seconds=1)
        )

    def troupe(self, *, le: datetime) -> Troupe:
        if Consultation.toutes.exists():
            return retrouver()
        troupe = peupler(le=le)
        cles.creer_les_identites(troupe, le=le)
        cles.designer_les_gardiens(troupe, le=le)
        fermer_les_portes(troupe)
        return troupe

    def creer_les_cles(
        self, consultation: Consultation, troupe: Troupe, *, le: datetime
    ) -> Consultation:
        """La cérémonie de la démonstration, sur des graines que personne ne peut deviner."""
        paires = {
            sorte: cles.partager(
                usage_de(consultation, sorte), troupe, MEMBRES, cle=self.cle(consultation, sorte)
            )
            for sorte in ("candidature", "offre")
        }
        martine = troupe.personnes["martine"].acteur
        consultation = creer_les_cles(
            consultation=consultation, **paires, par=martine, maintenant=le
        )
        for paire in consultation.paires_de_cles.values():
            cles.essayer_les_cles(paire, MEMBRES, le=le)
        return consultation

    def cle(self, consultation: Consultation, sorte: str) -> Identity:
        fichier = settings.DONNEES / "cles" / "robots" / f"{consultation.reference}-{sorte}.txt"
        return Identity.from_seed(
            bytes.fromhex(secret_durable(fichier, lambda: secrets.token_hex(32)))
        )


def fermer_les_portes(troupe: Troupe, *, sauf: tuple[str, ...] = ()) -> None:
    """Les mots de passe de la démonstration sont publics :
    dans un espace ouvert à tous, aucun ne doit servir.
    """
    fermees = [personne for cle, personne in troupe.personnes.items() if cle not in sauf]
    for personne in fermees:
        personne.set_unusable_password()
        personne.save(update_fields=["password"])
    Authenticator.objects.filter(user__in=fermees).delete()
    JetonDApi.objects.filter(utilisateur__in=troupe.personnes.values()).delete()
