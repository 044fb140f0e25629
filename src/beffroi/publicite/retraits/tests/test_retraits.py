"""Un téléchargement est servi d'abord, inscrit ensuite, une fois ; se nommer est libre."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from beffroi.achat.dossiers.tests.gestes import publier_une_version, remplacer
from beffroi.personnes.abonnements.models import AdresseAbonnee, Suivi
from beffroi.publicite.retraits import manques, services
from beffroi.publicite.retraits.models import Retirant, RetraitDce
from beffroi.publicite.retraits.queries import en_nombre, registre_de
from beffroi.publicite.retraits.taches import rendre_les_manques
from beffroi.socle.fondations.horloge import maintenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def visiteur():
    return Client(enforce_csrf_checks=True)


def zip_de(consultation):
    return reverse("consultations:dossier", args=(consultation.reference,))


def telecharger(visiteur, adresse, **entetes):
    reponse = visiteur.get(
        adresse, **{f"HTTP_{nom.upper()}": valeur for nom, valeur in entetes.items()}
    )
    if reponse.streaming:
        b"".join(reponse.streaming_content)
    return reponse


def s_inscrire(visiteur, consultation, **champs):
    return visiteur.post(reverse("retraits:etre_averti", args=(consultation.reference,)), champs)


@pytest.mark.article("CCP", "R. 2132-2")
def test_un_telechargement_anonyme_s_inscrit_sans_rien_dire_de_la_personne(visiteur, consultation):
    telecharger(visiteur, zip_de(consultation))

    retrait = RetraitDce.objects.get()
    assert (retrait.version, retrait.piece, retrait.retirant) == (1, None, None)
    assert {champ.name for champ in RetraitDce._meta.fields} == {
        "id",
        "consultation",
        "version",
        "piece",
        "retirant",
        "le",
    }
    assert not visiteur.cookies


def test_un_document_seul_s_inscrit_avec_son_nom(visiteur, consultation):
    piece = consultation.pieces.get()
    telecharger(
        visiteur,
        reverse(
            "consultations:document", args=(consultation.reference, piece.reference, piece.nom)
        ),
    )

    assert RetraitDce.objects.get().piece == piece


@pytest.mark.parametrize(
    ("plage", "comptes"),
    [
        ("", 1),
        ("bytes=0-", 1),
        ("bytes=0-99", 1),
        ("bytes=100-", 0),
        ("bytes=0-0", 0),
        ("bytes=-50", 0),
        ("bytes=99999999-", 0),
    ],
)
def test_une_plage_compte_si_elle_part_du_premier_octet(visiteur, consultation, plage, comptes):
    telecharger(visiteur, zip_de(consultation), **({"range": plage} if plage else {}))

    assert RetraitDce.objects.count() == comptes


def test_dix_plages_d_un_meme_telechargement_sont_un_retrait(visiteur, consultation):
    adresse = zip_de(consultation)
    visiteur.head(adresse)
    for debut in range(0, 1000, 100):
        telecharger(visiteur, adresse, range=f"bytes={debut}-{debut + 99}")

    assert RetraitDce.objects.count() == 1


def test_ce_que_le_navigateur_avait_deja_n_est_pas_un_retrait(visiteur, consultation):
    etiquette = telecharger(visiteur, zip_de(consultation))["ETag"]
    assert telecharger(visiteur, zip_de(consultation), if_none_match=etiquette).status_code == 304

    assert RetraitDce.objects.count() == 1


@pytest.mark.parametrize(
    "table",
    ["retraits_retraitdce", "comptes_utilisateur", "abonnements_suivi", "comptes_connexion"],
)
def test_une_table_arretee_n_empeche_aucun_telechargement(visiteur, consultation, table):
    with connection.cursor() as curseur:
        curseur.execute(f"ALTER TABLE {table} RENAME TO arretee")
    try:
        reponse = telecharger(visiteur, zip_de(consultation))
    finally:
        with connection.cursor() as curseur:
            curseur.execute(f"ALTER TABLE arretee RENAME TO {table}")

    assert reponse.status_code == 200
    inscrits = RetraitDce.objects.count() + manques.nombre(consultation.reference)
    assert inscrits == 1


def test_l_inscription_attend_que_la_reponse_soit_partie(visiteur, consultation, monkeypatch):
    ordre = []
    monkeypatch.setattr(services, "inscrire_un_retrait", lambda **_: ordre.append("inscrit"))
    reponse = visiteur.get(zip_de(consultation))
    morceaux = iter(reponse.streaming_content)
    ordre.append(next(morceaux)[:2])
    list(morceaux)

    assert ordre == [b"PK", "inscrit"]


def test_un_dossier_d_avant_s_inscrit_sous_sa_version(visiteur, scene, consultation):
    remplacer(scene, consultation)
    publier_une_version(scene, consultation)
    telecharger(visiteur, reverse("dossiers:d_avant", args=(consultation.reference, 1)))

    assert RetraitDce.objects.get().version == 1


def test_la_version_est_celle_de_l_instant_du_telechargement(scene, consultation):
    remplacer(scene, consultation)
    publier_une_version(scene, consultation, le=scene.le + timedelta(minutes=5))
    versions = [
        services.inscrire_un_retrait(
            consultation=consultation,
            piece=None,
            version=0,
            retirant="",
            le=scene.le + timedelta(minutes=minutes),
        ).version
        for minutes in (4, 6)
    ]

    assert versions == [1, 2]


def test_qui_se_nomme_telecharge_sous_son_nom_sans_cookie(visiteur, consultation):
    page = s_inscrire(visiteur, consultation, entreprise="Couvreurs réunis").url
    telecharger(visiteur, f"{zip_de(consultation)}?retrait={page.rstrip('/').rpartition('/')[2]}")

    assert RetraitDce.objects.get().retirant.entreprise == "Couvreurs réunis"
    assert not visiteur.cookies
    assert visiteur.get(page).status_code == 200


@pytest.mark.parametrize("jeton", ["N-AAAAAAAAAAAA", "N-AAAAAAAAAAAA:faux", "é", ""])
def test_un_jeton_altere_laisse_telecharger_anonymement(visiteur, consultation, jeton):
    assert telecharger(visiteur, f"{zip_de(consultation)}?retrait={jeton}").status_code == 200
    assert RetraitDce.objects.get().retirant is None


def test_le_nom_donne_ailleurs_ne_sert_pas_ici(visiteur, scene, consultation):
    page = s_inscrire(visiteur, scene.publiee("Autre"), entreprise="Couvreurs réunis").url
    telecharger(visiteur, f"{zip_de(consultation)}?retrait={page.rstrip('/').rpartition('/')[2]}")

    assert RetraitDce.objects.get().retirant is None


@pytest.mark.parametrize(
    ("champs", "faute"),
    [
        ({}, "Donnez votre entreprise ou votre adresse"),
        ({"entreprise": "X", "prevenir": "on"}, "Donnez l’adresse où vous prévenir"),
        ({"courriel": "sophie@"}, "Cette adresse n’est pas complète"),
    ],
)
def test_une_saisie_incomplete_dit_quoi_faire(visiteur, consultation, champs, faute):
    reponse = s_inscrire(visiteur, consultation, **champs)

    assert reponse.status_code == 422
    assert faute in reponse.content.decode()
    assert not Retirant.objects.exists()


def test_etre_prevenu_demande_de_confirmer_et_se_nommer_non(visiteur, consultation):
    s_inscrire(visiteur, consultation, courriel="a@example.org")
    assert not AdresseAbonnee.objects.exists()

    s_inscrire(visiteur, consultation, courriel="A@example.org", prevenir="on")

    assert Suivi.objects.get().confirme_le is None
    assert Retirant.objects.count() == 1


def test_se_nommer_reste_possible_sans_que_l_adresse_connue_se_devine(visiteur, consultation):
    premiere = s_inscrire(visiteur, consultation, courriel="a@example.org", prevenir="on")
    seconde = s_inscrire(visiteur, consultation, courriel="b@example.org", prevenir="on")

    assert premiere.status_code == seconde.status_code == 302


@pytest.mark.moteurs
def test_ce_qu_un_noeud_a_compte_sans_la_base_lui_revient(scene, consultation):
    for _ in range(3):
        manques.compter(consultation.reference, le=maintenant())

    rendre_les_manques(maintenant())
    manques.compter(consultation.reference, le=maintenant())

    assert en_nombre(consultation) == 3
    assert registre_de(consultation, etabli_le=maintenant()).manques == 4


def test_arrete_avant_de_retirer_le_fichier_le_noeud_ne_compte_pas_deux_fois(
    scene, consultation, monkeypatch
):
    manques.compter(consultation.reference, le=maintenant())
    with monkeypatch.context() as arrete, pytest.raises(KeyboardInterrupt):
        arrete.setattr(Path, "unlink", arreter)
        rendre_les_manques(maintenant())

    rendre_les_manques(maintenant())
    rendre_les_manques(maintenant())

    assert en_nombre(consultation) == 1
    assert manques.nombre(consultation.reference) == 0


def arreter(*_, **__):
    raise KeyboardInterrupt


def test_le_fichier_des_manques_compte_chaque_retrait(scene):
    for _ in range(3):
        manques.compter("2026-0001", le=maintenant())

    assert (manques.nombre("2026-0001"), manques.nombre("2026-0002")) == (3, 0)
