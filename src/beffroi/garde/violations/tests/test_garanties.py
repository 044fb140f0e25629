"""La base refuse de récrire le registre.

Ce qu'un faussaire y changerait malgré elle se trouve : `tests.preuves`.
"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, models, transaction

from beffroi.centre.interventions.tests.theatre import agent, centre, en_service
from beffroi.garde.violations.models import Suite, Touche, Violation
from beffroi.garde.violations.services import declaration, suites
from beffroi.garde.violations.tests.scene import HEURE, notifiee, violation
from beffroi.garde.violations.tests.test_services import precision
from beffroi.personnes.comptes.tests.personnes import LUNDI

pytestmark = [pytest.mark.django_db, pytest.mark.article("RGPD", "33")]
# Ce qu'une précision change, et que la clôture fige.
PRECISEES = {
    "responsable": False,
    "sous_traitant": False,
    "risque": "eleve",
    "nombre_de_personnes": 7,
    "nombre_d_enregistrements": 7,
}
FAITS = {
    "reference": "V-X",
    "titre": "Un autre",
    "connue_le": LUNDI - timedelta(days=2),
    "commencee_le": LUNDI,
    "confidentialite": False,
    "integrite": True,
    "disponibilite": True,
    "nature": "Autre.",
    "personnes": "Autres",
    "donnees": "Autres",
    "consequences": "Autres.",
    "mesures": "Autres.",
    "raison_du_risque": "Autre.",
    "declaree_le": LUNDI + HEURE,
    "cle_d_envoi": "autre",
}


@pytest.fixture
def claire():
    return agent(centre(), "Claire Juriste", "juriste")


@pytest.fixture
def notee(claire):
    """Notifiée à la CNIL, et un adhérent prévenu."""
    une = violation(claire)
    notifiee(une, claire, le=LUNDI)
    suites.prevenir(
        violation=une,
        organismes=[en_service()],
        message="Changez vos accès.",
        par=claire,
        maintenant=LUNDI,
    )
    return une


def refuse(lignes: models.QuerySet, **valeurs: object) -> None:
    """La base refuse de changer ces lignes, ou de les effacer si rien n'est dit."""
    with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
        lignes.update(**valeurs) if valeurs else lignes._raw_delete(lignes.db)


@pytest.mark.parametrize(("nom", "valeur"), FAITS.items())
def test_les_faits_declares_ne_se_recrivent_pas(notee, nom, valeur):
    refuse(Violation.objects.filter(pk=notee.pk), **{nom: valeur})


def test_qui_l_a_declaree_ne_se_recrit_pas(notee):
    refuse(
        Violation.objects.filter(pk=notee.pk),
        declaree_par=agent(centre(), "Paul Juriste", "juriste"),
    )


def test_ce_qui_a_ete_notifie_ne_se_recrit_pas(notee):
    refuse(Suite.objects.filter(sorte="notification"), texte="Autre chose.")
    refuse(Suite.objects.filter(sorte="notification"), faite_le=LUNDI - HEURE)


def test_ce_qu_un_adherent_a_su_et_quand_ne_se_recrit_pas(notee):
    refuse(Touche.objects.all(), message="Rien de grave.")
    refuse(Touche.objects.all(), prevenu_le=LUNDI - HEURE)


@pytest.mark.parametrize("modele", [Violation, Suite, Touche])
def test_rien_ne_s_y_efface(notee, modele):
    refuse(modele.objects.all())


@pytest.mark.parametrize(
    ("nom", "valeur"), {**PRECISEES, "bilan": "Autre.", "close_le": LUNDI + HEURE}.items()
)
def test_close_plus_rien_n_y_change(notee, claire, nom, valeur):
    declaration.clore(violation=notee, bilan="Fini.", par=claire, maintenant=LUNDI)

    refuse(Violation.objects.filter(pk=notee.pk), **{nom: valeur})


def test_close_elle_ne_se_rouvre_pas(notee, claire):
    declaration.clore(violation=notee, bilan="Fini.", par=claire, maintenant=LUNDI)

    refuse(Violation.objects.filter(pk=notee.pk), etat="ouverte", close_le=None, bilan="")


def test_ouverte_elle_se_precise_encore(notee, claire):
    declaration.preciser(
        violation=notee,
        precision=precision(risque="eleve", nombre_de_personnes=40),
        cle="p",
        par=claire,
        maintenant=LUNDI,
    )

    assert Violation.objects.get().nombre_de_personnes == 40


def test_chaque_colonne_a_sa_garde():
    gardees = {*FAITS, *PRECISEES, "declaree_par", "etat", "close_le", "bilan"}

    assert {champ.name for champ in Violation._meta.concrete_fields} - gardees == {"id"}
