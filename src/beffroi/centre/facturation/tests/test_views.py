"""Les pages et les fichiers : au centre, l'exercice entier ; chez l'adhérent, les siens seuls."""

import io
import zipfile

import pytest
from django.test import Client

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions.tests.gestes import agent_du_centre, mener, sous_convention
from beffroi.centre.facturation.archive import A_CORRIGER, LISEZ_MOI
from beffroi.centre.facturation.tests.gestes import a_facturer_a, rendre
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    avec_second_facteur,
    connecter,
    personne,
)
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.facture import verifier
from formats.pes.verification import SCHEMA
from formats.tests.normes import NORMES

pytestmark = pytest.mark.django_db
EXERCICE = "/cdg/factures/2027/"


@pytest.fixture
def comptable(fanny):
    return connecter(Client(), agent_du_centre("Solange Petitprez", "comptable"))


@pytest.fixture
def bethune(emis):
    """Une agente de la ville de Béthune."""
    adherent = Adherent.objects.get(nom="Ville de Béthune")
    organisme = creer_organisme(
        nom=adherent.nom, siret=adherent.siret, par=PLATEFORME, maintenant=LUNDI
    )
    Adherent.objects.filter(pk=adherent.pk).update(organisme=organisme)
    agente = avec_second_facteur(personne("Lise Carpentier", courriel="lise@bethune.example"))
    habiliter(
        organisme=organisme, utilisateur=agente, roles=["lecteur"], par=PLATEFORME, maintenant=LUNDI
    )
    return connecter(Client(), agente), organisme


def archive(client, nom):
    reponse = client.get(EXERCICE + nom)
    return zipfile.ZipFile(io.BytesIO(b"".join(reponse.streaming_content)))


def test_rien_ne_se_facture_avant_l_emission(comptable, fanny, grille):
    sous_convention(1)
    mener(2027, "figer", "simuler", par=fanny)

    for adresse in ("", "factur-x.zip", "ubl.zip"):
        assert comptable.get(EXERCICE + adresse).status_code == 409


def test_la_liste_dit_laquelle_ne_part_pas_et_pourquoi(comptable, emis):
    page = comptable.get(f"{EXERCICE}?voir=a_corriger").content.decode()

    assert "Ville sans adresse" in page and "L’adresse de l’adhérent n’est pas connue." in page
    assert "Ville de Béthune" not in page.split('id="detail"')[1]


def test_le_rapport_d_une_facture_nomme_chaque_controle_et_ce_qui_n_est_pas_prouve(comptable, emis):
    page = comptable.get(
        f"{EXERCICE}{a_facturer_a(emis, 'Ville de Béthune').reference}/"
    ).content.decode()

    for controle in (
        "EN 16931 (UBL)",
        "BR-FR Flux 2 (UBL)",
        "Factur-X 1.09, EN 16931 (CII)",
        "BR-FR Flux 2 (CII)",
    ):
        assert controle in page
    assert "Refusé" not in page and "validateur PDF/A tiers" in page


def test_le_rapport_d_une_facture_incomplete_dit_que_les_controles_n_ont_pas_eu_lieu(
    comptable, emis
):
    une = a_facturer_a(emis, "Ville sans adresse")

    page = comptable.get(f"{EXERCICE}{une.reference}/").content.decode()

    assert (
        "Ils n’ont pas eu lieu" in page
        and f"/cdg/adherents/{une.contribution.adherent.siren}/" in page
    )


@pytest.mark.parametrize("fichier", ["facture.pdf", "facture.xml"])
def test_une_facture_se_telecharge_et_passe_les_controles(comptable, emis, fichier, ouvrier):
    une = a_facturer_a(emis, "Ville de Béthune")
    reponse = comptable.get(f"{EXERCICE}{une.reference}/{fichier}")

    assert une.numero in reponse["Content-Disposition"]
    assert verifier(reponse.content, ouvrier=ouvrier).est_bon


