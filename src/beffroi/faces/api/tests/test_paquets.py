"""Beaucoup de petits fichiers :
annoncés, adressés et vérifiés par paquets, sans rien perdre des garanties du protocole.
"""

import itertools
from hashlib import sha256

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.reponse.depots import limits
from beffroi.reponse.depots.models import BrouillonDeReponse, FichierScelle, PartieRecue
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import VEILLE

pytestmark = pytest.mark.django_db

# Cent fichiers annoncés, puis vérifiés :
# le nombre de requêtes à la base ne suit pas celui des fichiers.
REQUETES_AU_PLUS = 40


@pytest.fixture(autouse=True)
def _la_veille():
    with time_machine.travel(VEILLE, tick=False):
        yield


@pytest.fixture
def scelles():
    return {f"plan {rang}.pdf": factories.sceller(b"plan %d" % rang) for rang in range(5)}


def annonce(nom, scelle, **champs) -> dict:
    scellement = sha256(scelle.octets[: limits.OCTETS_DU_PREFIXE]).hexdigest()
    return {
        "enveloppe": "offre",
        "lot": None,
        "nom": nom,
        "taille": len(scelle.octets),
        "scellement": scellement,
        "partie": scelle.partie(1).sha256,
        **champs,
    }


def annoncer(logiciel, reponse, annonces):
    return logiciel.demander(
        "post", f"reponses/{reponse['reponse']}/fichiers/paquet", {"fichiers": annonces}
    )


def porter(logiciel, crees, scelles) -> None:
    for cree, scelle in zip(crees, scelles, strict=True):
        cible = cree["cible"]
        assert logiciel.envoyer(cible["url"], scelle.octets, cible["entetes"]).status_code == 204


def finir(logiciel, reponse, crees, scelles):
    fins = [
        {"fichier": cree["fichier"], "racine": scelle.racine, "sha256": scelle.sha256}
        for cree, scelle in zip(crees, scelles, strict=True)
    ]
    return logiciel.demander(
        "post", f"reponses/{reponse['reponse']}/fichiers/fins", {"fichiers": fins}
    )


def test_un_paquet_va_de_l_annonce_a_la_fin(logiciel, reponse, scelles):
    crees = annoncer(logiciel, reponse, [annonce(*paire) for paire in scelles.items()]).json()[
        "fichiers"
    ]
    porter(logiciel, crees, scelles.values())
    finis = finir(logiciel, reponse, crees, scelles.values())

    assert [f["nom"] for f in finis.json()["fichiers"]] == list(scelles)
    assert {f["etat"] for f in finis.json()["fichiers"]} == {"termine"}
    assert (
        FichierScelle.objects.filter(etat="termine").count()
        == PartieRecue.objects.count()
        == len(scelles)
    )


def test_chaque_appel_se_repete_sans_rien_doubler(logiciel, reponse, scelles):
    annonces = [annonce(*paire) for paire in scelles.items()]
    premier, second = (annoncer(logiciel, reponse, annonces).json()["fichiers"] for _ in range(2))
    for _ in range(2):
        porter(logiciel, second, scelles.values())
    finis = [finir(logiciel, reponse, premier, scelles.values()).content for _ in range(2)]

    assert premier == second
    assert finis[0] == finis[1]
    assert FichierScelle.objects.count() == len(scelles)


def test_le_meme_scellement_annonce_seul_redonne_le_meme_fichier(logiciel, reponse, scelles):
    nom, scelle = next(iter(scelles.items()))
    corps = annonce(nom, scelle)
    del corps["partie"]
    seuls = [
        logiciel.demander("post", f"reponses/{reponse['reponse']}/fichiers", corps).json()
        for _ in range(2)
    ]

    assert seuls[0] == seuls[1]
    assert FichierScelle.objects.count() == 1


def test_un_scellement_ne_change_ni_de_nom_ni_de_place(logiciel, reponse, scelles):
    nom, scelle = next(iter(scelles.items()))
    fichier = annoncer(logiciel, reponse, [annonce(nom, scelle)]).json()["fichiers"][0]["fichier"]

    autre_nom = annoncer(logiciel, reponse, [annonce("autre.pdf", scelle)])
    autre_place = annoncer(logiciel, reponse, [annonce(nom, scelle, enveloppe="candidature")])

    assert (autre_nom.status_code, autre_nom.json()["fichier"]) == (409, fichier)
    assert autre_place.status_code == 409


@pytest.mark.moteurs
def test_la_base_refuse_deux_fichiers_du_meme_scellement(logiciel, reponse, scelles):
    annoncer(logiciel, reponse, [annonce(*next(iter(scelles.items())))])
    jumeau = FichierScelle.objects.get()
    jumeau.pk, jumeau.reference = None, "F-2222222222222222"

    with pytest.raises(Exception, match=r"un_fichier_par_scellement|UNIQUE"):
        jumeau.save()


