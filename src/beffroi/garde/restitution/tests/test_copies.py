"""Les archives rendues et gardées ici :
relues la nuit, et éliminées avec les pièces qu'elles copient.
"""

import pytest

from beffroi.contrat.achevement.tests.scene import SIGNE_LE as LE
from beffroi.garde.archives import copies, queries
from beffroi.garde.archives.services import abandonner, demander_un_paquet, etablir_un_paquet
from beffroi.garde.archives.services.eliminations import effacer_les_octets
from beffroi.garde.archives.services.veilles import veiller
from beffroi.garde.archives.tests.bordereaux import TERME, detruit, presents, vise
from beffroi.garde.archives.tests.test_veille import nuit_de, relus
from beffroi.garde.restitution.services import demander, etablir
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.stockage import stockage


def test_les_paquets_et_les_archives_rendues_se_relisent_et_se_nomment(conclu):
    paquet = etablir_un_paquet(
        demander_un_paquet(
            consultation=conclu.consultation, version="2.1", par=conclu.martine, maintenant=LE
        )
    )
    organisme = conclu.consultation.organisme
    rendue = etablir(demander(organisme=organisme, par=conclu.martine, maintenant=LE))
    lus = dict((cle, ou) for ou, cle in relus(LE))
    assert (lus[paquet.cle_de_stockage], lus[rendue.cle_de_stockage]) == (
        conclu.consultation.reference,
        "",
    )

    stockage().supprimer(rendue.cle_de_stockage)
    (abime,) = [
        un for un in veiller(maintenant=nuit_de(rendue.cle_de_stockage)) if not un.consultation
    ]
    assert abime.ou == f"Archive rendue {rendue.reference}"


def rendue(conclu):
    return etablir(
        demander(organisme=conclu.consultation.organisme, par=conclu.martine, maintenant=TERME)
    )


def test_une_archive_rendue_qui_contient_les_pieces_va_au_bordereau_et_se_detruit_avec_elles(
    conclu, stockage_rendu
):
    archive = rendue(conclu)
    bordereau = vise(conclu)
    ligne = bordereau.lignes.last()
    assert (ligne.cle_de_stockage, ligne.sha256) == (archive.cle_de_stockage, archive.sha256)
    detruit(conclu, bordereau)
    effacer_les_octets.call(bordereau.reference)
    assert presents([archive.cle_de_stockage]) == [False]
    assert archive.reference in " ".join(ligne.titre for ligne in queries.lignes_de(bordereau))


@pytest.mark.article("code du patrimoine", "L. 212-2")
def test_une_archive_preparee_depuis_le_visa_arrete_la_destruction(conclu):
    bordereau = vise(conclu)
    archive = rendue(conclu)
    with pytest.raises(RegleEnfreinte, match=archive.reference):
        detruit(conclu, bordereau)
    abandonner(elimination=bordereau, par=conclu.martine, maintenant=TERME)
    assert detruit(conclu, vise(conclu)).etat == "detruite"


def test_une_archive_qui_ne_contient_aucune_de_ces_pieces_reste(conclu):
    archive = rendue(conclu)
    cles = {piece.cle for piece in queries.a_eliminer(conclu.consultation, le=TERME)}
    assert archive.cle_de_stockage in cles
    organisme = conclu.consultation.organisme
    assert list(copies.des_archives(organisme, {"autre/00/clef"})) == []
    assert copies.restantes(organisme, [conclu.consultation], cles) == []