def test_une_facture_incomplete_est_refusee_avec_ce_qu_il_faut_corriger(comptable, emis):
    une = a_facturer_a(emis, "Ville sans adresse")
    reponse = comptable.get(f"{EXERCICE}{une.reference}/facture.pdf")

    assert reponse.status_code == 422 and "n’est pas remise" in reponse.content.decode()


@pytest.mark.parametrize(("nom", "extension"), [("factur-x.zip", "pdf"), ("ubl.zip", "xml")])
def test_l_archive_porte_chaque_facture_valide_et_nomme_celle_qui_n_y_est_pas(
    comptable, emis, olivier, ouvrier, nom, extension
):
    rendre("Ville de Béthune", "12.50", par=olivier)
    lue = archive(comptable, nom)
    factures = [entree for entree in lue.namelist() if entree.endswith(extension)]

    assert len(factures) == 2
    assert all(verifier(lue.read(une), ouvrier=ouvrier).est_bon for une in factures)
    assert "Ville sans adresse" in lue.read(A_CORRIGER).decode()
    assert "2 remises, 1 refusées" in lue.read(LISEZ_MOI).decode()


def test_l_archive_part_facture_par_facture(comptable, emis):
    morceaux = list(comptable.get(f"{EXERCICE}ubl.zip").streaming_content)

    assert len([morceau for morceau in morceaux if morceau]) >= 2


def test_un_adherent_lit_ses_factures_et_les_telecharge(bethune, emis, olivier, ouvrier):
    client, organisme = bethune
    rendre("Ville de Béthune", "12.50", par=olivier)
    page = client.get(f"/adhesion/{organisme.siret}/factures/").content.decode()

    assert "Facture C-2027-" in page and "Avoir A-2027-" in page
    une = a_facturer_a(emis, "Ville de Béthune")
    reponse = client.get(f"/adhesion/{organisme.siret}/factures/{une.reference}/facture.pdf")
    assert verifier(reponse.content, ouvrier=ouvrier).est_bon


def test_la_facture_d_un_autre_n_existe_pas(bethune, emis):
    client, organisme = bethune
    autre = a_facturer_a(emis, "Ville sans adresse")

    assert (
        client.get(
            f"/adhesion/{organisme.siret}/factures/{autre.reference}/facture.xml"
        ).status_code
        == 404
    )
    assert client.get(f"{EXERCICE}{autre.reference}/").status_code in {403, 404}


def test_le_fichier_pes_se_dit_experimental_partout_et_que_le_controle_n_a_pas_eu_lieu(
    comptable, emis, settings
):
    settings.NORMES = ""
    page = comptable.get(f"{EXERCICE}pes/").content.decode()
    fichier = comptable.get(f"{EXERCICE}pes-experimental.xml")

    assert (
        "Ne le transmettez pas au comptable" in page
        and "N’a pas eu lieu" in page
        and "Passé" not in page
    )
    assert (
        "PES-EXPERIMENTAL-" in fichier["Content-Disposition"]
        and b"FICHIER EXPERIMENTAL" in fichier.content
    )


@pytest.mark.skipif(
    not (NORMES / SCHEMA).is_file(), reason="les schémas PES de 2011 ne sont pas là"
)
def test_avec_les_schemas_de_2011_le_controle_a_lieu(comptable, emis, settings):
    settings.NORMES = str(NORMES)
    page = comptable.get(f"{EXERCICE}pes/").content.decode()

    assert "Passé" in page and "cela ne vaut pas pour celle d’aujourd’hui" in page


def test_un_centre_sans_adresse_le_lit_avec_le_lien_qui_la_corrige(comptable, emis):
    Organisme.objects.filter(role="exploitant").update(adresse="")
    page = comptable.get(EXERCICE).content.decode()

    assert "L’adresse du centre de gestion n’est pas connue." in page
    assert f"/organisme/{Organisme.objects.get(role='exploitant').siret}/coordonnees/" in page
