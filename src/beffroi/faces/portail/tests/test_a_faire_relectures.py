"""« À faire » : les relectures que le juriste doit rendre, l'avis que l'acheteur a
reçu ; et qui en voit le menu.
"""

from datetime import timedelta

import pytest
from django.test import Client

from beffroi.achat.consultations.tests.scene import agent
from beffroi.achat.relectures import services
from beffroi.achat.relectures.lecture import ReglementLu
from beffroi.faces.portail import a_faire
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.journal.acteurs import PLATEFORME


@pytest.fixture
def centre(scene):
    return creer_organisme(
        nom="Centre",
        siret="28620001500012",
        role=Organisme.Role.EXPLOITANT,
        par=PLATEFORME,
        maintenant=scene.le,
    )


@pytest.fixture
def claire(scene, centre):
    return agent("Claire Dubois", centre, roles=("juriste",), le=scene.le)


@pytest.fixture
def relecture(scene):
    return services.demander_la_relecture(
        consultation=scene.brouillon(),
        lu=ReglementLu(),
        message="",
        par=scene.martine,
        maintenant=scene.le,
    )


def titres(personne, le):
    return [tache.titre for tache in a_faire.taches_de(personne, le=le)]


def rendre(relecture, claire, scene, avis, *remarques, observation="Voir les heures."):
    services.prendre_la_relecture(relecture=relecture, par=claire, maintenant=scene.le)
    for remarque in remarques:
        services.commenter(
            relecture=relecture, texte=remarque, paragraphe=None, par=claire, maintenant=scene.le
        )
    return services.rendre_l_avis(
        relecture=relecture, avis=avis, observation=observation, par=claire, maintenant=scene.le
    )


def test_le_juriste_voit_ce_qui_attend_un_avis_et_pour_quand(scene, claire, relecture):
    tache = a_faire.taches_de(claire, le=scene.le)[0]

    assert (tache.titre, tache.url) == (
        "Relire un règlement",
        f"/cdg/relectures/{relecture.reference}/",
    )
    assert tache.quand.startswith("Attendue avant le") and not tache.presse


def test_une_relecture_en_retard_presse(scene, claire, relecture):
    tache = a_faire.taches_de(claire, le=relecture.due_le + timedelta(days=1))[0]

    assert tache.presse and tache.quand.startswith("En retard depuis le")


def test_une_relecture_prise_n_attend_plus_que_son_juriste(scene, centre, claire, relecture):
    denis = agent("Denis Leroy", centre, roles=("juriste",), le=scene.le)
    services.prendre_la_relecture(relecture=relecture, par=claire, maintenant=scene.le)

    assert "Rendre un avis" in titres(claire, scene.le)
    assert titres(denis, scene.le) == []


def test_qui_n_est_pas_juriste_n_a_rien_a_relire(scene, centre, relecture):
    odile = agent("Odile Roussel", centre, roles=("technicien",), le=scene.le)

    assert "Relire un règlement" not in titres(odile, scene.le)


@pytest.mark.parametrize(
    "avis,remarques,titre,presse",
    [
        ("a_corriger", ("Une.", "Deux."), "Répondre au juriste (2 remarques)", True),
        ("conforme_sous_reserve", ("Une.",), "Répondre au juriste (1 remarque)", False),
        ("a_corriger", (), "Corriger le règlement, puis le faire relire", True),
        ("conforme", (), "Le juriste a rendu son avis : vous pouvez publier", False),
    ],
)
def test_l_acheteur_voit_l_avis_recu_et_ce_qu_il_demande(
    scene, claire, relecture, avis, remarques, titre, presse
):
    rendre(relecture, claire, scene, avis, *remarques)

    tache = next(
        tache
        for tache in a_faire.taches_de(scene.martine, le=scene.le)
        if "uriste" in tache.titre or "orriger" in tache.titre
    )

    assert (tache.titre, tache.presse) == (titre, presse)


def test_une_nouvelle_demande_remplace_l_avis_d_avant(scene, claire, relecture):
    rendue = rendre(relecture, claire, scene, "a_corriger")
    services.demander_la_relecture(
        consultation=rendue.consultation,
        lu=ReglementLu(),
        message="",
        par=scene.martine,
        maintenant=scene.le,
    )

    assert not [titre for titre in titres(scene.martine, scene.le) if "orriger" in titre]


def test_les_remarques_repondues_ne_pressent_plus(scene, claire, relecture):
    rendre(relecture, claire, scene, "conforme_sous_reserve", "Une.")
    services.repondre_au_commentaire(
        commentaire=relecture.commentaires.get(),
        reponse="Fait.",
        par=scene.martine,
        maintenant=scene.le,
    )

    assert "Le juriste a rendu son avis : vous pouvez publier" in titres(scene.martine, scene.le)


def test_le_menu_relectures_n_est_qu_aux_juristes(scene, centre, claire):
    odile = agent("Odile Roussel", centre, roles=("technicien",), le=scene.le)
    pages = {
        qui: connecter(Client(), qui).get("/a-faire/").content.decode() for qui in (claire, odile)
    }

    assert 'href="/cdg/relectures/"' in pages[claire]
    assert 'href="/cdg/relectures/"' not in pages[odile]
