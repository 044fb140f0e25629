"""Garder une recherche comme une personne ;
faire paraître une consultation sans passer par tout l'achat.
"""

from datetime import timedelta

from beffroi.achat.consultations.events import ConsultationPubliee
from beffroi.personnes.abonnements.tests.gestes import SOPHIE, chemin
from beffroi.publicite.alertes import services, taches
from beffroi.publicite.recherche.rules.requete import Recherche
from beffroi.publicite.recherche.tests import scene
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel

TOITURE = Recherche(mots="toiture")


def garder(client, recherche=TOITURE, *, courriel=SOPHIE, cadence="instant"):
    services.garder(
        courriel=courriel, recherche=recherche, cadence=cadence, maintenant=maintenant()
    )
    client.post(chemin("confirmer/", courriel))


def fiche_ouverte(titre="Réfection de la toiture", *, dans_jours=20, **champs):
    """Une fiche dont l'heure limite est comptée de maintenant."""
    fiche = scene.fiche(titre, **champs)
    fiche.limite, fiche.en_cours = maintenant() + timedelta(days=dans_jours), True
    fiche.save(update_fields=["limite", "en_cours"])
    return fiche


def paraitre(*args, **champs):
    """Une fiche qui vient de paraître."""
    fiche = fiche_ouverte(*args, **champs)
    services.noter_la_publication(ConsultationPubliee(fiche.reference, maintenant()))
    return fiche


def annoncer():
    taches.annoncer(maintenant())


def alertes(courriel=SOPHIE):
    """Les alertes écrites à cette adresse, résumés compris."""
    return list(
        Courriel.objects.filter(destinataire=courriel, cle__contains=":alerte").order_by("pk")
    )
