"""L'ouvrier meurt au milieu d'une empreinte recalculée, d'un horodatage, d'une purge.

Le suivant finit, une fois.
"""

import json
import zipfile

import pytest

from beffroi.commandes.cli import processus
from beffroi.integrations.horodatage.tests.prestataire import Prestataire
from tests.pannes.etapes import les_autres_la_nuit
from tests.serveurs.attente import attendre
from tests.serveurs.souche import beffroi

# Chaque jour, l'instant où le travail est fait et pas encore retenu ; les autres, dans la longue.
RECALCUL = [*les_autres_la_nuit("recalcul.apres_lecture"), "recalcul.avant_validation"]
HORODATAGE = ["horodatage.apres_reponse", *les_autres_la_nuit("horodatage.apres_jeton")]
PURGE = [
    *les_autres_la_nuit("purge.avant_validation"),
    "purge.apres_validation",
    *les_autres_la_nuit("purge.apres_effacement"),
]
LONGTEMPS = "2020-01-01 00:00:00+00:00"


@pytest.fixture
def deposer(plateforme, tmp_path):
    (tmp_path / "dc1.pdf").write_bytes(b"%PDF-1.7 candidature")

    def commande():
        return beffroi(
            "deposer",
            "--url",
            plateforme.adresse,
            "--jeton",
            plateforme.compte("lucie")["jeton_api"],
            "--consultation",
            plateforme.consultation("publiee")["reference"],
            "--candidature",
            str(tmp_path / "dc1.pdf"),
            "--recu",
            str(tmp_path / "recu.zip"),
            "--atelier",
            str(tmp_path / "atelier"),
            "--insister",
            "0",
        )

    return commande


@pytest.fixture
def prestataire(tmp_path):
    """Un service d'horodatage sur cette machine :
    de quoi s'y adresser, et reconnaître ses jetons.
    """
    service, racines = Prestataire(), tmp_path / "racines.pem"
    racines.write_bytes(service.autorite.root_pem)
    yield {"BEFFROI_TSA": service.adresse, "BEFFROI_TSA_RACINES": str(racines)}
    service.serveur.shutdown()


def attendre_que_l_ouvrier_meure(plateforme):
    ouvrier = int((plateforme.dossier / "demo.pids").read_text("ascii").split()[1])
    attendre(lambda: not processus.est_vivant(ouvrier), delai_s=60)


def relever(plateforme, **environnement):
    """Tout est tué ; les baux échoient ; un autre ouvrier fait ce qui est dû."""
    plateforme.tuer()
    plateforme.lire("UPDATE socle_tache SET bail_jusqu_a = ? WHERE etat = 'en_cours'", LONGTEMPS)
    plateforme.lire("UPDATE socle_tache SET pas_avant = ? WHERE etat = 'prete'", LONGTEMPS)
    reglages = {
        "BEFFROI_DONNEES": str(plateforme.dossier),
        "BEFFROI_COURRIEL": "fichiers",
        "BEFFROI_DEMONSTRATION": "oui",
        "BEFFROI_SANS_HORODATAGE_QUALIFIE": "oui",
    }
    for _ in range(2):  # la première ronde rend les baux, la purge enfile ses vidages
        fait = beffroi("worker", "--une-fois", **reglages, **environnement)
        assert fait.returncode == 0, fait.stderr


def pli_depose(tmp_path):
    with zipfile.ZipFile(tmp_path / "recu.zip") as archive:
        return json.loads(archive.read("depot.json"))["recepisse"]


@pytest.mark.parametrize("etape", RECALCUL)
def test_une_empreinte_se_recalcule_une_fois(plateforme, deposer, tmp_path, etape):
    plateforme.demarrer(BEFFROI_PANNE=etape)
    assert deposer().returncode == 0
    attendre_que_l_ouvrier_meure(plateforme)

    relever(plateforme)

    pli = pli_depose(tmp_path)
    inscrites = plateforme.lire(
        "SELECT 1 FROM journal_ecriture WHERE acte = 'pli.recalculer' AND sujet = ?",
        pli,
    )
    restantes = plateforme.lire(
        "SELECT f.nom FROM depots_fichierscelle AS f JOIN depots_pli AS p ON "
        "p.brouillon_id = f.brouillon_id "
        "WHERE p.reference = ? AND f.sha256_recalcule = ''",
        pli,
    )
    assert (len(inscrites), restantes) == (1, [])
    assert plateforme.verifier().returncode == 0


@pytest.mark.parametrize("etape", HORODATAGE)
def test_un_depot_recoit_un_jeton_qualifie_et_un_seul(
    plateforme, deposer, prestataire, tmp_path, etape
):
    plateforme.demarrer(BEFFROI_PANNE=etape, **prestataire)
    assert deposer().returncode == 0
    attendre_que_l_ouvrier_meure(plateforme)

    relever(plateforme, **prestataire)

    jetons = plateforme.lire(
        "SELECT j.id FROM journal_jetonqualifie AS j JOIN depots_pli AS p ON p.ecriture = j.numero "
        "WHERE j.objet = 'ecriture' AND p.reference = ?",
        pli_depose(tmp_path),
    )
    assert len(jetons) == 1
    assert plateforme.verifier().returncode == 0


@pytest.mark.parametrize("etape", PURGE)
def test_un_brouillon_echu_s_efface_en_entier(
    plateforme, deposer, archivee_depuis_longtemps, etape
):
    plateforme.demarrer(BEFFROI_PANNE="depot.avant_journal")
    assert deposer().returncode == 1
    plateforme.tuer()
    brouillon, cles = faire_echoir_le_dernier_brouillon(plateforme)
    assert cles
    assert all((plateforme.dossier / "fichiers" / cle).exists() for cle in cles)

    plateforme.demarrer(BEFFROI_PANNE=etape)
    attendre_que_l_ouvrier_meure(plateforme)
    relever(plateforme)

    assert (
        plateforme.lire("SELECT nom FROM depots_fichierscelle WHERE brouillon_id = ?", brouillon)
        == []
    )
    assert [cle for cle in cles if (plateforme.dossier / "fichiers" / cle).exists()] == []
    archivee_depuis_longtemps()
    assert plateforme.verifier().returncode == 0


def faire_echoir_le_dernier_brouillon(plateforme):
    """Le brouillon que la panne a laissé passe à la consultation archivée, qu'on
    vieillit : sa garde est finie.
    """
    ((brouillon,),) = plateforme.lire("SELECT max(id) FROM depots_brouillondereponse")
    fichiers = plateforme.lire(
        "SELECT cle_de_stockage FROM depots_fichierscelle WHERE brouillon_id = ?",
        brouillon,
    )
    archivee = "(SELECT id FROM consultations_consultation WHERE etat = 'archivee')"
    plateforme.lire(
        (
            "UPDATE depots_brouillondereponse SET expire_le = ?, "
            f"consultation_id = {archivee} WHERE id = ?"
        ),
        LONGTEMPS,
        brouillon,
    )
    return brouillon, [cle for (cle,) in fichiers]


@pytest.fixture
def archivee_depuis_longtemps(plateforme):
    """Les trente jours de garde sont passés, le temps du test :
    le registre, lui, garde la vraie date.
    """
    ((vraie,),) = plateforme.lire(
        "SELECT date_limite_remise FROM consultations_consultation WHERE etat = 'archivee'",
    )

    def dater(quand):
        plateforme.lire(
            "UPDATE consultations_consultation SET date_limite_remise = ? WHERE etat = 'archivee'",
            quand,
        )

    dater(LONGTEMPS)
    return lambda: dater(vraie)
