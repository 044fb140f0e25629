"""Les pages d'une reprise : ce qu'elles disent, ce qu'elles font, qui y entre."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.centre.conventions.models import Convention
from beffroi.centre.reprises.models import CopieDeReprise, LigneDeReprise, Reprise, Vague
from beffroi.centre.reprises.tests import gestes
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    avec_second_facteur,
    connecter,
    personne,
)
from beffroi.personnes.organismes.services import habiliter
from beffroi.socle.fondations.taches import vider_la_file
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db


@pytest.fixture
def benoit(db, monkeypatch):
    for vues in ("tableur", "vagues"):
        monkeypatch.setattr(f"beffroi.centre.reprises.views.{vues}.maintenant", lambda: LUNDI)
    monkeypatch.setattr("beffroi.centre.reprises.taches.maintenant", lambda: LUNDI)
    return gestes.gestionnaire()


@pytest.fixture
def client(benoit) -> Client:
    return connecter(Client(), benoit)


def texte(reponse) -> str:
    return " ".join(unescape(reponse.content.decode()).replace("\xa0", " ").split())


def fichier(octets: bytes, nom: str = "conventions.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, octets)


def deposer(client: Client, *lignes: str) -> Reprise:
    recu = client.post("/cdg/reprises/", {"tableur": fichier(gestes.tableur(*lignes))})
    assert recu.status_code == 302
    return Reprise.objects.latest("pk")


def test_de_la_page_des_conventions_au_modele(client):
    assert "/cdg/reprises/" in client.get("/cdg/conventions/").content.decode()
    assert "Aucun encore." in texte(client.get("/cdg/reprises/"))
    assert client.get("/cdg/reprises/modele.ods").content.startswith(b"PK")


def test_un_tableur_illisible_se_dit_a_sa_place(client):
    recu = client.post("/cdg/reprises/", {"tableur": fichier(b"\x00\x01")})

    assert recu.status_code == 422 and "La ligne 1 ne se lit pas" in texte(recu)
    assert not Reprise.objects.exists()


def test_les_comptes_s_additionnent_et_chaque_faute_a_sa_case(client):
    reprise = deposer(client, gestes.ligne(1), gestes.ligne(2, effet="31/02/2027"))

    page = texte(client.get(f"/cdg/reprises/{reprise.reference}/"))
    assert "Rien n’est encore repris" in page.replace("'", "’")
    assert "31/02/2027 n" in page and 'name="c-3-prise_d_effet"' in page
    assert 'value="01/03/2027"' in page and "Corriger cette ligne" in page


def test_corriger_puis_composer_activer_suivre_annuler(client):
    reprise = deposer(client, gestes.ligne(1, courriel="faux"), gestes.ligne(2))
    base = f"/cdg/reprises/{reprise.reference}/"

    client.post(f"{base}corriger/", {"c-2-courriel": "mairie1@champ.example"})
    jour = LUNDI.date().isoformat()
    client.post(f"{base}vagues/", {"le": jour, "premieres": "2", "nom": "les deux"})
    assert "Activer ces 2 conventions" in texte(client.get(f"{base}vagues/1/activer/"))
    assert client.post(f"{base}vagues/1/activer/").status_code == 302
    assert "En cours, 0 sur 2" in texte(client.get(f"{base}vagues/1/"))
    vider_la_file(limite=1)
    assert "Terminée" in texte(client.get(f"{base}vagues/1/"))
    assert "N’a pas ouvert" in texte(client.get(f"{base}vagues/1/")).replace("'", "’")
    client.post(f"{base}vagues/1/annuler/", {"motif": "Mauvais tableur."})
    vider_la_file()
    assert "Annulée" in texte(client.get(f"{base}vagues/1/"))
    assert set(Convention.objects.values_list("etat", flat=True)) == {"close"}


def test_la_fiche_et_la_page_de_l_adherent_disent_reprise_et_jamais_signee_ici(client, benoit):
    reprise = deposer(client, gestes.ligne(1))
    gestes.activee(reprise, benoit)
    convention = Convention.objects.get()
    elue = avec_second_facteur(personne("Odile Venue"))
    habiliter(
        organisme=convention.adherent.organisme,
        utilisateur=elue,
        roles=["administrateur"],
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    fiche = texte(client.get(f"/cdg/conventions/{convention.reference}/"))
    assert "signée le 10 juin 2026 hors de Beffroi" in fiche and "Pas encore reçue" not in fiche
    siret = convention.adherent.siret
    la_notre = texte(connecter(Client(), elue).get(f"/adhesion/{siret}/convention/"))
    assert "hors de Beffroi" in la_notre


def test_cocher_l_emporte_sur_le_nombre_et_ne_rien_dire_se_dit(client):
    reprise = deposer(client, gestes.ligne(1), gestes.ligne(2))
    page, jour = f"/cdg/reprises/{reprise.reference}/vagues/", LUNDI.date().isoformat()

    assert client.post(page, {"le": jour}).status_code == 422
    client.post(page, {"le": jour, "ligne": ["3"], "premieres": "2"})
    assert [une.numero for une in Vague.objects.get().lignes.all()] == [3]


def test_les_lignes_fautives_se_telechargent_et_se_redeposent(client):
    reprise = deposer(client, gestes.ligne(1), gestes.ligne(2, courriel="faux"))
    base = f"/cdg/reprises/{reprise.reference}/"

    ods = client.get(f"{base}lignes-a-corriger.ods").content
    recu = client.post(f"{base}redeposer/", {"tableur": fichier(ods, "a.ods")})
    assert recu.status_code == 302
    ligne = LigneDeReprise.objects.get(reprise=reprise, numero=3)
    assert ligne.valeurs["courriel"] == "faux" and ligne.autres["Observations"]


def test_le_zip_dit_ce_qu_il_refuse(client):
    reprise = deposer(client, gestes.ligne(1))
    page = f"/cdg/reprises/{reprise.reference}/copies/"
    flux = gestes.zip_de(champ_1=b"pas un pdf", champ_9=gestes.PDF)

    client.post(page, {"zip": fichier(flux.getvalue(), "copies.zip")})
    lue = texte(client.get(page))
    assert "n’est pas un PDF" in lue.replace("'", "’") and "champ-9.pdf" in lue
    assert CopieDeReprise.objects.filter(refus="").count() == 1


def test_une_comptable_lit_et_ne_tient_pas(client, benoit):
    reprise = deposer(client, gestes.ligne(1), gestes.ligne(2, courriel="faux"))
    solange = avec_second_facteur(personne("Solange Vidal"))
    habiliter(
        organisme=gestes.centre(),
        utilisateur=solange,
        roles={"comptable"},
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    chez_elle, base = connecter(Client(), solange), f"/cdg/reprises/{reprise.reference}/"

    page = chez_elle.get(base)
    assert page.status_code == 200 and "<input id=" not in page.content.decode()
    for adresse in ("corriger/", "vagues/", "redeposer/", "copies/", "lignes/2/laisser/"):
        assert chez_elle.post(f"{base}{adresse}").status_code == 403
    assert chez_elle.post("/cdg/reprises/").status_code == 403


def test_cinquante_lignes_ne_se_lisent_pas_en_plus_de_requetes(
    client, django_assert_max_num_queries
):
    reprise = deposer(client, *(gestes.ligne(rang, courriel="faux") for rang in range(1, 51)))

    with django_assert_max_num_queries(25):
        client.get(f"/cdg/reprises/{reprise.reference}/")
