"""La clause finie se lit dans l'annexe de l'adhérent parti,
et le centre en a la liste (RGPD, art. 28 et 30, § 2).
"""

import pytest
from django.test import Client

from beffroi.centre.conventions.tests import gestes
from beffroi.garde.conformite.tests.sortie import EFFACE, finir, noter
from beffroi.garde.conformite.views import centre, public
from beffroi.personnes.comptes.tests.personnes import LUNDI, avec_second_facteur, connecter
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import habiliter
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.tests.exemples import texte as texte_du_pdf


@pytest.fixture(autouse=True)
def a_lundi(monkeypatch):
    for vue in (centre, public):
        monkeypatch.setattr(vue, "maintenant", lambda: LUNDI)


def agent_de(organisme, role) -> Client:
    agent = avec_second_facteur(gestes.personne(f"Yvette {role}"))
    habiliter(
        organisme=organisme, utilisateur=agent, roles={role}, par=PLATEFORME, maintenant=LUNDI
    )
    return connecter(Client(), agent)


def test_l_annexe_dit_la_fin_une_fois_la_clause_finie(partie):
    organisme = partie.adherent.organisme
    lectrice, adresse = (
        agent_de(organisme, "lecteur"),
        f"/adhesion/{organisme.siret}/donnees-personnelles.pdf",
    )
    assert "Fin de la sous-traitance" not in texte_du_pdf(lectrice.get(adresse).content)
    noter(partie, "efface_le", EFFACE)
    finir(partie)
    lue = " ".join(texte_du_pdf(lectrice.get(adresse).content).split())
    assert "Fin de la sous-traitance" in lue and "Données rendues le 10 janvier 2027" in lue


def test_le_centre_voit_pour_qui_il_ne_traite_plus_rien(partie):
    juriste = agent_de(Organisme.objects.get(role="exploitant"), "juriste")
    assert (
        "traite les données de tous ses adhérents"
        in juriste.get("/cdg/conformite/").content.decode()
    )
    noter(partie, "efface_le", EFFACE)
    finir(partie)
    page = " ".join(juriste.get("/cdg/conformite/").content.decode().replace("\xa0", " ").split())
    assert f"convention {partie.reference}. Finie le 1er février 2027" in page
