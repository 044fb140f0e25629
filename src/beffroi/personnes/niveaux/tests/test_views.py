"""Les pages d'une preuve : l'équipe la fait, le centre la constate, chacun lit pourquoi non."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.personnes.comptes.services import activer_totp
from beffroi.personnes.comptes.tests.personnes import SECRET, connecter, personne
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.services import detacher_membre
from beffroi.personnes.entreprises.tests.gestes import inscrit
from beffroi.personnes.niveaux import queries, services
from beffroi.personnes.niveaux.models import Defi, LettreDeCode, PreuveDEntreprise
from beffroi.personnes.niveaux.services import lettres
from beffroi.personnes.niveaux.tests import gestes
from beffroi.personnes.niveaux.tests.gestes import LE, SIREN, SIRET
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme, habiliter

pytestmark = pytest.mark.django_db
AVANT = LE - timedelta(days=30)


@pytest.fixture(autouse=True)
def a_l_heure():
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def sophie() -> Membre:
    return inscrit(personne("Sophie Merlin"), le=AVANT)


@pytest.fixture
def chez_elle(sophie):
    return connecter(Client(), sophie.utilisateur)


def lue(reponse) -> str:
    return reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


def rendre(client, octets, nom="defi-signe.pdf"):
    fichier = SimpleUploadedFile(nom, octets)
    return client.post("/entreprise/preuve/defi/", {"fichier": fichier}, follow=True)


def test_mon_entreprise_dit_ce_que_l_acheteur_saura_et_mene_a_la_preuve(chez_elle):
    page = lue(chez_elle.get("/entreprise/"))

    assert "Ce que l'acheteur saura de vous" in page and "Adresse prouvée" in page
    assert "/entreprise/preuve/" in page


def test_du_defi_a_la_preuve(chez_elle, sophie, settings, tmp_path):
    settings.NORMES = gestes.poser_les_listes(tmp_path)
    chez_elle.post("/entreprise/preuve/defi/lancer/")
    defi = Defi.objects.get()
    telecharge = chez_elle.get(f"/entreprise/preuve/defi/{defi.reference}/defi.pdf")

    assert telecharge.content == bytes(defi.document)
    page = lue(rendre(chez_elle, gestes.signe(defi)))
    assert "C'est établi" in page and "Entreprise prouvée" in page and f"NTRFR-{SIREN}" in page


def test_un_defi_refuse_dit_pourquoi_et_reste_a_rendre(chez_elle, sophie, settings, tmp_path):
    settings.NORMES = gestes.poser_les_listes(tmp_path)
    defi = services.lancer_un_defi(membre=sophie, maintenant=LE)
    reponse = rendre(chez_elle, gestes.signe(defi, gestes.certificat("NTRFR-552100554")))

    assert reponse.status_code == 422
    assert "autre entreprise (552100554)" in lue(reponse)
    assert defi.reference in lue(reponse)


def test_un_fichier_trop_gros_se_refuse_en_disant_la_limite(chez_elle):
    reponse = rendre(chez_elle, b"%PDF-1.7" + b"0" * 5_100_000)

    assert reponse.status_code == 422 and "La limite est de" in lue(reponse)


def test_le_defi_d_une_autre_equipe_est_introuvable(sophie):
    defi = services.lancer_un_defi(membre=sophie, maintenant=LE)
    mallory = inscrit(personne("Mallory Intruse"), le=AVANT)
    chez_mallory = connecter(Client(), mallory.utilisateur)

    adresse = f"/entreprise/preuve/defi/{defi.reference}/defi.pdf"
    assert chez_mallory.get(adresse).status_code == 404


def test_une_equipe_prouvee_lit_qui_d_autre_dit_son_entreprise(chez_elle, sophie):
    inscrit(personne("Mallory Intruse"), nom="Faux Atelier", le=AVANT)
    assert "Faux Atelier" not in lue(chez_elle.get("/entreprise/preuve/"))

    gestes.prouver(sophie)
    page = lue(chez_elle.get("/entreprise/preuve/"))
    assert "Faux Atelier" in page and "Mallory" not in page


def test_la_lettre_de_la_demande_au_code(chez_elle, sophie, au_centre, monkeypatch):
    monkeypatch.setattr(lettres, "ALPHABET", "K")
    assert "La lettre est demandée" in lue(
        chez_elle.post("/entreprise/preuve/lettre/", follow=True)
    )
    lettre = LettreDeCode.objects.get()
    adresse = f"/cdg/equipes/lettres/{lettre.reference}/poster/"
    imprimee = au_centre.post(adresse, {"adresse": "1 place du Jeu\n62960 Bomy"})

    assert imprimee["Content-Type"] == "application/pdf"
    page = chez_elle.post("/entreprise/preuve/code/", {"code": "faux"})
    assert page.status_code == 422 and "n'est pas celui de la lettre" in lue(page)
    page = chez_elle.post("/entreprise/preuve/code/", {"code": "K" * 12}, follow=True)
    assert "C'est établi" in lue(page)


# ---------------------------------------------------------------- le centre


@pytest.fixture
def jean():
    """Technicien du centre de gestion."""
    qui = personne("Jean Dubois", courriel="jean@centre.example")
    activer_totp(utilisateur=qui, secret=SECRET, maintenant=AVANT)
    centre = creer_organisme(
        nom="Centre de gestion",
        siret="28620001100013",
        role=Organisme.Role.EXPLOITANT,
        par=qui.acteur,
        maintenant=AVANT,
    )
    habiliter(
        organisme=centre,
        utilisateur=qui,
        roles=["technicien"],
        par=qui.acteur,
        maintenant=AVANT,
    )
    return qui


@pytest.fixture
def au_centre(jean):
    return connecter(Client(), jean)


def test_le_centre_trouve_une_equipe_et_la_constate(au_centre, sophie):
    page = lue(au_centre.get("/cdg/equipes/?numero=732 829 320 00074"))
    assert sophie.equipe.reference in page

    adresse = f"/cdg/equipes/{sophie.equipe.reference}/prouver/"
    assert au_centre.post(adresse, {"pieces": ""}).status_code == 422
    page = lue(au_centre.post(adresse, {"pieces": "Kbis du 3 novembre"}, follow=True))
    assert "C'est établi" in page and "Kbis du 3 novembre" in page


def test_le_centre_revoque_et_l_equipe_lit_pourquoi(au_centre, jean, chez_elle, sophie):
    preuve = gestes.constater(sophie.equipe, jean)
    au_centre.post(f"/cdg/equipes/preuves/{preuve.reference}/revoquer/", {"motif": "Radiée"})

    page = lue(chez_elle.get("/entreprise/preuve/"))
    assert "Révoquée" in page and "Radiée" in page


def test_le_centre_rouvre_une_equipe_vide_et_le_dit_sinon(au_centre, sophie):
    adresse = f"/cdg/equipes/{sophie.equipe.reference}/rouvrir/"
    saisie = {"courriel": "kevin@atelier.example", "pieces": "Kbis, pièce d'identité"}
    kevin = personne("Kevin Masson")

    refus = au_centre.post(adresse, saisie)
    assert refus.status_code == 422 and "encore dans cette équipe" in lue(refus)
    detacher_membre(membre=sophie, par=sophie.utilisateur.acteur, maintenant=AVANT)
    assert "Vide" in lue(au_centre.get(f"/cdg/equipes/?numero={SIRET}"))
    au_centre.post(adresse, saisie)
    assert queries.equipe_vue(sophie.equipe).presents[0].utilisateur == kevin


def test_une_entreprise_ne_voit_pas_les_pages_du_centre(chez_elle, sophie):
    assert chez_elle.get("/cdg/equipes/").status_code == 404
    adresse = f"/cdg/equipes/{sophie.equipe.reference}/prouver/"
    assert chez_elle.post(adresse, {"pieces": "Kbis"}).status_code == 404
    assert not PreuveDEntreprise.objects.exists()


# ---------------------------------------------------------------- À faire


def test_a_faire_dit_les_demandes_les_voisines_les_echeances(chez_elle, sophie):
    gestes.prouver(sophie, le=LE - timedelta(days=3 * 365 - 20))
    inscrit(personne("Kevin Masson"), le=LE)
    inscrit(personne("Mallory Intruse"), gestes.FRERE, nom="Faux Atelier", le=LE)

    page = lue(chez_elle.get("/a-faire/"))
    assert "Reconnaître Kevin Masson" in page
    assert "Une autre équipe dit votre entreprise" in page and "Faux Atelier" in page
    assert "Prouver de nouveau votre entreprise" in page


def test_a_faire_du_centre_dit_les_lettres_a_poster(au_centre, sophie):
    assert "Poster le code" not in lue(au_centre.get("/a-faire/"))
    services.demander_une_lettre(membre=sophie, maintenant=LE)

    assert "1 lettre attendue" in lue(au_centre.get("/a-faire/"))