def test_rien_ne_compte_avant_d_etre_durable(logiciel, reponse, scelles):
    crees = annoncer(logiciel, reponse, [annonce(*paire) for paire in scelles.items()]).json()[
        "fichiers"
    ]
    porter(logiciel, crees[:-1], list(scelles.values())[:-1])

    refus = finir(logiciel, reponse, crees, scelles.values())

    assert (refus.status_code, refus.json()["fichier"], refus.json()["partie"]) == (
        409,
        crees[-1]["fichier"],
        1,
    )
    assert not FichierScelle.objects.filter(etat="termine").exists()


def test_une_racine_fausse_refuse_le_paquet_et_nomme_le_fichier(logiciel, reponse, scelles):
    crees = annoncer(logiciel, reponse, [annonce(*paire) for paire in scelles.items()]).json()[
        "fichiers"
    ]
    porter(logiciel, crees, scelles.values())
    melanges = [*list(scelles.values())[1:], next(iter(scelles.values()))]

    refus = finir(logiciel, reponse, crees, melanges)

    assert (refus.status_code, refus.json()["fichier"]) == (422, crees[0]["fichier"])


@pytest.mark.parametrize(
    "limite, plafond", [("FICHIERS_PAR_REPONSE", 4), ("OCTETS_PAR_REPONSE", 29)]
)
def test_une_limite_refuse_tout_le_paquet_avant_le_premier_octet(
    logiciel, reponse, scelles, monkeypatch, limite, plafond
):
    monkeypatch.setattr(limits, limite, plafond)

    refus = annoncer(logiciel, reponse, [annonce(*paire) for paire in scelles.items()])

    assert (refus.status_code, refus.json()["limite"]["nom"]) == (413, limite.lower())
    assert not FichierScelle.objects.exists()


def test_un_fichier_de_plusieurs_parties_s_annonce_sans_adresse(logiciel, reponse):
    gros = factories.sceller(bytes(9_000_000))

    crees = annoncer(logiciel, reponse, [annonce("gros.pdf", gros, partie="")]).json()["fichiers"]
    refus = annoncer(logiciel, reponse, [annonce("gros.pdf", gros)])

    assert (crees[0]["nombre_parties"], crees[0]["cible"]) == (2, None)
    assert refus.status_code == 422


def test_l_empreinte_annoncee_n_est_pas_celle_deja_recue(logiciel, reponse, scelles):
    nom, scelle = next(iter(scelles.items()))
    porter(
        logiciel, annoncer(logiciel, reponse, [annonce(nom, scelle)]).json()["fichiers"], [scelle]
    )

    refus = annoncer(logiciel, reponse, [annonce(nom, scelle, partie="0" * 64)])

    assert (refus.status_code, refus.json()["partie"]) == (409, 1)


def test_un_paquet_trop_grand_ou_vide_se_refuse(logiciel, reponse, scelles):
    nom, scelle = next(iter(scelles.items()))

    vide = annoncer(logiciel, reponse, [])
    trop = annoncer(logiciel, reponse, [annonce(nom, scelle)] * (limits.FICHIERS_PAR_PAQUET + 1))
    jumeaux = annoncer(logiciel, reponse, [annonce(nom, scelle)] * 2)

    assert [vide.status_code, trop.status_code, jumeaux.status_code] == [422, 422, 422]


def test_le_fichier_d_une_autre_reponse_est_introuvable(logiciel, reponse, consultation, scelles):
    scelle = next(iter(scelles.values()))
    crees = annoncer(logiciel, reponse, [annonce("a.pdf", scelle)]).json()["fichiers"]
    autre = BrouillonDeReponse.objects.get()
    autre.pk, autre.reference = None, "R-22222222"
    autre.save()
    FichierScelle.objects.update(brouillon=autre)

    assert finir(logiciel, reponse, crees, [scelle]).status_code == 404


def test_cent_fichiers_coutent_autant_de_requetes_que_cinq(logiciel, reponse):
    scelle = factories.sceller(b"x")
    rangs = itertools.count()
    cent = [
        annonce(f"{rang}.pdf", scelle, scellement=f"{rang:064x}")
        for rang in itertools.islice(rangs, limits.FICHIERS_PAR_PAQUET)
    ]

    with CaptureQueriesContext(connection) as lectures:
        crees = annoncer(logiciel, reponse, cent).json()["fichiers"]
    porter(logiciel, crees, [scelle] * len(cent))
    with CaptureQueriesContext(connection) as ecritures:
        assert finir(logiciel, reponse, crees, [scelle] * len(cent)).status_code == 200

    assert len(lectures) < REQUETES_AU_PLUS
    assert len(ecritures) < REQUETES_AU_PLUS
