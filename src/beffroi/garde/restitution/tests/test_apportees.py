"""Ce qui avait été repris d'ailleurs repart avec l'organisme,
à l'empreinte qu'il avait, sous la preuve d'origine.
"""

import io
import json
import zipfile

import pytest

from beffroi.contrat.achevement.tests.scene import SIGNE_LE as LE
from beffroi.garde.restitution import apportees, forme, lecture, queries, rules, services
from beffroi.garde.restitution.models import PieceReprise, Reprise
from beffroi.garde.restitution.queries import inventaire_de
from beffroi.garde.restitution.tests.test_restitutions import fautes, refaire
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.models import Ecriture
from tests.semis import plante


@pytest.fixture
def reprise(archive_rendue) -> Reprise:
    reprendre = lambda: services.reprendre(flux=archive_rendue, maintenant=LE)  # noqa: E731
    return plante("reprise", reprendre, le=LE)


@pytest.fixture
def repartie(reprise, octets_de) -> bytes:
    """L'archive d'un départ d'ici, après cette reprise."""
    return plante("archive d'un second départ", octets_de, le=LE)


def dite(octets: bytes, reprise: Reprise) -> dict:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return json.loads(archive.read(forme.donnees_de_la_reprise(reprise.reference)))


def empreintes(lue: dict) -> list[str]:
    return [piece["sha256"] for piece in lecture.pieces_de_l_apportee(lue)]


def test_la_nouvelle_archive_porte_celle_qui_avait_ete_reprise_et_se_verifie(
    conclu, reprise, repartie
):
    lue = dite(repartie, reprise)
    assert fautes(repartie) == []
    assert (lue["manifeste"], lue["cle_d_origine"]) == (reprise.manifeste, reprise.cle_d_origine)
    (consultation,) = [
        une for une in lue["consultations"] if une["reference"] == conclu.consultation.reference
    ]
    assert consultation["consultation"]["objet"] == conclu.consultation.objet
    gardees = [
        *reprise.pieces.all(),
        *PieceReprise.objects.filter(consultation__reprise=reprise).order_by(
            "consultation__reference", "rang"
        ),
    ]
    assert sorted(empreintes(lue)) == sorted(piece.sha256 for piece in gardees)
    with zipfile.ZipFile(io.BytesIO(repartie)) as archive:
        index = archive.read(forme.INDEX).decode()
        assert f"<h2>Venu de {reprise.origine}</h2>" in index
        assert all(
            f'<a href="{piece["chemin"]}">' in index for piece in lecture.pieces_de_l_apportee(lue)
        )
        assert json.loads(archive.read(forme.MANIFESTE))["reprises"] == [reprise.reference]


def test_son_inventaire_les_nomme(conclu, reprise, octets_de):
    octets_de()
    faite = conclu.consultation.organisme.restitutions.latest("demandee_le", "pk")
    assert {piece.cle for piece in apportees.gardees_de(reprise)} <= inventaire_de(faite).keys()


def test_chaque_controle_de_ce_qui_vient_d_ailleurs_est_dit(reprise, repartie):
    dits = [
        c.quoi
        for c in lecture.controler(lecture.Rendue(io.BytesIO(repartie)))
        if c.quoi.startswith("venu de")
    ]
    assert [quoi.rsplit(" : ", 1)[1] for quoi in dits] == [
        "sa clé et son certificat viennent de l'archive",
        "chaque fichier y est",
        "chaque écriture est à son registre",
        "son manifeste, daté là-bas, nomme chaque fichier",
    ]


@pytest.mark.parametrize(
    ("change", "faute"),
    [
        (lambda lue: lue["pieces"][0].update(sha256="0" * 64), "chaque fichier y est"),
        (
            lambda lue: lue.update(cle_d_origine="autre+00000000+AAAA"),
            "chaque écriture est à son registre",
        ),
        (lambda lue: lue.update(manifeste="0" * 64), "son manifeste, daté là-bas"),
        (lambda lue: lue.pop("consultations"), "chaque fichier y est"),
        (lambda lue: lue.pop("origine"), "ce qui venait d'ailleurs"),
    ],
)
def test_ce_qui_est_dit_d_une_archive_apportee_se_controle(reprise, repartie, change, faute):
    nom = forme.donnees_de_la_reprise(reprise.reference)
    lue = dite(repartie, reprise)
    change(lue)
    autre = refaire(repartie, lambda n, contenu: json.dumps(lue).encode() if n == nom else contenu)
    assert any(faute in une for une in fautes(autre) if not une.startswith(nom))


def test_une_troisieme_plateforme_la_tient_comme_la_seconde(conclu, reprise, repartie):
    """La troisième n'a encore rien de cet organisme : ce que la seconde tenait est mis de côté."""
    attendu = (
        reprise.manifeste,
        reprise.origine,
        reprise.cle_d_origine,
        reprise.restitution,
        reprise.etablie_le,
    )
    pieces = sorted(
        (p.titre, p.sha256) for p in PieceReprise.objects.filter(consultation__reprise=reprise)
    )
    registre = list(
        queries.registre(queries.consultation_reprise(reprise, conclu.consultation.reference))
    )
    oublier(reprise)
    arrivee = services.reprendre(flux=io.BytesIO(repartie), maintenant=LE)
    (venue,) = arrivee.apportees.all()
    assert (
        venue.manifeste,
        venue.origine,
        venue.cle_d_origine,
        venue.restitution,
        venue.etablie_le,
    ) == attendu
    assert (
        sorted(
            (p.titre, p.sha256) for p in PieceReprise.objects.filter(consultation__reprise=venue)
        )
        == pieces
    )
    assert (
        list(queries.registre(queries.consultation_reprise(venue, conclu.consultation.reference)))
        == registre
    )
    for piece in apportees.gardees_de(venue):
        with stockage().lire(piece.cle) as flux:
            assert lecture.empreinte(iter([flux.read()]))[0] == piece.sha256
    assert Ecriture.objects.filter(acte="reprise.inscrire", sujet=venue.reference).exists()


def test_ce_qui_est_deja_repris_ici_ne_l_est_pas_deux_fois(reprise, repartie):
    arrivee = services.reprendre(flux=io.BytesIO(repartie), maintenant=LE)
    assert list(arrivee.apportees.all()) == []
    assert Reprise.objects.filter(manifeste=reprise.manifeste).count() == 1


def test_une_archive_qui_en_emporte_une_d_un_autre_siret_est_refusee():
    vu = {"manifeste": "m", "cle": "k", "siret": "1" * 14, "la": rules.DejaLa()}
    assert rules.peut_reprendre(**vu, apportes=["1" * 14]).favorable
    assert "même SIRET" in str(rules.peut_reprendre(**vu, apportes=["2" * 14]).motifs[0])


def oublier(reprise: Reprise) -> None:
    """Les lignes prouvées ne s'effacent pas :
    une autre plateforme ne les a simplement jamais eues.
    """
    Reprise.objects.filter(pk=reprise.pk).update(manifeste="f" * 64, siret="9" * 14, siren="9" * 9)
