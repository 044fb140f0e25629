"""Régler : ce qui s'arrête s'arrête, ce qu'un texte exige reste ;
l'adresse de l'agenda se montre une fois.
"""

import re

import pytest
from django.test import Client
from django.urls import reverse

from beffroi.personnes.comptes.tests.personnes import a_confirmer
from beffroi.personnes.rappels import queries
from tests.architecture.arbre import du_produit, ecrit_un_courriel, relatif
from tests.architecture.visites import seance_de

pytestmark = pytest.mark.django_db
PAGE = "/compte/notifications/"

# Les contextes qui écrivent un courriel, et ce que la page dit de chacun.
DITS = {
    "archives": "des fichiers gardés qui s’abîment",
    "assistance": "Une demande d’aide reçue",
    "attribution": "une entreprise qui demande les motifs d’un choix",
    "avis": "un avis à écrire",
    "cles": "une clé à essayer ou qui change",
    "commissions": "La convocation à une réunion de commission",
    "comptes": "un mot de passe",
    "conformite": "une demande sur vos données reçue",
    "consultations": "Une consultation à valider",
    "contributions": "un appel de contribution",
    "conventions": "Un projet de convention",
    "apports": "ce que nous avons reçu de vous pour elle",
    "impayes": "le rappel d’un impayé et ses suites",
    "depots": "Le récépissé d’un dépôt",
    "echanges": "Un courrier d’un acheteur, la réponse d’une entreprise à un courrier",
    "entreprises": "Un collègue qui vous invite",
    "incidents": "une prolongation proposée après un incident",
    "interventions": "Une intervention du centre de gestion chez vous",
    "niveaux": "une preuve de votre entreprise établie ou révoquée",
    "organismes": "Un rôle",
    "pieces": "une pièce gardée qui expire",
    "questions": "une question reçue, une réponse publiée",
    "relectures": "l’avis rendu sur un règlement",
    "repartage": "une part de clé demandée",
    "repetition": "sa répétition",
    "sonde": "des dépôts d’essai manqués",
    "violations": "une violation de données qui vous touche",
    "tours": "Une invitation à remettre une offre",
    "remises_en_concurrence": "Une invitation à remettre une offre",
}
# Ce qui s'arrête : le résumé du matin, et ce à quoi l'on s'est abonné sans compte.
S_ARRETENT = {"abonnements", "alertes", "rappels"}
QUI_ECRIVENT = {
    relatif(fichier).split("/")[3]
    for fichier in du_produit()
    if ecrit_un_courriel(fichier) and "/socle/" not in relatif(fichier)
}


@pytest.fixture
def martine(scene):
    client = Client()
    client.cookies = seance_de(scene.martine)
    return client


def test_decocher_arrete_le_resume_et_cocher_le_reprend(martine, scene):
    martine.post(PAGE, {})
    assert queries.preferences_de(scene.martine).resume_du_matin is False

    martine.post(PAGE, {"resume": "on"})
    assert queries.preferences_de(scene.martine).resume_du_matin is True


def test_les_courriels_qu_un_texte_exige_n_ont_pas_de_case(martine):
    page = martine.get(PAGE).content.decode()

    assert "Ce qui part toujours" in page and page.count('type="checkbox"') == 1


def test_la_page_dit_chaque_courriel_qui_part_toujours(martine):
    page = martine.get(PAGE).content.decode()

    assert QUI_ECRIVENT == {*DITS, *S_ARRETENT}
    assert [phrase for phrase in DITS.values() if phrase not in page] == []


def test_l_adresse_de_l_agenda_se_montre_une_fois(martine):
    neuve = martine.post(reverse("notifications:ouvrir_l_agenda")).content.decode()
    chemin = re.search(r"/a-faire/[\w-]+\.ics", neuve).group()

    assert Client().get(chemin).status_code == 200
    assert chemin not in martine.get(PAGE).content.decode()


def test_fermer_depuis_la_page(martine):
    chemin = re.search(
        r"/a-faire/[\w-]+\.ics",
        martine.post(reverse("notifications:ouvrir_l_agenda")).content.decode(),
    )
    assert "Celle-ci ne revient pas" in a_confirmer(
        martine, reverse("notifications:fermer_l_agenda")
    )
    assert Client().get(chemin.group()).status_code == 200
    martine.post(reverse("notifications:fermer_l_agenda"))

    assert Client().get(chemin.group()).status_code == 404


def test_renouveler_l_adresse_se_confirme_et_sans_agenda_il_n_y_a_rien_a_renouveler(martine):
    adresse = reverse("notifications:ouvrir_l_agenda")
    assert martine.get(adresse).url == PAGE
    chemin = re.search(r"/a-faire/[\w-]+\.ics", martine.post(adresse).content.decode()).group()

    assert "n'ouvrira plus rien" in a_confirmer(martine, adresse)
    assert Client().get(chemin).status_code == 200
