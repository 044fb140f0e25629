"""Les écrans du registre :
ce que le centre voit et fait, ce que l'adhérent touché lit, ce que l'autre ne lit pas.
"""

from datetime import timedelta

import pytest
from django.test import Client

from beffroi.centre.interventions.tests.theatre import (
    SIRET,
    SIRET_VOISIN,
    agent,
    centre,
    en_service,
)
from beffroi.garde.violations.models import Suite, Violation
from beffroi.garde.violations.services.suites import prevenir
from beffroi.garde.violations.tests.scene import violation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations import horloge
from formats.dates import PARIS

pytestmark = pytest.mark.django_db
LISTE = "/cdg/conformite/violations/"
CLE = "k" * 32
SAISIE = {
    "titre": "Un disque volé",
    "jour_connue": "2026-11-02",
    "heure_connue": "09:00",
    "atteintes": "confidentialite",
    "de_qui": "responsable",
    "nature": "Volé.",
    "personnes": "Agents",
    "donnees": "Nom",
    "consequences": "Aucune.",
    "mesures": "Plainte.",
    "risque": "risque",
    "raison_du_risque": "Des noms.",
    "cle": CLE,
}


@pytest.fixture
def claire():
    return agent(centre(), "Claire Juriste", "juriste")


@pytest.fixture
def fanny():
    return agent(centre(), "Fanny Technicienne", "technicien")


@pytest.fixture
def ouverte(claire):
    le = horloge.maintenant()
    return violation(claire, le=le, connue_le=le - timedelta(hours=71))


def page(reponse) -> str:
    return " ".join(reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_sans_violation_la_liste_dit_quoi_faire(claire):
    vide = page(connecter(Client(), claire).get(LISTE))
    assert "Aucune violation ouverte" in vide and "Déclarer une violation" in vide


def test_le_technicien_declare_et_arrive_sur_la_fiche(fanny):
    reponse = connecter(Client(), fanny).post(f"{LISTE}declarer/", SAISIE, follow=True)

    declaree = Violation.objects.get()
    assert declaree.reference in page(reponse) and "72 heures" in page(reponse)
    assert (declaree.responsable, declaree.sous_traitant, declaree.nombre_de_personnes) == (
        True,
        False,
        None,
    )


def test_une_declaration_impossible_se_redit_sans_perdre_la_saisie(fanny):
    reponse = connecter(Client(), fanny).post(
        f"{LISTE}declarer/", {**SAISIE, "jour_connue": "2999-01-01"}
    )

    assert reponse.status_code == 422 and "plus tard que maintenant" in page(reponse)
    assert "Un disque volé" in page(reponse) and not Violation.objects.exists()


def test_la_fiche_compte_l_heure_et_ne_propose_au_technicien_que_de_preciser(
    ouverte, claire, fanny
):
    adresse = f"{LISTE}{ouverte.reference}/"
    au_juriste, au_technicien = (
        page(connecter(Client(), claire).get(adresse)),
        page(connecter(Client(), fanny).get(adresse)),
    )

    assert "Il reste 59 min" in au_juriste and "notifier/" in au_juriste
    assert "preciser/" in au_technicien and "notifier/" not in au_technicien
    assert "ne-pas-notifier/" not in au_juriste and "clore/" not in au_juriste


def test_notifier_a_l_ecran_a_l_heure_de_paris(ouverte, claire):
    le = horloge.maintenant() - timedelta(minutes=2)
    local = le.astimezone(PARIS)
    saisie = {
        "jour_fait": f"{local:%Y-%m-%d}",
        "heure_fait": f"{local:%H:%M}",
        "texte": "Tout.",
        "cle": CLE,
    }
    connecter(Client(), claire).post(f"{LISTE}{ouverte.reference}/notifier/", saisie)

    assert Suite.objects.get().faite_le == le.replace(second=0, microsecond=0)


def test_un_refus_du_geste_se_lit_dans_son_formulaire(ouverte, claire):
    saisie = {"cas": "pas_eleve", "texte": "Rien.", "cle": CLE}
    Violation.objects.filter(pk=ouverte.pk).update(risque="eleve")
    reponse = connecter(Client(), claire).post(
        f"{LISTE}{ouverte.reference}/ne-pas-communiquer/", saisie
    )

    assert reponse.status_code == 422 and "Un risque élevé est noté" in page(reponse)


def test_l_adherent_touche_lit_la_sienne_et_son_heure_l_autre_non(ouverte, claire):
    bomy = en_service()
    en_service(SIRET_VOISIN, "Commune voisine", "Odile Roux")
    prevenir(
        violation=ouverte,
        organismes=[bomy],
        message="Méfiez-vous.",
        par=claire,
        maintenant=horloge.maintenant(),
    )
    martine, odile = Client(), Client()
    for client, nom in ((martine, "Martine Caron"), (odile, "Odile Roux")):
        connecter(client, Utilisateur.objects.get(nom=nom))
    lue = page(martine.get(f"/adhesion/{SIRET}/violations/"))

    assert "Méfiez-vous." in lue and ouverte.nature in lue and "72 heures après" in lue
    assert "Aucune violation" in page(odile.get(f"/adhesion/{SIRET_VOISIN}/violations/"))
    assert odile.get(f"/adhesion/{SIRET}/violations/").status_code == 404
