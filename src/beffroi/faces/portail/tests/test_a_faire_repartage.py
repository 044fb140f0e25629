"""« À faire » quand une personne qui tenait une part est partie,
ou quand une autre attend la vôtre.
"""

import pytest

from beffroi.achat.consultations.tests.scene import agent
from beffroi.faces.portail import a_faire
from beffroi.personnes.cles import queries as cles
from beffroi.seance.repartage import services
from beffroi.seance.repartage.tests.test_services import partir, remettre
from beffroi.socle.fondations.horloge import maintenant

pytestmark = pytest.mark.django_db


def titres(personne):
    return [tache.titre for tache in a_faire.taches_de(personne, le=maintenant())]


def test_un_depart_demande_aux_autres_de_refaire_les_parts(scene):
    consultation = scene.publiee()
    avant = titres(scene.martine)

    partir(scene.helene, le=maintenant())

    assert "Refaire les parts de clé" not in avant
    taches = [
        t
        for t in a_faire.taches_de(scene.martine, le=maintenant())
        if t.titre == "Refaire les parts de clé"
    ]
    assert [t.url for t in taches] == [f"/consultations/{consultation.reference}/cles/changer/"]
    assert "Hélène Duriez" in taches[0].detail
    assert titres(scene.helene) == []


def test_les_gardiens_demandes_sont_appeles_puis_le_second_seul(scene):
    bernard = agent("Bernard Lefebvre", scene.organisme, le=scene.le)
    premier, second, tiers = [gardien.utilisateur for gardien in cles.gardiens_en_fonction()]
    repartage = services.demander_un_repartage(
        consultation=scene.publiee(),
        vers=[scene.martine, bernard],
        voie="gardiens",
        par=scene.martine,
        maintenant=scene.le,
        demande="lettre du maire du 12 janvier 2027",
    )
    avant = [titres(personne) for personne in (premier, second, tiers)]

    remettre(repartage, premier, second)

    assert "Les gardiens refont vos parts de clé" in titres(scene.martine)
    assert avant == [["Ouvrir votre part pour refaire celles des autres"]] * 3
    assert [bool(titres(personne)) for personne in (premier, second, tiers)] == [False, True, False]
