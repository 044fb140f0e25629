"""L'horodatage qualifié des preuves remises :
porté dès qu'il est reçu, jugé par les racines données, dit quand il manque.
"""

import hashlib
from datetime import timedelta

import pytest

from beffroi.commandes.cli.lanceur import principal
from beffroi.service.preuves import services
from beffroi.socle.journal import services as journal
from beffroi.socle.journal.models import Ecriture, JetonQualifie
from beffroi.socle.journal.queries import derniere_tete_signee
from sceau import timestamp
from tests.preuves.confiance import connue
from tests.preuves.test_remises import APRES, OFFRE, ouverte

pytestmark = pytest.mark.django_db


def dater(prestataire, objet: str, numero: int, texte: str) -> None:
    jeton = prestataire.issue(hashlib.sha256(texte.encode()).digest(), APRES)
    journal.ajouter_jeton_qualifie(
        objet=objet,
        numero=numero,
        jeton=jeton,
        autorite="Prestataire",
        horodate_le=APRES,
        recu_le=APRES,
    )


def attestee(faitage, tmp_path, prestataire=None):
    """L'attestation d'un dépôt ; avec un prestataire, la tête qui couvre l'écriture est datée."""
    pli = faitage.depose(*OFFRE)
    if prestataire:
        point = derniere_tete_signee() or journal.signer_un_point_de_controle(le=APRES)
        dater(prestataire, JetonQualifie.Objet.POINT_DE_CONTROLE, point.taille, point.note)
    chemin = tmp_path / "preuve.zip"
    chemin.write_bytes(
        services.attester(brouillon=pli.brouillon, par=pli.depose_par, maintenant=APRES)
    )
    return chemin


def verifiee(chemin, capsys, *racines) -> tuple[int, str]:
    options = [*connue(chemin.parent)] + (["--racines", *map(str, racines)] if racines else [])
    code = principal(["verifier", str(chemin), *options])
    return code, next(
        ligne for ligne in capsys.readouterr().out.splitlines() if "l'horodatage qualifié" in ligne
    )


def racine(qui, fichier):
    fichier.write_bytes(qui.root_pem)
    return fichier


def test_une_preuve_d_avant_le_jeton_se_verifie_et_dit_qu_il_n_est_pas_encore_obtenu(
    faitage,
    tmp_path,
    capsys,
):
    code, dit = verifiee(attestee(faitage, tmp_path), capsys)

    assert (code, "pas encore obtenu" in dit) == (0, True)


def test_le_jeton_de_la_tete_est_porte_et_attend_une_racine(faitage, prestataire, tmp_path, capsys):
    code, dit = verifiee(attestee(faitage, tmp_path, prestataire), capsys)

    assert (code, "non vérifié : aucune racine n'est donnée" in dit) == (0, True)


def test_la_racine_du_prestataire_le_verifie_et_une_autre_le_refuse(
    faitage,
    prestataire,
    tmp_path,
    capsys,
):
    preuve = attestee(faitage, tmp_path, prestataire)
    autre = timestamp.Authority.create(APRES - timedelta(days=1), "Un autre")

    code, dit = verifiee(preuve, capsys, racine(prestataire, tmp_path / "racine.pem"))
    assert (code, dit.startswith("bien"), "porte sur la seule écriture" in dit) == (0, True, True)
    code, dit = verifiee(preuve, capsys, racine(autre, tmp_path / "autre.pem"))
    assert (code, dit.startswith("NON"), "autre.pem" in dit) == (1, True, True)


def test_le_jeton_de_l_ecriture_du_depot_est_porte_aussi(faitage, prestataire, tmp_path, capsys):
    pli = faitage.depose(*OFFRE)
    ecriture = Ecriture.objects.get(numero=pli.ecriture)
    dater(prestataire, JetonQualifie.Objet.ECRITURE, ecriture.numero, ecriture.contenu)
    preuve = tmp_path / "preuve.zip"
    preuve.write_bytes(
        services.attester(brouillon=pli.brouillon, par=pli.depose_par, maintenant=APRES)
    )

    assert "tetes.json" not in ouverte(preuve.read_bytes())
    code, dit = verifiee(preuve, capsys, racine(prestataire, tmp_path / "racine.pem"))
    assert (code, dit.startswith("bien")) == (0, True)


def test_un_octet_change_dans_le_jeton_qualifie_se_voit(faitage, prestataire, tmp_path, capsys):
    preuve = attestee(faitage, tmp_path, prestataire)
    octets = bytearray(preuve.read_bytes())
    octets[octets.index(b'"token"', octets.index(b"tetes.json")) + 400] ^= 1
    preuve.write_bytes(octets)

    assert principal(["verifier", str(preuve)]) == 1
    assert "NON" in capsys.readouterr().out
