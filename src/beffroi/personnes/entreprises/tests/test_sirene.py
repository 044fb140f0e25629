"""S'inscrire quand Sirene est reliée, se tait, ou ne connaît pas le numéro."""

import pytest

from beffroi.personnes.comptes.tests.personnes import LUNDI, connecter, personne
from beffroi.personnes.entreprises.models import Equipe
from beffroi.personnes.entreprises.ports import Etablissement
from beffroi.personnes.entreprises.tests.gestes import inscrit
from beffroi.socle.fondations.erreurs import ServiceIndisponible

pytestmark = pytest.mark.django_db
SIRET, FRERE = "73282932000074", "73282932000082"
SAISIE = {
    "email": "kevin@atelier.example",
    "password1": "quatre mots bien choisis",
    "nom": "Kévin Masson",
    "siret": SIRET,
    "raison_sociale": "",
}


def etablissement(siret=SIRET, **change):
    dits = {
        "siret": siret,
        "nom": "ATELIER DU FAITAGE",
        "adresse": "1 PLACE DU JEU 62960 BOMY",
        "code_postal": "62960",
        "ouvert": True,
    }
    return Etablissement(**{**dits, **change})


class Annuaire:
    def __init__(self, *trouves, panne=False):
        self.trouves, self.panne = trouves, panne

    def etablissement(self, siret):
        if self.panne:
            raise ServiceIndisponible("Sirene n'a pas répondu : ReadTimeout.")
        return next((un for un in self.trouves if un.siret == siret), None)

    def etablissements(self, siren):
        self.etablissement("")
        return self.trouves


@pytest.fixture
def relier(monkeypatch):
    def relier(*trouves, panne=False):
        annuaire = Annuaire(*trouves, panne=panne)
        monkeypatch.setattr("beffroi.integrations.sirene.adapter.annuaire", lambda: annuaire)

    return relier


def s_inscrire(client, **champs):
    return client.post("/compte/inscription/", {**SAISIE, **champs})


def test_le_nom_et_l_adresse_viennent_de_sirene(client, relier):
    relier(etablissement())
    s_inscrire(client)

    equipe = Equipe.objects.get()
    assert (equipe.nom, equipe.code_postal) == ("ATELIER DU FAITAGE", "62960")
    assert equipe.adresse == "1 PLACE DU JEU 62960 BOMY"


def test_un_nom_tape_l_emporte_et_rien_n_est_demande(client, relier):
    relier(panne=True)
    s_inscrire(client, raison_sociale="Atelier du Faîtage")

    assert Equipe.objects.get().nom == "Atelier du Faîtage"


@pytest.mark.parametrize(
    ("reglage", "dit"),
    [
        ({"panne": True}, "Sirene n’a pas répondu"),
        ({}, "Sirene ne connaît pas ce SIRET"),
    ],
)
def test_sirene_muette_ou_ignorante_laisse_taper_et_ne_perd_rien(client, relier, reglage, dit):
    relier(**reglage)
    reponse = s_inscrire(client)

    page = reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert dit in page and SIRET in page and "kevin@atelier.example" in page
    assert not Equipe.objects.exists()


def test_sans_sirene_le_nom_reste_exige(client):
    page = s_inscrire(client).content.decode()

    assert "Saisissez le nom de l’entreprise." in page
    assert "Laissez vide" not in page


def test_un_siret_faux_n_interroge_personne(client, relier, monkeypatch):
    relier(panne=True)
    page = s_inscrire(client, siret="73282932000075").content.decode()

    assert "Ce SIRET n’existe pas" in page and "n’a pas répondu" not in page


def test_les_etablissements_freres_se_proposent_et_s_ajoutent_d_un_geste(client, relier):
    relier(etablissement(), etablissement(FRERE), etablissement("73282932000090", ouvert=False))
    sophie = inscrit(personne(), le=LUNDI)
    connecter(client, sophie.utilisateur)

    assert "Les chercher dans Sirene" in client.get("/entreprise/rattachement/").content.decode()
    page = client.get("/entreprise/rattachement/?freres=732829320").content.decode()
    assert f'value="{FRERE}"' in page
    assert f'value="{SIRET}"' not in page and "73282932000090" not in page


def test_on_ne_cherche_que_les_freres_de_sa_propre_entreprise(client, relier):
    relier(etablissement(FRERE))
    connecter(client, inscrit(personne(), le=LUNDI).utilisateur)

    assert FRERE not in client.get("/entreprise/rattachement/?freres=552100554").content.decode()


def test_sirene_muette_le_dit_a_la_place_des_freres(client, relier):
    relier(panne=True)
    connecter(client, inscrit(personne(), le=LUNDI).utilisateur)

    page = client.get("/entreprise/rattachement/?freres=732829320").content.decode()
    assert "n’a pas répondu" in page
