"""La page du technicien, et ce que la page publique en dit."""

import re
from datetime import timedelta

import pytest

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.service.sonde import services
from beffroi.service.sonde.models import Etape, Mesure
from beffroi.service.sonde.resultats import Ecart, Passage, Resultat
from beffroi.socle.fondations.horloge import maintenant
from formats.dates import PARIS

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def passer(*resultats, ecarts=()):
    """Un passage par minute, le dernier à l'instant : réussi, ou non."""
    le = maintenant()
    for rang, reussi in enumerate(reversed(resultats)):
        quand = le - rang * MINUTE
        resultat = Resultat(
            quand,
            {"page": 1234},
            etape="" if reussi else Etape.DEPOT,
            statut_http=201 if reussi else 503,
            phrase="" if reussi else "la plateforme a répondu 503",
        )
        services.noter(Passage(resultat, tuple(ecarts) if not rang else ()), maintenant=quand)


@pytest.fixture
def lire(client, centre):
    connecter(client, Utilisateur.objects.get(nom="Fanny Technicienne"))
    return lambda: client.get("/cdg/supervision/").content.decode()


def test_sans_mesure_la_page_dit_quoi_lancer_et_que_l_horloge_n_est_pas_mesuree(lire):
    page = lire()

    assert "La sonde n’a encore rien mesuré" in page
    assert "Aucune mesure depuis 24 heures" in page
    assert "Non mesuré." in page


@pytest.mark.parametrize(
    ("resultats", "titre"),
    [
        ((True, True), "On peut déposer"),
        ((True, False), "Le dernier essai a échoué"),
        ((True, False, False, False), "Déposer ne marche plus"),
    ],
)
def test_la_page_dit_si_l_on_peut_deposer(lire, resultats, titre):
    passer(*resultats)

    assert titre in lire()


def test_de_la_panne_mesuree_on_annonce_l_incident_depuis_le_premier_essai_manque(lire, client):
    passer(True, False, False)
    assert "Annoncer l" not in lire()
    passer(False)
    premier = (
        Mesure.objects.filter(reussie=False).earliest("commencee_le").commencee_le.astimezone(PARIS)
    )

    lien = re.search(r'href="(/cdg/etat-du-service/\?debut=[^"]+)"', lire()).group(1)
    page = client.get(lien).content.decode()
    assert f'value="{premier:%H:%M}"' in page and f'value="{premier:%Y-%m-%d}"' in page
    assert client.get("/cdg/etat-du-service/?debut=9999").status_code == 200


def test_un_essai_manque_dit_l_etape_le_statut_et_la_phrase(lire):
    passer(True, False)

    page = lire().replace("\u202f", " ").replace("\xa0", " ")

    assert all(dit in page for dit in ("50 %", "Déposer", "503", "la plateforme a répondu 503"))


def test_une_horloge_decalee_se_voit(lire):
    passer(True, ecarts=[Ecart(maintenant(), "ntp:a.example", 2500, 4)])

    assert "Décalée" in lire()


@pytest.mark.parametrize(
    ("resultats", "mot"),
    [((True, True), "Marche"), ((True, False), "En retard"), ((False, False, False), "En panne")],
)
def test_la_page_publique_dit_la_part_mesuree(client, centre, resultats, mot):
    passer(*resultats)

    page = client.get("/etat-du-service/").content.decode()
    ligne = page[page.index("Le dépôt d’une réponse") :][:700]
    assert mot in ligne
    assert f"{sum(resultats)} dépôts d’essai réussis sur {len(resultats)} en 24 heures" in ligne


@pytest.mark.moteurs
def test_une_journee_inventee_ne_passe_pas_pour_mesuree(client, lire):
    services.noter_une_invention(
        Passage(Resultat(maintenant(), {"page": 1})), maintenant=maintenant()
    )

    assert "Des mesures inventées" in lire()
    page = client.get("/etat-du-service/").content.decode()
    assert "Non vérifié" in page[page.index("Le dépôt d’une réponse") :][:300]
