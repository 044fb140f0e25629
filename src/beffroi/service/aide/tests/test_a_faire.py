"""« À faire » et l'assistance :
les agents du centre, et eux seuls, voient qui attend d'être rappelé.
"""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.reponse.depots.tests import factories
from beffroi.service.aide import services
from beffroi.service.aide.a_faire import rappels_a_faire

pytestmark = pytest.mark.django_db
MIDI = datetime(2026, 11, 26, 11, 0, tzinfo=UTC)
SAISIE = services.Saisie(nom="Nadia", telephone="06 12 34 56 78", sujet="Mon envoi s'arrête.")
AVANT = datetime(2026, 1, 8, 9, 0, tzinfo=UTC)


@pytest.fixture
def centre(db):
    return Organisme.objects.create(
        nom="Centre", siret="99962000800014", role="exploitant", cree_le=AVANT
    )


@pytest.fixture
def agent_du_centre(centre):
    def creer(role, *, exploitant=True):
        organisme = centre
        if not exploitant:
            organisme = Organisme.objects.create(
                nom="Bomy", siret="21620153300017", role="acheteur", cree_le=AVANT
            )
        odile = Utilisateur.objects.create(
            courriel=f"{role}@centre.example", nom="Odile Roussel", cree_le=AVANT
        )
        return Habilitation(utilisateur=odile, organisme=organisme, roles=[role])

    return creer


@pytest.mark.parametrize("role", ["technicien", "juriste", "administrateur"])
def test_les_agents_du_centre_la_voient_dans_a_faire_avec_son_heure(role, agent_du_centre):
    services.demander_un_rappel(SAISIE, maintenant=MIDI)
    habilitation = agent_du_centre(role)

    (tache,) = rappels_a_faire([habilitation], le=MIDI)

    assert "Nadia" not in str(tache) and "12 34" not in str(tache)
    assert tache.quand == "Demandé le jeudi 26\u00a0novembre 2026 à 12:00"
    assert not tache.presse


def test_deux_heures_d_attente_ou_une_consultation_la_rendent_pressee(agent_du_centre):
    services.demander_un_rappel(SAISIE, maintenant=MIDI)
    habilitation = agent_du_centre("technicien")

    assert next(rappels_a_faire([habilitation], le=MIDI + timedelta(hours=2))).presse
    services.demander_un_rappel(
        services.Saisie("Z", "0699999999", "?", consultation="2026-0142"), maintenant=MIDI
    )
    assert [tache.presse for tache in rappels_a_faire([habilitation], le=MIDI)] == [False, True]


def test_qui_depose_dans_les_deux_heures_passe_avant_les_plus_anciennes(agent_du_centre):
    reference = factories.consultation(limite=MIDI + timedelta(minutes=90)).reference
    services.demander_un_rappel(SAISIE, maintenant=MIDI - timedelta(hours=5))
    services.demander_un_rappel(
        services.Saisie("Z", "0699999999", "?", consultation=reference), maintenant=MIDI
    )

    taches = sorted(
        rappels_a_faire([agent_du_centre("technicien")], le=MIDI),
        key=lambda t: (t.echeance, not t.presse),
    )

    assert [tache.titre for tache in taches] == [
        "Rappeler une personne qui dépose",
        "Rappeler une personne",
    ]
    assert "13:30" in taches[0].quand


def test_un_administrateur_de_commune_ne_la_voit_pas(agent_du_centre):
    services.demander_un_rappel(SAISIE, maintenant=MIDI)
    habilitation = agent_du_centre("administrateur", exploitant=False)

    assert list(rappels_a_faire([habilitation], le=MIDI)) == []
