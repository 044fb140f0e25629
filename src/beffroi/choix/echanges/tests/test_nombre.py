"""Écrire à cinq cents entreprises :
une page lit autant qu'à trois, et chaque envoi coûte autant que le premier.
"""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beffroi.choix.echanges import services
from beffroi.choix.echanges.tests.gestes import REMISE_LE, nommer, rediger, reponses_ouvertes
from beffroi.publicite.questions.tests.gestes import membre

PEU, PLUS, BEAUCOUP, DE_FAIT = 3, 6, 9, 40
# Mettre à jour l'exemplaire, inscrire l'alerte,
# et écrire le courriel à la boîte d'envoi avec sa tâche.
REQUETES_PAR_ENTREPRISE = 10


def siret(rang):
    """Un SIRET de clé juste."""
    return avec_sa_cle(f"{avec_sa_cle(f'{30_000_000 + rang}')}0001")


def avec_sa_cle(chiffres):
    doubles = [int(c) * (2 - rang % 2) for rang, c in enumerate(reversed(chiffres))]
    return f"{chiffres}{-sum(double // 10 + double % 10 for double in doubles) % 10}"


def entreprises(scene, consultation, nombre):
    return [
        nommer(
            consultation,
            membre(f"Personne{rang}", siret(rang), f"Entreprise {rang}", le=scene.le),
            le=scene.le,
        )
        for rang in range(nombre)
    ]


def requetes(faire):
    with CaptureQueriesContext(connection) as lues:
        faire()
    return len(lues)


def page(acheteur, nom, consultation, *arguments):
    adresse = reverse(f"echanges:{nom}", args=(consultation.reference, *arguments))
    acheteur.get(adresse)
    return requetes(lambda: acheteur.get(adresse))


@pytest.fixture
def brouillons(scene, consultation):
    """Trois brouillons du même courrier : à trois entreprises, à six, à neuf."""
    toutes = entreprises(scene, consultation, BEAUCOUP)
    return [rediger(scene, consultation, *toutes[:nombre]) for nombre in (PEU, PLUS, BEAUCOUP)]


def envoyer(scene, courrier):
    services.envoyer(courrier=courrier, par=scene.martine, maintenant=scene.le + REMISE_LE)


def test_modifier_et_relire_lisent_autant_pour_neuf_que_pour_trois(
    acheteur, consultation, brouillons
):
    lues = [
        [page(acheteur, nom, consultation, courrier.reference) for nom in ("modifier", "courrier")]
        for courrier in brouillons
    ]

    assert lues[0] == lues[1] == lues[2]


def test_suivre_un_envoi_lit_autant_pour_neuf_que_pour_trois(
    scene, acheteur, consultation, brouillons
):
    lues = []
    for courrier in brouillons:
        envoyer(scene, courrier)
        pages = (("courrier", courrier.reference), ("liste",))
        lues.append([page(acheteur, nom, consultation, *reste) for nom, *reste in pages])

    assert lues[0] == lues[1] == lues[2]


def test_envoyer_coute_autant_pour_chaque_entreprise(scene, brouillons):
    peu, plus, beaucoup = [
        requetes(lambda c=courrier: envoyer(scene, c)) for courrier in brouillons
    ]

    assert beaucoup - plus == plus - peu <= REQUETES_PAR_ENTREPRISE * (PLUS - PEU)


@pytest.fixture(params=["nommées", "réponses ouvertes"])
def personnalises(request, scene, consultation):
    """Deux brouillons, à deux entreprises et à quarante :
    chacune a son texte et son fichier, que les autres ne lisent pas.
    """
    toutes = entreprises(scene, consultation, DE_FAIT)
    if request.param == "réponses ouvertes":
        consultation = reponses_ouvertes(scene, *toutes, le=scene.le)
    ecrit = "Bonjour [entreprise], récépissé [récépissé] : [texte propre]"
    return [
        personnalise(rediger(scene, consultation, *toutes[:n], texte=ecrit), scene)
        for n in (2, DE_FAIT)
    ]


def personnalise(courrier, scene):
    for rang, exemplaire in enumerate(courrier.exemplaires.all()):
        fichier = services.Fichier(f"annexe-{rang}.pdf", io.BytesIO(b"%PDF-1.7"))
        services.joindre_a_une_seule(
            exemplaire=exemplaire, fichiers=[fichier], par=scene.martine.acteur, maintenant=scene.le
        )
    garder_les_textes(courrier, scene)
    return courrier


def garder_les_textes(courrier, scene, texte="Votre note"):
    textes = {
        exemplaire.reference: f"{texte} {exemplaire.pk}"
        for exemplaire in courrier.exemplaires.all()
    }
    services.ecrire_les_textes_propres(
        courrier=courrier, textes=textes, par=scene.martine.acteur, maintenant=scene.le
    )


def test_relire_quarante_exemplaires_personnels_lit_autant_que_deux(acheteur, personnalises):
    deux, quarante = [
        page(acheteur, "courrier", courrier.consultation, courrier.reference)
        for courrier in personnalises
    ]

    assert deux == quarante


def test_garder_quarante_textes_propres_ecrit_autant_que_deux(scene, personnalises):
    deux, quarante = [
        requetes(lambda c=courrier: garder_les_textes(c, scene, "Autre note"))
        for courrier in personnalises
    ]

    assert deux == quarante
    assert set(personnalises[1].exemplaires.values_list("texte_propre", flat=True)) == {
        f"Autre note {exemplaire.pk}" for exemplaire in personnalises[1].exemplaires.all()
    }
