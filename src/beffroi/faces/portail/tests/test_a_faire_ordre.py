"""L'échéance légale d'abord : ce qui presse ne passe pas devant ce qui ferme plus tôt."""

from datetime import timedelta

import pytest

from beffroi.faces.portail import a_faire
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations.a_faire import SANS_ECHEANCE, AFaire, DeLaPersonne
from beffroi.socle.fondations.horloge import maintenant

pytestmark = pytest.mark.django_db


def geste(titre, echeance, *, presse):
    return AFaire(titre, "", "/", "", "", presse, echeance)


def test_la_liste_suit_les_echeances_et_non_ce_qui_presse(scene, monkeypatch):
    le = maintenant()
    gestes = [
        geste("pressé, dans dix jours", le + timedelta(days=10), presse=True),
        geste("sans échéance", SANS_ECHEANCE, presse=False),
        geste("tranquille, demain", le + timedelta(days=1), presse=False),
        geste("pressé, demain", le + timedelta(days=1), presse=True),
        geste("en retard", le - timedelta(days=1), presse=False),
        geste("dès que possible", le, presse=True),
    ]
    monkeypatch.setattr(
        a_faire, "listes", lambda: [DeLaPersonne(lambda personne, *, le: gestes, apres="")]
    )

    titres = [tache.titre for tache in a_faire.taches_de(scene.martine, le=le) if tache in gestes]

    assert titres == [
        "en retard",
        "dès que possible",
        "pressé, demain",
        "tranquille, demain",
        "pressé, dans dix jours",
        "sans échéance",
    ]


def test_un_brouillon_sans_date_vient_apres_ce_qui_en_a_une(scene):
    scene.brouillon("Sans date")
    echeances = [tache.echeance for tache in a_faire.taches_de(scene.martine, le=maintenant())]

    assert echeances == sorted(echeances)


def test_une_entreprise_voit_sa_reponse_commencee_jusqu_a_l_heure_limite(scene):
    consultation, sophie = scene.publiee(), factories.membre("Sophie Merlin")
    factories.Candidat(consultation, sophie).commence(le=scene.le)
    personne = sophie.utilisateur

    (tache,) = a_faire.taches_de(personne, le=maintenant())

    assert (tache.titre, tache.echeance) == ("Préparer votre réponse", consultation.limite)
    assert a_faire.taches_de(personne, le=consultation.limite + timedelta(seconds=1)) == []
