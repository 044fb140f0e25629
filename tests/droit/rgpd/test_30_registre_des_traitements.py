"""RGPD, art. 28 et 30 :
le registre dit tout ce que l'article demande, et nomme tout ce qui tient une donnée de personne.
"""

import pytest
from django.apps import apps
from django.db import models

from beffroi.garde.conformite.queries.traitements import (
    REGISTRE,
    ROLES,
    SOUS_TRAITANCE,
    mesures,
    traitements,
)
from beffroi.personnes.comptes.models import Utilisateur
from tests.parcours.canaris import PLANTES

pytestmark = pytest.mark.article("RGPD", "30")
# Une colonne de ce nom tient, ou peut tenir, une personne.
DE_PERSONNE = {
    "nom",
    "courriel",
    "telephone",
    "qualite",
    "auteur",
    "deposant",
    "interlocuteur",
    "representant",
    "signataire",
    "acteur_libelle",
    "destinataire",
    "adresse",
    "nom_du_signe",
    "contact_donnees",
    "groupement",
}
# Le nom d'un fichier ; ce que le centre annonce de son service.
SANS_PERSONNE = {"antivirus.AnalyseDeFichier", "disponibilite.Evenement", "disponibilite.Point"}


def tient_une_personne(modele: type[models.Model]) -> bool:
    champs = modele._meta.concrete_fields
    return any(champ.related_model is Utilisateur or champ.name in DE_PERSONNE for champ in champs)


PERSONNELS = sorted(
    modele._meta.label
    for modele in apps.get_models()
    if modele.__module__.startswith("beffroi.")
    and (tient_une_personne(modele) or modele._meta.label in PLANTES)
    and modele._meta.label not in SANS_PERSONNE
)


def test_la_liste_n_est_pas_vide():
    assert len(PERSONNELS) > 100


def test_tout_modele_qui_tient_une_personne_est_nomme_par_un_traitement():
    oublies = [
        label
        for label in PERSONNELS
        if not any(traitement.nomme(label) for traitement in traitements())
    ]
    assert oublies == [], "à nommer dans conformite/tables/traitements.toml"


@pytest.mark.parametrize("traitement", traitements(), ids=lambda traitement: traitement.cle)
def test_chaque_traitement_dit_ce_que_l_article_demande(traitement):
    dits = (
        traitement.titre,
        traitement.finalite,
        traitement.base,
        traitement.personnes,
        traitement.donnees,
        traitement.destinataires,
        traitement.duree,
        traitement.tables,
    )
    assert all(dits) and traitement.role in ROLES and traitement.mesures
    assert set(traitement.mesures) <= mesures().keys()


@pytest.mark.article("RGPD", "28")
def test_chaque_mesure_sert_et_chaque_role_se_lit():
    assert {cle for traitement in traitements() for cle in traitement.mesures} == mesures().keys()
    assert {traitement.role for traitement in traitements()} == ROLES.keys()
    assert (str(REGISTRE), str(SOUS_TRAITANCE)) == ("RGPD, art. 30", "RGPD, art. 28")
