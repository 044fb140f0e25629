"""« Ce n'est pas moi » : d'une arrivée, d'un départ, d'une adresse changée."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.test import Client
from django.urls import reverse

from beffroi.personnes.comptes.events import AdresseChangee
from beffroi.personnes.comptes.tests.personnes import connecter, personne
from beffroi.personnes.entreprises import alarmes, queries, services
from beffroi.personnes.entreprises.tests import gestes
from beffroi.socle.fondations import evenements, horloge
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
ANCIENNE = "kevin-avant@atelier.example"


@pytest.fixture
def equipe():
    """Sophie, qui l'a fondée, et Kevin, qu'elle a reconnu."""
    le = horloge.maintenant()
    sophie = gestes.inscrit(personne("Sophie Merlin", courriel="sophie@atelier.example"), le=le)
    kevin = gestes.reconnu(
        personne("Kevin Lenoir", courriel="kevin@atelier.example"), sophie, le=le
    )
    return sophie, kevin


def lien_recu(adresse: str, sujet: str) -> str:
    recu = Courriel.objects.get(destinataire=adresse, sujet__contains=sujet)
    return next(mot for mot in recu.texte.split() if "ce-n-est-pas-moi" in mot)


def changer_d_adresse(membre):
    evenements.publier(
        AdresseChangee(utilisateur=membre.utilisateur, ancienne=ANCIENNE, le=horloge.maintenant())
    )


def alarmes_recues() -> list[str]:
    return sorted(
        Courriel.objects.filter(cle__startswith="alarme/").values_list("destinataire", flat=True)
    )


def dites() -> int:
    return Ecriture.objects.filter(acte="membre.alarme").count()


@pytest.mark.moteurs
def test_une_arrivee_contestee_previent_l_equipe(equipe):
    lien = lien_recu("sophie@atelier.example", "maintenant de votre équipe")
    page = Client().get(lien).content.decode()
    assert "Kevin Lenoir est de votre équipe" in page

    suite = Client().post(lien, follow=True).content.decode()

    assert "Votre équipe et l'assistance sont prévenues" in suite.replace("’", "'")
    assert alarmes_recues() == ["kevin@atelier.example", "sophie@atelier.example"]
    assert dites() == 1


def test_elle_ne_change_rien_a_l_equipe(equipe):
    sophie, kevin = equipe
    Client().post(lien_recu("sophie@atelier.example", "maintenant de votre équipe"))

    assert queries.est_de(kevin.utilisateur, sophie.equipe)


def test_un_second_clic_ou_celui_d_un_collegue_ne_reveille_plus_personne(equipe):
    for adresse in ("sophie@atelier.example", "kevin@atelier.example") * 2:
        Client().post(lien_recu(adresse, "maintenant de votre équipe"))

    assert (dites(), len(alarmes_recues())) == (1, 2)


def test_qui_est_retire_le_dit_encore(equipe):
    sophie, kevin = equipe
    services.detacher_membre(
        membre=kevin, par=sophie.utilisateur.acteur, maintenant=horloge.maintenant()
    )

    Client().post(lien_recu("kevin@atelier.example", "n'est plus de votre équipe"))

    assert alarmes_recues() == ["kevin@atelier.example", "sophie@atelier.example"]


@pytest.mark.moteurs
def test_une_adresse_changee_s_ecrit_a_l_equipe_et_a_l_ancienne(equipe):
    changer_d_adresse(equipe[1])

    ecrits = Courriel.objects.filter(cle__startswith="adresse/")
    assert sorted(ecrits.values_list("destinataire", flat=True)) == [
        ANCIENNE,
        "kevin@atelier.example",
        "sophie@atelier.example",
    ]
    page = Client().get(lien_recu(ANCIENNE, "L'adresse de Kevin Lenoir")).content.decode()
    assert "L’adresse de Kevin Lenoir a changé" in page.replace("'", "’")


def test_une_adresse_changee_un_autre_jour_se_conteste_encore(equipe):
    changer_d_adresse(equipe[1])
    Client().post(lien_recu(ANCIENNE, "L'adresse de Kevin Lenoir"))
    Courriel.objects.filter(cle__startswith="adresse/").delete()

    with time_machine.travel(horloge.heure_reelle() + timedelta(days=2), tick=False):
        changer_d_adresse(equipe[1])
        Client().post(lien_recu(ANCIENNE, "L'adresse de Kevin Lenoir"))

    assert dites() == 2


@pytest.mark.parametrize(
    "abimer",
    [
        lambda lien: lien[:-2] + "/",
        lambda lien: lien.replace("arrivee", "depart"),
        lambda lien: lien.replace("arrivee", "mariage"),
        lambda lien: lien.replace("/U-", "/V-"),
    ],
    ids=["coupé", "d'un autre fait", "d'un fait inconnu", "d'une autre personne"],
)
def test_un_lien_coupe_ou_d_autre_chose_ne_dit_rien(equipe, abimer):
    lien = lien_recu("sophie@atelier.example", "maintenant de votre équipe")

    reponse = Client().get(abimer(lien))

    assert reponse.status_code == 404 and "Kevin Lenoir" not in reponse.content.decode()


def test_un_mois_apres_le_lien_ne_vaut_plus(equipe):
    lien = lien_recu("sophie@atelier.example", "maintenant de votre équipe")

    passe = horloge.heure_reelle() + alarmes.VALIDITE + timedelta(minutes=1)
    with time_machine.travel(passe, tick=False):
        assert Client().get(lien).status_code == 404


def test_le_changement_d_adresse_l_annonce_de_lui_meme(equipe, client):
    """De l'écran d'allauth jusqu'aux courriels."""
    connecter(client, equipe[1].utilisateur)
    client.post("/compte/adresse/", {"action_add": "", "email": "neuve@atelier.example"})
    neuve = EmailAddress.objects.get(email="neuve@atelier.example")
    client.post(reverse("account_confirm_email", args=[EmailConfirmationHMAC(neuve).key]))

    ecrits = Courriel.objects.filter(cle__startswith="adresse/")
    assert {"kevin@atelier.example", "neuve@atelier.example", "sophie@atelier.example"} == set(
        ecrits.values_list("destinataire", flat=True)
    )
