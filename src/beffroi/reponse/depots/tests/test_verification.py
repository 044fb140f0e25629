"""Relire les plis : ce qui a changé, où que ce soit, est trouvé et situé."""

import io

import pytest
from django.db import connection

from beffroi.reponse.depots.models import FichierScelle
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.verification import relire_les_plis
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.tests.test_mutation import lever_les_gardes


@pytest.fixture
def pli(faitage):
    return faitage.depose(("candidature", None), ("offre", None))


@pytest.fixture
def faussaire(pli):
    """Quelqu'un qui tient la base, et lève d'abord ses gardes."""
    tables = ("depots_pli", "depots_accusedereception", "depots_enveloppe")
    with connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                curseur.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            curseur.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'depots_%'"
            )
            for (nom,) in curseur.fetchall():
                curseur.execute(f"DROP TRIGGER {nom}")
        yield curseur.execute


def fautes():
    return [(constat.quoi, constat.ou) for constat in relire_les_plis() if not constat.bon]


def test_un_pli_intact_est_dit_intact(pli):
    assert fautes() == []


@pytest.mark.parametrize(
    ("ordre", "table"),
    [
        ("UPDATE depots_pli SET version_client = 'autre'", "depots_pli"),
        ("UPDATE depots_pli SET lots = '[3]'", "depots_pli"),
        ("UPDATE depots_enveloppe SET engagement = substr(engagement, 2) || 'g'", "depots_pli"),
        ("UPDATE depots_fichierscelle SET nom = 'autre.pdf' WHERE nom = 'offre.pdf'", "depots_pli"),
        (
            "UPDATE depots_accusedereception SET contenu = replace(contenu, 'D-', 'E-')",
            "depots_accusedereception",
        ),
        ("UPDATE entreprises_equipe SET identifiant = '0'", "depots_pli"),
        ("UPDATE depots_pli SET etat = 'retire'", "depots_pli"),
        ("UPDATE depots_pli SET etat = 'remplace'", "depots_pli"),
        ("UPDATE depots_pli SET retire_le = recu_le", "depots_pli"),
        (
            "UPDATE depots_accusedereception SET delivre_le = '2027-01-01 00:00:00+00:00'",
            "depots_accusedereception",
        ),
    ],
)
def test_une_ligne_changee_est_trouvee(faussaire, pli, ordre, table):
    faussaire(ordre)

    assert [ou for _, ou in fautes()] == [f"{table}, {pli.reference}"]


def test_une_empreinte_recalculee_inventee_est_trouvee(pli):
    FichierScelle.objects.update(sha256_recalcule="ab" * 32)

    assert {quoi for quoi, _ in fautes()} == {"l'empreinte recalculée n'est pas au journal"}


@pytest.mark.parametrize("colonne", ["acte", "organisme", "acteur_reference"])
def test_une_colonne_de_l_ecriture_changee_est_trouvee(pli, colonne):
    with connection.cursor() as curseur:
        lever_les_gardes(curseur)
        curseur.execute(
            f"UPDATE journal_ecriture SET {colonne} = 'autre' WHERE numero = %s", [pli.ecriture]
        )

    assert f"journal_ecriture, n° {pli.ecriture}" in {ou for _, ou in fautes()}


def test_un_octet_change_dans_un_fichier_scelle_est_trouve(pli):
    fichier = pli.enveloppes.first().manifeste
    chemin = next(stockage().dossier.glob(f"**/{fichier.cle_de_stockage.rsplit('/')[-1]}/*"))
    octets = bytearray(chemin.read_bytes())
    octets[-1] ^= 1
    chemin.write_bytes(octets)

    assert [quoi for quoi, _ in fautes()] == ["la partie 1 a changé"]


def test_un_fichier_disparu_est_trouve(pli):
    stockage().supprimer(pli.enveloppes.first().manifeste.cle_de_stockage)

    assert ["ne se lit plus" in quoi for quoi, _ in fautes()] == [True]


def test_un_fichier_remplace_par_un_autre_est_trouve(pli):
    fichier = pli.enveloppes.first().manifeste
    stockage().supprimer(fichier.cle_de_stockage)
    stockage().ecrire(fichier.cle_de_stockage, io.BytesIO(b"autre chose"))

    assert len(fautes()) == 1


def test_un_pli_donne_a_une_autre_equipe_du_meme_siret_est_trouve(faussaire, pli):
    """Elle déciderait de qui le remplace : à l'ouverture, il disparaîtrait."""
    autre = factories.equipe(meme_que=pli.equipe)

    faussaire(f"UPDATE depots_pli SET equipe_id = {autre.pk}")

    ou = f"depots_pli, {pli.reference}"
    assert ("le déposant, l'acheteur ou la consultation diffère", ou) in fautes()
