"""Une concession, un marché de défense : des questions à l'ouverture, par les services seuls."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation import services as preparation
from beffroi.achat.preparation.rules.reponses import (
    Calendrier,
    Exigences,
    Jugement,
    Montant,
    Nature,
)
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE, Scene
from demo import marches
from demo.cles import creer_les_identites, designer_les_gardiens
from demo.peuplement import peupler
from demo.preparations import PONDERES
from droit.achat import Allotissement, CopieDeSauvegarde, Durabilite

DEBUT = LIMITE - timedelta(days=30)
NATURES = {
    "concession": Nature(prestation="services", contrat="concession"),
    "défense ou sécurité": Nature(prestation="services", contrat="défense ou sécurité"),
}


def publiee_par_les_questions(nature: Nature) -> Scene:
    """Toutes les questions ont leur réponse,
    les clés sont essayées, la consultation est publique.
    """
    troupe = peupler(le=DEBUT)
    creer_les_identites(troupe, le=DEBUT)
    designer_les_gardiens(troupe, le=DEBUT)
    sorte = "concession" if nature.contrat == "concession" else "services"
    consultation = marches.rediger(
        replace(marches.CAMPING, nature=sorte), troupe, le=DEBUT, limite=LIMITE
    )
    for reponse in (
        nature,
        Montant(estime=Decimal(150_000), duree_en_mois=12),
        Allotissement(
            motif_sans_lot="L'objet ne permet pas de distinguer des prestations séparées."
        ),
        Jugement(
            criteres=PONDERES,
            durabilite=Durabilite(
                condition_environnementale="Les déchets sont triés.",
                condition_sociale="Deux emplois locaux.",
            ),
        ),
        Calendrier(envoi_de_l_avis=DEBUT.date()),
        Exigences(
            copie_de_sauvegarde=CopieDeSauvegarde(
                adresse="1 place de la Mairie", horaires="de 9 h à 12 h"
            )
        ),
    ):
        preparation.repondre(
            consultation=consultation,
            reponse=reponse,
            par=troupe.personnes["martine"].acteur,
            maintenant=DEBUT,
        )
    consultation.refresh_from_db()
    return Scene(
        troupe, marches.publier(consultation, troupe, ("martine", "helene", "bernard"), le=DEBUT)
    )


@pytest.mark.article("CCP", "R. 2332-5")
@pytest.mark.parametrize("nature", NATURES.values(), ids=NATURES)
def test_elle_se_prepare_se_publie_se_retire_recoit_et_s_ouvre(db, settings, nature):
    settings.DEFENSE_OU_SECURITE = True
    scene = publiee_par_les_questions(nature)
    dossier = b"".join(
        Client().get(f"/consultations/{scene.consultation.reference}/documents/dossier.zip")
    )
    scene.repond("sophie", le=LIMITE - timedelta(hours=3))

    seance = factories.seance_ouverte(scene)
    factories.ouvrir_tout(seance)

    assert "reglement.pdf" in " ".join(zipfile.ZipFile(io.BytesIO(dossier)).namelist())
    assert set(seance.ouvertures.values_list("etat", flat=True)) == {"ouverte"}
    assert Consultation.toutes.get(pk=scene.consultation.pk).preparation.achat_gele
