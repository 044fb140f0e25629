"""« À faire » de l'exploitant : un organisme sans administrateur attend qu'on lui en nomme un."""

import pytest

from beffroi.faces.portail import a_faire
from beffroi.personnes.comptes.tests.personnes import LUNDI, personne
from beffroi.personnes.organismes import services
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
BOMY, CENTRE = "21620155800014", "28620001900011"


def organisme(nom, siret, role="acheteur"):
    return services.creer_organisme(
        nom=nom, siret=siret, role=role, par=PLATEFORME, maintenant=LUNDI
    )


def habiliter(ou, nom, role):
    qui = personne(nom)
    services.habiliter(
        organisme=ou, utilisateur=qui, roles=(role,), par=PLATEFORME, maintenant=LUNDI
    )
    return qui


def a_nommer(qui):
    taches = a_faire.taches_de(qui, le=LUNDI)
    return [
        (tache.detail, tache.url) for tache in taches if tache.titre == "Nommer un administrateur"
    ]


def test_l_exploitant_voit_chaque_organisme_sans_administrateur_et_l_acte_a_faire():
    fanny = habiliter(
        organisme("Centre de gestion", CENTRE, "exploitant"), "Fanny Roussel", "administrateur"
    )
    bomy = organisme("Commune de Bomy", BOMY)

    avant = a_nommer(fanny)
    habiliter(bomy, "Martine Caron", "administrateur")

    detail = "Commune de Bomy n'a pas d'administrateur : personne n'y donne de rôle."
    assert avant == [(detail, f"/exploitant/organismes/{BOMY}/administrateur/")]
    assert a_nommer(fanny) == []


def test_les_autres_ne_l_apprennent_pas():
    centre, bomy = (
        organisme("Centre de gestion", CENTRE, "exploitant"),
        organisme("Commune de Bomy", BOMY),
    )

    technicienne = habiliter(centre, "Odile Fasquelle", "technicien")
    lectrice = habiliter(bomy, "Yvette Cordier", "lecteur")

    assert (a_nommer(technicienne), a_nommer(lectrice)) == ([], [])
