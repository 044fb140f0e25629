"""L'archiviste que le centre désigne lit ce qui finit ; les autres, rien."""

import io
from datetime import date

import odfdo
import pytest
from django.urls import reverse

from beffroi.centre.conventions import actes, archiviste
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.services import fin
from beffroi.centre.conventions.services.parametres import decider
from beffroi.centre.conventions.tests import gestes
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, connecter, personne
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes() -> Utilisateur:
    gestes.le_centre()
    agnes = personne("Agnès Warin")
    decider(
        nom="archives_courriel",
        valeur=agnes.courriel.upper(),
        effet_le=date(2026, 1, 1),
        deliberation="",
        par=Utilisateur.objects.get(nom="Benoît Roussel"),
        maintenant=LUNDI,
    )
    return agnes


def test_il_lit_ce_qui_finit_et_une_ligne_de_son_a_faire_y_mene(agnes, client):
    gestes.denoncee()
    (ligne,) = archiviste.conventions_qui_finissent(agnes, le=LUNDI)
    page = " ".join(connecter(client, agnes).get(ligne.url).content.decode().split())

    assert ligne.url == reverse("conventions:qui_finissent")
    assert "2 janvier 2027" in page and "Pas notée" in page and "Pas encore" in page


def test_rien_ne_finit_rien_ne_l_attend(agnes, client):
    assert list(archiviste.conventions_qui_finissent(agnes, le=LUNDI)) == []
    adresse = reverse("conventions:qui_finissent")
    assert "Aucune convention ne finit" in connecter(client, agnes).get(adresse).content.decode()


def test_une_autre_personne_et_une_adresse_pas_confirmee_ne_trouvent_rien(agnes):
    gestes.denoncee()
    with pytest.raises(Introuvable):
        archiviste.fins_a_lire(personne("Paul"), le=LUNDI)
    agnes.courriel = "autre@archives.example"
    with pytest.raises(Introuvable):
        archiviste.fins_a_lire(agnes, le=LUNDI)


def test_une_denonciation_annulee_ne_s_y_lit_plus(agnes):
    gestes.denoncee()
    fin.annuler_la_denonciation(
        convention=Convention.objects.get(), motif="Erreur.", par=PLATEFORME, maintenant=LUNDI
    )

    assert archiviste.fins_a_lire(agnes, le=LUNDI) == []


@pytest.mark.parametrize("nom", ["denonciation", "retrait", "retrait_archives"])
def test_la_reference_d_une_lettre_ne_se_coupe_pas(agnes, nom):
    convention = gestes.active()
    reference = convention.reference.replace("-", actes.TRAIT_INSECABLE)
    lettre = actes.lettre(nom, convention, "odt", motif="", maintenant=LUNDI)

    assert lettre.nom.startswith(actes.NOMS[nom])
    corps = odfdo.Document(io.BytesIO(lettre.octets)).body
    assert reference in "".join(corps.xpath("//office:text//text()"))
