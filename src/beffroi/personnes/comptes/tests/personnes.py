"""Des personnes de théâtre, créées par les services, et de quoi agir à leur place."""

import time
from datetime import UTC, datetime, timedelta

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from beffroi.personnes.comptes.models import PersonneAttendue, Utilisateur
from beffroi.personnes.comptes.services import (
    activer_totp,
    attendre,
    creer_utilisateur,
    ouvrir_par_le_lien,
)
from beffroi.socle.fondations.horloge import maintenant
from tests.semis import plante

MOT_DE_PASSE = "quatre mots bien choisis"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LUNDI = datetime(2026, 11, 2, 9, tzinfo=UTC)
# Un acte grave redemande au bout de cinq minutes celui que l'on a donné.
FRAICHEUR_D_UN_MOT_DE_PASSE = timedelta(minutes=2)


def personne(
    nom: str = "Sophie Merlin", *, courriel: str = "", verifiee: bool = True
) -> Utilisateur:
    return creer_utilisateur(
        courriel=courriel or f"{nom.split(maxsplit=1)[0].lower()}@atelier.example",
        nom=nom,
        mot_de_passe=MOT_DE_PASSE,
        adresse_verifiee=verifiee,
        maintenant=LUNDI,
    )


def attendue(courriel: str = "s@bomy.example", *, nom: str = "Sophie Merlin") -> PersonneAttendue:
    """Une adresse à qui l'on vient de donner quelque chose, et que personne n'a prouvée."""
    return attendre(courriel=courriel, nom=nom, maintenant=LUNDI)


def ouvrir_le_lien(courriel: str, *, le: datetime = LUNDI) -> Utilisateur:
    """La personne attendue ouvre le lien reçu, et choisit son mot de passe."""
    return ouvrir_par_le_lien(
        attendue=PersonneAttendue.objects.get(courriel=courriel),
        mot_de_passe=MOT_DE_PASSE,
        maintenant=le,
    )


def connecter(client: Client, utilisateur: Utilisateur) -> Client:
    """Ouvre une séance qui vient de donner son mot de passe, comme après la page de connexion.

    Un client neuf la retrouve semée : ce qui se plante après lui l'est encore d'un point connu.
    """
    if client.cookies:
        return _ouvrir_une_seance(client, utilisateur)
    client.cookies = plante(
        ("séance", utilisateur.pk),
        lambda: _ouvrir_une_seance(client, utilisateur).cookies,
        le=maintenant(),
        fraicheur=FRAICHEUR_D_UN_MOT_DE_PASSE,
    )
    return client


def _ouvrir_une_seance(client: Client, utilisateur: Utilisateur) -> Client:
    client.force_login(utilisateur)
    seance = client.session
    seance["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    seance["account_authentication_methods_user"] = str(utilisateur.pk)
    seance.save()
    return client


def a_confirmer(client: Client, adresse: str) -> str:
    """La page qui dit ce qui va se passer, et attend un bouton : la lire ne fait rien."""
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    assert "portail/confirmer.html" in [gabarit.name for gabarit in reponse.templates]
    return str(reponse.content.decode().replace("’", "'"))


def avec_second_facteur(utilisateur: Utilisateur) -> Utilisateur:
    activer_totp(utilisateur=utilisateur, secret=SECRET, maintenant=LUNDI)
    return utilisateur


def code(le: datetime) -> str:
    """Le code que l'application affiche à cet instant."""
    return format_hotp_value(hotp_value(SECRET, int(le.timestamp()) // 30))
